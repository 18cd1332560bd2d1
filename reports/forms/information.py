"""The first pages of a form: what the school asks and what the reader has to know.

In normal print the information stands in two columns below the letter, in the largest size at
which it ends on the first page. In large print everything runs in one column of 18 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.forms.geometry import BOTTOM, LEFT, RIGHT, TOP
from reports.flow import Strips, bullets, cut, heading, height, paragraph
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
    found = _laid(wording, form, parts, large=large)
    told = wording.part(EXAMPLES)
    if told is None:
        return found
    more = _laid(wording, form, (*parts, told), large=large)
    fits = examples or _sheets(more.pages + answers) == _sheets(found.pages + answers)
    return more if fits else found


def _sheets(pages: int) -> int:
    """Sheets of paper, printed on both sides."""
    return (pages + 1) // 2


def _laid(
    wording: Wording, form: ConsentForm, parts: tuple[Part, ...], *, large: bool
) -> Information:
    if large:
        return _in_large(wording, form, parts)
    head = _head(wording, form, BODY, TITLE)
    start = START + height(head) + _AFTER
    columns = _grid(parts, start)
    own = (Column(0, LEFT, START, head),)
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
def _grid(parts: tuple[Part, ...], start: float) -> tuple[Column, ...]:
    """Two columns on the first page at the largest size that ends there, else on more pages."""
    room = BOTTOM - start
    for size in _SIZES:
        found = _parts(parts, _small(size), COLUMN)
        if len(cut(found, repeat(room))) <= _ABREAST:
            return _columns(_balanced(found, room), start)
    found = _parts(parts, _small(_SIZES[2]), COLUMN)
    return _columns(cut(found, chain(repeat(room, _ABREAST), repeat(BOTTOM - TOP))), start)


def _small(size: float) -> Style:
    return Style(Face.REGULAR, size, size * 0.475, INK)


def _parts(parts: tuple[Part, ...], body: Style, room: float) -> Strips:
    head = HEADING.at(body.size * 1.08)
    found: list[Strips] = []
    for part in parts:
        above = body.leading * 0.85 if found or body.size >= _LARGE.size else 0.0
        found.append(heading(part.heading, head, room, space=above))
        if part.text:
            found.append(paragraph(part.text, body, room, space=body.leading * 0.1))
        if part.items:
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
