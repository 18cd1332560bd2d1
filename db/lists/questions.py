"""Answers to what is asked about printed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.consent.uses import MAKING
from app.lists.questions import (
    NewestLists,
    NumberTaken,
    OpenLists,
    PapersOver,
    SettingsSince,
    SettingsWritten,
)
from db.lists.tables import LIST_END, PRINTED_LIST

if TYPE_CHECKING:
    from app.lists.records import ListEnd, PrintedList
    from db.store.reading import Reading

_ENDED = (
    "SELECT e.id FROM list_end AS e WHERE e.list_id = p.id AND e.replaces = '' "
    "AND NOT EXISTS (SELECT 1 FROM list_end AS t WHERE t.replaces = e.id)"
)
_LIST = f"SELECT {PRINTED_LIST.listed('p')} FROM printed_list AS p"
_NEWEST_FIRST = "ORDER BY p.printed_at DESC, p.id DESC"
_OPEN = f"{_LIST} WHERE p.valid_until >= :since AND NOT EXISTS ({_ENDED}) {_NEWEST_FIRST}"
_NEWEST = f"{_LIST} {{where}} {_NEWEST_FIRST} LIMIT :limit"
_OVER = (
    f"{_LIST} WHERE p.valid_until <= :until AND p.blob <> '' "
    "AND NOT EXISTS (SELECT 1 FROM file_destroyed AS f WHERE f.about_id = p.id) "
    "ORDER BY p.valid_until, p.id"
)
_END = (
    f"SELECT {LIST_END.listed('e')} FROM list_end AS e WHERE e.list_id = :id "
    "AND e.replaces = '' "
    "AND NOT EXISTS (SELECT 1 FROM list_end AS t WHERE t.replaces = e.id) LIMIT 1"
)
_CHANNELS = "SELECT key, audience FROM channel WHERE seal > :number"
_SCHOOL = "SELECT 1 FROM school WHERE seal > :number LIMIT 1"
_TAKEN = "SELECT 1 FROM printed_list WHERE number = :number AND id <> :id LIMIT 1"


def open_lists(reader: Reading, question: OpenLists) -> tuple[PrintedList, ...]:
    """The lists of which nothing says that they are back."""
    found = reader.rows(_OPEN, {"since": question.since.isoformat()})
    return tuple(map(PRINTED_LIST.read, found))


def newest_lists(
    reader: Reading, question: NewestLists
) -> tuple[tuple[PrintedList, ListEnd | None], ...]:
    """The newest lists with the end that stands."""
    where = "WHERE p.number = :number" if question.number else ""
    values = {"number": question.number, "limit": question.limit}
    lists = map(PRINTED_LIST.read, reader.rows(_NEWEST.format(where=where), values))
    return tuple((each, _end(reader, each.id)) for each in lists)


def papers_over(reader: Reading, question: PapersOver) -> tuple[PrintedList, ...]:
    """The lists of which the stored paper can go."""
    found = reader.rows(_OVER, {"until": question.until.isoformat()})
    return tuple(map(PRINTED_LIST.read, found))


def number_taken(reader: Reading, question: NumberTaken) -> bool:
    """Whether another list has the number."""
    return bool(reader.rows(_TAKEN, {"number": question.number, "id": question.id}))


def settings_since(reader: Reading, question: SettingsSince) -> SettingsWritten:
    """What was written of the settings."""
    values = {"number": question.number}
    channels = reader.rows(_CHANNELS, values)
    return SettingsWritten(
        channels=frozenset(key for key, _ in channels),
        school=bool(reader.rows(_SCHOOL, values)),
        making=any(audience == MAKING for _, audience in channels),
    )


def _end(reader: Reading, list_id: str) -> ListEnd | None:
    found = reader.rows(_END, {"id": list_id})
    return LIST_END.read(found[0]) if found else None


ANSWERS: dict[type[Any], Any] = {
    OpenLists: open_lists,
    PapersOver: papers_over,
    NewestLists: newest_lists,
    NumberTaken: number_taken,
    SettingsSince: settings_since,
}
