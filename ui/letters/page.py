"""One letter: written and looked over before it is issued, or as it was issued."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.dossier.records import Letter
from app.errors import BoordboekError, Refusal
from app.journal.leaving import Leaving
from app.letters.issue import LetterRequest
from app.record import Compartment
from ui.kit import ask
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.form import Choice, Form, Line
from ui.kit.label import Muted
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.preview import Preview
from ui.kit.sided import put_in, typed_in
from ui.letters.work import Begun, Drawn, Issued, begin, draw, issue, look_up
from ui.shell.asks import step_answers, step_fields, step_keys
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.theme import look
from ui.words import day, say, t, words

IN_ORDER = (
    (("letters.missing",), "letters.ok_complete"),
    (("letters.not_heard", "letters.talk_before_event"), "letters.ok_heard"),
    (("dossier.lacks_known_article",), "letters.ok_known"),
    (("dossier.lacks_inspector", "letters.inspector_open"), "letters.ok_inspector"),
    (("letters.forbidden", "letters.forbidden_quoted"), "letters.ok_words"),
)
"""What is said to be in order when none of these was found."""

_TYPING_MS = 500
_HOLE = "hole:"
_LANGUAGES = {"nl": "letters.dutch", "en": "letters.english"}


class LetterPage(Page):
    """For whoever holds the key of the compartment; preview and print are the same bytes."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("letters.letter"))
        self._desk = desk
        self._what: dict[str, str] = {}
        self._begun: Begun | None = None
        self._bytes = b""
        self._badge = Badge("")
        self._badge.hide()
        self.add_badge(self._badge)
        self.form: Form | None = None
        self._filled: Form | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._draw)
        self._asked = Card(t("letters.filled_in"))
        self._forms = QVBoxLayout()
        self._asked.add(Muted(t("letters.filled_in_words")), self._forms)
        self._said = Card(t("letters.check"))
        self.findings = Lines(shares=(1, 0))
        self._said.add(Muted(t("letters.check_words")), self.findings)
        self._facts_card = Card(t("letters.issued_letter"))
        self._facts = Facts()
        self._facts_card.add(Muted(t("letters.issued_words")), self._facts)
        self.preview = Preview()
        self.preview.setMinimumHeight(look().px(620))
        self.preview.save_chosen.connect(self._save)
        self.preview.print_chosen.connect(self._print)
        self._lay_out()

    def arrive(self, what: Mapping[str, str]) -> None:
        """Write the letter of a step (`case_id`, `step_id`), or show one (`letter_id`)."""
        if "compartment" not in what:
            return
        self._what = dict(what)
        self._begun = None
        self._show_kind(issued="letter_id" in what)

    @override
    def refresh(self) -> None:
        if "letter_id" in self._what:
            self._desk.ask(
                look_up(self._compartment, self._what["letter_id"]), self._show, self
            )
        elif "step_id" in self._what and self._begun is None:
            ask_for = begin(self._compartment, self._what["case_id"], self._what["step_id"])
            self._desk.ask(ask_for, self._begin, self)

    @override
    def leave(self) -> None:
        self._typing.stop()
        values = self._typed_values()
        if values:
            title = t("letters.draft_title")
            self._desk.keep_draft(Draft("letter", title, values, self._what))
        self.preview.forget()
        self._bytes, self._begun = b"", None

    @property
    def _compartment(self) -> Compartment:
        return Compartment(self._what["compartment"])

    def _lay_out(self) -> None:
        paper = Card(t("letters.preview"), fill=True)
        paper.add(self.preview)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for card in (self._facts_card, self._said, self._asked):
            column.addWidget(card)
        column.addStretch(1)
        self.add(Columns(side, paper, weights=(2, 3), narrow=860))

    def _show_kind(self, *, issued: bool) -> None:
        self._facts_card.setVisible(issued)
        self._said.setVisible(not issued)
        self._asked.setVisible(not issued)
        self._badge.setVisible(issued)
        self.preview.let_out(allowed=issued)
        self.bar.clear()

    # -- writing ------------------------------------------------------------------------------

    def _begin(self, begun: Begun) -> None:
        self._begun = begun
        language = words().language
        self.set_title(
            begun.name.said(language), t("letters.in_case", number=begun.case_number)
        )
        for old in (self.form, self._filled):
            if old is not None:
                old.hide()
                old.deleteLater()
        languages = tuple((key, t(text)) for key, text in _LANGUAGES.items())
        choice = Choice(key="language", label="letters.language", options=languages)
        self.form = Form((*step_fields(begun.asks), choice))
        self.form.set_values({**begun.known, "language": begun.language})
        self.form.changed.connect(self._typed)
        self._forms.addWidget(self.form)
        self._filled = Form(
            tuple(Line(key=key, label="", said=name) for key, name in begun.holes)
        )
        self._filled.changed.connect(self._typed)
        self._filled.setVisible(bool(begun.holes))
        self._forms.addWidget(self._filled)
        issue_it = Main(t("letters.issue"), "letter")
        issue_it.call_it("letter_issue")
        issue_it.clicked.connect(self._ask_issue)
        to_case = self._case_button()
        self.set_actions(to_case, issue_it)
        self._issue = issue_it
        self._desk.find_draft("letter", self._found_draft, self, **self._what)

    def _typed_values(self) -> dict[str, object]:
        """Everything that was filled in for the letter; nothing when nothing was."""
        begun = self._begun
        if begun is None or self.form is None or self._filled is None:
            return {}
        values = typed_in(self.form, step_keys(begun.asks))
        holes = typed_in(self._filled, [key for key, _ in begun.holes])
        values |= {_HOLE + key: value for key, value in holes.items()}
        language = self.form.text("language")
        if not any(values.values()) and language == begun.language:
            return {}
        return {**values, "language": language}

    def _found_draft(self, draft: Draft | None) -> None:
        if draft is not None and self.form is not None and self._filled is not None:
            put_in(self.form, draft.values)
            holes = {key.removeprefix(_HOLE): said for key, said in draft.values.items()}
            put_in(self._filled, holes)
        self._draw()

    def _typed(self, _key: str) -> None:
        self._typing.start()

    def _request(self) -> LetterRequest:
        if self._begun is None or self.form is None or self._filled is None:
            raise LookupError("no letter is being written")
        values = {}
        for key in (*step_keys(self._begun.asks), "language"):
            try:
                values[key] = self.form.editor(key).value()
            except Refusal:
                continue
        return LetterRequest(
            compartment=self._compartment,
            case_id=self._what["case_id"],
            step_id=self._what["step_id"],
            answers=step_answers(self._begun.asks, values),
            language=str(values.get("language") or ""),
            filled={key: self._filled.text(key) for key, _ in self._begun.holes},
        )

    def _draw(self) -> None:
        if self._begun is not None:
            self._desk.ask(draw(self._desk.press, self._request()), self._drawn, self)

    def _drawn(self, drawn: Drawn) -> None:
        if self._begun is None:
            return
        self.preview.show_document(drawn.content, f"{drawn.number}.pdf")
        self.preview.let_out(allowed=False)
        self.findings.clear()
        for finding in drawn.findings:
            mark = Mark.NO if finding.blocks else Mark.ASK
            self.findings.add(say(finding.message), mark=mark)
        found = {finding.message.id for finding in drawn.findings}
        for problems, text in IN_ORDER:
            if not found.intersection(problems):
                self.findings.add(t(text), mark=Mark.YES)
        self._issue.setEnabled(drawn.ready)

    # -- issuing ------------------------------------------------------------------------------

    def _ask_issue(self) -> None:
        if self.form is not None and self.form.check() is not None:
            ask.confirm(
                self,
                t("letters.issue"),
                t("letters.issue_words"),
                t("letters.issue"),
                self._send,
            )

    def _send(self) -> None:
        work = issue(self._desk.press, self._request())
        self._desk.ask(work, self._sent, self, failed=self._refused)

    def _sent(self, letter: Letter) -> None:
        self._desk.drop_draft(Draft("letter", "", {}, self._what))
        self._what = {"compartment": str(self._compartment), "letter_id": letter.id}
        self._begun = None
        self._show_kind(issued=True)
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
        self._badge.show_answer(t("letters.issued_badge"), Mark.YES)
        self.preview.show_document(found.content, f"{letter.number}.pdf")
        self.preview.let_out(allowed=True)
        self._facts.show_facts(
            (
                (t("letters.number"), letter.number),
                (t("letters.day"), day(letter.issued_on)),
                (t("letters.addressee"), letter.addressee),
                (t("letters.signer"), letter.signer),
                (t("letters.kind"), found.name.said(words().language)),
                (t("letters.case"), found.case_number),
                (t("letters.journal"), letter.head),
                (t("letters.digest"), " ".join(_fours(letter.digest))),
            )
        )
        self._what["case_id"] = letter.case_id
        self.set_actions(self._case_button())

    def _case_button(self) -> Plain:
        button = Plain(t("letters.to_case"), "case")
        button.call_it("letter_case")
        button.clicked.connect(self._to_case)
        return button

    def _to_case(self) -> None:
        case_id = self._what.get("case_id", "")
        self._desk.goto("case", compartment=str(self._compartment), case_id=case_id)

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


def _fours(digest: str) -> list[str]:
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]
