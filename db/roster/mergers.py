"""Answers which records were merged into one, and what was recorded once more by it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from app.names import full_name
from app.roster.questions import Merger, MergerOf, MergersInto
from db.consent.tables import DECISION, RETRACTION, SAFETY_FLAG
from db.people.tables import AUTHORITY, GUARDIAN, PUPIL
from db.roster.built import built_on_merger

if TYPE_CHECKING:
    from app.record import Record
    from db.store.mapping import Kind
    from db.store.reading import Reading

R = TypeVar("R", bound="Record")
_GIVEN_UP = """
SELECT m.merged_into, m.seal, j.at, {named} FROM {table} AS m
JOIN journal AS j ON j.number = m.seal WHERE m.id = ? AND m.merged_into <> ''
"""
_INTO = """
SELECT id, seal FROM pupil WHERE merged_into = :kept
UNION ALL SELECT id, seal FROM guardian WHERE merged_into = :kept ORDER BY seal DESC
"""
_NAMED = {
    PUPIL.name: "m.first_name, m.prefix, m.surname",
    GUARDIAN.name: """coalesce(nullif(m.first_name, ''), m.initials), m.prefix,
        coalesce(nullif(m.surname, ''), m.institution)""",
}
_SEALED = "SELECT {} FROM {} AS t WHERE t.seal = ?"


def merger_of(reader: Reading, question: MergerOf) -> Merger | None:
    """The merger by which a record was given up."""
    for table, named in _NAMED.items():
        statement = _GIVEN_UP.format(table=table, named=named)
        for kept, seal, at, *name in reader.rows(statement, (question.given_up,)):
            taken_back = {each.decision_id for each in _sealed(reader, RETRACTION, seal)}
            made = _sealed(reader, DECISION, seal)
            return Merger(
                kept=kept,
                given_up=question.given_up,
                name=full_name(*name),
                at=datetime.fromisoformat(at),
                decisions=tuple(each for each in made if each.id not in taken_back),
                authority=_sealed(reader, AUTHORITY, seal),
                flags=_sealed(reader, SAFETY_FLAG, seal),
                built=built_on_merger(reader, seal, (kept, question.given_up)),
            )
    return None


def mergers_into(reader: Reading, question: MergersInto) -> tuple[Merger, ...]:
    """Every merger into a record, newest first."""
    rows = reader.rows(_INTO, {"kept": question.kept})
    found = (merger_of(reader, MergerOf(id)) for id, _ in rows)
    return tuple(each for each in found if each is not None)


def _sealed(reader: Reading, kind: Kind[R], seal: int) -> tuple[R, ...]:
    """The facts of a kind that an entry wrote."""
    rows = reader.rows(_SEALED.format(kind.listed("t"), kind.name), (seal,))
    return tuple(map(kind.read, rows))


MERGERS: dict[type[Any], Any] = {MergerOf: merger_of, MergersInto: mergers_into}
