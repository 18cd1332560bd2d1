"""Draws a list to be folded into a pocket: each half of a page stands by itself.

Made to be read outdoors, wet, in bad light and in black and white: large names, one word and
one shape for each answer, and whoever may not be shown in a black field. No line crosses the
fold, and every half says until when the list holds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.lists.numbers import page_code
from reports.fonts import Face
from reports.forms.marks import page_mark
from reports.setting import (
    BLACK,
    FINE,
    HAIR,
    INK,
    MUTED,
    Colour,
    Style,
    balanced,
    fitted,
    lines,
    squeezed,
)
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.lists.papers import ListCell, ListPaper, ListRow
    from app.text import Words

WHITE: Colour = (1.0, 1.0, 1.0)
_LEFT, _RIGHT = 12.0, 198.0
_FOLD = 148.5
_UPPER, _LOWER = (10.0, 142.0), (155.0, 281.0)
_CODE = 19.0
_HEAD, _AGAIN, _COLUMNS = 33.0, 8.0, 11.0
_ROW = 10.2
_SIGN = 6.4
_NOTE_BELOW = 6.6
_WIDE = 2
"""With so many columns there is room for larger conditions."""
_NAME_SHARE = {1: 0.5, 2: 0.42, 3: 0.38, 4: 0.34}

_TITLE = Style(Face.BOLD, 22, 9.0, BLACK)
_VALID = Style(Face.BOLD, 14, 6.0, BLACK)
_META = Style(Face.REGULAR, 9, 4.1, INK)
_AGAIN_STYLE = Style(Face.SEMIBOLD, 10, 4.6, BLACK)
_COLUMN = Style(Face.BOLD, 11, 4.6, BLACK)
_KIND = Style(Face.REGULAR, 8.5, 3.6, INK)
_NAME = Style(Face.BOLD, 15, 6.4, BLACK)
_PLACE = Style(Face.REGULAR, 8, 3.2, MUTED)
_WORD = Style(Face.BOLD, 13, 5.6, BLACK)
_NOTE = Style(Face.SEMIBOLD, 8.5, 3.3, BLACK)
_LEAST = 11.0
"""A longer name goes on in a second line rather than get smaller than this."""


def list_sheet(paper: ListPaper, words: Words) -> Sheets:
    """The pages of a list, ready to finish."""
    sheets = Sheets(words("paper.list_title"), paper.language)
    return _List(sheets, paper, words).draw()


@dataclass(frozen=True, slots=True)
class _Panel:
    """Half a page, with the rows that stand on it."""

    rows: tuple[ListRow, ...]
    first: bool


class _List:
    """Draws one list."""

    def __init__(self, sheets: Sheets, paper: ListPaper, words: Words) -> None:
        self._sheets, self._paper, self._words = sheets, paper, words
        room = _RIGHT - _LEFT
        self._name = room * _NAME_SHARE[len(paper.columns)]
        self._cell = (room - self._name) / len(paper.columns)
        self._small = _NOTE.at(10.0) if len(paper.columns) <= _WIDE else _NOTE

    def draw(self) -> Sheets:
        panels = self._panels()
        pages = -(-len(panels) // 2)
        for page in range(pages):
            self._page(panels[2 * page : 2 * page + 2], page + 1, pages)
        return self._sheets

    # -- what goes where ----------------------------------------------------------------------

    def _panels(self) -> list[_Panel]:
        panels: list[_Panel] = []
        rows = list(self._paper.rows)
        while rows:
            top, bottom = _LOWER if len(panels) % 2 else _UPPER
            room = bottom - top - self._head(len(panels)) - _COLUMNS
            taken = 0
            while rows[taken:] and room >= self._high(rows[taken]):
                room -= self._high(rows[taken])
                taken += 1
            panels.append(_Panel(tuple(rows[:taken]), not panels))
            del rows[:taken]
        return panels

    def _head(self, panel: int) -> float:
        if panel == 0:
            return _HEAD
        return _CODE + 3.0 if panel % 2 == 0 else _AGAIN

    def _high(self, row: ListRow) -> float:
        notes = max(len(self._note(cell)) for cell in row.cells)
        answers = _NOTE_BELOW + notes * self._small.leading if notes else 0.0
        style, parts = self._called(row)
        place = _PLACE.leading if row.place else 0.0
        return max(_ROW, answers, 2.6 + len(parts) * style.leading + place)

    def _note(self, cell: ListCell) -> tuple[str, ...]:
        return lines(cell.note, self._small, self._cell - _SIGN - 3.5) if cell.note else ()

    def _called(self, row: ListRow) -> tuple[Style, tuple[str, ...]]:
        """How a name is set: on one line, or smaller and on as many as it needs."""
        room = self._name - 3.0
        style = squeezed(row.name, _NAME, room, _LEAST)
        return style, lines(row.name, style, room)

    # -- a page -------------------------------------------------------------------------------

    def _page(self, panels: list[_Panel], page: int, pages: int) -> None:
        sheets, paper = self._sheets, self._paper
        code = page_code(paper.register, paper.number, page, pages)
        sheets.modules(page_mark(code), _RIGHT - _CODE, _UPPER[0], _CODE)
        for place, panel in enumerate(panels):
            top = _LOWER[0] if place else _UPPER[0]
            self._panel(panel, top, beside=_CODE + 4.0 if not place else 0.0)
        sheets.rule(4.0, _FOLD, 5.0, 0.4, HAIR)
        sheets.rule(_RIGHT + 3.0, _FOLD, 5.0, 0.4, HAIR)
        self._foot(page, pages)
        sheets.turn()

    def _panel(self, panel: _Panel, top: float, beside: float) -> None:
        y = self._first(top) if panel.first else self._again(top, beside)
        y = self._titles(y)
        for row in panel.rows:
            y = self._row(row, y)

    def _first(self, top: float) -> float:
        sheets, paper, words = self._sheets, self._paper, self._words
        room = _RIGHT - _LEFT - _CODE - 4.0
        sheets.text(_LEFT, top + 3.0, paper.school, squeezed(paper.school, _META, room, 6.0))
        title = squeezed(paper.groups, _TITLE, room, 6.0)
        sheets.text(_LEFT, top + 12.0, paper.groups, title)
        valid = words("paper.list_valid", day=paper.valid_until)
        sheets.text(_LEFT, top + 20.0, valid, squeezed(valid, _VALID, room, 9.0))
        made = words(
            "paper.list_made",
            number=paper.number,
            day=paper.printed_on,
            holder=paper.holder,
        )
        sheets.text(_LEFT, top + 25.5, made, squeezed(made, _META, room, 6.0))
        count = self._count()
        sheets.text(_LEFT, top + 30.5, count, squeezed(count, _META, room, 6.0))
        return top + _HEAD

    def _count(self) -> str:
        """How many may be shown, for a list of one use."""
        if len(self._paper.columns) > 1:
            return self._words("paper.list_children", count=len(self._paper.rows))
        found = [row.cells[0].word for row in self._paper.rows]
        may = sum(word in ("yes", "yes_if") for word in found)
        return self._words("paper.list_count", may=may, total=len(found))

    def _again(self, top: float, beside: float) -> float:
        paper = self._paper
        text = self._words(
            "paper.list_again",
            groups=paper.groups,
            day=paper.valid_until,
            number=paper.number,
        )
        room = _RIGHT - _LEFT - beside
        self._sheets.text(_LEFT, top + 4.5, text, squeezed(text, _AGAIN_STYLE, room, 6.0))
        return top + (_CODE + 3.0 if beside else _AGAIN)

    def _titles(self, y: float) -> float:
        sheets = self._sheets
        for place, column in enumerate(self._paper.columns):
            x = self._x(place)
            room = self._cell - 2.0
            name = _titled(column.channel, room)
            parts = balanced(column.channel, name, room)
            base = y + 4.4 - (len(parts) - 1) * name.leading
            for part in parts:
                sheets.text(x, base, part, name)
                base += name.leading
            sheets.text(x, y + 8.4, column.medium, _KIND)
        sheets.rule(_LEFT, y + _COLUMNS - 1.0, _RIGHT - _LEFT, 1.4, BLACK)
        return y + _COLUMNS

    # -- a row --------------------------------------------------------------------------------

    def _row(self, row: ListRow, y: float) -> float:
        sheets, high = self._sheets, self._high(row)
        style, parts = self._called(row)
        taken = len(parts) * style.leading + (_PLACE.leading if row.place else 0.0)
        base = y + (min(high, max(_ROW, taken)) - 1.0 - taken) / 2
        for part in parts:
            sheets.text(_LEFT, base + style.rise, part, style)
            base += style.leading
        if row.place:
            small = squeezed(row.place, _PLACE, self._name - 3.0, 5.5)
            sheets.text(_LEFT, base + small.rise, row.place, small)
        for place, cell in enumerate(row.cells):
            self._answer(cell, self._x(place), y, high)
        sheets.rule(_LEFT, y + high - 0.4, _RIGHT - _LEFT, 0.4, HAIR)
        return y + high

    def _answer(self, cell: ListCell, x: float, y: float, high: float) -> None:
        sheets, note = self._sheets, self._note(cell)
        colour = BLACK
        if cell.word == "no":
            corners = (
                *((x - 1.0, y), (x + self._cell - 2.0, y)),
                *((x + self._cell - 2.0, y + high - 1.2), (x - 1.0, y + high - 1.2)),
            )
            sheets.polygon(corners, fill=BLACK, weight=0.2)
            colour = WHITE
        middle = y + (_ROW - 1.0) / 2
        _sign(sheets, cell.word, x + _SIGN / 2 + 0.4, middle)
        word = self._words(f"paper.list_{cell.word}")
        style = squeezed(word, _WORD, self._cell - _SIGN - 5.5, 7.5).of(colour)
        at = x + _SIGN + 2.0
        if note:
            sheets.text(at, y + 4.9, word, style)
            small = self._small.of(colour)
            for number, line in enumerate(note):
                down = _NOTE_BELOW - 1.2 + small.rise + number * small.leading
                sheets.text(at, y + down, line, small)
        else:
            sheets.text(at, middle + style.size * 0.36 * 0.3528, word, style)

    def _x(self, place: int) -> float:
        return _LEFT + self._name + place * self._cell

    # -- the foot -----------------------------------------------------------------------------

    def _foot(self, page: int, pages: int) -> None:
        sheets, words, paper = self._sheets, self._words, self._paper
        room = _RIGHT - _LEFT
        rule = words("paper.list_rule", least=paper.least)
        sheets.text(_LEFT, 285.0, rule, squeezed(rule, _META, room, 5.5))
        stamp = words("paper.stamp", stamp=paper.stamp) if paper.stamp else ""
        sheets.text(_LEFT, 289.5, stamp, FINE)
        sheets.right(_RIGHT, 289.5, words("paper.page", page=page, pages=pages), FINE)


def _titled(channel: str, room: float) -> Style:
    """How the name of a channel is set: large on one line, or smaller on two or three."""
    one = fitted(channel, _COLUMN, (room, _COLUMN.leading), 9.0)
    two = fitted(channel, _COLUMN.at(9.0), (room, 2 * _COLUMN.at(9.0).leading), 7.5)
    return one or two or fitted(channel, _COLUMN.at(7.0), (room, 7.2), 3.0) or _COLUMN.at(3.0)


def _sign(sheets: Sheets, word: str, x: float, y: float) -> None:
    """The shape of an answer: a circle with a tick, an octagon with a cross, a diamond."""
    half = _SIGN / 2
    if word in ("yes", "yes_if"):
        sheets.circle(x, y, half - 0.3, 1.6)
        tick = ((x - 1.5, y + 0.1), (x - 0.4, y + 1.3), (x + 1.6, y - 1.2))
        sheets.stroke(tick, 2.4)
    elif word == "no":
        sheets.polygon(_around(x, y, half), fill=WHITE, weight=0.2)
        sheets.stroke(((x - 1.3, y - 1.3), (x + 1.3, y + 1.3)), 2.6)
        sheets.stroke(((x - 1.3, y + 1.3), (x + 1.3, y - 1.3)), 2.6)
    else:
        diamond = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
        sheets.polygon(diamond, weight=1.6)
        sheets.centre(x, y + 1.35, "?", _WORD.at(11))


def _around(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    """The corners of an octagon."""
    turn = math.pi / 8
    corners = (turn + each * math.pi / 4 for each in range(8))
    return tuple((x + radius * math.cos(at), y + radius * math.sin(at)) for at in corners)
