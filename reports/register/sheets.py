"""Draws the sheet with the recovery code and the sheet with a new user's one-time code."""

from __future__ import annotations

import re
from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Block, Bullets, Heading, Paragraph, Table
from reports.flow import Look, Strips, bullets, cut, lay, strips
from reports.fonts import Face
from reports.page import footer
from reports.setting import BODY, HEADING, INK, MUTED, STRONG, TITLE, Style, squeezed
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.register.papers import AccessSheet, RecoverySheet
    from app.text import Words

_LEFT, _ROOM = 25.0, 160.0
_TOP, _HEAD, _FOOT = 34.0, 22.0, 282.0
_ABREAST, _MOST_ABREAST, _GAP, _CELL = 4, 5, 4.0, 16.0
_GROUP = Style(Face.SEMIBOLD, 20, 9.0, INK, tracking=1.5)
_NUMBER = Style(Face.REGULAR, 7, 3.0, MUTED)
_LOOK = Look(body=BODY.at(10), strong=STRONG.at(10), heading=HEADING.at(11))
_BREAKS = re.compile(r"[\s\-–—]+")


def recovery_sheet(paper: RecoverySheet, words: Words) -> Sheets:
    """The sheet for the school's safe."""
    sheets = Sheets(words("paper.recovery_title"), paper.language)
    facts = (
        (words("paper.school"), paper.school),
        (words("paper.director"), paper.director),
        (words("paper.made_on"), paper.made_on),
        (words("paper.fingerprint"), paper.fingerprint),
    )
    y = _head(sheets, words("paper.recovery_title"), words("paper.recovery_lead"), facts)
    y = _code(sheets, words("paper.recovery_code"), paper.code, y)
    _text(sheets, strips(_recovery_blocks(words), _LOOK, _ROOM), y, words)
    return sheets


def access_sheet(paper: AccessSheet, words: Words) -> Sheets:
    """The sheet that a new user is handed."""
    sheets = Sheets(words("paper.access_title"), paper.language)
    facts = (
        (words("paper.school"), paper.school),
        (words("paper.access_user"), paper.user),
        (words("paper.access_roles"), paper.roles),
        (words("paper.made_on"), paper.made_on),
    )
    lead = words("paper.access_lead", user=paper.user)
    y = _head(sheets, words("paper.access_title"), lead, facts)
    y = _code(sheets, words("paper.access_code"), paper.code, y)
    steps = tuple(words(f"paper.access_step_{n}") for n in (1, 2, 3, 4))
    before: tuple[Block, ...] = (
        Paragraph(words("paper.access_code_note")),
        Heading(words("paper.access_steps_title")),
    )
    after: tuple[Block, ...] = (
        Heading(words("paper.access_lost_title")),
        Paragraph(words("paper.access_lost")),
    )
    listed = bullets(steps, _LOOK.body, _ROOM, space=_LOOK.space, numbered=True)
    content = (*strips(before, _LOOK, _ROOM), *listed, *strips(after, _LOOK, _ROOM))
    _text(sheets, content, y, words)
    return sheets


def _recovery_blocks(words: Words) -> tuple[Block, ...]:
    keep = tuple(words(f"paper.recovery_keep_{n}") for n in (1, 2, 3, 4))
    uses = tuple(words(f"paper.recovery_for_{n}") for n in (1, 2, 3))
    return (
        Paragraph(words("paper.recovery_code_note")),
        Heading(words("paper.recovery_check_title")),
        Paragraph(words("paper.recovery_check")),
        Heading(words("paper.recovery_for_title")),
        Bullets(uses),
        Heading(words("paper.recovery_keep_title")),
        Bullets(keep),
        Heading(words("paper.fingerprint")),
        Paragraph(words("paper.recovery_fingerprint")),
    )


def _head(sheets: Sheets, title: str, lead: str, facts: tuple[tuple[str, str], ...]) -> float:
    sheets.text(_LEFT, _HEAD + 4, title, squeezed(title, TITLE.at(20), _ROOM, 12.0))
    blocks: tuple[Block, ...] = (Paragraph(lead, strong=True), Table(facts))
    return lay(sheets, strips(blocks, _LOOK, _ROOM), _LEFT, _TOP)


def _code(sheets: Sheets, title: str, code: str, y: float) -> float:
    """Draw the groups of a code in numbered cells, large enough to copy by hand."""
    sheets.text(_LEFT, y + 10, title, _LOOK.heading)
    top = y + 14
    groups = [group for group in _BREAKS.split(code) if group]
    abreast = len(groups) if len(groups) <= _MOST_ABREAST else _ABREAST
    width = (_ROOM - (abreast - 1) * _GAP) / abreast
    sizes = [squeezed(group, _GROUP, width - 8.0, 8.0).size for group in groups]
    style = _GROUP.at(min(sizes, default=_GROUP.size))
    for place, group in enumerate(groups):
        row, column = divmod(place, abreast)
        corner = (_LEFT + column * (width + _GAP), top + row * (_CELL + _GAP))
        x, y = corner
        sheets.frame(corner, (width, _CELL), 0.7, INK)
        sheets.text(x + 1.6, y + 3.6, f"{place + 1}", _NUMBER)
        sheets.centre(x + width / 2, y + _CELL / 2 + style.size * 0.125, group, style)
    rows = -(-len(groups) // abreast)
    return top + rows * (_CELL + _GAP)


def _text(sheets: Sheets, content: Strips, y: float, words: Words) -> None:
    heights = chain((_FOOT - 4 - y,), repeat(_FOOT - 10 - _HEAD))
    pages = cut(content, heights)
    for number, page in enumerate(pages, 1):
        lay(sheets, page, _LEFT, y if number == 1 else _HEAD)
        if len(pages) > 1:
            shown = words("paper.page", page=number, pages=len(pages))
            footer(sheets, "", shown, (_LEFT, _LEFT + _ROOM), _FOOT)
        sheets.turn()
