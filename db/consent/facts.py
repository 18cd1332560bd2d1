"""The facts for verdicts: one pupil and one use in one round trip, else one for each table."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.consent.facts import (
    AuthorityFact,
    DecisionFact,
    FlagFact,
    PresenceFact,
    RetractionFact,
    Subject,
)
from app.consent.records import Answer
from app.people.records import AuthorityKind
from db.store.mapping import words_tuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.consent.questions import SubjectFacts, SubjectsFacts
    from db.store.reading import Reading, Row

PUPIL, GUARDIAN, PRESENCE, AUTHORITY, FLAG, DECISION, RETRACTION = range(7)
EVERYTHING = tuple(range(7))
PEOPLE = (PUPIL, GUARDIAN, PRESENCE, AUTHORITY)

# About one use they are one statement, one round trip; the first column says what a row is.
_PARTS = (
    """SELECT 0, id, birth_date, 0, 0, 0, 0, 0, 0, 0, 0 FROM pupil WHERE id = :id""",
    """SELECT 1, guardian_id, position, id, ended, 0, 0, 0, 0, 0, 0 FROM relation
    WHERE pupil_id = :id""",
    """SELECT 2, id, start, "end", recorded_at, replaces, 0, 0, 0, 0, 0 FROM enrolment
    WHERE pupil_id = :id""",
    """SELECT 3, id, guardian_id, kind, start, "end", recorded_at, replaces, investigated, 0, 0
    FROM authority WHERE pupil_id = :id""",
    """SELECT 4, id, start, "end", recorded_at, replaces, 0, 0, 0, 0, 0 FROM safety_flag
    WHERE pupil_id = :id""",
    """SELECT 5, id, decider_id, medium || ':' || channel, answer, signed_on, recorded_at,
    conditions, scope, valid_until, replaces FROM decision WHERE subject_id = :id""",
    """SELECT 6, decision_id, recorded_at, 0, 0, 0, 0, 0, 0, 0, 0 FROM retraction
    WHERE subject_id = :id""",
)
_KEPT = 256
_OF_USE = " AND medium = :medium AND channel = :channel"
_USE = " UNION ALL ".join(
    part + (_OF_USE if place == DECISION else "") for place, part in enumerate(_PARTS)
)
_OWNERS = {
    PUPIL: "id",
    DECISION: "subject_id",
    RETRACTION: "subject_id",
}

_day = lru_cache(maxsize=1024)(date.fromisoformat)
_instant = lru_cache(maxsize=256)(datetime.fromisoformat)
_ANSWER_OF = {answer.value: answer for answer in Answer}
_AUTHORITY_OF = {kind.value: kind for kind in AuthorityKind}


def _maybe(day: str | None) -> date | None:
    return None if day is None else _day(day)


def _presence(row: Row) -> PresenceFact:
    return PresenceFact(row[1], _day(row[2]), _maybe(row[3]), _instant(row[4]), row[5])


def _flag(row: Row) -> FlagFact:
    return FlagFact(row[1], _day(row[2]), _maybe(row[3]), _instant(row[4]), row[5])


def _authority(row: Row) -> AuthorityFact:
    _, fact_id, guardian, kind, start, end, recorded_at, replaces, investigated, *_ = row
    return AuthorityFact(
        fact_id,
        guardian,
        _AUTHORITY_OF[kind],
        _maybe(start),
        _maybe(end),
        _instant(recorded_at),
        replaces,
        bool(investigated),
    )


def decision_fact(row: Row) -> DecisionFact:
    """A decision as it is read for a verdict; the first value is left out."""
    (
        _,
        fact_id,
        decider,
        use,
        answer,
        signed,
        recorded_at,
        conditions,
        scope,
        valid,
        replaces,
    ) = row
    return DecisionFact(
        fact_id,
        decider,
        use,
        _ANSWER_OF[answer],
        _day(signed),
        _instant(recorded_at),
        words_tuple(conditions) if conditions else (),
        scope,
        _maybe(valid),
        replaces,
    )


def retraction_fact(row: Row) -> RetractionFact:
    """A retraction as it is read for a verdict; the first value is left out."""
    return RetractionFact(row[1], _instant(row[2]))


_READ: dict[int, Callable[[Row], Any]] = {
    PRESENCE: _presence,
    AUTHORITY: _authority,
    FLAG: _flag,
    DECISION: decision_fact,
    RETRACTION: retraction_fact,
}


def subject_of(rows: list[Row]) -> Subject | None:
    """The facts of one pupil; each row begins with what it is, and the pupil comes first."""
    if not rows or rows[0][0] != PUPIL:
        return None
    guardians: list[Row] = []
    found: tuple[list[Any], ...] = ([], [], [], [], [], [], [])
    for row in rows:
        tag = row[0]
        if tag == GUARDIAN:
            guardians.append(row)
        elif tag != PUPIL:
            found[tag].append(_READ[tag](row))
    guardians.sort(key=_position)
    related = dict.fromkeys([row[1] for row in guardians if not row[4]])
    former = dict.fromkeys([row[1] for row in guardians if row[4] and row[1] not in related])
    return Subject(
        rows[0][1],
        _maybe(rows[0][2]),
        tuple(related),
        tuple(found[PRESENCE]),
        tuple(found[AUTHORITY]),
        tuple(found[FLAG]),
        tuple(found[DECISION]),
        tuple(found[RETRACTION]),
        former=tuple(former),
    )


def _position(row: Row) -> tuple[int, str]:
    return row[2], row[3]


def subject_facts(reader: Reading, question: SubjectFacts) -> Subject | None:
    """The facts about one pupil; a page asks for the same ones again."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = _read(reader, question)
        reader.keep_answer(question, kept, most=_KEPT)
    return kept


