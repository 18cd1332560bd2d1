"""Where everything stands on the pages of a consent form, in millimetres.

One place for the press that draws a form and for the reader that takes a scanned page apart.
Nothing here depends on how wide a word runs: the places follow from what is asked, in which
order, and from the size of print. That is why a reader needs nothing but the form version.

All places count from the left top corner of an A4 page. The pages with answers are the last
pages of a form; the text before them may take one page or more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle on the page.

    Attributes:
        x, y: its left top corner, in millimetres from the left top corner of the page.
        width, height: in millimetres.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """The middle of the rectangle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, margin: float) -> Spot:
        """The rectangle without a margin all around; a negative margin widens it."""
        return Spot(
            self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin
        )

    def scaled(self, factor: float, about: Point = (PAGE_WIDTH / 2, PAGE_HEIGHT / 2)) -> Spot:
        """Where the rectangle lands when the page is printed at another scale.

        Args:
            factor: 0.97 for a print at 97 %.
            about: the point that stays where it is; printers keep the middle of the page.
        """
        x, y = about
        return Spot(
            x + (self.x - x) * factor,
            y + (self.y - y) * factor,
            self.width * factor,
            self.height * factor,
        )


def _square(x: float, y: float, side: float) -> Spot:
    return Spot(x, y, side, side)


# The corners stay 12 mm inside, so that a page turned by five degrees keeps them on the glass.
_CORNER = 8.0
_NEAR, _RIGHT, _FOOT = 12.0, PAGE_WIDTH - 20.0, PAGE_HEIGHT - 20.0

CORNERS: Mapping[str, Spot] = {
    "BBA": _square(_NEAR, _NEAR, _CORNER),
    "BBB": _square(_RIGHT, _NEAR, _CORNER),
    "BBC": _square(_NEAR, _FOOT, _CORNER),
    "BBD": _square(_RIGHT, _FOOT, _CORNER),
}
"""The corner marks by the text that they hold: left top, right top, left foot, right foot."""

CODE = _square(164.0, 12.0, 20.0)
"""The page code, without the white around it."""

LEFT, RIGHT = 24.0, 186.0
"""The column in which the form is set."""

TOP, BOTTOM = 39.0, 273.0
"""Between these the questions stand on a page with answers."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes that differ between normal and large print, in millimetres.

    Attributes:
        box: side of a box; row: height of a question; band: height of a section's heading.
        gap: white before a section; yes, no: middle of the two columns of boxes.
        condition: height of a condition's row; abreast: conditions next to each other.
        conditions_head: room for the words above the conditions.
        declaration: room for the words above the signature.
        signature: height of the place to sign; line: height of a line to write on.
        send_back: room for the words about sending back.
    """

    box: float
    row: float
    band: float
    gap: float
    yes: float
    no: float
    condition: float
    abreast: int
    conditions_head: float
    declaration: float
    signature: float
    line: float
    send_back: float


NORMAL = Measures(
    box=5.0,
    row=8.6,
    band=8.5,
    gap=4.0,
    yes=161.0,
    no=178.0,
    condition=7.0,
    abreast=2,
    conditions_head=11.0,
    declaration=9.0,
    signature=24.0,
    line=8.0,
    send_back=13.5,
)
LARGE = Measures(
    box=7.0,
    row=35.0,
    band=13.0,
    gap=5.0,
    yes=155.0,
    no=176.0,
    condition=18.0,
    abreast=1,
    conditions_head=35.0,
    declaration=26.0,
    signature=38.0,
    line=16.0,
    send_back=52.0,
)


def measures(*, large: bool = False) -> Measures:
    """The sizes of normal or large print."""
    return LARGE if large else NORMAL


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one kind of recording: its uses, in the order of print."""

    medium: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The heading of a section, printed again where the section goes on on another page."""

    medium: str
    top: float
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its two boxes.

    Attributes:
        top: where its row begins; the row is as high as the measures say.
    """

    medium: str
    use: str
    top: float
    yes: Spot
    no: Spot


@dataclass(frozen=True, slots=True)
class Tick:
    """One condition with its box; the words stand right of it, up to `width`."""

    condition: str
    box: Spot
    width: float


@dataclass(frozen=True, slots=True)
class Signing:
    """Where the form is signed.

    Attributes:
        top: where the words above it begin.
        name, place, day: lines to write on; the name is printed.
        signature: frame for the signature.
        send_back: where the words about sending back stand.
    """

    top: float
    name: Spot
    place: Spot
    day: Spot
    signature: Spot
    send_back: Spot


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page with answers.

    Attributes:
        conditions_top: where the words above the conditions begin; 0 without conditions.
        signing: only on the last page.
    """

    bands: tuple[Band, ...] = ()
    rows: tuple[Row, ...] = ()
    conditions_top: float = 0.0
    conditions: tuple[Tick, ...] = ()
    signing: Signing | None = None

    @property
    def boxes(self) -> tuple[Spot, ...]:
        """Every box on the page, from top to foot."""
        answers = [spot for row in self.rows for spot in (row.yes, row.no)]
        return (*answers, *(tick.box for tick in self.conditions))


