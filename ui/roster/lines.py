"""The lines of a proposal as a list, and what was decided about them."""

from collections.abc import Iterable, Sequence
from typing import overload

from app.override import override
from app.roster.plan import Lines
from app.roster.proposal import Change, Choice, Decided, Line, Proposal
from ui.models.columns import Column, Face, Order, Row
from ui.roster.wording import (
    MARKS,
    about_words,
    change_words,
    changes_words,
    decided_words,
    named,
    where_words,
)

COLUMNS = (
    Column("name", "roster.column_name", 13, Face.STRONG, least=18),
    Column("about", "roster.column_about", 7, Face.MUTED, least=12),
    Column("change", "roster.column_change", 7, Face.MARKED, least=11),
    Column("fields", "roster.column_fields", 20, least=24),
    Column("where", "roster.column_where", 9, Face.MUTED, least=14),
    Column("decided", "roster.column_decided", 7, least=11),
)
_DECIDED = {choice: Decided(choice) for choice in Choice}


class _Ids(Sequence[str]):
    """Places as ids, each made when it is asked for: there may be very many."""

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    @override
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return list(map(str, self._places[index]))
        return str(self._places[index])

    @override
    def __len__(self) -> int:
        return len(self._places)


class LinesSource:
    """What a proposal would do, filtered by kind; a row's id is its place in the proposal."""

    def __init__(self) -> None:
        self._lines: Sequence[Line] = ()
        self.change: Change | None = None
        self.decided: dict[str, Decided] = {}

    def show(self, proposal: Proposal) -> None:
        """Hold another proposal; nothing is decided about it."""
        self._lines = proposal.lines
        self.decided = {}

    def line(self, id: str) -> Line:
        """The line of a row."""
        return self._lines[int(id)]

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Places of the lines of the chosen kind whose name has these words."""
        del order  # doubtful ones come first, then as the proposal has them
        return _Ids(self._places(search))

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these lines."""
        return [self._row(id) for id in ids]

    def decide(self, ids: Iterable[str], choice: Choice) -> None:
        """Decide the same about several lines; doubtful ones are left for a person to see.

        Who takes a line over again has decided nothing about it: that is what happens anyway.
        """
        if not isinstance(self._lines, Lines):
            return
        for key in self._lines.keys(map(int, ids)):
            if choice is Choice.ACCEPT:
                self.decided.pop(key, None)
            else:
                self.decided[key] = _DECIDED[choice]

    def _places(self, search: str) -> Sequence[int]:
        if isinstance(self._lines, Lines):
            return self._lines.places(self.change, search)
        return range(len(self._lines))

    def _row(self, id: str) -> Row:
        line = self.line(id)
        cells = {
            "name": line.name,
            "about": about_words(line),
            "change": change_words(line.change),
            "fields": changes_words(line),
            "where": where_words(line.where),
            "decided": decided_words(line, self.decided.get(line.key)),
        }
        mark = MARKS.get(line.change)
        summary = ", ".join((named(line), *list(cells.values())[1:]))
        return Row(id, cells, {} if mark is None else {"change": mark}, summary)
