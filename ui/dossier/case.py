"""One case: how it went, what can follow, and until when."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.dossier.possible import PossibleStep
from app.dossier.readers import SEEN
from app.dossier.steps import CaseFile, OpenedCase, open_case
from app.ports import Committed
from app.record import Compartment
from ui.dossier.course import course
from ui.dossier.said import NAMES, as_reported, wording
from ui.dossier.sheets import StepSheet
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Small, Strong
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.timeline import Timeline
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import day, moment, say, t


class CasePage(DeskedPage):
    """For whoever holds the key of the compartment; a step is taken through what it asks."""

    page_id = "case"
    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("dossier.case_title"))
        Shield(self, desk.choices)
        self._compartment = Compartment.STAFF_DOSSIER
        self._case_id = ""
        self._opened: OpenedCase | None = None
        self._draft: tuple[str, dict[str, object]] | None = None
        self._badge = Badge("")
        self.add_badge(self._badge)
        self.course = Timeline()
        self._procedure = Small("")
        self._next = QVBoxLayout()
        self._next.setSpacing(look().gap)
        self._steps: list[QWidget] = []
        self._facts = Facts()
        self._dossiers, self._papers = Lines(shares=(3, 2)), Lines(shares=(3, 2))
        self._lay_out()

    @override
    def what(self) -> dict[str, str]:
        return {"compartment": str(self._compartment), "case_id": self._case_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one case: `compartment` and `case_id`."""
        if "case_id" in what:
            self._compartment = Compartment(what["compartment"])
            self._case_id = what["case_id"]
            self._opened = None
            self.look_for_draft()

    @override
    def read(self) -> None:
        if self._case_id:
            work = partial(open_case, compartment=self._compartment, case_id=self._case_id)
            self.desk.ask(work, self._show, self)

    @override
    def _heard(self, committed: Committed) -> None:
        mine = committed.compartment is self._compartment
        if mine and committed.act not in SEEN and self.isVisible():
            self.read()

    @override
    def _go_on(self, kind: str, values: dict[str, object]) -> None:
        self._draft = (str(values.get("__step", "")), values)
        self._use_draft()

    def _lay_out(self) -> None:
        course = Card(t("dossier.course"))
        course.add(self.course, self._procedure)
        steps, report = Card(t("dossier.what_now")), Card(t("dossier.what_happened"))
        steps.add(self._next)
        report.add(self._facts)
        papers = Card(t("dossier.papers"))
        papers.add(self._papers, self._dossiers)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for card in (steps, papers, report):
            column.addWidget(card)
        column.addStretch(1)
        self.add(Columns(course, side, weights=(5, 9), narrow=820))

    # -- showing ------------------------------------------------------------------------------

    def _show(self, opened: OpenedCase) -> None:
        self._opened = opened
        file = opened.file
        protocol = file.facts.protocol
        articles = ", ".join(file.breach.articles)
        about = t("dossier.case_about", articles=articles, protocol=wording(protocol.name))
        self.set_title(t("dossier.case", number=file.case.number), about)
        self._badge.setText(t(NAMES[self._compartment]))
        self._badge.updateGeometry()
        self.course.show_steps(course(opened, self.desk.clock.today()))
        procedure = file.state.procedure
        self._procedure.setText(
            t("dossier.procedure", name=wording(procedure.name), day=procedure.in_force)
        )
        self._show_steps(opened)
        self._show_facts(file)
        self._show_papers(file)
        self._use_draft()

    def _show_steps(self, opened: OpenedCase) -> None:
        for row in self._steps:
            row.hide()
            row.deleteLater()
        self._steps = []
        for place, possible in enumerate(opened.possible):
            row = StepRow(possible, main=place == 0 and possible.possible)
            row.taken.connect(self._take)
            self._steps.append(row)
        if not opened.possible:
            self._steps.append(Muted(t("dossier.case_closed")))
        for row in self._steps:
            self._next.addWidget(row)

    def _show_facts(self, file: CaseFile) -> None:
        breach = file.breach
        self._facts.show_facts(
            (
                (t("dossier.about"), breach.actor_name),
                (t("dossier.occurred"), day(breach.occurred_on)),
                (t("dossier.discovered"), day(breach.discovered_on)),
                (t("dossier.place"), breach.place),
                (t("dossier.facts"), breach.facts),
                (t("dossier.opinion"), breach.opinion),
                (t("dossier.affected"), ", ".join(breach.affected)),
                (
                    t("dossier.reported"),
                    f"{breach.reported_by} · {moment(breach.reported_at)}",
                ),
                *as_reported(file.facts),
            )
        )

    def _show_papers(self, file: CaseFile) -> None:
        self._papers.clear()
        replaced = {letter.replaces for letter in file.letters}
        for letter in file.letters:
            go = Plain(t("dossier.open"), fit="small")
            go.call_it(f"letter_{letter.id}")
            go.clicked.connect(self._open_letter)
            name = t("dossier.letter", number=letter.number)
            detail = f"{letter.addressee} · {day(letter.issued_on)}"
            old = letter.id in replaced
            parts = (Badge(t("dossier.corrected")), go) if old else (go,)
            self._papers.add(name, detail, *parts, mark=Mark.NONE if old else Mark.YES)
        self._dossiers.clear()
        for dossier in file.dossiers:
            go = Plain(t("dossier.open"), fit="small")
            go.call_it(f"dossier_{dossier.id}")
            go.clicked.connect(self._open_dossier)
            self._dossiers.add(dossier.subject_name, t(NAMES[self._compartment]), go)

    def _open_letter(self) -> None:
        letter_id = self.sender().objectName().removeprefix("letter_")
        self.desk.goto("letter", compartment=str(self._compartment), letter_id=letter_id)

    def _open_dossier(self) -> None:
        dossier_id = self.sender().objectName().removeprefix("dossier_")
        self.desk.goto("dossier", compartment=str(self._compartment), dossier_id=dossier_id)

    # -- taking a step ------------------------------------------------------------------------

    def _take(self, step_id: str) -> None:
        found = self._possible(step_id)
        if found is None:
            return
        if found.step.letter:
            self.desk.goto("letter", **self.what(), step_id=step_id)
            return
        self._step_sheet(found)

    def _possible(self, step_id: str) -> PossibleStep | None:
        every = self._opened.possible if self._opened else ()
        return next((each for each in every if each.step.id == step_id), None)

    def _step_sheet(self, found: PossibleStep) -> StepSheet:
        sheet = StepSheet(self.desk, self._compartment, self._case_id, found.step)
        self.show_sheet(sheet, self._taken)
        return sheet

    def _taken(self, _step: object) -> None:
        self.bar.done(t("dossier.step_taken"))

    def _use_draft(self) -> None:
        if self._draft is None or self._opened is None:
            return
        step_id, values = self._draft
        self._draft = None
        found = self._possible(step_id)
        if found is not None and found.possible:
            self._step_sheet(found).put(values)


class StepRow(QFrame):
    """A step that can follow: what, why, and what is lacking.

    Signals:
        taken(step_id): the person wants to take it.
    """

    taken = Signal(str)

    def __init__(self, possible: PossibleStep, *, main: bool) -> None:
        super().__init__()
        step = possible.step
        name = wording(step.name)
        self._id = step.id
        self.setAccessibleName(name)
        mark = Mark.ASK if possible.possible else Mark.OPEN
        verb = t("dossier.make_letter") if step.letter else t("dossier.record")
        button = Main(verb) if main else Plain(verb)
        button.setAccessibleName(f"{verb}: {name}")
        button.call_it(f"step_{step.id}")
        button.setEnabled(possible.possible)
        button.clicked.connect(self._clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().px(14))
        line.addWidget(Symbol(mark.icon, mark.value, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(look().px(2))
        column.addWidget(Strong(name))
        column.addWidget(Muted(wording(step.because)))
        for lacking in possible.lacks:
            text = Small(say(lacking))
            text.set_look("ask")
            column.addWidget(text)
        line.addLayout(column, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _clicked(self) -> None:
        self.taken.emit(self._id)
