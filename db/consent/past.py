"""Settings and people as they were known at an instant, from former states of their rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.consent.facts import RETRACTED
from app.consent.records import Channel
from app.people.records import StaffMember
from app.record import Question, Record
from app.register.records import School
from db.consent.tables import CHANNEL
from db.people.tables import SCHOOL, STAFF_MEMBER
from db.store.mapping import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.consent.questions import (
        ChannelsThen,
        FactsBefore,
        SchoolThen,
        StaffAsKnown,
    )
    from db.store.mapping import Kind
    from db.store.reading import Reading

R = TypeVar("R", bound=Record)
_KEPT = 32

# The entry that was newest at an instant. The order of entries counts, not their clocks,
# so that what was stored before a clock was set back stays known. Where no clock was, the
# entry that is newest by its clock is the one, and every number after it is of a later instant.
BY_CLOCK = """
SELECT number FROM journal WHERE at <= :at ORDER BY at DESC, number DESC LIMIT 1
"""
NONE_BETWEEN = """
SELECT (SELECT max(number) FROM journal) - :number
    = (SELECT count(*) FROM journal WHERE at > :at AND +number > :number)
"""
NEWEST = "SELECT max(+number) FROM journal WHERE at <= :at"
_WRITTEN = """
SELECT s.id, s.row FROM (
    SELECT id, seal, row FROM past_state
    WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids))
    UNION ALL
    SELECT id, seal, NULL FROM "{table}" WHERE id IN (SELECT value FROM json_each(:ids))
) AS s WHERE s.seal <= :newest ORDER BY s.seal
"""
_FACTS = """
SELECT id FROM enrolment WHERE pupil_id = :id AND seal <= :newest
UNION ALL SELECT id FROM authority WHERE pupil_id = :id AND seal <= :newest
UNION ALL SELECT id FROM safety_flag WHERE pupil_id = :id AND seal <= :newest
UNION ALL SELECT id FROM decision WHERE subject_id = :id AND seal <= :newest
UNION ALL SELECT :retracted || decision_id FROM retraction
    WHERE subject_id = :id AND seal <= :newest
"""


def channels_then(reader: Reading, question: ChannelsThen) -> tuple[Channel, ...]:
    """The channels as they were set at an instant."""
    return as_known(reader, CHANNEL, reader.all(Channel), question.at)


def school_then(reader: Reading, question: SchoolThen) -> School | None:
    """The settings of the school as they were at an instant."""
    return next(iter(as_known(reader, SCHOOL, reader.all(School), question.at)), None)


def staff_as_known(reader: Reading, question: StaffAsKnown) -> StaffMember | None:
    """A member of staff as known at an instant."""
    now = reader.all(StaffMember, id=question.staff_id)
    return next(iter(as_known(reader, STAFF_MEMBER, now, question.at)), None)


def as_known(reader: Reading, kind: Kind[R], now: Iterable[R], at: datetime) -> tuple[R, ...]:
    """The former state at an instant, inclusive, of rows given as they are now.

    Rows that were not there yet are left out.
    """
    records = {record.id: record for record in now}
    values = {
        "kind": kind.name,
        "ids": json.dumps(list(records)),
        "newest": newest_entry(reader, at),
    }
    written = reader.rows(_WRITTEN.format(table=kind.name), values)
    states: dict[str, str | None] = dict(written)
    found = []
    for id, record in records.items():
        if id in states:
            row = states[id]
            found.append(record if row is None else kind.past(row))
    return tuple(found)


def facts_before(reader: Reading, question: FactsBefore) -> frozenset[str]:
    """Ids of the facts about a subject that were stored by an instant."""
    values = {
        "id": question.subject_id,
        "newest": newest_entry(reader, question.at),
        "retracted": RETRACTED,
    }
    return frozenset(row[0] for row in reader.rows(_FACTS, values))


def newest_entry(reader: Reading, at: datetime) -> int:
    """The number of the entry that was newest at an instant, inclusive; 0 before the first."""
    question = _Newest(at)
    kept = reader.kept_answer(question)
    if kept is None:
        kept = _newest(reader, instant_text(at))
        reader.keep_answer(question, kept, most=_KEPT)
    return kept


def _newest(reader: Reading, at: str) -> int:
    found = reader.rows(BY_CLOCK, {"at": at})
    if not found:
        return 0
    values = {"at": at, "number": found[0][0]}
    if not reader.rows(NONE_BETWEEN, values)[0][0]:
        found = reader.rows(NEWEST, {"at": at})
    return int(found[0][0])


@dataclass(frozen=True, slots=True)
class _Newest(Question[int]):
    """The newest entry at an instant: it is far to look for, and asked for again and again."""

    at: datetime
