"""One publication beside the table: who is in it, then and now, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.clock import Clock
from app.publications.board import PersonIn, PublicationView
from app.publications.records import PublicationStep, StepKind
from app.publications.told import ToldBreach
from ui.kit.button import Link, Main, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Heading, Muted, Strong, Text
from ui.kit.lines import Facts, Lines
from ui.kit.page import scrolling
from ui.publications.wording import (
    became_words,
    question_words,
    stand_mark,
    stand_words,
    step_words,
    then_words,
    use_words,
)
from ui.theme import look
from ui.words import day, moment, t

_MOST = 60
CORRECT, LETTER, BREACH, TAKE_BACK = "correct", "letter", "breach", "take_back"
NOTICE = "notice"


class Details(Card):
    """The publication that is chosen.

    Signals:
        deed(what, view): a step kind, correct, letter, breach or take_back.
        person_asked(id): the page of somebody in it is asked for.
        proof_asked(step): the proof of a step is to be seen.
    """

    deed = Signal(str, object)
    person_asked = Signal(str)
    proof_asked = Signal(object)

    def __init__(self, clock: Clock, *, writes: bool, directs: bool = False) -> None:
        super().__init__(t("publications.one"), fill=True)
        self._clock, self._writes, self._directs = clock, writes, directs
        self.view: PublicationView | None = None
        self.title = Heading("")
        self.question, self.became = Text("", look="no"), Muted("")
        self.use = Muted("")
        self.people = Lines(shares=(3, 4))
        self._more = Muted("")
        self.steps = Lines(shares=(4, 2))
        self.facts = Facts()
        self._nothing = EmptyState(
            "picture", t("publications.choose"), t("publications.choose_why")
        )
        self._people_title = Strong(t("publications.people"))
        self._steps_title = Strong(t("publications.steps"))
        said = QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().px(2))
        lines.addWidget(self.title)
        lines.addWidget(self.use)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for part in (
            *(said, self.question, self.became, self._people_title, self.people),
            self._more,
            *(self._steps_title, self.steps, self.facts),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._area = scrolling(content)
        self._buttons = QWidget()
        self._deeds = self._lay_buttons()
        self.add(self._nothing, self._area, self._buttons)
        self.body.setStretch(1, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No publication is chosen."""
        self.view = None
        self._show(there=False)

    def show_view(self, view: PublicationView) -> None:
        """One publication, those of whom something is to be done first."""
        self.view = view
        one = view.publication
        self.title.setText(one.title)
        channels = (view.channel,) if view.channel else ()
        self.use.setText(f"{use_words(one, channels)} · {day(one.used_on)}")
        question = view.question
        hours = question.hours_left(self._clock.now()) if question else 0
        self.question.setText(question_words(question, hours) if question else "")
        self.show_became(())
        self.people.clear()
        for person in view.people[:_MOST]:
            self._add_person(person)
        more = len(view.people) - _MOST
        self._more.setText(t("publications.more_people", count=more) if more > 0 else "")
        self.steps.clear()
        for step in view.steps:
            self._add_step(step)
        for letter in view.letters:
            said = t("publications.letter_left", day=day(letter.issued_on))
            self.steps.add(said, f"{letter.number} · {letter.addressee}")
        self._show_facts(view)
        self._show(there=True)

    def show_became(self, found: Sequence[ToldBreach]) -> None:
        """What became of the data breach, for who opens dossiers."""
        id = self.view.publication.publication_id if self.view else ""
        told = [became_words(one) for one in found if one.publication_id == id]
        self.became.setText(" ".join(told))
        self.became.setVisible(bool(told))

    def _add_person(self, person: PersonIn) -> None:
        name = person.name or t("publications.person_gone")
        links = []
        if not person.staff and person.name:
            link = Link(t("publications.open_person"))
            link.call_it(f"person_{person.id}")
            link.clicked.connect(self._asked)
            links.append(link)
        said = f"{stand_words(person.standing)} {then_words(person)}"
        self.people.add(name, said, *links, mark=stand_mark(person))

    def _add_step(self, step: PublicationStep) -> None:
        parts = []
        if step.proof:
            link = Link(t("publications.see_proof"))
            link.call_it(f"proof_{step.id}")
            link.clicked.connect(self._proof)
            parts.append(link)
        told = f"{step.note} · {step.noted_by}" if step.note else step.noted_by
        self.steps.add(step_words(step), told, *parts)

    def _show_facts(self, view: PublicationView) -> None:
        one = view.publication
        recorded = t(
            "publications.recorded_by", who=one.recorded_by, at=moment(one.recorded_at)
        )
        self.facts.show_facts(
            (
                (t("publications.until"), day(one.until) if one.until else ""),
                (t("publications.places"), "\n".join(one.places)),
                (t("publications.made_by"), one.made_by),
                (t("publications.keeper"), ", ".join(one.keeper)),
                (t("publications.paper"), t("publications.is_paper") if one.handed_out else ""),
                (t("publications.note"), one.note),
                (t("publications.recorded_fact"), recorded),
            )
        )

    def _show(self, *, there: bool) -> None:
        view = self.view
        self._nothing.setVisible(not there)
        self._area.setVisible(there)
        self._buttons.setVisible(there and self._writes)
        self.question.setVisible(bool(view and view.question))
        self._more.setVisible(bool(self._more.text()))
        self._steps_title.setVisible(bool(self.steps.count()))
        if view is None:
            return
        up = not view.publication.handed_out
        gone = bool(view.steps) and view.steps[0].kind is StepKind.REMOVED
        self._deeds[StepKind.REMOVED].setVisible(up and not gone)
        self._deeds[StepKind.BACK].setVisible(up and gone)
        self._deeds[StepKind.KEPT].setVisible(up and bool(view.tasks))
        self._deeds[StepKind.ASKED].setVisible(up and bool(view.tasks))
        self._deeds[LETTER].setVisible(up and bool(view.publication.keeper))
        question = view.question
        self._deeds[BREACH].setVisible(question is not None)
        told = question is not None and question.answer is not None and question.answer.breach
        self._deeds[NOTICE].setVisible(told and self._directs)

    def _lay_buttons(self) -> dict[str, Plain | Main]:
        deeds: dict[str, Plain | Main] = {
            BREACH: Plain(t("publications.answer_breach"), "warning"),
            NOTICE: Plain(t("publications.do_notice"), "warning"),
            CORRECT: Plain(t("publications.correct"), "edit"),
            TAKE_BACK: Plain(t("publications.take_back"), "undo"),
            StepKind.KEPT: Plain(t("publications.do_kept")),
            StepKind.ASKED: Plain(t("publications.do_asked")),
            LETTER: Plain(t("publications.letter"), "letter"),
            StepKind.BACK: Plain(t("publications.do_back")),
            StepKind.REMOVED: Main(t("publications.do_removed"), "yes"),
        }
        line = Flow(self._buttons, gap=8)
        for what, button in deeds.items():
            button.call_it(f"publication_{what}")
            button.clicked.connect(self._told)
            line.addWidget(button)
        return deeds

    def _told(self) -> None:
        sender = self.sender()
        if self.view is not None and sender is not None:
            what = sender.objectName().removeprefix("publication_")
            self.deed.emit(what, self.view)

    def _asked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.person_asked.emit(sender.objectName().removeprefix("person_"))

    def _proof(self) -> None:
        sender = self.sender()
        id = sender.objectName().removeprefix("proof_")
        for step in self.view.steps if self.view is not None else ():
            if step.id == id:
                self.proof_asked.emit(step)
