"""The press: turns every kind of paper into a finished document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from app.dossier.papers import ReadersPaper
from app.figures.papers import FiguresPaper
from app.forms.papers import ConsentForms, FormPile
from app.jobs import SILENT, Progress
from app.letters.papers import LetterPaper, LetterPile
from app.lists.papers import ListPaper
from app.paper import Paper, Pdf
from app.receipts.papers import ReceiptPaper
from app.register.papers import AccessSheet, RecoverySheet
from app.text import Words
from reports import glyphs
from reports.archive import archival
from reports.dossier.readers import readers_list
from reports.figures.sheet import figures_sheet
from reports.forms.consent import consent_forms, form_pile
from reports.letters.letter import letter, letters
from reports.lists.sheet import list_sheet
from reports.receipts.receipt import receipt
from reports.register.sheets import access_sheet, recovery_sheet

if TYPE_CHECKING:
    from reports.sheets import Sheets


class PaperPress:
    """Fulfils `app.ports.Press`. Works in memory only, and keeps nothing between papers."""

    def draw(self, paper: Paper, progress: Progress = SILENT) -> Pdf:
        """The finished document for a paper: PDF/A, the same bytes for the same paper.

        Raises:
            Refusal: `paper.glyph` when a text has a character that the fonts cannot set;
                `paper.too_long` when a question of a form does not fit its row.
        """
        glyphs.check(paper)
        sheets = _draw(paper, _Order(Words(paper.language), progress))
        content = archival(sheets.finish(), sheets.title, paper.language, sheets.attached)
        return Pdf(content, sheets.pages, sheets.title)


@dataclass(frozen=True, slots=True)
class _Order:
    """What goes with a paper: the words of its language, and where to tell the progress."""

    words: Words
    progress: Progress


@singledispatch
def _draw(paper: Paper, order: _Order) -> Sheets:
    raise NotImplementedError(type(paper).__name__, order)


@_draw.register(ConsentForms)
def _(paper: ConsentForms, order: _Order) -> Sheets:
    return consent_forms(paper, order.words, order.progress)


@_draw.register(FormPile)
def _(paper: FormPile, order: _Order) -> Sheets:
    return form_pile(paper, order.words, order.progress)


@_draw.register(LetterPaper)
def _(paper: LetterPaper, order: _Order) -> Sheets:
    return letter(paper, order.words)


@_draw.register(LetterPile)
def _(paper: LetterPile, order: _Order) -> Sheets:
    return letters(paper, order.words, order.progress)


@_draw.register(FiguresPaper)
def _(paper: FiguresPaper, order: _Order) -> Sheets:
    return figures_sheet(paper, order.words)


@_draw.register(ReadersPaper)
def _(paper: ReadersPaper, order: _Order) -> Sheets:
    return readers_list(paper, order.words)


@_draw.register(ListPaper)
def _(paper: ListPaper, order: _Order) -> Sheets:
    return list_sheet(paper, order.words)


@_draw.register(ReceiptPaper)
def _(paper: ReceiptPaper, order: _Order) -> Sheets:
    return receipt(paper, order.words)


@_draw.register(RecoverySheet)
def _(paper: RecoverySheet, order: _Order) -> Sheets:
    return recovery_sheet(paper, order.words)


@_draw.register(AccessSheet)
def _(paper: AccessSheet, order: _Order) -> Sheets:
    return access_sheet(paper, order.words)
