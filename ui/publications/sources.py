"""What the list of publications asks; called on the storage thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.publications.board import find_publications
from ui.models.columns import Order, Row
from ui.publications.wording import use_words
from ui.words import day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.consent.records import Channel
    from app.ports import Session
    from app.publications.records import Publication

_MOST = 500


class PublicationSource:
    """Every publication, or those with one person in it; asked on the storage thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[str, Publication] = {}
        self.subject_id = ""
        self.channels: tuple[Channel, ...] = ()

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of what matches, newest use first."""
        del order
        found = find_publications(self._session, search, self.subject_id, _MOST)
        self._found = {one.publication_id: one for one in found}
        return tuple(self._found)

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these."""
        return [Row(id, self._cells(self._found[id])) for id in ids if id in self._found]

    def _cells(self, one: Publication) -> dict[str, str]:
        return {
            "title": one.title,
            "use": use_words(one, self.channels),
            "used_on": day(one.used_on),
            "made_by": one.made_by,
        }
