"""One form as it is entered: whose it is, its questions, its day, and what more it holds."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.clock import school_day
from app.consent.records import Answer
from app.forms.returned import Filled, PaperLine, Returned
from ui.consent.keyed import UNCLEAR, Item, KeyedAnswers
from ui.consent.paper import ProofLine
from ui.consent.wording import answer_words, decider_words
from ui.kit.button import Button, Main, Plain, Quiet
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.days import nearest_day
from ui.kit.editors import DayEditor
from ui.kit.flow import Flow
from ui.kit.form import Day, Form, Line, Value
from ui.kit.label import Muted, Small, Strong, Text
from ui.kit.sided import put_in, typed_in
from ui.words import t

_FIELDS = ("signed_on", "note")
_TWIN_KEY, _PROOF_KEY = "T", "B"
NEWER, CORRECTS = "newer", "corrects"


class FormCard(Card):
    """The form that is being entered.

    Signals:
        recorded(): what was filled in is to be recorded.
        put_aside(): this form is left alone.
        changed(): something was filled in.
    """

    recorded = Signal()
    put_aside = Signal()
    changed = Signal()

    def __init__(self, today: date) -> None:
        aside = Quiet(t("consent.put_aside"), fit="small")
        aside.call_it("put_aside")
        super().__init__(t("consent.paper"), aside)
        aside.clicked.connect(self.put_aside)
        self.form: Returned | None = None
        self._today = today
        self._whose = Text()
        self._whose.setObjectName("whose_form")
        self._about = Muted()
        self._before = BeforeNotice()
        self._twins = Ticks("twin")
        self.answers = KeyedAnswers()
        self._ticks = Ticks("condition")
        self._fields = Form(_fields(), columns=2)
        self.proof = ProofLine()
        self._record = Main(t("consent.record"))
        self._record.call_it("record_form")
        self._parts: tuple[QWidget, ...] = (
            aside,
            self._before,
            self._twins,
            self._ticks,
            self._fields,
            self.proof,
            self._record,
        )
        self.add(self._whose, self._about, self._before, self._twins)
        self.add(Small(t("consent.keyed_hint")), self.answers, self._ticks)
        foot = Flow(right=True)
        foot.addWidget(self._record)
        self.add(self._fields, self.proof, foot)
        self._wire()
        self.forget()

    def _wire(self) -> None:
        self._record.clicked.connect(self.recorded)
        self.answers.finished.connect(self._to_day)
        self.answers.key_typed.connect(self._keyed)
        self.answers.entered.connect(self.recorded)
        self._fields.submitted.connect(self._submitted)
        editor = self._fields.editor("signed_on")
        if isinstance(editor, DayEditor):
            editor.returnPressed.connect(self._complete_day)
        for signal in (self.answers.changed, self._ticks.changed, self._twins.changed):
            signal.connect(self.changed)
        self._fields.changed.connect(self._touched)
        self.proof.changed.connect(self.changed)
        self._before.chosen.connect(self._touched)

    def show_form(self, form: Returned) -> None:
        """Show another form, not answered yet; day and note stay those of the pile."""
        self.form = form
        self._whose.setText(
            t(
                "consent.form_whose",
                pupil=form.pupil,
                group=form.group or t("consent.no_group"),
                decider=decider_words(form.decider),
            )
        )
        self._about.setText(about_words(form))
        self._before.show_entered(form)
        self._twins.offer(
            [(twin.id, t("consent.twin_too", name=twin.name)) for twin in form.twins],
            t("consent.twin_words") if form.twins else "",
        )
        self._ticks.offer(
            [(c.key, f"{n} {c.name}") for n, c in enumerate(form.conditions, 1)],
            t("consent.conditions"),
        )
        for part in self._parts:
            part.show()
        self._before.setVisible(bool(form.entered))
        self._twins.setVisible(bool(form.twins))
        self._record.setEnabled(True)
        self.answers.ask([_item(line, form) for line in form.lines])

    def forget(self) -> None:
        """Show no form; the day and the note of the pile are kept."""
        self.form = None
        self._whose.setText(t("consent.no_form_yet"))
        self._about.setText("")
        for part in self._parts:
            part.hide()
        self.answers.clear()
        self.proof.show_file(None)
        self._fields.clear_errors()

    def wait(self) -> None:
        """Take the keyboard; what is typed counts for the form that comes."""
        self.forget()
        self.answers.wait()
        self.answers.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_with(self, signed_on: date | None, note: str) -> None:
        """Start with the day and the note of the form before."""
        self._fields.set_values({"signed_on": signed_on, "note": note})

    def filled(self) -> Filled | None:
        """What was filled in, or None after saying at a field what is wrong."""
        self._complete_day()
        values = self._fields.check()
        if values is None:
            return None
        given = self.answers.answers()
        return Filled(
            answers=tuple((u, Answer(said)) for u, said in given.items() if said != UNCLEAR),
            signed_on=_day(values["signed_on"], self._today),
            conditions=self._ticks.ticked,
            note=str(values["note"]),
            corrects=self._before.isVisible() and self._before.key == CORRECTS,
            also=self._twins.ticked,
            unclear=tuple(use for use, said in given.items() if said == UNCLEAR),
        )

    def unclear(self) -> tuple[str, ...]:
        """The names of the questions of which the answer cannot be read."""
        given = self.answers.answers()
        lines = self.form.lines if self.form else ()
        return tuple(_named(line) for line in lines if given.get(line.use) == UNCLEAR)

    @property
    def note(self) -> str:
        """Where the paper lies, as typed."""
        return self._fields.text("note")

    @property
    def says_why(self) -> bool:
        """Whether something is said at a field."""
        return any(self._fields.error(key) for key in _FIELDS)

    @property
    def touched(self) -> bool:
        """Whether anything was answered."""
        return self.form is not None and bool(self.answers.answers())

    def typed(self) -> dict[str, object]:
        """What stands here, for a draft."""
        return {
            **typed_in(self._fields, _FIELDS),
            "answers": dict(self.answers.answers()),
            "conditions": list(self._ticks.ticked),
            "also": list(self._twins.ticked),
            "choice": self._before.key,
            "proof": str(self.proof.path or ""),
        }

    def put(self, values: Mapping[str, object]) -> None:
        """Show what a draft holds."""
        put_in(self._fields, {key: values.get(key, "") for key in _FIELDS})
        answers = values.get("answers")
        self.answers.give(answers if isinstance(answers, dict) else {})
        self._ticks.tick(_texts(values.get("conditions")))
        self._twins.tick(_texts(values.get("also")))
        self._before.take(str(values.get("choice") or NEWER))
        proof = str(values.get("proof") or "")
        self.proof.show_file(Path(proof) if proof else None)

    def _submitted(self, _values: object) -> None:
        self.recorded.emit()

    def _complete_day(self) -> None:
        """Write a day that was typed without its year in full."""
        editor = self._fields.editor("signed_on")
        if isinstance(editor, DayEditor):
            day = nearest_day(editor.text(), self._today)
            if day is not None:
                editor.set_value(day)

    def _to_day(self) -> None:
        self._fields.focus_on("signed_on")

    def _keyed(self, typed: str) -> None:
        """A digit ticks a condition, T a twin, B asks for the file that proves it."""
        if typed.isdecimal():
            self._ticks.turn(int(typed))
        elif typed == _TWIN_KEY:
            self._twins.turn(1)
        elif typed == _PROOF_KEY and self.form is not None:
            self.proof.choose()

    def _touched(self, _what: object = None) -> None:
        self.changed.emit()


class BeforeNotice(QWidget):
    """Says that this paper was entered before, and asks what a second time means.

    Signals:
        chosen(str): another meaning was taken.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words = Text(look="ask")
        self._choice = Segments(
            [(NEWER, t("consent.again_newer")), (CORRECTS, t("consent.again_corrects"))],
            t("consent.again_means"),
        )
        self._choice.chosen.connect(self.chosen)
        line = Flow(self, gap=8)
        line.addWidget(self._words)
        line.addWidget(self._choice)

    @property
    def key(self) -> str:
        """What is meant: `newer` or `corrects`."""
        return self._choice.key

    def take(self, key: str) -> None:
        """Show what is meant."""
        self._choice.take(key if key in (NEWER, CORRECTS) else NEWER)

    def show_entered(self, form: Returned) -> None:
        """Show what was entered from this wording before."""
        self._choice.take(NEWER)
        if form.entered:
            last = max(form.entered, key=lambda one: one.recorded_at)
            self._words.setText(
                t(
                    "consent.entered_before",
                    day=school_day(last.recorded_at),
                    signed=last.signed_on,
                    count=len(form.entered),
                )
            )


