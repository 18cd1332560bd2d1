"""Setting text in lines: styles, measuring, breaking.

Text is only ever text. Nothing here, and nothing that draws what comes from here, reads markup.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from reports.fonts import Face, width

Colour: TypeAlias = tuple[float, float, float]

INK: Colour = (0x15 / 255, 0x20 / 255, 0x2B / 255)
MUTED: Colour = (0x4A / 255, 0x57 / 255, 0x64 / 255)
NAVY: Colour = (0x10 / 255, 0x2E / 255, 0x47 / 255)
HAIR: Colour = (0xB4 / 255, 0xBE / 255, 0xC8 / 255)
BLACK: Colour = (0.0, 0.0, 0.0)

MM = 72 / 25.4

# Blanks that may end a line; a no-break space is part of its word.
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_CONTROLS = re.compile(r"[\t\r\f\v]")
_STEP = 0.25
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks.

    Attributes:
        size: in points.
        leading: from line to line, in millimetres.
        tracking: extra white after each character, in points.
    """

    face: Face
    size: float
    leading: float
    colour: Colour = INK
    tracking: float = 0.0

    def at(self, size: float) -> Style:
        """The same style at another size, the leading in proportion."""
        return replace(self, size=size, leading=self.leading * size / self.size)

    def of(self, colour: Colour) -> Style:
        """The same style in another colour."""
        return replace(self, colour=colour)

    @property
    def rise(self) -> float:
        """From the top of a line to its baseline, in millimetres."""
        return self.leading / 2 + self.size * 0.36 / MM


BODY = Style(Face.REGULAR, 10.5, 5.1)
STRONG = Style(Face.SEMIBOLD, 10.5, 5.1)
NOTE = Style(Face.REGULAR, 8.5, 3.9, MUTED)
FINE = Style(Face.REGULAR, 7.5, 3.4, MUTED)
TITLE = Style(Face.BOLD, 17, 7.6, NAVY)
HEADING = Style(Face.SEMIBOLD, 12, 5.8, NAVY)


def clean(text: str) -> str:
    """The text as it is set: composed characters, no soft hyphens, no blanks at the ends."""
    return unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "").strip()


def wide(text: str, style: Style) -> float:
    """How wide a text runs, in millimetres."""
    points = width(text, style.face) * style.size
    if style.tracking:
        points += style.tracking * (len(text) - 1)
    return points / MM


def words(line: str) -> list[str]:
    """The words of one line, in order."""
    return [word for word in _BLANKS.split(line) if word]


@lru_cache(maxsize=20_000)
def lines(text: str, style: Style, room: float) -> tuple[str, ...]:
    """The lines of a text, each no wider than `room` millimetres.

    A line feed in the text begins a new line. A word that is wider than the room is broken.
    """
    found: list[str] = []
    for line in clean(text).split("\n"):
        whole = _CONTROLS.sub(" ", line).rstrip()
        if wide(whole, style) <= room:
            found.append(whole)
        else:
            found += _broken(words(line), style, room)
    return tuple(found)


@lru_cache(maxsize=2_000)
def balanced(text: str, style: Style, room: float) -> tuple[str, ...]:
    """The lines of a short text, about equally long, in no more lines than `lines` needs."""
    best = lines(text, style, room)
    narrow = room
    while len(best) > 1 and narrow > room / 2:
        narrow -= 1.0
        tried = lines(text, style, narrow)
        if len(tried) > len(best):
            break
        best = tried
    return best


def _broken(left: list[str], style: Style, room: float) -> list[str]:
    room += 1e-6
    blank = wide(" ", style)
    done: list[str] = []
    line, used = "", 0.0
    for word in left:
        step = wide(word, style)
        if line and used + blank + step <= room:
            line, used = f"{line} {word}", used + blank + step
            continue
        if line:
            done.append(line)
        *full, line = _cut(word, style, room) if step > room else (word,)
        done += full
        used = wide(line, style)
    return [*done, line] if line else done


def _cut(word: str, style: Style, room: float) -> list[str]:
    parts, part = [], ""
    for sign in word:
        if part and wide(part + sign, style) > room:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


def fitted(text: str, style: Style, place: tuple[float, float], least: float) -> Style | None:
    """The style at the largest size at which the text stays within a place.

    Args:
        text: what is set.
        style: the style wanted.
        place: width and height in millimetres; a height of one leading means one line.
        least: smallest size allowed, in points.

    Returns:
        The style, or None when the text does not fit at the smallest size either.
    """
    room, high = place
    size = style.size
    while size >= least:
        tried = style.at(size)
        if len(lines(text, tried, room)) * tried.leading <= high + 1e-6:
            return tried
        size -= _STEP
    return None


def squeezed(text: str, style: Style, room: float, least: float) -> Style:
    """The style at the largest size at which the text stays on one line, or at the smallest."""
    return fitted(text, style, (room, style.leading), least) or style.at(least)
