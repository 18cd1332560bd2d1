"""Draws a receipt: who decided about whom, every decision in a table, and how to withdraw."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Block, Heading, Paragraph, Table
from reports.flow import Look, Rule, Run, Strip, Strips, cut, lay, strips
from reports.page import footer, letterhead
from reports.setting import (
    BODY,
    FINE,
    HAIR,
    HEADING,
    INK,
    MUTED,
    STRONG,
    TITLE,
    Style,
    lines,
    squeezed,
)
from reports.sheets import Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.receipts.papers import ReceiptPaper, ReceiptRow
    from app.text import Words

_LEFT, _ROOM = 20.0, 170.0
_TOP, _TITLE, _START, _NEXT, _FOOT, _LINE = 16.0, 40.0, 46.0, 26.0, 276.0, 285.0
_LOOK = Look(body=BODY.at(9.5), strong=STRONG.at(9.5), heading=HEADING.at(11))
_CELL, _HEAD, _BELOW = BODY.at(9), STRONG.at(8.5), BODY.at(8).of(MUTED)
_SHARES = (0.33, 0.2, 0.23, 0.24)
_PAD, _GAP = 1.0, 3.0


def receipt(paper: ReceiptPaper, words: Words) -> Sheets:
    """The receipt, ready to finish; long ones go on over more pages."""
    sheets = Sheets(words("paper.receipt_title"), paper.language)
    sheets.attached = paper.attached
    pages = cut(_content(paper, words), chain((_FOOT - _START,), repeat(_FOOT - _NEXT)))
    for number, page in enumerate(pages, 1):
        if number == 1:
            letterhead(sheets, paper.letterhead, _LEFT, _ROOM, _TOP)
            title = words("paper.receipt_title")
            sheets.text(_LEFT, _TITLE, title, squeezed(title, TITLE.at(17), _ROOM, 10.0))
        lay(sheets, page, _LEFT, _START if number == 1 else _NEXT)
        mark = squeezed(paper.marking, FINE, _ROOM, 5.0)
        sheets.text(_LEFT, _LINE - 4.0, paper.marking, mark)
        stamp = words("paper.receipt_stamp", number=paper.number, stamp=paper.stamp)
        shown = words("paper.page", page=number, pages=len(pages))
        footer(sheets, stamp, shown, (_LEFT, _LEFT + _ROOM), _LINE)
        sheets.turn()
    return sheets


def _content(paper: ReceiptPaper, words: Words) -> Strips:
    before: tuple[Block, ...] = (
        Paragraph(words("paper.receipt_lead")),
        Table(paper.particulars),
    )
    after: tuple[Block, ...] = (
        Heading(words("paper.receipt_withdraw_title")),
        Paragraph(words("paper.receipt_withdraw")),
        Paragraph(words("paper.receipt_contact", contact=paper.contact)),
        Paragraph(words("paper.receipt_attached")),
    )
    return (
        *strips(before, _LOOK, _ROOM),
        *_table(paper.rows, words),
        *strips(after, _LOOK, _ROOM),
    )


def _table(rows: tuple[ReceiptRow, ...], words: Words) -> Iterator[Strip]:
    """Use, answer, day with the way, and the wording with the last day."""
    heads = ("use", "answer", "day", "wording")
    titles = tuple(words(f"paper.receipt_column_{head}") for head in heads)
    yield _line(tuple((title, "") for title in titles), _HEAD, 0.9, space=4.0, keep=True)
    for row in rows:
        cells = ((row.use, ""), (row.answer, ""), (row.day, row.how), (row.wording, row.until))
        yield _line(cells, _CELL, 0.3)


def _line(
    cells: tuple[tuple[str, str], ...],
    style: Style,
    weight: float,
    *,
    space: float = 0.0,
    keep: bool = False,
) -> Strip:
    """One row: each cell with a quieter line below, ruled off at its foot."""
    runs: list[Run] = []
    high, x = 0.0, 0.0
    for share, (text, below) in zip(_SHARES, cells, strict=True):
        width, y = share * _ROOM - _GAP, _PAD
        for said, look in ((text, style), (below, _BELOW)):
            for one in lines(said, look, width) if said else ():
                runs.append(Run(x, y + look.rise, one, look))
                y += look.leading
        high, x = max(high, y + _PAD), x + share * _ROOM
    colour = INK if keep else HAIR
    return Strip(
        high,
        tuple(runs),
        space=space,
        keep=keep,
        rules=(Rule(0.0, high, _ROOM, weight, colour),),
    )
