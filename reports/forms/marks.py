"""The codes on a form: the page code and the four corner marks.

A page code is a QR code of level M. The corner marks are square DataMatrix codes of ten by ten
modules; being the same on every form they stand here as drawings. They were made once by the
library that reads them, and a test has it read them back.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import segno

from app.forms.geometry import CODE, CORNERS

if TYPE_CHECKING:
    from reports.sheets import Modules, Sheets

# Any mask may be read. A fixed one spares weighing all eight, which takes longer than drawing.
_MASK = 2

_DRAWN = {
    "BBA": (
        "1010101010 1010101011 1000111000 1011000011 1001001000 "
        "1111111011 1100011000 1010110001 1110000010 1111111111"
    ),
    "BBB": (
        "1010101010 1010110101 1000100100 1011101011 1001110000 "
        "1111000011 1111101000 1110100011 1110000010 1111111111"
    ),
    "BBC": (
        "1010101010 1011001011 1000100000 1011001011 1001110000 "
        "1101111011 1101011010 1010111011 1110001010 1111111111"
    ),
    "BBD": (
        "1010101010 1011010101 1000111100 1011100011 1001001000 "
        "1101000011 1110101010 1110101001 1110001010 1111111111"
    ),
}


@cache
def corner(text: str) -> Modules:
    """The dark modules of the corner mark with this text."""
    return tuple(tuple(int(bit) for bit in row) for row in _DRAWN[text].split())


def page_mark(text: str) -> Modules:
    """The dark modules of a page code."""
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    return tuple(tuple(row) for row in code.matrix)


def draw_corners(sheets: Sheets) -> None:
    """Draw the four corner marks."""
    for text, spot in CORNERS.items():
        sheets.modules(corner(text), spot.x, spot.y, spot.width)


def draw_page_code(sheets: Sheets, text: str) -> None:
    """Draw the page code in its place."""
    sheets.modules(page_mark(text), CODE.x, CODE.y, CODE.width)
