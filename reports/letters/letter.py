"""Draws a letter: sender, address in the window, particulars, blocks, signature, footer."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Table
from app.text import Words
from reports.flow import LETTER, Strip, Strips, cut, lay, paragraph, strips
from reports.page import ADDRESS_FOOT, address, folds, footer, letterhead, window
from reports.setting import FINE, NAVY, STRONG, lines, squeezed
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.jobs import Progress
    from app.letters.papers import LetterPaper, LetterPile

_LEFT, _ROOM = 25.0, 160.0
_TOP, _NEXT, _FOOT, _LINE = 16.0, 30.0, 272.0, 283.0
_START = ADDRESS_FOOT + 10.0
_SUBJECT = STRONG.at(11.5).of(NAVY)


def letter(paper: LetterPaper, words: Words) -> Sheets:
    """The letter, ready to finish.

    A letter whose text opens with its own table of particulars (date, reference, subject) gets
    no second one.
    """
    sheets = Sheets(_title(paper, words), paper.language)
    _draw(sheets, paper, words)
    return sheets


def letters(paper: LetterPile, words: Words, progress: Progress) -> Sheets:
    """All letters of a pile, ready to finish, each in its own language.

    Each begins on a fresh sheet, so that printing on both sides never puts one family's letter
    on the back of another's.

    Raises:
        CancelledError: when the person asked to stop.
    """
    sheets = Sheets(words("paper.letter_untitled"), paper.language)
    for number, one in enumerate(paper.letters, 1):
        _draw(sheets, one, Words(one.language))
        if sheets.pages % 2 and number < len(paper.letters):
            sheets.turn()
        progress.step(number, len(paper.letters))
    return sheets


def _draw(sheets: Sheets, paper: LetterPaper, words: Words) -> None:
    content = (*_particulars(paper, words), *strips(paper.blocks, LETTER, _ROOM))
    heights = chain((_FOOT - _START,), repeat(_FOOT - _NEXT))
    pages = cut(content, heights)
    for number, page in enumerate(pages, 1):
        if number == 1:
            _first(sheets, paper)
        else:
            _next(sheets, paper)
        lay(sheets, page, _LEFT, _START if number == 1 else _NEXT)
        stamp = words("paper.stamp", stamp=paper.stamp) if paper.stamp else ""
        shown = words("paper.page", page=number, pages=len(pages))
        footer(sheets, stamp, shown, (_LEFT, _LEFT + _ROOM), _LINE)
        sheets.turn()


def _title(paper: LetterPaper, words: Words) -> str:
    if paper.reference:
        return words("paper.letter_title", reference=paper.reference)
    return words("paper.letter_untitled")


def _first(sheets: Sheets, paper: LetterPaper) -> None:
    place = window(paper.window)
    letterhead(sheets, paper.letterhead, _LEFT, _ROOM, _TOP)
    address(sheets, place, paper.letterhead, paper.addressee)
    folds(sheets, place)


def _next(sheets: Sheets, paper: LetterPaper) -> None:
    head = " · ".join(text for text in (paper.letterhead.school, paper.reference) if text)
    style = squeezed(head, FINE, _ROOM, 5.0)
    sheets.text(_LEFT, 19.0, lines(head, style, _ROOM)[0], style)
    sheets.rule(_LEFT, 21.5, _ROOM)


def _particulars(paper: LetterPaper, words: Words) -> Strips:
    if _opens_with_particulars(paper):
        return ()
    named = (
        (words("paper.date"), paper.date_line),
        (words("paper.reference"), paper.reference),
    )
    rows = tuple(row for row in named if row[1])
    table = strips((Table(rows),), LETTER, _ROOM) if rows else ()
    subject = paragraph(paper.subject, _SUBJECT, _ROOM, space=4.0) if paper.subject else ()
    return (*table, *subject, Strip(3.0)) if table or subject else ()


def _opens_with_particulars(paper: LetterPaper) -> bool:
    first = paper.blocks[0] if paper.blocks else None
    return isinstance(first, Table) and not first.head
