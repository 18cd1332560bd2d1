"""One case: how it went, what can follow, and until when."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dossier.case import TakenStep
from app.dossier.concern import Concern
from app.dossier.correct import take_back
from app.dossier.equal import equal_cases
from app.dossier.possible import PossibleStep
from app.dossier.readers import SEEN
from app.dossier.signing import can_sign
from app.dossier.steps import CaseFile, OpenedCase, open_case
from app.duties.rules import WEIGHED
from app.duties.settle import CaseDuties, case_duties
from app.duties.steps import NOTHING, beside
from app.override import override
from app.ports import Committed, UserCard
from app.publications.told import ToldPublication, told_publication
from app.record import Compartment
from ui.dossier.course import course
from ui.dossier.duties import DutiesCard
from ui.dossier.later import AskSecondSheet, CorrectSheet, MoveSheet, SignSheet
from ui.dossier.next import NextCard, OthersCard
from ui.dossier.said import NAMES, article_words, as_reported, publication_words, wording
from ui.dossier.settling import SettleSheet, WeighSheet
from ui.dossier.sheets import ABOUT, CaseSheet, StepSheet
from ui.dossier.sides import EqualCard, SecondCard, TakenCard, TermsCard
from ui.kit import ask
from ui.kit.badge import Badge
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.flow import Columns
from ui.kit.label import Muted, Small
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.kit.timeline import Timeline
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import day, moment, t


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
        self._read: CaseDuties | None = None
        self._draft: tuple[str, dict[str, object]] | None = None
        self._badge = Badge("")
        self.add_badge(self._badge)
        self.course = Timeline()
        self._procedure = Small("")
        self.next, self.others = NextCard(), OthersCard()
        self.next.taken.connect(self._take)
        self.others.taken.connect(self._take)
        self.terms, self.taken = TermsCard(), TakenCard()
        self.seconds, self.equal = SecondCard(), EqualCard()
        self.duties = DutiesCard()
        self.duties.settled.connect(self._settle)
        self.duties.weighed.connect(self._weigh)
        self.terms.moved.connect(self._move)
        self.terms.sources_asked.connect(partial(self.desk.goto, "terms"))
        self.taken.corrected.connect(self._correct)
        self.taken.taken_back.connect(self._ask_back)
        self.seconds.asked.connect(self._ask_second)
        self.seconds.signed.connect(self._sign)
        self._step_id = self._done = self._wanted = ""
        self._after: tuple[str, dict[str, object]] | None = None
        self._facts, self._publication = Facts(), Muted("")
        self._publication.hide()
        self._dossiers, self._papers = Lines(shares=(3, 2)), Lines(shares=(3, 2))
        self._lay_out()

    @override
    def what(self) -> dict[str, str]:
        return {"compartment": str(self._compartment), "case_id": self._case_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one case: `compartment` and `case_id`; perhaps a `step` or `duty` to open."""
        if "case_id" in what:
            self._wanted = what.get("step", "") or what.get("duty", "")
            self._read = None
            self._compartment = Compartment(what["compartment"])
            self._case_id = what["case_id"]
            self._opened = None
            self.look_for_draft()

    @override
    def read(self) -> None:
        if self._case_id:
            compartment, case_id = self._compartment, self._case_id
            shown = partial(open_case, compartment=compartment, case_id=case_id)
            equal = partial(equal_cases, compartment=compartment, case_id=case_id)
            duties = partial(case_duties, compartment=compartment, case_id=case_id)
            self.desk.ask(shown, self._show, self)
            self.desk.ask(duties, self._show_duties, self)
            self.desk.ask(equal, self.equal.show_equal, self)

    @override
    def _heard(self, committed: Committed) -> None:
        mine = committed.compartment is self._compartment
        if mine and committed.act not in SEEN and self.isVisible():
            self.read()

    @override
    def _go_on(self, kind: str, values: dict[str, object]) -> None:
        self._draft = (str(values.get(ABOUT, "")), values)
        self._use_draft()

    def _lay_out(self) -> None:
        to_dossier = Plain(t("dossier.to_dossier"), "folder")
        to_dossier.call_it("case_dossier")
        to_dossier.clicked.connect(self._to_dossier)
        self.set_actions(to_dossier)
        course = Card(t("dossier.course"))
        course.add(self.course, self._procedure)
        report, papers = Card(t("dossier.what_happened")), Card(t("dossier.papers"))
        report.add(self._facts, self._publication)
        papers.add(self._papers, self._dossiers)
        self.next.others_asked.connect(self.others.focus_first)
        doing = _column(self.duties, self.others, self.seconds, self.taken, papers, report)
        beside_it = _column(self.terms, course, self.equal)
        self.add(self.next, Columns(doing, beside_it, weights=(9, 5), narrow=820))

    # -- showing ------------------------------------------------------------------------------

    def _show(self, opened: OpenedCase) -> None:
        self._opened = opened
        file = opened.file
        protocol = file.facts.protocol
        articles = ", ".join(file.breach.articles)
        name = wording(protocol.name)
        about = t("dossier.case_about", articles=articles, protocol=name) if articles else name
        whom = file.breach.actor_name
        title = t("dossier.case", number=file.case.number)
        self.set_title(title, f"{whom} · {about}" if whom else about)
        self._badge.setText(t(NAMES[self._compartment]))
        self._badge.updateGeometry()
        self.course.show_steps(course(opened, self.desk.clock.today()))
        procedure = file.state.procedure
        self._procedure.setText(
            t("dossier.procedure", name=wording(procedure.name), day=procedure.in_force)
        )
        self._show_steps()
        self.terms.show_terms(file.state, self.desk.clock.today())
        self.taken.show_steps(opened)
        self.seconds.show_seconds(opened, self.desk.user.name)
        if opened.concern is Concern.NAMED:
            self.bar.notice(t("dossier.concerns_case_name"))
        elif opened.concerned:
            self.bar.notice(t("dossier.concerns_case"))
        self._show_facts(opened)
        if file.breach.publication_id:
            told = partial(told_publication, publication_id=file.breach.publication_id)
            self.desk.ask(told, self._show_publication, self)
        self._show_papers(file)
        self._use_draft()

    def _show_duties(self, read: CaseDuties) -> None:
        self._read = read
        self.duties.show_duties(read, self.desk.clock)
        self._show_steps()
        self._use_draft()
        self._begin()

    def _show_steps(self) -> None:
        """Show what can follow; what closes the case names the duties that are open."""
        if self._opened is not None:
            self.next.show_step(self._opened, self._read)
            self.others.show_steps(self._opened, self._read)

    def _begin(self) -> None:
        """Open what somebody came for: a step or a duty of this case."""
        wanted, self._wanted = self._wanted, ""
        if wanted and self.sheet is None:
            found = self._possible(wanted)
            if found is not None and found.possible:
                self._take(wanted)
            else:
                self._settle(wanted)

    def _show_publication(self, found: ToldPublication | None) -> None:
        """What is said at the publication that was told of, as it stands there now."""
        self._publication.setText(publication_words(found) if found else "")
        self._publication.setVisible(found is not None)

    def _show_facts(self, opened: OpenedCase) -> None:
        file, breach = opened.file, opened.file.breach
        self._facts.show_facts(
            (
                (t("dossier.about"), breach.actor_name),
                (t("dossier.occurred"), day(breach.occurred_on)),
                (t("dossier.discovered"), day(breach.discovered_on)),
                (t("dossier.place"), breach.place),
                (t("dossier.articles"), article_words(file.facts.protocol, breach.articles)),
                (t("dossier.facts"), breach.facts),
                (t("dossier.opinion"), breach.opinion),
                (t("dossier.affected"), ", ".join(breach.affected)),
                (
                    t("dossier.reported"),
                    f"{breach.reported_by} · {moment(breach.reported_at)}",
                ),
                *as_reported(file.facts),
                (t("dossier.handler"), t("dossier.by_name_only") if opened.by_name else ""),
            )
        )

    def _show_papers(self, file: CaseFile) -> None:
        self._papers.clear()
        replaced = {letter.replaces for letter in file.letters}
        for letter in file.letters:
            go = Plain(t("dossier.open"), fit="small")
            go.call_it(f"letter_{letter.id}")
            go.clicked.connect(self._open_letter)
            name = t("dossier.letter_numbered", number=letter.number)
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

    def _to_dossier(self) -> None:
        if self._opened is not None:
            dossier_id = self._opened.file.dossiers[0].id
            what = {"compartment": str(self._compartment), "dossier_id": dossier_id}
            self.desk.goto("dossier", **what)

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
        open_ones = beside(self._read, found.step) if self._read is not None else NOTHING
        place = (self._compartment, self._case_id)
        sheet = StepSheet(self.desk, place, found.step, open_ones)
        sheet.settle_asked.connect(self._settle_first)
        self.show_sheet(sheet, self._taken)
        return sheet

    def _settle_first(self, key: str) -> None:
        """Settle a duty, and come back to the step with what was typed for it."""
        sheet = self.sheet
        if isinstance(sheet, StepSheet):
            self._after = (sheet.step.id, sheet.typed())
            self._settle(key)

    @override
    def leave(self) -> None:
        super().leave()
        values = self._after[1] if self._after is not None else {}
        if values:  # what was typed for the step that was left to settle a duty first
            self.keep_typed(StepSheet.kind, t("dossier.case_title"), values)

    def _go_back_to_step(self) -> None:
        self._draft, self._after = self._after, None

    @override
    def sheet_closed(self, sheet: SideSheet) -> None:
        super().sheet_closed(sheet)
        if self._after is not None:
            self._go_back_to_step()
            self._use_draft()

    def _taken(self, _step: object) -> None:
        self.setFocus()  # what had the keyboard is shown anew
        self.bar.done(t("dossier.step_taken"))

    def _use_draft(self) -> None:
        if self._draft is None or self._opened is None or self._read is None:
            return
        id, values = self._draft
        self._draft = None
        found, taken = self._possible(id), self._standing(id)
        if found is not None and found.possible:
            step_sheet = self._step_sheet(found)
            if values:
                step_sheet.put(values)
        elif taken is not None:
            sheet = CorrectSheet(self.desk, self._compartment, self._case_id, taken)
            self._open_later(sheet, t("dossier.step_was_corrected"))
            sheet.put(values)
        else:
            self._settle(id)
            if self.sheet is not None:
                self.sheet.put(values)

    # -- duties -------------------------------------------------------------------------------

    def _settle(self, key: str) -> None:
        if key == WEIGHED:
            self._weigh()
        elif (sheet := self._settle_sheet(key)) is not None:
            self._open_later(sheet, t("duties.settled"))

    def _settle_sheet(self, key: str) -> SettleSheet | None:
        states = self._read.duties if self._read and not self._read.concerned else ()
        state = next((one for one in states if one.duty.key == key), None)
        if state is None:
            return None
        return SettleSheet(self.desk, self._compartment, self._case_id, state)

    def _weigh(self) -> None:
        if self._read is not None and not self._read.concerned:
            sheet = WeighSheet(self.desk, self._compartment, self._case_id, self._read)
            self._open_later(sheet, t("duties.was_weighed"))

    # -- what is said later -------------------------------------------------------------------

    def _standing(self, step_id: str) -> TakenStep | None:
        taken = self._opened.file.state.taken if self._opened else ()
        return next((one for one in taken if one.record.id == step_id), None)

    def _open_later(self, sheet: CaseSheet, done: str) -> None:
        self._done = done
        self.show_sheet(sheet, self._said)

    def _said(self, _record: object) -> None:
        self._go_back_to_step()
        if self._draft is not None:
            self._read = None  # the step shows what is open after this
        self.setFocus()
        self.bar.done(self._done)

    def _correct(self, step_id: str) -> None:
        taken = self._standing(step_id)
        if taken is not None:
            sheet = CorrectSheet(self.desk, self._compartment, self._case_id, taken)
            self._open_later(sheet, t("dossier.step_was_corrected"))

    def _ask_back(self, step_id: str) -> None:
        self._step_id = step_id
        label = t("dossier.take_back_label")
        verb = t("dossier.take_back")
        ask.type_text(self, verb, label, verb, self._take_step_back, lines=3)

    def _take_step_back(self, reason: str) -> None:
        work = partial(
            take_back,
            compartment=self._compartment,
            case_id=self._case_id,
            step_id=self._step_id,
            reason=reason,
        )
        self.desk.ask(work, self._was_taken_back, self)

    def _was_taken_back(self, _record: object) -> None:
        self.bar.done(t("dossier.step_was_taken_back"))

    def _move(self, key: str) -> None:
        running = self._opened.file.state.running if self._opened else ()
        term = next((one for one in running if one.term.key == key), None)
        if term is not None:
            sheet = MoveSheet(self.desk, self._compartment, self._case_id, term)
            self._open_later(sheet, t("dossier.term_moved"))

    def _sign(self, step_id: str) -> None:
        taken = self._standing(step_id)
        if taken is not None:
            sheet = SignSheet(self.desk, self._compartment, self._case_id, taken)
            self._open_later(sheet, t("dossier.was_countersigned"))

    def _ask_second(self, step_id: str) -> None:
        self._step_id = step_id
        if self._opened is not None:
            work = partial(can_sign, file=self._opened.file, compartment=self._compartment)
            self.desk.ask(work, self._offer_second, self)

    def _offer_second(self, users: tuple[UserCard, ...]) -> None:
        taken = self._standing(self._step_id)
        if taken is not None:
            sheet = AskSecondSheet(self.desk, self._compartment, self._case_id, taken, users)
            self._open_later(sheet, t("dossier.second_was_asked"))


def _column(*cards: QWidget) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look().gap)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return side