def answer_pages(
    asked: tuple[Asked, ...], conditions: tuple[str, ...] = (), *, large: bool = False
) -> tuple[AnswerPage, ...]:
    """The pages with answers, in order; the last one holds the signature.

    Args:
        asked: what the form version asks, by kind of recording, in the order of print.
        conditions: keys of the conditions that can be ticked, in the order of print.
        large: large print.
    """
    sizes = measures(large=large)
    pages = _Pages(sizes)
    for section in asked:
        pages.section(section)
    pages.close(conditions)
    return tuple(pages.done)


def answer_page_of(pages: tuple[AnswerPage, ...], page: int, count: int) -> AnswerPage | None:
    """The plan of page `page` of a form of `count` pages, or None for a page of text."""
    place = page - 1 - (count - len(pages))
    return pages[place] if 0 <= place < len(pages) else None


def print_scale(found: Mapping[str, Point]) -> float | None:
    """At which scale a page was printed, judging by the middles of its corner marks.

    Args:
        found: the middle of each mark that was read, in millimetres on the scan, by its text.

    Returns:
        1.0 for a true print, 0.97 for 97 %; None with fewer than two marks.
    """
    ratios = []
    for one, other in combinations(sorted(found.keys() & CORNERS.keys()), 2):
        known = _distance(CORNERS[one].centre, CORNERS[other].centre)
        ratios.append(_distance(found[one], found[other]) / known)
    return sum(ratios) / len(ratios) if ratios else None


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


class _Pages:
    """Fills pages from top to foot."""

    def __init__(self, sizes: Measures) -> None:
        self.sizes = sizes
        self.done: list[AnswerPage] = []
        self._empty()

    def _empty(self) -> None:
        self.y = TOP
        self.bands: list[Band] = []
        self.rows: list[Row] = []
        self.top = 0.0
        self.ticks: tuple[Tick, ...] = ()

    def _turn(self, signing: Signing | None = None) -> None:
        bands, rows = tuple(self.bands), tuple(self.rows)
        self.done.append(AnswerPage(bands, rows, self.top, self.ticks, signing))
        self._empty()

    def _fits(self, height: float) -> bool:
        return self.y + height <= BOTTOM + 1e-6

    def section(self, section: Asked) -> None:
        sizes = self.sizes
        together = min(len(section.uses), 2)
        gap = sizes.gap if self.rows else 0.0
        if not self._fits(gap + sizes.band + together * sizes.row):
            self._turn()
            gap = 0.0
        self.y += gap
        self._band(section.medium, again=False)
        for use in section.uses:
            if not self._fits(sizes.row):
                self._turn()
                self._band(section.medium, again=True)
            self._row(section.medium, use)

    def _band(self, medium: str, *, again: bool) -> None:
        self.bands.append(Band(medium, self.y, again))
        self.y += self.sizes.band

    def _row(self, medium: str, use: str) -> None:
        sizes = self.sizes
        top = self.y + (sizes.row - sizes.box) / 2
        yes, no = (_square(x - sizes.box / 2, top, sizes.box) for x in (sizes.yes, sizes.no))
        self.rows.append(Row(medium, use, self.y, yes, no))
        self.y += sizes.row

    def close(self, conditions: tuple[str, ...]) -> None:
        sizes = self.sizes
        lines = -(-len(conditions) // sizes.abreast)
        ticks = sizes.gap + sizes.conditions_head + lines * sizes.condition if conditions else 0
        signing = sizes.gap + sizes.declaration + self._writing() + sizes.send_back
        if not self._fits(ticks):
            self._turn()
        self._ask(conditions)
        if not self._fits(signing):
            self._turn()
        self._turn(self._signing())

    def _writing(self) -> float:
        """Height of lines and frame: beside each other, or below each other in large print."""
        sizes = self.sizes
        beside = sizes.abreast > 1
        return (
            max(3 * sizes.line, sizes.signature) if beside else 3 * sizes.line + sizes.signature
        )

    def _ask(self, conditions: tuple[str, ...]) -> None:
        if not conditions:
            return
        self.top = self.y + (self.sizes.gap if self.rows else 0.0)
        self.ticks = self._ticks(conditions, self.top + self.sizes.conditions_head)
        lines = -(-len(conditions) // self.sizes.abreast)
        self.y = self.top + self.sizes.conditions_head + lines * self.sizes.condition

    def _ticks(self, conditions: tuple[str, ...], top: float) -> tuple[Tick, ...]:
        sizes = self.sizes
        width = (RIGHT - LEFT) / sizes.abreast
        ticks = []
        for number, condition in enumerate(conditions):
            line, column = divmod(number, sizes.abreast)
            y = top + line * sizes.condition + (sizes.condition - sizes.box) / 2
            box = _square(LEFT + column * width, y, sizes.box)
            ticks.append(Tick(condition, box, width - sizes.box - 6.0))
        return tuple(ticks)

    def _signing(self) -> Signing:
        sizes = self.sizes
        top = self.y + sizes.gap
        first = top + sizes.declaration
        if sizes.abreast > 1:
            wide, frame = 80.0, Spot(112.0, first, RIGHT - 112.0, sizes.signature)
        else:
            wide = RIGHT - LEFT
            frame = Spot(LEFT, first + 3 * sizes.line + 5.0, wide, sizes.signature - 8.0)
        lines = [Spot(LEFT, first + n * sizes.line, wide, sizes.line) for n in range(3)]
        foot = first + self._writing()
        send_back = Spot(LEFT, foot, RIGHT - LEFT, sizes.send_back)
        return Signing(top, lines[0], lines[1], lines[2], frame, send_back)
