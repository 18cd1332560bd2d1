"""The first pages of a form: what the school asks and what the reader has to know.

In normal print the information stands in two columns below the letter, in the largest size at
which it ends on the first page. Where the examples of the channels would take a further sheet,
all is set closer and they run on one after the other. In large print everything runs in one
column of 18 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.forms.geometry import BOTTOM, LEFT, RIGHT, TOP
from reports.flow import Strips, bullets, cut, heading, height, paragraph, run_in
from reports.fonts import Face
from reports.page import ADDRESS_FOOT
from reports.setting import BODY, HEADING, INK, NAVY, STRONG, TITLE, Style, squeezed

if TYPE_CHECKING:
    from app.forms.papers import ConsentForm
    from reports.forms.wording import Part, Wording

ROOM = RIGHT - LEFT
_GUTTER = 8.0
COLUMN = (ROOM - _GUTTER) / 2
START = ADDRESS_FOOT + 4.0
_ABREAST = 2
_AFTER = 5.0
_CLOSE = 0.5
_AFTER_CLOSE = 4.0
_LEADING, _LEADING_CLOSE = 0.475, 0.46
_ABOVE, _ABOVE_CLOSE = 0.85, 0.55
_CLOSE_BODY = BODY.at(9.75)
_CLOSE_TITLE = TITLE.at(16)
_SIZES = (10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0)
_LARGE = Style(Face.REGULAR, 18, 8.4)
EXAMPLES = "examples"
"""The part of the wording with an example of each channel."""


@dataclass(frozen=True, slots=True)
class Column:
    """Strips that stand below each other from a place on a page."""

    page: int
    x: float
    y: float
    strips: Strips


@dataclass(frozen=True, slots=True)
class Information:
    """The text pages of one form.

    Attributes:
        pages: how many there are.
        own: what differs from form to form.
        shared: what is mostly the same in all forms of a paper, to be drawn once.
    """

    pages: int
    own: tuple[Column, ...]
    shared: tuple[Column, ...]


def information(
    wording: Wording, form: ConsentForm, *, large: bool, answers: int, examples: bool = False
) -> Information:
    """The text pages for one form, with examples where they take no further sheet of paper.

    Args:
        wording: the words of this form.
        form: whose it is.
        large: in large print.
        answers: how many pages with questions follow.
        examples: with the examples, whatever paper they take.
    """
    without = frozenset({"authority"}) if form.signer.own else frozenset[str]()
    parts = wording.information(without=without)
    told = wording.part(EXAMPLES)
    if large:
        found = _in_large(wording, form, parts)
        ways = [] if told is None else [_in_large(wording, form, (*parts, told))]
    else:
        head = _head(wording, form, BODY, TITLE)
        found = _in_columns(head, parts, START, close=False)
        ways = [] if told is None else _with_examples(wording, form, head, (*parts, told))
    sheets = _sheets(found.pages + answers)
    whole = (each for each in ways if _sheets(each.pages + answers) == sheets)
    return next(whole, ways[0] if examples and ways else found)


def _with_examples(
    wording: Wording, form: ConsentForm, head: Strips, parts: tuple[Part, ...]
) -> list[Information]:
    """With the last part in its usual place; where that takes more pages also closer."""
    usual = _in_columns(head, parts, START, close=False)
    if usual.pages == 1:
        return [usual]
    closer = _head(wording, form, _CLOSE_BODY, _CLOSE_TITLE)
    return [usual, _in_columns(closer, parts, START - 1.5, close=True)]


def _sheets(pages: int) -> int:
    """Sheets of paper, printed on both sides."""
    return (pages + 1) // 2


def _in_columns(
    head: Strips, parts: tuple[Part, ...], top: float, *, close: bool
) -> Information:
    columns = _grid(
        parts, top + height(head) + (_AFTER_CLOSE if close else _AFTER), close=close
    )
    own = (Column(0, LEFT, top, head),)
    return Information(columns[-1].page + 1 if columns else 1, own, columns)


def _in_large(wording: Wording, form: ConsentForm, parts: tuple[Part, ...]) -> Information:
    title = TITLE.at(24)
    content = (*_head(wording, form, _LARGE, title), *_parts(parts, _LARGE, ROOM))
    heights = chain((BOTTOM - START,), repeat(BOTTOM - TOP))
    columns = tuple(
        Column(page, LEFT, START if page == 0 else TOP, found)
        for page, found in enumerate(cut(content, heights))
    )
    return Information(len(columns), columns, ())


def about(wording: Wording, form: ConsentForm) -> str:
    """Whom the form is about; the group only when it is known."""
    if not form.group:
        return form.pupil
    return wording.text("about") or form.pupil


def _head(wording: Wording, form: ConsentForm, body: Style, title: Style) -> Strips:
    strong = STRONG.at(body.size * 1.08)
    space = body.leading * 0.5
    found = list(heading(wording.text("title"), title, ROOM, space=0.0))
    named = about(wording, form)
    found += paragraph(named, squeezed(named, strong.of(NAVY), ROOM, 9.0), ROOM, space=0.8)
    found += paragraph(wording.text("salutation"), body, ROOM, space=body.leading * 0.8)
    for text in wording.items("intro"):
        found += paragraph(text, body, ROOM, space=space)
    return tuple(found)


@lru_cache(maxsize=64)
def _grid(parts: tuple[Part, ...], start: float, *, close: bool) -> tuple[Column, ...]:
    """Two columns on the first page at the largest size that ends there, else on more pages."""
    room = BOTTOM - start
    for size in _SIZES:
        found = _parts(parts, _small(size, close=close), COLUMN, close=close)
        if len(cut(found, repeat(room))) <= _ABREAST:
            return _columns(_balanced(found, room), start)
    found = _parts(parts, _small(_SIZES[2], close=close), COLUMN, close=close)
    return _columns(cut(found, chain(repeat(room, _ABREAST), repeat(BOTTOM - TOP))), start)


def _small(size: float, *, close: bool) -> Style:
    return Style(Face.REGULAR, size, size * (_LEADING_CLOSE if close else _LEADING), INK)


def _parts(parts: tuple[Part, ...], body: Style, room: float, *, close: bool = False) -> Strips:
    head = HEADING.at(body.size * 1.08)
    found: list[Strips] = []
    for part in parts:
        above = body.leading * (_ABOVE_CLOSE if close else _ABOVE)
        above = above if found or body.size >= _LARGE.size else 0.0
        found.append(heading(part.heading, head, room, space=above))
        if part.text:
            found.append(paragraph(part.text, body, room, space=body.leading * 0.1))
        if close and part is parts[-1]:
            strong = Style(Face.SEMIBOLD, body.size, body.leading, body.colour)
            found.append(run_in(part.items, (strong, body), room, space=body.leading * 0.1))
        elif part.items:
            found.append(bullets(part.items, body, room, space=body.leading * 0.1))
    return tuple(chain.from_iterable(found))


def _balanced(found: Strips, room: float) -> list[Strips]:
    """Two columns that end at about the same height."""
    low, high = height(found) / 2 - 1.0, room
    best = cut(found, repeat(room))
    while high - low > _CLOSE:
        middle = (low + high) / 2
        tried = cut(found, repeat(middle))
        if len(tried) <= _ABREAST:
            best, high = tried, middle
        else:
            low = middle
    return best


def _columns(found: list[Strips], start: float) -> tuple[Column, ...]:
    columns = []
    for number, content in enumerate(found):
        page, side = divmod(number, _ABREAST)
        x = LEFT + side * (COLUMN + _GUTTER)
        columns.append(Column(page, x, start if page == 0 else TOP, content))
    return tuple(columns)