class Ticks(QWidget):
    """A few things to tick, as buttons.

    Signals:
        changed(): one was ticked, or not any more.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._words = Strong("")
        self._buttons: dict[str, Button] = {}
        self._line = Flow(self, gap=8)
        self._line.addWidget(self._words)

    def offer(self, choices: list[tuple[str, str]], words: str) -> None:
        """Offer other things, none of them ticked."""
        for button in self._buttons.values():
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._words.setText(words)
        self._buttons = {}
        for number, (key, said) in enumerate(choices, 1):
            button = Plain(said, fit="small")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.call_it(f"{self._name}_{number}")
            button.clicked.connect(self.changed)
            self._line.addWidget(button)
            self._buttons[key] = button

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of what is ticked."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def tick(self, keys: tuple[str, ...]) -> None:
        """Tick exactly these."""
        for key, button in self._buttons.items():
            button.setChecked(key in keys)

    def turn(self, number: int) -> None:
        """Tick the one with a number, from 1, or take its tick away."""
        buttons = list(self._buttons.values())
        if 1 <= number <= len(buttons):
            buttons[number - 1].click()


def about_words(form: Returned) -> str:
    """Number, version and day of a form."""
    if form.issued_on is None:
        return t("consent.form_without", version=form.version, day=form.frozen_on)
    return t("consent.form_about", form=form.number, version=form.version, day=form.issued_on)


def line_names(lines: tuple[PaperLine, ...]) -> str:
    """Questions as a list in words."""
    return ", ".join(_named(line) for line in lines)


def _named(line: PaperLine) -> str:
    return t("consent.use", channel=line.name, medium=line.section.lower())


def _item(line: PaperLine, form: Returned) -> Item:
    before = ""
    if line.before is not None:
        words, _ = answer_words(line.before, form.decider)
        before = t("consent.said_before", answer=words, day=line.before.signed_on)
    return Item(line.use, line.section, line.name, before)


def _fields() -> tuple[Day | Line, ...]:
    return (
        Day(
            key="signed_on", label="consent.signed_on", required=True, help="consent.day_short"
        ),
        Line(key="note", label="consent.note", help="consent.pile_note_help"),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _day(value: Value, today: date) -> date:
    return value if isinstance(value, date) else today
