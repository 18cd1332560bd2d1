"""Lays out a copy: cover, contents, pieces one after another, room for the pages of files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING

from app.letters.blocks import Block, Paragraph, Table
from reports.flow import Look, Rule, Run, Strip, cut, lay, paragraph, strips
from reports.fonts import covered
from reports.page import footer, letterhead
from reports.setting import (
    BODY,
    FINE,
    HAIR,
    HEADING,
    INK,
    NAVY,
    STRONG,
    TITLE,
    clean,
    lines,
    squeezed,
    wide,
)
from reports.sheets import Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.compile.papers import CompiledFile, CompiledPaper, CompiledPiece, FilePage
    from app.text import Words
    from reports.flow import Strips

LEFT, ROOM = 20.0, 170.0
TOP, FOOT = 26.0, 274.0
"""Where the text of a page begins and ends; a page of a file fills the same room."""

_HEAD, _LINE, _TITLE, _START = 16.0, 286.0, 50.0, 60.0
_NUMBER, _DAY, _PAGE = 12.0, 30.0, 14.0
_BODY = BODY.at(10)
_LOOK = Look(body=_BODY, strong=STRONG.at(10), heading=HEADING.at(11.5))
_PIECE = HEADING.at(11.5).of(NAVY)
_KNOWN = frozenset(" \t\r\n\f\v")


@dataclass(frozen=True, slots=True)
class Opening(Strip):
    """The strip with which a piece begins."""

    piece: int = 0


@dataclass(frozen=True, slots=True)
class TextSheet:
    """A page of text."""

    content: Strips


@dataclass(frozen=True, slots=True)
class FileSheet:
    """A page with room for the page of a file."""

    piece: CompiledPiece
    file: CompiledFile
    wanted: FilePage


@dataclass(frozen=True, slots=True)
class Layout:
    """A copy page by page, before anything is drawn.

    Attributes:
        cover, contents: how many pages each takes.
        starts: the page on which each piece begins, from 1, by its number.
    """

    sheets: tuple[TextSheet | FileSheet, ...]
    cover: int
    contents: int
    starts: dict[int, int]


def layout(paper: CompiledPaper, words: Words) -> Layout:
    """Where everything comes to stand."""
    cover = _pages(_cover(paper, words), _START)
    nothing = dict.fromkeys((piece.number for piece in paper.pieces), 0)
    contents = _pages(_contents(paper, words, nothing), TOP)
    body, begins = _pieces(paper, words)
    before = len(cover) + len(contents)
    starts = {number: page + before for number, page in begins.items()}
    listed = _pages(_contents(paper, words, starts), TOP)
    return Layout((*cover, *listed, *body), len(cover), len(listed), starts)


def skeleton(paper: CompiledPaper, plan: Layout, words: Words) -> bytes:
    """The pages with everything but the pages of the files."""
    sheets = Sheets(paper.title, paper.language)
    for number, sheet in enumerate(plan.sheets, 1):
        _around(sheets, paper, words, (number, len(plan.sheets)))
        if isinstance(sheet, FileSheet):
            _file_head(sheets, sheet, words)
        else:
            if number == 1:
                letterhead(sheets, paper.letterhead, LEFT, ROOM, _HEAD)
                title = said(paper.title)
                sheets.text(LEFT, _TITLE, title, squeezed(title, TITLE, ROOM, 9.0))
            lay(sheets, sheet.content, LEFT, _START if number == 1 else TOP)
        sheets.turn()
    return sheets.finish()


def said(text: str) -> str:
    """A text with what the fonts cannot set written as its code, so that nothing is lost."""
    known = covered() | _KNOWN
    if set(text) <= known:
        return text
    return "".join(
        sign if sign in known else f"[U+{ord(sign):04X}]"
        for sign in clean(text)
        if sign.isprintable() or sign in _KNOWN
    )


# -- pages ------------------------------------------------------------------------------------


def _pages(content: Strips, start: float) -> list[TextSheet]:
    heights = chain((FOOT - start,), repeat(FOOT - TOP))
    return [TextSheet(page) for page in cut(content, heights)]


def _pieces(
    paper: CompiledPaper, words: Words
) -> tuple[list[TextSheet | FileSheet], dict[int, int]]:
    """The pieces page by page, and on which of these pages each begins, from 1."""
    found: list[TextSheet | FileSheet] = []
    starts: dict[int, int] = {}
    waiting: list[Strip] = []
    for piece in paper.pieces:
        waiting += _piece(piece, words)
        if piece.file is not None:
            _flush(waiting, found, starts)
            found += [FileSheet(piece, piece.file, wanted) for wanted in piece.file.pages]
    _flush(waiting, found, starts)
    return found, starts


def _flush(
    waiting: list[Strip], found: list[TextSheet | FileSheet], starts: dict[int, int]
) -> None:
    if not waiting:
        return
    for page in _pages(tuple(waiting), TOP):
        found.append(page)
        for strip in page.content:
            if isinstance(strip, Opening):
                starts[strip.piece] = len(found)
    waiting.clear()


# -- what stands there ------------------------------------------------------------------------


def _cover(paper: CompiledPaper, words: Words) -> Strips:
    del words
    rows = tuple((said(name), said(value)) for name, value in paper.particulars if value)
    blocks: tuple[Block, ...] = (
        Table(rows),
        *(Paragraph(said(text)) for text in paper.explained),
    )
    return strips(blocks, _LOOK, ROOM)


def _contents(paper: CompiledPaper, words: Words, starts: dict[int, int]) -> Strips:
    title = paragraph(words("paper.compiled_contents"), TITLE.at(14), ROOM, space=0.0)
    names = ("number", "day", "piece", "page")
    head = tuple(words(f"paper.compiled_{name}") for name in names)
    rows = [_line(head, head=True)]
    for piece in paper.pieces:
        page = str(starts.get(piece.number, 0))
        rows.append(_line((str(piece.number), piece.day, said(piece.heading), page)))
    return (*(replace(strip, keep=True) for strip in title), *rows)


def _line(cells: tuple[str, ...], *, head: bool = False) -> Strip:
    """One line of the contents; the numbers of the pages stand at the right."""
    style = _LOOK.strong if head else _LOOK.body
    room = ROOM - _NUMBER - _DAY - _PAGE - 6.0
    number, day, heading, page = cells
    runs = [
        Run(0.0, 1.2 + style.rise, number, style),
        Run(_NUMBER, 1.2 + style.rise, day, style),
        Run(ROOM - wide(page, style), 1.2 + style.rise, page, style),
    ]
    set_lines = lines(heading, style, room)
    runs += [
        Run(_NUMBER + _DAY, 1.2 + row * style.leading + style.rise, text, style)
        for row, text in enumerate(set_lines)
    ]
    high = max(len(set_lines), 1) * style.leading + 2.4
    rule = Rule(0.0, high, ROOM, 0.9 if head else 0.4, INK if head else HAIR)
    return Strip(high, tuple(runs), (rule,), space=4.0 if head else 0.0, keep=head)


def _piece(piece: CompiledPiece, words: Words) -> Iterator[Strip]:
    title = words("paper.compiled_heading", number=piece.number, heading=said(piece.heading))
    first, *rest = paragraph(title, _PIECE, ROOM, space=9.0)
    rule = Rule(0.0, 0.0, ROOM, 0.7, NAVY)
    yield Opening(
        first.height + 2.0,
        tuple(replace(run, y=run.y + 2.0) for run in first.runs),
        (rule,),
        space=first.space,
        keep=True,
        piece=piece.number,
    )
    yield from (replace(strip, keep=True) for strip in rest)
    facts = tuple((said(name), said(value)) for name, value in piece.facts if value)
    blocks: list[Block] = [Table(((words("paper.compiled_day"), piece.day), *facts))]
    blocks += [Paragraph(said(text)) for text in piece.text.split("\n") if text.strip()]
    if piece.said:
        blocks.append(Paragraph(said(piece.said), strong=True))
    table, *others = (strips((block,), _LOOK, ROOM) for block in blocks)
    yield from (replace(strip, keep=True) for strip in table[:-1])
    yield from table[-1:]
    for part in others:
        yield from part


# -- around the pages -------------------------------------------------------------------------


def _around(sheets: Sheets, paper: CompiledPaper, words: Words, place: tuple[int, int]) -> None:
    number, pages = place
    if number > 1:
        head = " · ".join((said(paper.title), paper.number))
        sheets.text(LEFT, 16.0, head, squeezed(head, FINE, ROOM, 5.0))
        sheets.rule(LEFT, 19.0, ROOM)
    left = (
        words("paper.stamp", stamp=paper.stamp)
        if paper.stamp
        else words("paper.compiled_draft")
    )
    shown = words("paper.page", page=number, pages=pages)
    footer(sheets, left, shown, (LEFT, LEFT + ROOM), _LINE)


def _file_head(sheets: Sheets, sheet: FileSheet, words: Words) -> None:
    place = sheet.file.pages.index(sheet.wanted) + 1
    head = words(
        "paper.compiled_file",
        number=sheet.piece.number,
        name=said(sheet.file.title),
        page=place,
        pages=len(sheet.file.pages),
    )
    sheets.text(LEFT, 23.5, head, squeezed(head, FINE, ROOM, 5.0))
