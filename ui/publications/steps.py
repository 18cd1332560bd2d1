"""The sheets for what is done about a publication, and for the data-breach question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from app.override import override
from app.ports import Session
from app.publications.board import PublicationView, tasks_of
from app.publications.records import PublicationStep, StepKind
from app.publications.state import Standing
from app.publications.steps import (
    StepDraft,
    answer_breach,
    keep_everywhere,
    note_notice,
    note_step,
)
from ui.kit import ask
from ui.kit.button import Main, Plain
from ui.kit.editors import CheckEditor
from ui.kit.flow import Flow
from ui.kit.form import Choice, Day, Field, Form, Notes, Radio, Value
from ui.kit.label import Elided, Muted
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.publications.wording import question_words
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.words import t

_YES, _NO = "yes", "no"
_EVERYBODY = "everybody"
_PROVEN = (StepKind.REMOVED, StepKind.ASKED)


class StepSheet(SideSheet):
    """One step: for whom, when, with which proof or reason.

    Signals:
        done(steps): what was noted, a tuple of `PublicationStep`.
    """

    def __init__(self, desk: Desk, found: PublicationView, what: StepKind) -> None:
        super().__init__(t(f"publications.do_{what}"))
        self.kind = what.value
        self._desk, self._found, self._what = desk, found, what
        self.proof = ProofLine() if what in _PROVEN else None
        self.form = Form(_fields(found, what))
        self.form.set_values({"subject": _EVERYBODY, "taken_on": desk.clock.today()})
        self.form.submitted.connect(self._send)
        self.form.changed.connect(self._changed)
        self._save = Main(t("publications.note_it"))
        self._save.call_it("sheet_save")
        self._save.clicked.connect(self.form.submit)
        self.set_actions(self._save)
        self.also = CheckEditor("")
        self.also.setObjectName("keep_all")
        self.also.hide()
        self.add(Muted(t(f"publications.explain_{what}")), self.form, self.also)
        if self.proof is not None:
            self.add(self.proof)
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        if not self.touched:
            return {}
        about = self._found.publication.publication_id
        return {**typed_in(self.form, self.form.keys), "publication_id": about}

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self.form, values)
        self.touched = True

    def _changed(self, key: str) -> None:
        self.touch()
        if key == "subject" and self._what is StepKind.KEPT:
            self.also.hide()
            self.also.set_value(value=False)
            subject = self.form.text("subject")
            if subject != _EVERYBODY:
                self._desk.ask(partial(tasks_of, subject_id=subject), self._offer_all, self)

    def _offer_all(self, tasks: tuple[Standing, ...]) -> None:
        about = self._found.publication.publication_id
        others = [task for task in tasks if task.publication_id != about]
        self.also.setText(t("publications.keep_all", number=len(others)))
        self.also.setVisible(bool(others))

    def _send(self, values: dict[str, Value]) -> None:
        taken_on, by = values["taken_on"], values.get("by")
        subject = str(values["subject"])
        if self.also.value():
            reason = str(values.get("note") or "")
            self.wait_for(self._save)
            work = partial(keep_everywhere, subject_id=subject, reason=reason)
            self._desk.ask(work, self._noted, self)
            return
        draft = StepDraft(
            publication_id=self._found.publication.publication_id,
            kind=self._what,
            taken_on=taken_on if isinstance(taken_on, date) else self._desk.clock.today(),
            subject_id="" if subject == _EVERYBODY else subject,
            by=by if isinstance(by, date) else None,
            note=str(values.get("note") or ""),
        )
        self.wait_for(self._save)
        self._desk.ask(
            partial(_note, draft, self.proof.path if self.proof else None), self._noted, self
        )

    def _noted(self, steps: tuple[PublicationStep, ...]) -> None:
        self.touched = False
        self.done.emit(steps)


class _QuestionSheet(FormSheet):
    """About the data-breach question of a publication; what is left of the hours is on top."""

    def __init__(self, desk: Desk, found: PublicationView, title: str) -> None:
        super().__init__(desk, title, t("publications.note_it"))
        self.publication_id = found.publication.publication_id
        if found.question is not None:
            hours = found.question.hours_left(desk.clock.now())
            self.add(Muted(question_words(found.question, hours)))

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "publication_id": self.publication_id} if found else {}


class BreachSheet(_QuestionSheet):
    """Whether a publication without consent was a data breach, and why."""

    kind = "breach"

    def __init__(self, desk: Desk, found: PublicationView) -> None:
        super().__init__(desk, found, t("publications.breach_title"))
        self.add(Muted(t("publications.breach_explain")))
        self.lay_out(
            (
                Radio(
                    key="breach", label="publications.breach_was", required=True,
                    options=(
                        (_YES, t("publications.breach_yes")),
                        (_NO, t("publications.breach_no")),
                    ),
                ),
                Notes(key="reason", label="publications.breach_why", required=True, lines=4),
            ),
        )  # fmt: skip
        self.add(Muted(t("publications.breach_then")))
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        self.ask(
            partial(
                answer_breach,
                publication_id=self.publication_id,
                breach=values["breach"] == _YES,
                reason=str(values["reason"]),
            )
        )


class NoticeSheet(_QuestionSheet):
    """What became of telling the authority of a data breach."""

    kind = "notice"

    def __init__(self, desk: Desk, found: PublicationView) -> None:
        super().__init__(desk, found, t("publications.notice_title"))
        self.lay_out(
            (
                Radio(
                    key="told", label="publications.notice_was", required=True,
                    options=(
                        (_YES, t("publications.notice_yes")),
                        (_NO, t("publications.notice_no")),
                    ),
                ),
                Day(key="told_on", label="publications.notice_on"),
                Notes(key="how", label="publications.notice_how", required=True, lines=3),
            ),
        )  # fmt: skip
        self.form.set_values({"told_on": desk.clock.today()})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        told_on = values["told_on"]
        self.ask(
            partial(
                note_notice,
                publication_id=self.publication_id,
                told=values["told"] == _YES,
                told_on=told_on if isinstance(told_on, date) else None,
                how=str(values["how"]),
            )
        )


class ProofLine(QWidget):
    """Chooses the picture or document that shows that something is gone.

    Attributes:
        path: the file that was chosen, or None.
    """

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        choose = Plain(t("publications.choose_proof"), "picture", fit="small")
        choose.call_it("choose_proof")
        choose.clicked.connect(self._choose)
        self._name = Elided(t("publications.no_proof"), look="muted")
        line = Flow(self, gap=8)
        line.addWidget(choose)
        line.addWidget(self._name)

    def _choose(self) -> None:
        title, files = t("publications.choose_proof"), t("consent.proof_files")
        ask.open_file(self, title, self._take, files)

    def _take(self, path: Path) -> None:
        self.path = path
        self._name.setText(path.name)


def _note(
    draft: StepDraft, proof: Path | None, session: Session
) -> tuple[PublicationStep, ...]:
    """Note a step with the file that shows it.

    Raises:
        Trouble: `consent.proof_unreadable`.
    """
    if proof is None:
        return note_step(session, draft)
    try:
        content = proof.read_bytes()
    except OSError as error:
        raise Trouble("consent.proof_unreadable", name=proof.name) from error
    return note_step(session, replace(draft, proof=content))


def _fields(found: PublicationView, what: StepKind) -> tuple[Field, ...]:
    people = [
        (p.fact.subject_id, p.name or t("publications.person_gone")) for p in found.people
    ]
    options = ((_EVERYBODY, t("publications.everybody")), *people)
    fields: list[Field] = [
        Choice(key="subject", label="publications.for_whom", required=True, options=options),
        Day(key="taken_on", label=f"publications.day_{what}", required=True),
    ]
    if what is StepKind.ASKED:
        fields.append(Day(key="by", label="publications.by"))
    needed = what is StepKind.KEPT
    fields.append(
        Notes(key="note", label=f"publications.note_{what}", required=needed, lines=3)
    )
    return tuple(fields)
