"""Former states: what a unit of work wrote, and rows that were taken out again.

A row that is taken out leaves its last state in the history, and beside it a line that says
that it is gone, sealed by the entry that took it out. So every seal still covers what it
covered, and nothing can vanish without an entry that says so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store.mapping import Kind
    from db.store.reading import Reading, Row

GONE = "'{\"gone\":\"' || p.id || '\"}'"
"""The line of a row that is gone, as SQL over `past_state AS p`."""
_SEAL = 'SELECT seal FROM "{}" WHERE id = ?'
_SEALED = 'SELECT id FROM "{}" WHERE seal = ?'
_COUNT = 'SELECT count(*) FROM "{}" WHERE seal = ?'
_ROWS = 'SELECT {} FROM "{}" AS t WHERE t.id IN (SELECT value FROM json_each(?))'
_FORMER = "SELECT id, row FROM past_state WHERE kind = ? AND replaced_by = ?"
_SINCE = """
SELECT count(*) FROM past_state AS p
WHERE p.seal = ? AND p.replaced_by <> p.seal AND p.kind <> ?
"""


def gone(id: str) -> str:
    """The line that says that a row is gone."""
    return f'{{"gone":"{id}"}}'


def seal_of(reader: Reading, kind: Kind[Any], id: str) -> int:
    """The number of the journal entry that wrote a row; 0 when it is not there."""
    found = reader.rows(_SEAL.format(kind.name), (id,))
    return int(found[0][0]) if found else 0


def sealed_ids(reader: Reading, kind: Kind[Any], seal: int) -> list[str]:
    """Ids of the rows of a kind that an entry wrote and that nobody changed since."""
    return [row[0] for row in reader.rows(_SEALED.format(kind.name), (seal,))]


def sealed_count(reader: Reading, kind: Kind[Any], seal: int) -> int:
    """How many rows of a kind an entry wrote and nobody changed since."""
    return int(reader.rows(_COUNT.format(kind.name), (seal,))[0][0])


def rows_of(reader: Reading, kind: Kind[Any], ids: Sequence[str]) -> list[Row]:
    """The rows with these ids."""
    return reader.rows(_ROWS.format(kind.listed("t"), kind.name), (json.dumps(ids),))


def former_states(reader: Reading, kind: Kind[Any], seal: int) -> dict[str, str]:
    """The states that rows had before an entry changed them, by id."""
    return dict(reader.rows(_FORMER, (kind.name, seal)))


def changed_since(reader: Reading, kind: Kind[Any], seal: int) -> bool:
    """Whether anything that an entry wrote was changed or taken out since.

    Args:
        reader: reads the file.
        kind: a kind that does not count, that of the record that names the entry.
        seal: number of the entry.
    """
    return bool(reader.rows(_SINCE, (seal, kind.name))[0][0])
