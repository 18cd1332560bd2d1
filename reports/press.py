"""The press: turns every kind of paper into a finished document."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from app.forms.papers import ConsentForms
from app.jobs import SILENT, Progress
from app.letters.papers import LetterPaper
from app.paper import Paper, Pdf
from app.register.papers import AccessSheet, RecoverySheet
from app.text import Words
from reports import glyphs
from reports.archive import archival
from reports.forms.consent import consent_forms
from reports.letters.letter import letter
from reports.register.sheets import access_sheet, recovery_sheet

if TYPE_CHECKING:
    from reports.sheets import Sheets


class PaperPress:
    """Fulfils `app.ports.Press`. Works in memory only, and keeps nothing between papers."""

    def draw(self, paper: Paper, progress: Progress = SILENT) -> Pdf:
        """The finished document for a paper: PDF/A-2b, the same bytes for the same paper.

        Raises:
            Refusal: `paper.glyph` when a text has a character that the fonts cannot set;
                `paper.too_long` when a question of a form does not fit its row.
        """
        glyphs.check(paper)
        sheets = _draw(paper, Words(paper.language), progress)
        content = archival(sheets.finish(), sheets.title, paper.language)
        return Pdf(content, sheets.pages, sheets.title)


@singledispatch
def _draw(paper: Paper, words: Words, progress: Progress) -> Sheets:
    raise TypeError(type(paper).__name__)


@_draw.register(ConsentForms)
def _(paper: ConsentForms, words: Words, progress: Progress) -> Sheets:
    return consent_forms(paper, words, progress)


@_draw.register(LetterPaper)
def _(paper: LetterPaper, words: Words, progress: Progress) -> Sheets:
    return letter(paper, words)


@_draw.register(RecoverySheet)
def _(paper: RecoverySheet, words: Words, progress: Progress) -> Sheets:
    return recovery_sheet(paper, words)


@_draw.register(AccessSheet)
def _(paper: AccessSheet, words: Words, progress: Progress) -> Sheets:
    return access_sheet(paper, words)
