"""The faces that paper is set in, embedded in every document.

Noto Sans holds the Latin, Greek and Cyrillic scripts with their accents, Vietnamese included.
It does not hold Arabic, Hebrew, the scripts of South and East Asia, arrows or pictographs:
what it cannot set is refused before anything is drawn, never left out.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from io import BytesIO
from typing import cast

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import resources


class Face(StrEnum):
    """A face by the name under which a document knows it."""

    REGULAR = "NotoSans-Regular"
    SEMIBOLD = "NotoSans-SemiBold"
    BOLD = "NotoSans-Bold"


@cache
def prepare() -> None:
    """Make the faces known to the drawing library; done once, before the first document."""
    rl_config.useA85 = 0  # text inside a PDF file need not be printable; a quarter smaller
    for face in Face:
        font = TTFont(face.value, BytesIO(resources.font(f"{face.value}.ttf")))
        pdfmetrics.registerFont(font)


@cache
def covered() -> frozenset[str]:
    """Every character that all faces can set."""
    prepare()
    known = [set(_font(face).face.charToGlyph) for face in Face]
    return frozenset(chr(code) for code in set.intersection(*known) if code > ord(" "))


@lru_cache(maxsize=20_000)
def width(text: str, face: Face) -> float:
    """How wide a text runs at a size of one point, in points."""
    prepare()
    return pdfmetrics.stringWidth(text, face.value, 1000) / 1000


def _font(face: Face) -> TTFont:
    return cast("TTFont", pdfmetrics.getFont(face.value))
