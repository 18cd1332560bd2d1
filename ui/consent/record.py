"""Recording what one person decided, from a form, a call or a letter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from typing_extensions import override

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.overview import PupilConsent
from app.consent.records import Answer, Channel, Decision
from app.consent.uses import split_use
from app.errors import Trouble
from app.ports import Session
from ui.consent.answers import AnswerList, Ask
from ui.consent.wording import (
    answer_words,
    channel_words,
    condition_options,
    decider_words,
    medium_words,
    way_options,
)
from ui.kit import ask
from ui.kit.button import Main, Plain, Quiet
from ui.kit.flow import Flow
from ui.kit.form import Check, Choice, Day, Form, Line, Several, Value
from ui.kit.label import Elided, Strong
from ui.kit.sided import SideSheet, put_in, typed_in
from ui.shell.desk import Desk
from ui.words import t

_HEAD = ("decider", "signed_on", "received_on", "how")
_TAIL = ("conditions", "note", "valid_until", "corrects")


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
        self._proof: Path | None = None
        self._head = Form(_head_fields(found), columns=2)
        self._answers = AnswerList()
        self._tail = Form(_tail_fields())
        self._make_proof()
        self._save = Main(t("consent.record"))
        self._save.call_it("sheet_save")
        self._save.clicked.connect(self._submit)
        self.set_actions(self._save)
        self.add(self._head, Strong(t("consent.answers")), self._answers)
        self.add(Strong(t("consent.proof_and_more")), self._proof_line, self._tail)
        self.end()
        self._begin()
        for form in (self._head, self._tail):
            form.changed.connect(self.touch)
            form.submitted.connect(self._send)
        self._head.changed.connect(self._follow)
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
        }

    @override
    def put(self, values: Mapping[str, object]) -> None:
        put_in(self._head, values)
        put_in(self._tail, values)
        self._follow("decider")
        answers = values.get("answers")
        if isinstance(answers, dict):
            self._answers.give(answers)
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
        self._follow("decider")

    def _make_proof(self) -> None:
        choose = Plain(t("consent.choose_proof"), "form", fit="small")
        choose.call_it("choose_proof")
        choose.clicked.connect(self._choose_proof)
        self._proof_name = Elided(t("consent.no_proof"), look="muted")
        self._forget = Quiet(icon="close", fit="small", tip=t("consent.forget_proof"))
        self._forget.clicked.connect(self._forget_proof)
        self._forget.hide()
        self._proof_line = Flow(gap=8)
        for part in (choose, self._proof_name, self._forget):
            self._proof_line.addWidget(part)

    def _follow(self, key: str) -> None:
        """Show what the decider said before; a call or talk comes in on the day itself."""
        if key == "decider":
            self._answers.ask(asks(self._found, self._head.text("decider")))
        if key == "how":
            away = self._head.text("how") in ("conversation", "phone")
            self._head.show_field("received_on", shown=not away)

    def _answered_all(self) -> None:
        self._tail.focus_on("conditions")

    def _choose_proof(self) -> None:
        title = t("consent.choose_proof")
        ask.open_file(self, title, self._take_proof, t("consent.proof_files"))

    def _take_proof(self, path: Path) -> None:
        self._proof = path
        self._proof_name.setText(path.name)
        self._forget.show()
        self.touch()

    def _forget_proof(self) -> None:
        self._proof = None
        self._proof_name.setText(t("consent.no_proof"))
        self._forget.hide()

    def _submit(self) -> None:
        self._send({})

    def _send(self, _values: dict[str, Value]) -> None:
        self.bar.clear()
        head, tail = self._head.check(), self._tail.check()
        if head is None or tail is None:
            return
        draft = self._draft(head, tail)
        self.wait_for(self._save)
        work = partial(record, draft=draft, proof=self._proof)
        self._desk.ask(work, self._recorded, self)

    def _draft(self, head: dict[str, Value], tail: dict[str, Value]) -> DecisionsDraft:
        conditions = tail["conditions"] if isinstance(tail["conditions"], tuple) else ()
        answers = tuple(
            UseAnswer(use, Answer(said), conditions if said == Answer.YES else ())
            for use, said in self._answers.answers().items()
        )
        decider = str(head["decider"])
        signed = _day(head["signed_on"]) or self._desk.clock.today()
        told = head["how"] in ("conversation", "phone")
        corrects = bool(tail["corrects"])
        return DecisionsDraft(
            subject_id=self._found.card.pupil.id,
            decider_id=decider,
            answers=answers,
            signed_on=signed,
            received_on=signed if told else _day(head["received_on"]),
            how=str(head["how"]),
            note=str(tail["note"]),
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
    try:
        content = proof.read_bytes()
    except OSError as error:
        raise Trouble("consent.proof_unreadable", name=proof.name) from error
    return record_decisions(session, replace(draft, proof=content))


def channels_of(found: PupilConsent) -> tuple[Channel, ...]:
    """The channels that the grid shows."""
    return tuple({line.channel.key: line.channel for line in found.grid.lines}.values())


def medium_of(use: str) -> str:
    """The kind of recording of a use."""
    return split_use(use)[0].value


def _head_fields(found: PupilConsent) -> tuple[Choice | Day, ...]:
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
        Choice(key="how", label="consent.how", options=way_options(), required=True, wide=True),
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
