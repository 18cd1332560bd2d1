"""Draws consent forms: one, or those of a whole group in one file.

Every page has its page code, the four corner marks and its number. In a file with more than one
form each form begins on a fresh sheet, so that printing on both sides never puts one family's
form on the back of another's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.forms.codes import page_code
from app.forms.geometry import CODE, CORNERS, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT
from app.text import Words
from reports.flow import lay
from reports.forms.answers import Answers
from reports.forms.information import Column, about, information
from reports.forms.marks import draw_corners, draw_page_code
from reports.forms.wording import Wording, wording_of
from reports.page import address, folds, letterhead, window
from reports.setting import BODY, FINE, NOTE, STRONG, squeezed
from reports.sheets import Sheets

if TYPE_CHECKING:
    from app.forms.papers import ConsentForm, ConsentForms, FormPile
    from app.jobs import Progress
    from reports.forms.information import Information

_HEAD_ROOM = CODE.x - 6.0 - LEFT
_HEAD_TOP = 11.0
_FOOT = (CORNERS["BBC"].y + 3.0, CORNERS["BBC"].y + 6.8)


def form_pile(pile: FormPile, words: Words, progress: Progress) -> Sheets:
    """All forms of a pile, each in its own language and size of print, ready to finish.

    Raises:
        Refusal: `paper.too_long` when a question does not fit its row.
        CancelledError: when the person asked to stop.
    """
    version = pile.papers[0].version
    sheets = Sheets(words("paper.form_title", version=version), pile.language)
    presses = [_Forms(sheets, paper, Words(paper.language)) for paper in pile.papers]
    forms = [iter(paper.forms) for paper in pile.papers]
    for number, place in enumerate(pile.order, 1):
        presses[place].form(next(forms[place]), several=True)
        progress.step(number, len(pile.order))
    return sheets


def consent_forms(paper: ConsentForms, words: Words, progress: Progress) -> Sheets:
    """All forms of a paper, ready to finish.

    Raises:
        Refusal: `paper.too_long` when a question does not fit its row.
        CancelledError: when the person asked to stop.
    """
    sheets = Sheets(words("paper.form_title", version=paper.version), paper.language)
    press = _Forms(sheets, paper, words)
    for number, form in enumerate(paper.forms, 1):
        press.form(form, several=len(paper.forms) > 1)
        progress.step(number, len(paper.forms))
    return sheets


class _Forms:
    """Draws one form after the other on the same sheets."""

    def __init__(self, sheets: Sheets, paper: ConsentForms, words: Words) -> None:
        self._sheets = sheets
        self._paper = paper
        self._words = words
        self._answers = Answers(paper, words)
        self._place = window(paper.window)

    def form(self, form: ConsentForm, *, several: bool) -> None:
        """Draw one form; among several it leaves no page for the next on its last sheet."""
        wording = wording_of(self._paper, form)
        paper, answers = self._paper, len(self._answers.pages)
        text = information(
            wording, form, large=paper.large, answers=answers, examples=paper.examples
        )
        count = text.pages + answers
        for number in range(1, count + 1):
            self._marks(form, number, count)
            if number <= text.pages:
                self._text_page(form, wording, text, number)
            else:
                self._answer_page(form, wording, number - text.pages - 1)
            self._foot(form, wording, number, count)
            self._sheets.turn()
        if count % 2 and several:
            self._blank()

    def _marks(self, form: ConsentForm, number: int, count: int) -> None:
        sheets = self._sheets
        sheets.stamp("corners", lambda: draw_corners(sheets))
        draw_page_code(sheets, page_code(form.code, number, count))

    def _foot(self, form: ConsentForm, wording: Wording, number: int, count: int) -> None:
        sheets = self._sheets
        style = FINE.at(9) if self._paper.large else FINE
        first, second = _FOOT
        shown = Wording(self._paper.wording, {"page": str(number), "pages": str(count)})
        page = shown.text("footer", "page")
        page = page or self._words("paper.page", page=number, pages=count)
        sheets.right(RIGHT, first, page, style)
        room = RIGHT - LEFT - 32.0
        made = self._made(form)
        sheets.text(LEFT, first, made, squeezed(made, style, room, 5.5))
        sheets.text(LEFT, second, wording.text("footer", "code"), style)

    def _made(self, form: ConsentForm) -> str:
        """What the footer says: form version, number of the form, head of the journal."""
        words, paper = self._words, self._paper
        version = words("paper.form_version", version=paper.version, day=paper.version_day)
        number = words("paper.form_number", number=form.number)
        stamp = (words("paper.stamp", stamp=paper.stamp),) if paper.stamp else ()
        return " · ".join((version, number, *stamp))

    def _text_page(
        self, form: ConsentForm, wording: Wording, text: Information, number: int
    ) -> None:
        if number == 1:
            self._first(form)
        else:
            self._again(wording, form)
        for column in text.own:
            self._column(column, number)
        for column in text.shared:
            if column.page == number - 1:
                self._sheets.stamp((self, column), partial(self._column, column, number))

    def _column(self, column: Column, number: int) -> None:
        if column.page == number - 1:
            lay(self._sheets, column.strips, column.x, column.y)

    def _first(self, form: ConsentForm) -> None:
        sheets, paper = self._sheets, self._paper
        sheets.stamp((self, "head"), self._head)
        address(sheets, self._place, paper.letterhead, form.address)
        number = self._words("paper.form_number", number=form.number)
        sheets.text(self._place.beside, 56.0, number[:1].upper() + number[1:], NOTE.at(9))

    def _head(self) -> None:
        sheets, paper = self._sheets, self._paper
        letterhead(sheets, paper.letterhead, LEFT, _HEAD_ROOM, _HEAD_TOP)
        folds(sheets, self._place)
        sheets.text(self._place.beside, 51.0, paper.date_line, BODY.at(9.5))

    def _again(self, wording: Wording, form: ConsentForm) -> None:
        title, named = (STRONG.at(16), BODY.at(16)) if self._paper.large else (STRONG, BODY)
        for text, base, style in (
            (wording.text("title"), 17.0, title),
            (about(wording, form), 25.0, named),
        ):
            fit = squeezed(text, style, _HEAD_ROOM, 6.0)
            self._sheets.text(LEFT, base, text, fit)

    def _answer_page(self, form: ConsentForm, wording: Wording, place: int) -> None:
        page = self._answers.pages[place]
        sheets, answers = self._sheets, self._answers
        answers.head(sheets, wording, form)
        shared = (self, "answers", place, form.signer)
        sheets.stamp(shared, lambda: answers.fixed(sheets, page, wording))
        if page.signing is not None:
            answers.signer(sheets, page.signing, wording, form)

    def _blank(self) -> None:
        text = self._words("paper.blank")
        self._sheets.centre(PAGE_WIDTH / 2, PAGE_HEIGHT / 2, text, NOTE)
        self._sheets.turn()
