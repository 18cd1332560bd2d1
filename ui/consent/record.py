"""Recording what one person decided, from a form, a call or a letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from app.consent.decide import TOLD_WAYS, DecisionsDraft, UseAnswer, record_decisions
from app.consent.overview import PupilConsent
from app.consent.records import Answer, Channel, Decision
from app.consent.uses import split_use
from app.errors import Trouble
from app.forms.listing import IssuedLine, issued_forms
from app.override import override
from app.ports import Session
from ui.consent.answers import AnswerList, Ask
from ui.consent.paper import FormNumbers, ProofLine
from ui.consent.takenby import taken_by
from ui.consent.wording import (
    answer_words,
    channel_words,
    condition_options,
    decider_words,
    medium_words,
    way_options,
)
from ui.kit.button import Main
from ui.kit.form import Check, Choice, Day, Form, Line, Several, Value
from ui.kit.label import Strong
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.words import t

_HEAD = ("decider", "signed_on", "received_on", "how", "taken_by", "form_number")
_TAIL = ("conditions", "note", "valid_until", "corrects")
_PROOF = "proof"


class RecordSheet(SideSheet):
    """What one person decided about one pupil.

    Signals:
        done(decisions): they were recorded, a tuple of `Decision`.
    """

    kind = "record"
    wide = 580

    def __init__(self, desk: Desk, found: PupilConsent) -> None:
        super().__init__(t("consent.record_title", name=found.card.name))
        self._desk, self._found = desk, found
        self._head = Form(_head_fields(found), columns=2)
        self._forms = FormNumbers()
        self._answers = AnswerList()
        self._proof = ProofLine()
        self._tail = Form(_tail_fields())
        self._save = Main(t("consent.record"))
        self._save.call_it("sheet_save")
        self._save.clicked.connect(self._submit)
        self.set_actions(self._save)
        self.add(self._head, self._forms, Strong(t("consent.answers")), self._answers)
        self.add(Strong(t("consent.proof_and_more")), self._proof, self._tail)
        self.end()
        self._begin()
        self._wire()

    def _wire(self) -> None:
        for form in (self._head, self._tail):
            form.changed.connect(self.touch)
            form.submitted.connect(self._send)
        self._head.changed.connect(self._follow)
        self._forms.chosen.connect(self._take_form)
        self._proof.changed.connect(self.touch)
        self._answers.changed.connect(self.touch)
        self._answers.finished.connect(self._answered_all)

    @override
    def typed(self) -> dict[str, object]:
        if not self.touched:
            return {}
        answers: dict[str, object] = dict(self._answers.answers())
        return {
            **typed_in(self._head, _HEAD),
            **typed_in(self._tail, _TAIL),
            "answers": answers,
            _PROOF: str(self._proof.path or ""),
        }

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._head, values)
        put_in(self._tail, values)
        self._follow("decider")
        answers = values.get("answers")
        if isinstance(answers, dict):
            self._answers.give(answers)
        proof = str(values.get(_PROOF) or "")
        if proof:
            self._desk.ask(partial(_look_for, path=Path(proof)), self._show_proof, self)
        self._follow("how")
        self.touched = True

    def choose_decider(self, decider_id: str) -> None:
        """Record for this person."""
        self._head.set_values({"decider": decider_id})
        self._follow("decider")

    def _begin(self) -> None:
        deciders = [d for d in self._found.grid.deciders if d.holds]
        if len(deciders) == 1:
            self._head.set_values({"decider": deciders[0].id})
        today = self._desk.clock.today()
        self._head.set_values({"how": "paper", "received_on": today})
        self._head.set_values({"taken_by": self._desk.user.name})
        self._follow("how")
        self._follow("decider")
        work = partial(issued_forms, pupil_id=self._found.card.pupil.id)
        self._desk.ask(work, self._know_forms, self)

    def _know_forms(self, forms: tuple[IssuedLine, ...]) -> None:
        self._forms.know(forms)
        self._follow("decider")

    def _take_form(self, number: str) -> None:
        self._head.set_values({"form_number": number})
        self.touch()

    def _show_proof(self, found: tuple[Path, bool]) -> None:
        """Go on with the file that was chosen before, or say that it is not there any more."""
        path, there = found
        if there:
            self._proof.show_file(path)
        else:
            self.bar.notice(t("consent.proof_gone", name=path.name))

    def _follow(self, key: str) -> None:
        """Show what the decider said before, and the forms he got; a call has neither."""
        told = self._head.text("how") in TOLD_WAYS
        if key == "decider":
            self._answers.ask(asks(self._found, self._head.text("decider")))
        if key in ("decider", "how"):
            decider = "" if told else self._head.text("decider")
            self._forms.offer(decider, self._found.card.pupil.id)
        if key == "how":
            self._head.show_field("received_on", shown=not told)
            self._head.show_field("form_number", shown=not told)
            self._head.show_field("taken_by", shown=told)

    def _answered_all(self) -> None:
        self._tail.focus_on("conditions")

    def _submit(self) -> None:
        self._send({})

    def _send(self, _values: dict[str, Value]) -> None:
        self.bar.clear()
        head, tail = self._head.check(), self._tail.check()
        if head is None or tail is None:
            return
        draft = self._draft(head, tail)
        self.wait_for(self._save)
        work = partial(record, draft=draft, proof=self._proof.path)
        self._desk.ask(work, self._recorded, self)

    def _draft(self, head: dict[str, Value], tail: dict[str, Value]) -> DecisionsDraft:
        conditions = tail["conditions"] if isinstance(tail["conditions"], tuple) else ()
        answers = tuple(
            UseAnswer(use, Answer(said), conditions if said == Answer.YES else ())
            for use, said in self._answers.answers().items()
        )
        decider = str(head["decider"])
        signed = _day(head["signed_on"]) or self._desk.clock.today()
        how = str(head["how"])
        told = how in TOLD_WAYS
        corrects = bool(tail["corrects"])
        return DecisionsDraft(
            subject_id=self._found.card.pupil.id,
            decider_id=decider,
            answers=answers,
            signed_on=signed,
            received_on=signed if told else _day(head["received_on"]),
            how=how,
            note=str(tail["note"]),
            taken_by=self._head.text("taken_by"),
            form_number="" if told else str(head["form_number"]),
            valid_until=_day(tail["valid_until"]),
            replaces=replaced(self._found, decider, answers) if corrects else (),
        )

    def _recorded(self, decisions: tuple[Decision, ...]) -> None:
        self.touched = False
        self.done.emit(decisions)


def asks(found: PupilConsent, decider_id: str) -> list[Ask]:
    """The uses that are asked, with what this decider said before."""
    place = next((i for i, d in enumerate(found.grid.deciders) if d.id == decider_id), -1)
    shown = []
    for line in found.grid.lines:
        if line.use not in found.uses:
            continue
        voice = line.voices[place] if place >= 0 else None
        before = ""
        if voice is not None:
            words, _ = answer_words(voice, found.grid.deciders[place])
            before = t("consent.said_before", answer=words, day=voice.signed_on)
        medium = medium_words(line.medium)
        shown.append(Ask(line.use, medium, channel_words(line.channel), before))
    return shown


def replaced(
    found: PupilConsent, decider_id: str, answers: tuple[UseAnswer, ...]
) -> tuple[tuple[str, str], ...]:
    """Per answered use the decision of the same person that it corrects, if there is one."""
    place = next((i for i, d in enumerate(found.grid.deciders) if d.id == decider_id), -1)
    if place < 0:
        return ()
    voices = {line.use: line.voices[place] for line in found.grid.lines}
    return tuple(
        (answer.use, voice.id)
        for answer in answers
        if (voice := voices.get(answer.use)) is not None
    )


def record(session: Session, draft: DecisionsDraft, proof: Path | None) -> tuple[Decision, ...]:
    """Record decisions with the file that proves them, if there is one.

    Raises:
        Refusals: as `record_decisions`.
        Trouble: `consent.proof_unreadable`.
    """
    if proof is None:
        return record_decisions(session, draft)
    return record_decisions(session, replace(draft, proof=read_proof(proof)))


def read_proof(proof: Path) -> bytes:
    """What is in the file that proves an answer.

    Raises:
        Trouble: `consent.proof_unreadable`.
    """
    try:
        return proof.read_bytes()
    except OSError as error:
        raise Trouble("consent.proof_unreadable", name=proof.name) from error


def channels_of(found: PupilConsent) -> tuple[Channel, ...]:
    """The channels that the grid shows."""
    return tuple({line.channel.key: line.channel for line in found.grid.lines}.values())


def medium_of(use: str) -> str:
    """The kind of recording of a use."""
    return split_use(use)[0].value


def _look_for(_session: Session, path: Path) -> tuple[Path, bool]:
    return path, path.is_file()


def _head_fields(found: PupilConsent) -> tuple[Choice | Day | Line, ...]:
    deciders = tuple((d.id, decider_words(d)) for d in found.grid.deciders)
    return (
        Choice(
            key="decider",
            label="consent.who_decides",
            options=deciders,
            required=True,
            wide=True,
        ),
        Day(key="signed_on", label="consent.signed_on", required=True),
        Day(key="received_on", label="consent.received_on"),
        Choice(key="how", label="consent.how", options=way_options(), required=True),
        taken_by(),
        Line(key="form_number", label="consent.form_number", help="consent.form_number_help"),
    )


def _tail_fields() -> tuple[Several | Line | Day | Check, ...]:
    return (
        Several(key="conditions", label="consent.conditions", options=condition_options()),
        Line(key="note", label="consent.note", help="consent.note_help"),
        Day(key="valid_until", label="consent.valid_until", help="consent.valid_until_help"),
        Check(key="corrects", label="consent.corrects", help="consent.corrects_help"),
    )


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