def _read(reader: Reading, question: SubjectFacts) -> Subject | None:
    if not question.use:
        return _whole(reader, question.pupil_id)
    medium, _, channel = question.use.partition(":")
    values = {"id": question.pupil_id, "medium": medium, "channel": channel}
    return subject_of(reader.rows(_USE, values))


def _whole(reader: Reading, pupil_id: str) -> Subject | None:
    """The facts about one pupil and all uses, one short statement after the other.

    Joined they would be too long for the driver's store of quick memory, and five times slower.
    """
    wanted = {"id": pupil_id}
    rows = reader.rows(_PARTS[PUPIL], wanted)
    if not rows:
        return None
    for part in _PARTS[GUARDIAN:]:
        rows += reader.rows(part, wanted)
    return subject_of(rows)


def subjects_facts(reader: Reading, question: SubjectsFacts) -> tuple[Subject, ...]:
    """The facts about several pupils, one round trip for each table."""
    return subjects(reader.rows, json.dumps(question.pupil_ids))


def subjects(
    rows: Callable[[str, object], Iterable[Row]], ids: str, parts: tuple[int, ...] = EVERYTHING
) -> tuple[Subject, ...]:
    """The facts about several pupils, in the order of a JSON list of their ids.

    Args:
        rows: runs a statement.
        ids: a JSON list; unknown ids are left out.
        parts: which kinds of facts to read.
    """
    found: dict[str, list[Row]] = {pupil_id: [] for pupil_id in json.loads(ids)}
    for tag in parts:
        for owner, *row in rows(SEVERAL[tag], {"ids": ids}):
            found[owner].append((tag, *row))
    read = map(subject_of, found.values())
    return tuple(subject for subject in read if subject is not None)


def _several(place: int, part: str) -> str:
    """The statement for one pupil turned into one for several, the pupil's id in front."""
    owner = _OWNERS.get(place, "pupil_id")
    listed = part.replace(f"SELECT {place},", f"SELECT {owner},", 1)
    return listed.replace("= :id", "IN (SELECT value FROM json_each(:ids))")


SEVERAL = tuple(_several(place, part) for place, part in enumerate(_PARTS))
