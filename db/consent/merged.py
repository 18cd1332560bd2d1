"""Who goes on as whom: records that were merged, looked up when reading.

So that a merger and its undoing touch no row of what was noted about either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.store.reading import Reading

_MERGED = """
SELECT id, merged_into FROM pupil WHERE merged_into != ''
UNION ALL SELECT id, merged_into FROM guardian WHERE merged_into != ''
"""


class GoesOn:
    """The record that each pupil and guardian is by now."""

    def __init__(self, reader: Reading) -> None:
        self._goes_on: dict[str, str] = dict(reader.rows(_MERGED))
        self._same: dict[str, list[str]] = {}
        for id in self._goes_on:
            self._same.setdefault(self.as_now(id), []).append(id)

    def as_now(self, id: str) -> str:
        """The record that one is by now: itself, unless it was merged."""
        while id in self._goes_on:
            id = self._goes_on[id]
        return id

    def with_former(self, ids: Iterable[str]) -> set[str]:
        """These records, and all that were merged with them."""
        wanted = set(ids)
        return wanted | {
            other for one in wanted & self._same.keys() for other in self._same[one]
        }
