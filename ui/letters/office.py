"""Letters of the consent office: shown before they leave, or one as it left."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from app.errors import BoordboekError, Refusal, Refusals, Trouble
from app.journal.leaving import Leaving
from app.letters.office import (
    PreparedLetters,
    register_office_letters,
    waits_for_inspector,
)
from app.letters.records import OfficeLetter
from app.letters.requests import OfficeRequest, requests_of
from app.letters.template import load_template
from app.override import override
from app.text import DEFAULT_LANGUAGE
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Form
from ui.kit.label import Muted
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.preview import Preview
from ui.kit.sided import SidedPage
from ui.letters.beside import Beside, pause
from ui.letters.office_work import (
    Kept,
    draw,
    fields_for,
    look_up,
    save,
    shown_values,
    with_values,
)
from ui.shell.desk import Desk
from ui.words import day, t, words

_MOST = 50


class OfficeLetterPage(SidedPage):
    """What is shown, printed and saved are the same bytes; a letter that left is kept."""

    help_topic = "letters"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.letters"), fill=True)
        self._desk = desk
        self._letter_id = ""
        self._bytes = b""
        self._asked: tuple[OfficeRequest, ...] = ()
        self._drawn_for: tuple[OfficeRequest, ...] = ()
        self._looked = False
        self._prepared: PreparedLetters | None = None
        self._typing = pause(self, self._draw)
        self.form: Form | None = None
        self._fields = Card(t("letters.filled_in"))
        self._to = Card(t("letters.addressees"))
        self.addressees = Lines(shares=(3, 3))
        self._to.add(self.addressees)
        self._facts_card = Card(t("letters.issued_letter"))
        self.facts = Facts()
        self._facts_card.add(Muted(t("letters.kept_words")), self.facts)
        self.preview = Preview()
        self.preview.print_chosen.connect(self._print)
        self.preview.save_chosen.connect(self._save)
        beside = Beside(self.preview, self._facts_card, self._to, self._fields)
        beside.read_first(paper=True)
        self.add(beside)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show letters before they leave, or one that left.

        Args:
            what: `requests` (see `app.letters.requests.written`), or `letter_id`.
        """
        self._letter_id = what.get("letter_id", self._letter_id)
        if "requests" in what:
            self._asked = requests_of(what["requests"])
        kept = bool(self._letter_id)
        self._facts_card.setVisible(kept)
        self._fields.setVisible(not kept)
        self._to.setVisible(not kept)
        if self._asked and self.form is None:
            self._begin()

    @override
    def refresh(self) -> None:
        if self._letter_id:
            work = partial(look_up, letter_id=self._letter_id)
            self._desk.ask(work, self._show_kept, self)

    @override
    def leave(self) -> None:
        self._typing.stop()

    # -- before they leave --------------------------------------------------------------------

    def _begin(self) -> None:
        name = load_template(self._asked[0].template, DEFAULT_LANGUAGE).name
        self.set_title(name.said(words().language), t("letters.not_yet_left"))
        self.form = Form(fields_for(self._asked), columns=1)
        self.form.set_values(shown_values(self._asked))
        self.form.changed.connect(self._typed)
        self._fields.add(self.form, Muted(t("letters.filled_in_words_office")))
        self.form.setVisible(bool(self.form.keys))
        self._draw()

    def _typed(self, _key: str) -> None:
        self._forget()
        self._typing.start()

    def _forget(self) -> None:
        """What was drawn no longer says what was filled in."""
        self._prepared = None
        self.preview.let_out(allowed=False)

    def _draw(self) -> None:
        if self.form is None:
            return
        try:
            values = self.form.values()
        except Refusals:
            return  # not complete yet
        self._drawn_for = with_values(self._asked, values)
        work = draw(self._desk.press, self._drawn_for)
        self._desk.ask_long(work, self._drawn, self, t("letters.drawing"))

    def _drawn(self, prepared: PreparedLetters) -> None:
        self._prepared = prepared
        first = prepared.letters[0].letter.number
        self.preview.show_document(prepared.pdf.content, f"{first}.pdf")
        self.preview.let_out(allowed=True)
        self.addressees.clear()
        for one in prepared.letters[:_MOST]:
            where = "" if one.postal else t("letters.by_hand")
            mark = Mark.NONE if one.postal else Mark.ASK
            self.addressees.add(
                f"{one.letter.number} · {one.letter.addressee}", where, mark=mark
            )
        more = len(prepared.letters) - _MOST
        if more > 0:
            self.addressees.add(t("letters.more", count=more))
        self._look_beside(prepared)

    def _look_beside(self, prepared: PreparedLetters) -> None:
        """Ask once what waits beside these letters: what is typed changes no addressee."""
        if not self._looked:
            self._looked = True
            asked = self._drawn_for
            work = partial(waits_for_inspector, requests=asked, prepared=prepared)
            self._desk.ask(work, self._show_waiting, self)

    def _show_waiting(self, numbers: tuple[str, ...]) -> None:
        """Tell whoever deals with cases; the letter is not held back."""
        if numbers:
            self.bar.notice(t("letters.inspector_first", numbers=", ".join(numbers)))

    def _noted(self, letters: tuple[OfficeLetter, ...] | None) -> None:
        if self._prepared is not None:
            count = len(self._prepared.letters)
            self.bar.done(t("letters.noted", count=count))
        if letters is not None:
            self.preview.print_now()

    # -- one that left ------------------------------------------------------------------------

    def _show_kept(self, kept: Kept) -> None:
        self._bytes = kept.content
        letter, row = kept.letter, kept.row
        self.set_title(t("letters.numbered", number=letter.number), letter.addressee)
        self.preview.show_document(kept.content, f"{letter.number}.pdf")
        self.preview.let_out(allowed=True)
        self.facts.show_facts(_facts(kept))
        if row.pupil_id:
            self._pupil_id = row.pupil_id
            button = Plain(t("letters.to_pupil"), "person")
            button.call_it("letter_pupil")
            button.clicked.connect(self._to_pupil)
            self.set_actions(button)

    def _to_pupil(self) -> None:
        self._desk.goto("pupil", pupil_id=self._pupil_id)

    # -- out of the building ------------------------------------------------------------------

    def _print(self) -> None:
        if self._letter_id:
            leaving = Leaving("office_letter_printed", self._letter_id)
            self._desk.let_out(leaving, self.preview.print_now, self)
        elif self._prepared is not None:
            work = partial(register_office_letters, prepared=self._prepared)
            self._desk.ask(work, self._noted, self, failed=self._failed)

    def _save(self, path: Path) -> None:
        if self._letter_id:
            leaving = Leaving("office_letter_saved", self._letter_id)
            self._desk.save_document(path, self._bytes, leaving, self._saved, self)
        elif self._prepared is not None:
            work = partial(save, prepared=self._prepared, path=path)
            self._desk.ask(work, self._noted, self, failed=self._failed)

    def _failed(self, problem: BoordboekError) -> None:
        """Say what is wrong; letters whose numbers went to others get new ones at once."""
        if isinstance(problem, Refusal):
            self.hear_refusal(problem)
            self._draw()
        elif isinstance(problem, Trouble):
            self.hear_trouble(problem, self._draw)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("letters.saved"))


def _facts(kept: Kept) -> tuple[tuple[str, str], ...]:
    letter, row = kept.letter, kept.row
    about = ((t("letters.about"), row.about),) if row.about else ()
    return (
        (t("letters.number"), letter.number),
        (t("letters.day"), day(letter.issued_on)),
        (t("letters.addressee"), letter.addressee),
        *about,
        (t("letters.kind"), row.name.said(words().language)),
        (t("letters.signer"), letter.signer),
        (t("letters.journal"), letter.head),
    )
