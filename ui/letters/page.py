"""One letter: written and looked over before it is issued, or as it was issued."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.dossier.dossiers import Attachment, attachment
from app.dossier.records import Letter
from app.duties.steps import WHY
from app.errors import BoordboekError, Refusal
from app.journal.leaving import Leaving
from app.letters.dossier import OTHER, TO, TO_ADDRESS, TO_NAME
from app.letters.facts import ADDRESS
from app.letters.requests import LetterRequest
from app.override import override
from app.record import Compartment
from ui.kit import ask
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.form import Choice, Form, Line, Notes
from ui.kit.label import Muted
from ui.kit.lines import Facts
from ui.kit.mark import Mark
from ui.kit.preview import Preview
from ui.kit.sided import SidedPage, put_in, typed_in
from ui.kit.sight import bring_into_sight
from ui.kit.viewer import FileView
from ui.letters.beside import Beside, pause
from ui.letters.findings import FindingLines, Standing
from ui.letters.views import ViewsPart
from ui.letters.work import Begun, Drawn, Issued, begin, draw, issue, look_up
from ui.shell.asks import step_answers, step_fields, step_keys
from ui.shell.closing import OpenDuties, why_open
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.shield import Shield
from ui.words import day, say, t, words

_HOLE = "hole:"
_ISSUED = ("compartment", "letter_id")
_WEIGHING = "weighing"
"""The field in which what was brought forward is weighed."""

_REASON = Notes(
    key="reason", label="letters.reason", required=True, help="letters.reason_help", lines=2
)
_ASKED = {
    "replaces": "letters.correct_words",
    "step_id": "letters.issue_words",
    "dossier_id": "letters.issue_words_dossier",
}
"""What is said before a letter is issued, by what the page was opened with."""

_LANGUAGES = {"nl": "letters.dutch", "en": "letters.english"}


class LetterPage(SidedPage):
    """For whoever holds the key of the compartment; preview and print are the same bytes."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.letter"), fill=True)
        Shield(self, desk.choices)
        self._desk = desk
        self._what: dict[str, str] = {}
        self._begun: Begun | None = None
        self._first: dict[str, object] = {}
        self._bytes = b""
        self._later = ""
        self._badge = Badge("")
        self._badge.hide()
        self.add_badge(self._badge)
        self.form: Form | None = None
        self._filled: Form | None = None
        self._typing = pause(self, self._draw)
        self._asked = Card(t("letters.filled_in"))
        self._forms = QVBoxLayout()
        self._asked.add(Muted(t("letters.filled_in_words")), self._forms)
        self._said = Card(t("letters.check"))
        self.findings = FindingLines()
        self.findings.field_asked.connect(self._to_field)
        self._said.add(Muted(t("letters.check_words")), self.findings)
        self._facts_card = Card(t("letters.issued_letter"))
        self._facts = Facts()
        self._facts_card.add(Muted(t("letters.issued_words")), self._facts)
        self.preview = Preview()
        self.preview.save_chosen.connect(self._save)
        self.preview.print_chosen.connect(self._print)
        self.standing = Standing()
        self.standing.asked.connect(self._to_check)
        self._open_card = Card(t("letters.open_beside"))
        self._open: OpenDuties | None = None
        self.beside = Beside(
            self.preview,
            *(self._facts_card, self._open_card, self.standing, self._asked, self._said),
        )
        self._lay_out_file()
        self.add(self.beside)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Write the letter of a step, correct one, or show one that was issued.

        Args:
            what: `compartment` with `case_id` and `step_id`; with `dossier_id` and `template`
                for a letter without a case; with `case_id` or `dossier_id` and `replaces`,
                the letter to correct; or with `letter_id`.
        """
        if "compartment" not in what:
            return
        self._what = dict(what)
        self._begun = None
        self._show_kind(issued="letter_id" in what)

    def what(self) -> dict[str, str]:
        """The letter that is shown: the issued one, once it was issued."""
        issued = {key: self._what[key] for key in _ISSUED if key in self._what}
        return issued if "letter_id" in issued else dict(self._what)

    @override
    def refresh(self) -> None:
        if "letter_id" in self._what:
            self._desk.ask(
                look_up(self._compartment, self._what["letter_id"]), self._show, self
            )
        elif self._begun is None and self._what.keys() & {"case_id", "dossier_id"}:
            self._desk.ask(begin(self._asked_for()), self._begin, self)

    @override
    def leave(self) -> None:
        self._typing.stop()
        values = self._typed_values()
        if values:
            title = t("letters.draft_title")
            self._desk.keep_draft(Draft("letter", title, values, self._what))
        self.preview.forget()
        self.file.forget()
        self._bytes, self._begun = b"", None

    @property
    def _compartment(self) -> Compartment:
        return Compartment(self._what["compartment"])

    def _show_kind(self, *, issued: bool) -> None:
        self._facts_card.setVisible(issued)
        self._said.setVisible(not issued)
        self.standing.setVisible(not issued)
        self._asked.setVisible(not issued)
        self._badge.setVisible(issued)
        self._open_card.hide()
        self._shut_file()
        self.beside.read_first(paper=issued)
        self.preview.let_out(allowed=issued)
        self.bar.clear()

    # -- writing ------------------------------------------------------------------------------

    def _begin(self, begun: Begun) -> None:
        self._begun = begun
        language = words().language
        self.set_title(begun.name.said(language), _where(begun))
        for old in (self.form, self._filled):
            if old is not None:
                old.hide()
                old.deleteLater()
        languages = tuple((key, t(text)) for key, text in _LANGUAGES.items())
        choice = Choice(key="language", label="letters.language", options=languages)
        why = (_REASON,) if begun.corrects else why_open(begun.beside)
        self.form = Form((*why, *step_fields(begun.asks), choice))
        self._show_open(begun)
        self._show_views(begun, self.form)
        self.form.set_values({**begun.known, "language": begun.language})
        self.form.changed.connect(self._typed)
        self._forms.addWidget(self.form)
        self._filled = Form(
            tuple(
                (Notes if key == ADDRESS else Line)(key=key, label="", said=_as_label(name))
                for key, name in begun.holes
            )
        )
        self._filled.changed.connect(self._typed)
        self._forms.addWidget(self._filled)
        self._filled.setVisible(bool(begun.holes))
        issue_it = Main(t("letters.issue"), "letter")
        issue_it.call_it("letter_issue")
        issue_it.clicked.connect(self._ask_issue)
        to_case = self._case_button()
        self.set_actions(to_case, issue_it)
        self._issue = issue_it
        self._first = self._typed_fields()
        self._desk.find_draft("letter", self._found_draft, self, **self._what)

    def _typed_values(self) -> dict[str, object]:
        """Everything that was filled in for the letter; nothing when nothing was."""
        begun = self._begun
        if begun is None or self.form is None:
            return {}
        values, language = self._typed_fields(), self.form.text("language")
        if values == self._first and language == begun.language:
            return {}
        return {**values, "language": language}

    def _typed_fields(self) -> dict[str, object]:
        if self._begun is None or self.form is None or self._filled is None:
            return {}
        holes = typed_in(self._filled, [key for key, _ in self._begun.holes])
        marked = {_HOLE + key: value for key, value in holes.items()}
        return {**typed_in(self.form, self._keys()), **marked}

    def _keys(self) -> tuple[str, ...]:
        """The keys of what is asked beside the language."""
        begun = self._begun
        if begun is None:
            return ()
        why = (_REASON,) if begun.corrects else why_open(begun.beside)
        return (*(field.key for field in why), *step_keys(begun.asks))

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None and self.form is not None and self._filled is not None:
            put_in(self.form, draft.values)
            holes = {key.removeprefix(_HOLE): said for key, said in draft.values.items()}
            put_in(self._filled, holes)
        self._show_whom()
        self._draw()

    def _typed(self, _key: str) -> None:
        self._show_whom()
        self._typing.start()

    def _show_whom(self) -> None:
        """Name and address are asked of somebody whom the register does not offer."""
        if self.form is not None and TO in self._keys():
            for key in (TO_NAME, TO_ADDRESS):
                self.form.show_field(key, shown=self.form.text(TO) == OTHER)

    def _asked_for(self) -> LetterRequest:
        """The letter that was asked for, with nothing filled in."""
        return LetterRequest(
            compartment=self._compartment,
            case_id=self._what.get("case_id", ""),
            step_id=self._what.get("step_id", ""),
            replaces=self._what.get("replaces", ""),
            dossier_id=self._what.get("dossier_id", ""),
            template=self._what.get("template", ""),
        )

    def _request(self) -> LetterRequest:
        if self._begun is None or self.form is None or self._filled is None:
            raise LookupError("no letter is being written")
        values = {}
        for key in (*self._keys(), "language"):
            try:
                values[key] = self.form.editor(key).value()
            except Refusal:
                continue
        return replace(
            self._asked_for(),
            answers=step_answers(self._begun.asks, values),
            language=str(values.get("language") or ""),
            filled={key: self._filled.text(key) for key, _ in self._begun.holes},
            reason=str(values.get(_REASON.key) or ""),
            why_open=str(values.get(WHY) or ""),
        )

    def _draw(self) -> None:
        if self._begun is not None:
            self._desk.ask(draw(self._desk.press, self._request()), self._drawn, self)

    def _drawn(self, drawn: Drawn) -> None:
        if self._begun is None:
            return
        self.preview.show_document(drawn.content, f"{drawn.number}.pdf")
        self.preview.let_out(allowed=False)
        fields = {*self._keys(), *(key for key, _ in self._begun.holes)}
        self.findings.show_findings(drawn.findings, fields, drawn.not_looked_at)
        self.standing.show_findings(drawn.findings)
        self._issue.setEnabled(drawn.ready)

    def _to_check(self) -> None:
        self.findings.focus_first()
        bring_into_sight(self._said)

    def _to_field(self, key: str) -> None:
        form = self.form if key in self._keys() else self._filled
        if form is not None:
            form.focus_on(key)

    # -- beside the letter --------------------------------------------------------------------

    def _show_open(self, begun: Begun) -> None:
        """Show what is open beside the case that is closed with this letter."""
        if self._open is not None:
            self._open.hide()
            self._open.deleteLater()
            self._open = None
        self._open_card.setVisible(bool(begun.beside.all))
        if begun.beside.all:
            self._open = OpenDuties(begun.beside, self._desk.clock)
            self._open.settle_asked.connect(self._settle)
            self._open_card.add(self._open)

    def _settle(self, key: str) -> None:
        """Settle a duty on the page of the case; the way back leads here again."""
        what = {"compartment": str(self._compartment), "case_id": self._what["case_id"]}
        self._desk.goto("case", **what, duty=key)

    def _show_views(self, begun: Begun, form: Form) -> None:
        """Whoever weighs what was brought forward has it before his eyes."""
        if _WEIGHING in form.keys:
            views = ViewsPart(begun.views)
            views.file_asked.connect(self._look)
            form.put_above(_WEIGHING, views)

    def _lay_out_file(self) -> None:
        shut = self._shut = Plain(t("letters.close_file"), "close", fit="small")
        shut.call_it("close_file")
        shut.clicked.connect(self._shut_file)
        self.file = FileView()
        self.file.let_out(allowed=False)
        self._file_card = Card(t("letters.file"), shut, fill=True)
        self._file_card.add(self.file)
        self._file_card.hide()
        self.beside.put_over(self._file_card)

    def _look(self, entry_id: str) -> None:
        work = partial(attachment, compartment=self._compartment, entry_id=entry_id)
        self._desk.ask(work, self._show_file, self)

    def _show_file(self, found: Attachment) -> None:
        self.file.show_file(found.name, found.content)
        self.beside.show_over(shown=True)
        self.file.setFocus()
        QTimer.singleShot(0, self, self._to_file)

    def _to_file(self) -> None:
        bring_into_sight(self._shut)

    def _shut_file(self) -> None:
        self.file.forget()
        self.beside.show_over(shown=False)

    # -- issuing ------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        if self.form is not None and self.form.check() is not None:
            words = t(next(text for key, text in _ASKED.items() if key in self._what))
            ask.confirm(self, t("letters.issue"), words, t("letters.issue"), self._send)

    def _send(self) -> None:
        work = issue(self._desk.press, self._request())
        self._desk.ask(work, self._sent, self, failed=self._refused)

    def _sent(self, letter: Letter) -> None:
        self._desk.drop_draft(Draft("letter", "", {}, self._what))
        self._what = {"compartment": str(self._compartment), "letter_id": letter.id}
        self._begun = None
        self._show_kind(issued=True)
        self.setFocus()
        self.refresh()
        self.bar.done(t("letters.was_issued", number=letter.number))

    def _refused(self, problem: BoordboekError) -> None:
        if isinstance(problem, Refusal):
            self.hear_refusal(problem)
            self._draw()
        else:
            self.bar.trouble(say(problem.message), self._send)

    # -- an issued letter ---------------------------------------------------------------------

    def _show(self, found: Issued) -> None:
        letter = found.letter
        self._bytes = found.content
        self.set_title(t("letters.numbered", number=letter.number), letter.addressee)
        self._show_badge(found)
        self.preview.show_document(found.content, f"{letter.number}.pdf")
        self.preview.let_out(allowed=True)
        self._facts.show_facts(_facts(found))
        self._what |= {"case_id": letter.case_id, "dossier_id": letter.dossier_id}
        self._later = found.corrected_by.id if found.corrected_by else ""
        self.set_actions(self._case_button(), self._next_button())

    def _show_badge(self, found: Issued) -> None:
        if found.corrected_by is None:
            self._badge.show_answer(t("letters.issued_badge"), Mark.YES)
        else:
            self._badge.show_answer(t("letters.replaced_badge"), Mark.NONE)

    def _next_button(self) -> Plain:
        """Corrects the letter, or opens the one that corrects it."""
        if self._later:
            button = Plain(t("letters.open_correction"), "letter")
            button.call_it("letter_correction")
            button.clicked.connect(self._to_correction)
        else:
            button = Plain(t("letters.correct"), "edit")
            button.call_it("letter_correct")
            button.clicked.connect(self._correct)
        return button

    def _correct(self) -> None:
        place = {key: self._what[key] for key in ("case_id", "dossier_id") if self._what[key]}
        place = place if "case_id" not in place else {"case_id": place["case_id"]}
        what = {"compartment": str(self._compartment), **place}
        self._desk.goto("letter", **what, replaces=self._what["letter_id"])

    def _to_correction(self) -> None:
        self._desk.goto("letter", compartment=str(self._compartment), letter_id=self._later)

    def _case_button(self) -> Plain:
        """Leads to the case, or to the dossier of a letter without one."""
        of_case = bool(self._what.get("case_id"))
        button = Plain(t("letters.to_case" if of_case else "letters.to_dossier"), "case")
        button.call_it("letter_case")
        button.clicked.connect(self._to_case)
        return button

    def _to_case(self) -> None:
        what, place = {"compartment": str(self._compartment)}, "dossier"
        if self._what.get("case_id"):
            place = "case"
        key = f"{place}_id"
        self._desk.goto(place, **what, **{key: self._what[key]})

    def _save(self, path: Path) -> None:
        if self._bytes:
            leaving = self._leaving("letter_saved")
            self._desk.save_document(path, self._bytes, leaving, self._saved, self)

    def _print(self) -> None:
        self._desk.let_out(self._leaving("letter_printed"), self.preview.print_now, self)

    def _leaving(self, act: str) -> Leaving:
        return Leaving(act, self._what.get("letter_id", ""), self._compartment)

    def _saved(self, _nothing: None) -> None:
        self.bar.done(t("letters.saved"))


def _as_label(name: str) -> str:
    return name[:1].upper() + name[1:]


def _text_of(found: Issued) -> str:
    if found.own:
        return t("letters.text_is_own", number=found.own)
    return t("letters.text_was_shipped", number=found.letter.template_version)


def _where(begun: Begun) -> str:
    if begun.corrects:
        return t("letters.corrects", number=begun.corrects)
    if begun.case_number:
        return t("letters.in_case", number=begun.case_number)
    return t("letters.in_dossier", name=begun.subject)


def _facts(found: Issued) -> tuple[tuple[str, str], ...]:
    letter = found.letter
    tied = (
        ("letters.corrected_letter", found.corrects),
        ("letters.corrected_by", found.corrected_by),
    )
    return (
        (t("letters.number"), letter.number),
        *((t(text), other.number) for text, other in tied if other),
        (t("letters.day"), day(letter.issued_on)),
        (t("letters.addressee"), letter.addressee),
        (t("letters.signer"), letter.signer),
        (t("letters.kind"), found.name.said(words().language)),
        (t("letters.text_of"), _text_of(found)),
        *(((t("letters.case"), found.case_number),) if found.case_number else ()),
        (t("letters.journal"), letter.head),
        (t("letters.digest"), " ".join(_fours(letter.digest))),
    )


def _fours(digest: str) -> list[str]:
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]
