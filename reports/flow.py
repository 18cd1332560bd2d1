"""Blocks as strips of paper that can be cut into pages.

A heading stays with what follows it, and so does a paragraph that announces something with a
colon; a paragraph never leaves one line alone on a page, and a short table stays together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TYPE_CHECKING, TypeAlias

from app.letters.blocks import Block, Bullets, Heading, Paragraph, SignatureBlock, Table
from reports.setting import BODY, HAIR, HEADING, INK, NOTE, STRONG, Colour, Style, lines, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.sheets import Sheets


@dataclass(frozen=True, slots=True)
class Run:
    """One line of text within a strip; x from the left edge, y from its top to the baseline."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line within a strip, at y from its top; weight in points."""

    x: float
    y: float
    length: float
    weight: float = 0.4
    colour: Colour = HAIR


@dataclass(frozen=True, slots=True)
class Strip:
    """The smallest piece that is never cut.

    Attributes:
        space: white above it, in millimetres; left out at the top of a page.
        keep: the next strip must stand on the same page.
    """

    height: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()
    space: float = 0.0
    keep: bool = False


Strips: TypeAlias = tuple[Strip, ...]

_PAIR = 2
_HAIR_SPACE = 0.01
_TOGETHER = 8  # rows of names and values that are not parted from each other


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of running text in one document."""

    body: Style = BODY
    strong: Style = STRONG
    heading: Style = HEADING
    note: Style = NOTE

    @property
    def space(self) -> float:
        """White between paragraphs."""
        return self.body.leading * 0.5


LETTER = Look()


def paragraph(text: str, style: Style, room: float, *, space: float, x: float = 0.0) -> Strips:
    """A paragraph of text."""
    set_lines = lines(text, style, room)
    last = len(set_lines) - 1
    return tuple(
        Strip(
            style.leading,
            (Run(x, style.rise, line, style),),
            space=space if number == 0 else 0.0,
            keep=last > 0 and number in {0, last - 1},
        )
        for number, line in enumerate(set_lines)
    )


def bullets(
    items: tuple[str, ...], style: Style, room: float, *, space: float, numbered: bool = False
) -> Strips:
    """A list of points with hanging dots or numbers."""
    indent = style.size * (0.5 if numbered else 0.36)
    found: list[Strip] = []
    for number, item in enumerate(items, 1):
        above = space if not found else style.leading * 0.22
        first, *rest = paragraph(item, style, room - indent, space=above, x=indent)
        mark = Run(0.0, style.rise, f"{number}." if numbered else "\N{BULLET}", style)
        found += [replace(first, runs=(mark, *first.runs)), *rest]
    return tuple(found)


def run_in(
    items: tuple[str, ...], styles: tuple[Style, Style], room: float, *, space: float
) -> Strips:
    """Points one after the other in one paragraph; what stands before a colon is set apart.

    Args:
        items: the points, as "name: what it is".
        styles: of what stands before the colon, and of the rest.
        room: the widest that a line may run.
        space: white above it.
    """
    strong, body = styles
    blank = wide(" ", body)
    set_lines: list[list[Run]] = [[]]
    x = 0.0
    for item in items:
        name, colon, rest = item.partition(": ")
        words = [(word, strong) for word in f"{name}{colon.strip()}".split()]
        for word, style in (*words, *((word, body) for word in rest.split())):
            long = wide(word, style)
            if x and x + long > room:
                set_lines.append([])
                x = 0.0
            _put(set_lines[-1], Run(x, body.rise, word, style), x - blank)
            x += long + blank
        x += blank
    last = len(set_lines) - 1
    return tuple(
        Strip(
            body.leading,
            tuple(runs),
            space=0.0 if number else space,
            keep=last > 0 and number in {0, last - 1},
        )
        for number, runs in enumerate(set_lines)
    )


def _put(line: list[Run], word: Run, end: float) -> None:
    """Add a word to a line; to the last run when it goes on there in the same style."""
    before = line[-1] if line else None
    if before and before.style == word.style and _end(before) >= end - _HAIR_SPACE:
        line[-1] = replace(before, text=f"{before.text} {word.text}")
    else:
        line.append(word)


def _end(run: Run) -> float:
    return run.x + wide(run.text, run.style)


def heading(text: str, style: Style, room: float, *, space: float) -> Strips:
    """A heading, kept with what follows."""
    found = paragraph(text, style, room, space=space)
    return tuple(replace(strip, keep=True) for strip in found)


def strips(blocks: tuple[Block, ...], look: Look, room: float) -> Strips:
    """All blocks as strips for a column of `room` millimetres."""
    found: list[Strip] = []
    for block in blocks:
        if isinstance(block, SignatureBlock) and found:
            found[-1] = replace(found[-1], keep=True)
        found += _strips(block, _Column(look, room))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Column:
    """What blocks are set in."""

    look: Look
    room: float


@singledispatch
def _strips(block: Block, column: _Column) -> Strips:
    raise NotImplementedError(type(block).__name__, column)


@_strips.register(Heading)
def _heading(block: Heading, column: _Column) -> Strips:
    return heading(block.text, column.look.heading, column.room, space=column.look.space * 2.2)


@_strips.register(Paragraph)
def _paragraph(block: Paragraph, column: _Column) -> Strips:
    style = column.look.strong if block.strong else column.look.body
    found = paragraph(block.text, style, column.room, space=column.look.space)
    if block.text.endswith(":"):
        return (*found[:-1], replace(found[-1], keep=True))
    return found


@_strips.register(Bullets)
def _bullets(block: Bullets, column: _Column) -> Strips:
    return bullets(block.items, column.look.body, column.room, space=column.look.space)


@_strips.register(Table)
def _table(block: Table, column: _Column) -> Strips:
    look, room = column.look, column.room
    columns = max((len(row) for row in block.rows), default=0)
    if not columns:
        return ()
    if block.head or columns > _PAIR:
        return tuple(_ruled(block, look, room, columns))
    return _named(block, look, room)


def _named(block: Table, look: Look, room: float) -> Strips:
    """Names and values without rules, such as date, reference and subject."""
    style, names = look.body, look.body.of(look.note.colour)
    wanted = max(wide(row[0], style) for row in block.rows if row) + 6.0
    first = min(max(wanted, 26.0), room * 0.4)
    found = []
    for number, row in enumerate(block.rows):
        name, value = (*row, "", "")[:2]
        cells = ((0.0, first - 3.0, name, names), (first, room - first, value, style))
        row_strip = _row(cells, look.space if number == 0 else 0.0)
        together = number < len(block.rows) - 1 <= _TOGETHER
        found.append(replace(row_strip, keep=together))
    return tuple(found)


def _ruled(block: Table, look: Look, room: float, columns: int) -> Iterator[Strip]:
    places = _places(block, look, room, columns)
    for number, row in enumerate(block.rows):
        head = block.head and number == 0
        style = look.strong if head else look.body
        cells = tuple(
            (x, width - 4.0, cell, style) for (x, width), cell in zip(places, row, strict=False)
        )
        strip = _row(cells, look.space if number == 0 else 0.0, pad=1.2)
        weight, colour = (0.9, INK) if head else (0.4, HAIR)
        yield replace(strip, keep=head, rules=(Rule(0.0, strip.height, room, weight, colour),))


def _places(
    block: Table, look: Look, room: float, columns: int
) -> tuple[tuple[float, float], ...]:
    """Where each column stands, how wide: a narrow one leaves its room to the others."""
    wanted = [
        max(wide(row[n], look.strong) for row in block.rows if n < len(row)) + 4.0
        for n in range(columns)
    ]
    widths, left = [0.0] * columns, room
    for rest, n in enumerate(sorted(range(columns), key=wanted.__getitem__)):
        widths[n] = min(wanted[n], left / (columns - rest))
        left -= widths[n]
    widths[-1] += left
    return tuple((sum(widths[:n]), width) for n, width in enumerate(widths))


def _row(
    cells: tuple[tuple[float, float, str, Style], ...], space: float, pad: float = 0.0
) -> Strip:
    runs, high = [], 0.0
    for x, room, text, style in cells:
        set_lines = lines(text, style, room)
        runs += [
            Run(x, pad + number * style.leading + style.rise, line, style)
            for number, line in enumerate(set_lines)
        ]
        high = max(high, len(set_lines) * style.leading)
    return Strip(high + 2 * pad, tuple(runs), space=space)


@_strips.register(SignatureBlock)
def _signature(block: SignatureBlock, column: _Column) -> Strips:
    look, room = column.look, column.room
    length = min(room, 75.0)
    ink = Strip(20.0, rules=(Rule(0.0, 20.0, length, 0.5, INK),), space=look.space, keep=True)
    name = paragraph(block.name, look.strong, room, space=0.8)
    role = paragraph(block.role, look.body.of(look.note.colour), room, space=0.0)
    kept = tuple(replace(strip, keep=True) for strip in name)
    return (ink, *kept, *role) if block.role else (ink, *kept[:-1], *name[-1:])


def cut(found: Strips, heights: Iterator[float]) -> list[Strips]:
    """The strips by page (or column); `heights` gives the room on each, without end."""
    pages: list[Strips] = []
    page: list[Strip] = []
    left = next(heights)
    for piece in _pieces(found):
        high = height(piece, top=not page)
        if page and high > left + 1e-6:
            pages.append(tuple(page))
            page, left = [], next(heights)
            high = height(piece, top=True)
        for strip in piece:
            step = strip.height + (strip.space if page else 0.0)
            if page and step > left + 1e-6:  # a piece that is longer than a whole page
                pages.append(tuple(page))
                page, left = [], next(heights)
                step = strip.height
            page.append(strip)
            left -= step
    return [*pages, tuple(page)]


def height(found: Strips, *, top: bool = True) -> float:
    """How high strips stand together; `top` leaves out the white above the first."""
    total = sum(strip.height + strip.space for strip in found)
    return total - found[0].space if top and found else total


def _pieces(found: Strips) -> Iterator[Strips]:
    piece: list[Strip] = []
    for strip in found:
        piece.append(strip)
        if not strip.keep:
            yield tuple(piece)
            piece = []
    if piece:
        yield tuple(piece)


def lay(sheets: Sheets, found: Strips, x: float, y: float) -> float:
    """Draw strips below each other from y on; returns where the next thing can begin."""
    for number, strip in enumerate(found):
        y += strip.space if number else 0.0
        for run in strip.runs:
            sheets.text(x + run.x, y + run.y, run.text, run.style)
        for rule in strip.rules:
            sheets.rule(x + rule.x, y + rule.y, rule.length, rule.weight, rule.colour)
        y += strip.height
    return y
