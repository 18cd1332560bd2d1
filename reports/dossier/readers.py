"""Draws the list of who read a dossier."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Block, Paragraph, Table
from reports.flow import Look, cut, lay, strips
from reports.page import footer, letterhead
from reports.setting import BODY, HEADING, STRONG, TITLE, squeezed
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.dossier.papers import ReadersPaper
    from app.text import Words

_LEFT, _ROOM = 20.0, 170.0
_TOP, _TITLE, _START, _NEXT, _FOOT, _LINE = 16.0, 46.0, 54.0, 22.0, 276.0, 287.0
_LOOK = Look(body=BODY.at(9), strong=STRONG.at(9), heading=HEADING.at(11))


def readers_list(paper: ReadersPaper, words: Words) -> Sheets:
    """The list, ready to finish."""
    title = words("paper.readers_title")
    sheets = Sheets(title, paper.language)
    heights = chain((_FOOT - _START,), repeat(_FOOT - _NEXT))
    pages = cut(strips(_blocks(paper, words), _LOOK, _ROOM), heights)
    for number, page in enumerate(pages, 1):
        if number == 1:
            letterhead(sheets, paper.letterhead, _LEFT, _ROOM, _TOP)
            sheets.text(_LEFT, _TITLE, title, squeezed(title, TITLE.at(15), _ROOM, 9.0))
        lay(sheets, page, _LEFT, _START if number == 1 else _NEXT)
        shown = words("paper.page", page=number, pages=len(pages))
        stamp = words("paper.stamp", stamp=paper.stamp)
        footer(sheets, stamp, shown, (_LEFT, _LEFT + _ROOM), _LINE)
        sheets.turn()
    return sheets


def _blocks(paper: ReadersPaper, words: Words) -> tuple[Block, ...]:
    particulars = (
        (paper.dossier, paper.subject),
        (words("paper.readers_until"), paper.day),
    )
    head = (
        words("paper.readers_when"),
        words("paper.readers_who"),
        words("paper.readers_what"),
    )
    if not paper.rows:
        return Table(particulars), Paragraph(words("paper.readers_nobody"))
    return (
        Table(particulars),
        Paragraph(words("paper.readers_explain")),
        Table((head, *paper.rows), head=True),
    )
