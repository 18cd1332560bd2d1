"""What pages have in common: letterhead, address window, fold marks, footer.

Window positions: the Dutch ones after NEN 1026 as the LaTeX class isodoc has them (block 70 mm
wide, its middle 63.5 mm from the top, from 35 mm or 105 mm), the German one after DIN 5008
form B (45 mm from the top, 20 mm from the left). The norms themselves were not read; a school
tries its own envelopes with a test print. Checked 2026-11-22.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.fonts import Face
from reports.setting import BODY, FINE, HAIR, INK, MUTED, NAVY, Style, fitted, lines, squeezed

if TYPE_CHECKING:
    from app.paper import Letterhead
    from reports.sheets import Sheets

SCHOOL = Style(Face.BOLD, 14, 6.0, NAVY)
BOARD = Style(Face.SEMIBOLD, 8.5, 3.9, INK)
LINES = Style(Face.REGULAR, 8.5, 3.9, MUTED)
SENDER = Style(Face.REGULAR, 6.5, 2.8, MUTED)
ADDRESS = BODY.at(10.5)

_LEAST, _WRAPPED = 7.0, 9.0
_MARK, _MARK_AT = 4.0, 4.0


@dataclass(frozen=True, slots=True)
class Window:
    """Where an envelope's window is.

    Attributes:
        x: left edge of the address, in millimetres; width: room for it.
        middle: height of the middle of the address.
        beside: left edge of what stands beside the window.
        folds: heights of the marks at the left edge.
    """

    x: float
    width: float
    middle: float
    beside: float
    folds: tuple[float, ...]


WINDOWS = {
    "nl_left": Window(35.0, 70.0, 63.5, 122.0, (107.0, 158.0)),
    "nl_right": Window(105.0, 70.0, 63.5, 24.0, (107.0, 158.0)),
    "din_b": Window(25.0, 75.0, 66.0, 122.0, (105.0, 148.5, 210.0)),
}
_MOST_LINES = 6
_ADDRESS_HIGH = 30.0
ADDRESS_FOOT = 84.0


def window(name: str) -> Window:
    """The window of that name; an unknown name is the Dutch left one."""
    return WINDOWS.get(name, WINDOWS["nl_left"])


def letterhead(sheets: Sheets, head: Letterhead, x: float, room: float, top: float) -> float:
    """Draw the sender at the top of a page; returns where it ends."""
    y = top
    for text, style in _head_lines(head):
        fit = squeezed(text, style, room, max(_LEAST, style.size * 0.6))
        for line in lines(text, fit, room):
            sheets.text(x, y + fit.rise, line, fit)
            y += fit.leading
    return y


def _head_lines(head: Letterhead) -> list[tuple[str, Style]]:
    board = [(head.board, BOARD)] if head.board else []
    contact = " · ".join(line for line in head.lines if line)
    return [(head.school, SCHOOL), *board, *([(contact, LINES)] if contact else [])]


def address(
    sheets: Sheets, place: Window, head: Letterhead, addressee: tuple[str, ...]
) -> None:
    """Draw the address where the window shows it, with the sender on one small line above.

    The lines get smaller, down to 7 points, when there are many or long ones.
    """
    style = _address_style(addressee, place.width)
    set_lines = [line for text in addressee for line in lines(text, style, place.width)]
    y = place.middle - len(set_lines) * style.leading / 2
    if head.lines:
        sender = " · ".join((head.school, head.lines[0]))
        small = fitted(sender, SENDER, (place.width, SENDER.leading), 5.5)
        if small is not None:
            sheets.text(place.x, y - 2.6, sender, small)
            sheets.rule(place.x, y - 1.6, place.width, 0.3, HAIR)
    for line in set_lines:
        sheets.text(place.x, y + style.rise, line, style)
        y += style.leading


def _address_style(addressee: tuple[str, ...], room: float) -> Style:
    style = ADDRESS
    while style.size > _LEAST:
        count = sum(len(lines(text, style, room)) for text in addressee)
        wraps = count > len(addressee)
        if count * style.leading <= _ADDRESS_HIGH and not (wraps and style.size > _WRAPPED):
            break
        style = ADDRESS.at(style.size - 0.5)
    return style


def folds(sheets: Sheets, place: Window) -> None:
    """Draw the fold marks at the left edge."""
    for y in place.folds:
        sheets.rule(_MARK_AT, y, _MARK, 0.4, HAIR)


def footer(sheets: Sheets, left: str, right: str, span: tuple[float, float], y: float) -> None:
    """Draw one line at the foot: what was made, and which page this is."""
    start, end = span
    sheets.text(start, y, left, FINE)
    sheets.right(end, y, right, FINE)
