"""Settings and people as they were known at an instant, from former states of their rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from app.consent.questions import PupilThen
from app.consent.records import Channel
from app.people.records import Pupil, Relation, StaffMember
from app.record import Record
from app.register.records import School
from db.consent.tables import CHANNEL
from db.people.tables import PUPIL, RELATION, SCHOOL, STAFF_MEMBER
from db.store.mapping import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.consent.questions import ChannelsThen, PupilAsKnown, SchoolThen, StaffAsKnown
    from db.store.mapping import Kind
    from db.store.reading import Reading

R = TypeVar("R", bound=Record)

# SQLite takes a bare column from the row that has the minimum.
_BEGUN = """
SELECT s.id, min(s.seal), journal.at FROM (
    SELECT id, seal FROM past_state
    WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, seal FROM "{table}" WHERE id IN (SELECT value FROM json_each(:ids))
) AS s JOIN journal ON journal.number = s.seal GROUP BY s.id
"""
_LEFT_SINCE = """
SELECT id, row FROM past_state
WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids)) AND replaced_at > :at
ORDER BY replaced_by DESC
"""


def channels_then(reader: Reading, question: ChannelsThen) -> tuple[Channel, ...]:
    """The channels as they were set at an instant."""
    return as_known(reader, CHANNEL, reader.all(Channel), question.at)


def school_then(reader: Reading, question: SchoolThen) -> School | None:
    """The settings of the school as they were at an instant."""
    return next(iter(as_known(reader, SCHOOL, reader.all(School), question.at)), None)


def pupil_as_known(reader: Reading, question: PupilAsKnown) -> PupilThen:
    """Birth date and guardians of a pupil as known at an instant."""
    pupils = as_known(reader, PUPIL, reader.all(Pupil, id=question.pupil_id), question.at)
    relations = as_known(
        reader, RELATION, reader.all(Relation, pupil_id=question.pupil_id), question.at
    )
    return PupilThen(
        birth_date=pupils[0].birth_date if pupils else None,
        guardians=frozenset(relation.guardian_id for relation in relations),
    )


def staff_as_known(reader: Reading, question: StaffAsKnown) -> StaffMember | None:
    """A member of staff as known at an instant."""
    now = reader.all(StaffMember, id=question.staff_id)
    return next(iter(as_known(reader, STAFF_MEMBER, now, question.at)), None)


def as_known(reader: Reading, kind: Kind[R], now: Iterable[R], at: datetime) -> tuple[R, ...]:
    """The former state at an instant, inclusive, of rows given as they are now.

    Rows that were not there yet are left out.
    """
    states = {record.id: record for record in now}
    values = {"kind": kind.name, "ids": json.dumps(list(states)), "at": instant_text(at)}
    begun = reader.rows(_BEGUN.format(table=kind.name), values)
    known = {id for id, _, moment in begun if moment <= values["at"]}
    for id, row in reader.rows(_LEFT_SINCE, values):
        states[id] = kind.past(row)
    return tuple(record for id, record in states.items() if id in known)
