"""Draws figures without names: the whole school on one page, then the groups."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Block, Heading, Paragraph, Table
from reports.flow import Look, cut, lay, strips
from reports.page import footer, letterhead
from reports.setting import BODY, FINE, HEADING, STRONG, TITLE, squeezed
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.figures.papers import FiguresPaper, FiguresRow
    from app.text import Words
    from reports.flow import Strips

_LEFT, _ROOM = 20.0, 170.0
_TOP, _TITLE, _START, _NEXT, _FOOT, _LINE = 16.0, 40.0, 46.0, 22.0, 276.0, 287.0
_LOOK = Look(body=BODY.at(9), strong=STRONG.at(9), heading=HEADING.at(11))


def figures_sheet(paper: FiguresPaper, words: Words) -> Sheets:
    """The figures, ready to finish."""
    title = words("paper.figures_title")
    sheets = Sheets(title, paper.language)
    first = tuple(_pages(_school(paper, words), _START))
    more = tuple(_pages(_groups(paper, words), _NEXT))
    for number, page in enumerate((*first, *more), 1):
        if number == 1:
            letterhead(sheets, paper.letterhead, _LEFT, _ROOM, _TOP)
            sheets.text(_LEFT, _TITLE, title, squeezed(title, TITLE.at(17), _ROOM, 10.0))
        lay(sheets, page, _LEFT, _START if number == 1 else _NEXT)
        mark = squeezed(paper.marking, FINE, _ROOM, 5.0)
        sheets.text(_LEFT, _LINE - 5.0, paper.marking, mark)
        shown = words("paper.page", page=number, pages=len(first) + len(more))
        stamp = words("paper.figures_stamp", stamp=paper.stamp)
        footer(sheets, stamp, shown, (_LEFT, _LEFT + _ROOM), _LINE)
        sheets.turn()
    return sheets


def _pages(content: Strips, start: float) -> tuple[Strips, ...]:
    return (
        tuple(cut(content, chain((_FOOT - start,), repeat(_FOOT - _NEXT)))) if content else ()
    )


def _school(paper: FiguresPaper, words: Words) -> Strips:
    blocks: tuple[Block, ...] = (
        Paragraph(words("paper.figures_day", day=paper.day)),
        Paragraph(words("paper.figures_explain", number=paper.least)),
        Heading(words("paper.figures_school")),
        _table(words("paper.figures_use"), paper.uses, words),
        Paragraph(words("paper.figures_words")),
    )
    return strips(blocks, _LOOK, _ROOM)


def _groups(paper: FiguresPaper, words: Words) -> Strips:
    blocks: list[Block] = []
    for part in paper.parts:
        blocks += [
            Heading(part.name),
            _table(words("paper.figures_group"), part.rows, words),
        ]
    return strips(tuple(blocks), _LOOK, _ROOM)


def _table(first: str, rows: tuple[FiguresRow, ...], words: Words) -> Table:
    names = ("pupils", "yes", "no", "waiting", "share")
    head = (first, *(words(f"paper.figures_{name}") for name in names))
    lines = ((r.name, r.pupils, r.yes, r.no, r.waiting, _share(r)) for r in rows)
    return Table((head, *lines), head=True)


def _share(row: FiguresRow) -> str:
    """The share of yes in whole per cent; nothing where nothing is shown."""
    return f"{round(row.shares[0] * 100)} %" if row.shares else ""
