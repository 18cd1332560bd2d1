"""Answers to what is asked of the check list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.check.questions import (
    AdultsListed,
    FindRows,
    LatestPublication,
    ListedGroups,
    ListedIds,
    Moment,
    PresentMoment,
    RowsDue,
    RowsOfAdults,
    RowsOfBucket,
    RowsOfGroup,
)
from app.check.records import RowKind
from app.names import fold
from db.check.tables import CHECK_ROW, PUBLICATION

if TYPE_CHECKING:
    from app.check.records import CheckRow, Publication
    from db.store.reading import Reading

_ROW = f"SELECT {CHECK_ROW.listed('r')} FROM check_row AS r"
_PUPIL = f"r.kind = '{RowKind.PUPIL}'"
_ADULT = f"r.kind IN ('{RowKind.STAFF}', '{RowKind.OTHER}')"
_OF_GROUP = f"{_ROW} WHERE {_PUPIL} AND r.group_id = ? ORDER BY r.sort_key, r.id"
_OF_ADULTS = f"{_ROW} WHERE {_ADULT} ORDER BY r.sort_key, r.id"
_OF_BUCKET = f"{_ROW} WHERE r.bucket = ? ORDER BY r.id"
_DUE = "SELECT id FROM check_row WHERE until < ? ORDER BY id"
_LISTED = "SELECT id FROM check_row"
_GROUPS = f"SELECT DISTINCT r.group_id FROM check_row AS r WHERE {_PUPIL}"
_ADULTS = f"SELECT EXISTS (SELECT 1 FROM check_row AS r WHERE {_ADULT})"
_LATEST = (
    f"SELECT {PUBLICATION.listed('p')} FROM publication AS p ORDER BY p.number DESC LIMIT 1"
)


def find_rows(reader: Reading, question: FindRows) -> tuple[CheckRow, ...]:
    """Rows by words of a name; nothing for an empty text."""
    words = fold(question.text).split()
    if not words:
        return ()
    values: dict[str, Any] = {f"word{place}": f" {word}" for place, word in enumerate(words)}
    where = " AND ".join(f"instr(' ' || r.folded, :word{place})" for place in range(len(words)))
    whom = _ADULT if question.adults else _PUPIL
    found = reader.rows(
        f"{_ROW} WHERE {whom} AND {where} ORDER BY r.sort_key, r.id LIMIT :limit",
        {**values, "limit": question.limit},
    )
    return tuple(map(CHECK_ROW.read, found))


def rows_of_group(reader: Reading, question: RowsOfGroup) -> tuple[CheckRow, ...]:
    """The rows of the pupils of one group."""
    return tuple(map(CHECK_ROW.read, reader.rows(_OF_GROUP, (question.group_id,))))


def rows_of_adults(reader: Reading, question: RowsOfAdults) -> tuple[CheckRow, ...]:
    """The rows of all adults."""
    del question
    return tuple(map(CHECK_ROW.read, reader.rows(_OF_ADULTS)))


def rows_of_bucket(reader: Reading, question: RowsOfBucket) -> tuple[CheckRow, ...]:
    """The rows of one bucket."""
    return tuple(map(CHECK_ROW.read, reader.rows(_OF_BUCKET, (question.bucket,))))


def rows_due(reader: Reading, question: RowsDue) -> tuple[str, ...]:
    """Ids of rows that hold no longer."""
    return tuple(row[0] for row in reader.rows(_DUE, (question.on.isoformat(),)))


def listed_ids(reader: Reading, question: ListedIds) -> frozenset[str]:
    """Ids of all rows."""
    del question
    return frozenset(row[0] for row in reader.stream(_LISTED))


def listed_groups(reader: Reading, question: ListedGroups) -> frozenset[str]:
    """Ids of the groups of all rows."""
    del question
    return frozenset(row[0] for row in reader.rows(_GROUPS))


def adults_listed(reader: Reading, question: AdultsListed) -> bool:
    """Whether any row is of an adult."""
    del question
    return bool(reader.rows(_ADULTS)[0][0])


def latest_publication(reader: Reading, question: LatestPublication) -> Publication | None:
    """The newest publication."""
    del question
    found = reader.rows(_LATEST)
    return PUBLICATION.read(found[0]) if found else None


def present_moment(reader: Reading, question: PresentMoment) -> Moment:
    """What tells apart whether anybody wrote."""
    del question
    return Moment(*reader.moment())


ANSWERS: dict[type[Any], Any] = {
    FindRows: find_rows,
    RowsOfGroup: rows_of_group,
    RowsOfAdults: rows_of_adults,
    RowsOfBucket: rows_of_bucket,
    RowsDue: rows_due,
    ListedIds: listed_ids,
    ListedGroups: listed_groups,
    AdultsListed: adults_listed,
    LatestPublication: latest_publication,
    PresentMoment: present_moment,
}
