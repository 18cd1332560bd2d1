"""What the room of consent puts on the page of a pupil, and everything done from there."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.consent.asof import AsOf
from app.consent.decide import lift_flag, raise_flag, retract
from app.consent.facts import DecisionFact
from app.consent.grid import Decider
from app.consent.objections import take_back_objection
from app.consent.overview import Notice, Proof, PupilConsent, person_consent
from app.consent.records import Answer, Decision, Objection, SafetyFlag
from app.letters.outcomes import letters_to_all
from app.letters.requests import OfficeRequest, written
from app.ports import Session
from app.record import Compartment
from ui.consent.change import ChangeSheet, WithdrawSheet
from ui.consent.differing import Differing
from ui.consent.learned import LearnedSince
from ui.consent.lookback import LookBackSheet, LookBand
from ui.consent.objecting import ObjectionSheet
from ui.consent.receipts import ReceiptLinks
from ui.consent.record import RecordSheet
from ui.consent.wording import (
    MEDIA,
    answer_words,
    channel_words,
    decider_titles,
    medium_words,
    shown_lines,
    unclear_pairs,
    verdict_words,
    why_words,
)
from ui.kit.button import Link, Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.grid import ConsentGrid, GridLine, GridTitles
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Text
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.words import day, say, t

_MOST_PROOFS = 3


class ConsentPart(QObject):
    """Band, notices, grid and actions for one pupil at a time.

    Signals:
        shown(found): the pupil was read again, a `PupilConsent`.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, page: DeskedPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._pupil_id = ""
        self._at: AsOf | None = None
        self._found: PupilConsent | None = None
        self._writes = desk.user.may("consent.write")
        self.band = LookBand()
        self.notices = NoticeCard(writes=self._writes)
        self.card = ConsentCard(writes=self._writes)
        self._look_back = Plain(t("consent.on_date"))
        self._form = Plain(t("consent.form"))
        self._record = Main(t("consent.record"))
        self.actions = (self._look_back, self._form, self._record)
        self._wire()

    @property
    def past(self) -> bool:
        """Whether another day than today is shown."""
        return self._at is not None

    def show_pupil(self, pupil_id: str) -> None:
        """Show another pupil as of today; `refresh` reads."""
        self._pupil_id, self._at, self._found = pupil_id, None, None
        self.band.show_time(None)
        self.card.forget()
        self.notices.forget()

    def refresh(self) -> None:
        """Read the pupil again."""
        if self._pupil_id:
            work = partial(_read, pupil_id=self._pupil_id, at=self._at)
            self._desk.ask(work, self._show, self)

    def sheet_for(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        """Open a sheet by its kind, to go on with what was typed."""
        if kind == "change" and self._found is not None:
            deciders = [decider.id for decider in self._found.grid.deciders]
            who = str(values.get("decider", ""))
            place = deciders.index(who) if who in deciders else -1
            self._open_change(str(values.get("use", "")), place)
            return self._page.sheet
        makers = {
            "record": self._open_record,
            "withdraw": self._open_withdraw,
            "lookback": self._open_look_back,
            "objection": self._open_objection,
        }
        if kind not in makers or self._found is None:
            return None
        makers[kind]()
        return self._page.sheet

    def _wire(self) -> None:
        self._look_back.call_it("look_back")
        self._form.call_it("make_form")
        self._record.call_it("record")
        self._look_back.clicked.connect(self._open_look_back)
        self._form.clicked.connect(self._go_to_form)
        self._record.clicked.connect(self._open_record)
        self.band.today_asked.connect(self._to_today)
        self.card.history.clicked.connect(self._go_to_history)
        self.card.withdraw.clicked.connect(self._open_withdraw)
        self.card.opened.connect(self._open_change)
        self.card.receipt_asked.connect(self._go_to_receipt)
        self.card.differing.letters.clicked.connect(self._write_letters)
        self.notices.flag_button.clicked.connect(self._turn_flag)
        self.notices.objection_button.clicked.connect(self._open_objection)

    def _show(self, found: PupilConsent) -> None:
        if found.card.pupil.id != self._pupil_id:
            return
        self._found = found
        past = self.past
        self.band.show_time(self._at)
        self._record.setVisible(self._writes and not past)
        self._form.setHidden(found.adult)
        self.card.show_consent(found, past=past)
        self.notices.show_consent(found, past=past)
        self.shown.emit(found)

    def _open_record(self) -> None:
        if self._found and self._now():
            self._page.show_sheet(RecordSheet(self._desk, self._found), self._recorded)

    def _open_withdraw(self) -> None:
        if self._found and self._now():
            self._page.show_sheet(WithdrawSheet(self._desk, self._found), self._recorded)

    def _open_objection(self) -> None:
        if self._found and self._now():
            self._page.show_sheet(ObjectionSheet(self._desk, self._found), self._objected)

    def _objected(self, objection: Objection) -> None:
        undo = partial(take_back_objection, objection=objection)
        self._page.offer_undo(t("consent.objection_noted"), undo)

    def _write_letters(self) -> None:
        self._desk.ask(
            partial(letters_to_all, pupil_id=self._pupil_id), self._show_letters, self
        )

    def _show_letters(self, requests: tuple[OfficeRequest, ...]) -> None:
        self._desk.goto("office_letter", requests=written(requests))

    def _open_change(self, use: str, decider: int) -> None:
        if not (self._found and self._now() and self._writes and self._found.grid.deciders):
            return
        if use not in self._found.uses:
            return
        sheet = self._page.sheet
        if isinstance(sheet, ChangeSheet) and sheet.use == use:
            return
        sheet = ChangeSheet(self._desk, self._found, use, decider)
        self._page.show_sheet(sheet, self._recorded)

    def _open_look_back(self) -> None:
        self._page.show_sheet(LookBackSheet(self._desk), self._look_at)

    def _look_at(self, at: object) -> None:
        if isinstance(at, AsOf):
            self._at = at
            self.refresh()

    def _to_today(self) -> None:
        self._at = None
        self.refresh()

    def _now(self) -> bool:
        if self._at is not None:
            self._page.bar.refused(t("consent.first_today"))
        return self._at is None

    def _recorded(self, decisions: tuple[Decision, ...]) -> None:
        withdrawn = all(decision.answer is Answer.WITHDRAWN for decision in decisions)
        text = "consent.withdrawn" if withdrawn else "consent.recorded"
        undo = partial(retract, decisions=decisions, reason=t("consent.undo_reason"))
        self._page.offer_undo(t(text, count=len(decisions)), undo)

    def _turn_flag(self) -> None:
        flag = self._found.flag if self._found else None
        if not self._now():
            return
        if flag is None:
            work = partial(raise_flag, pupil_id=self._pupil_id)
            self._desk.ask(work, self._raised, self)
        else:
            self._desk.ask(partial(lift_flag, flag=flag), self._lifted, self)

    def _raised(self, flag: SafetyFlag) -> None:
        if flag.pupil_id == self._pupil_id:
            undo = partial(lift_flag, flag=flag)
            self._page.offer_undo(t("consent.flag_raised"), undo)

    def _lifted(self, flag: SafetyFlag) -> None:
        if flag.pupil_id == self._pupil_id:
            undo = partial(raise_flag, pupil_id=flag.pupil_id)
            self._page.offer_undo(t("consent.flag_lifted"), undo)

    def _go_to_form(self) -> None:
        self._desk.goto("forms", pupil_id=self._pupil_id)

    def _go_to_receipt(self, person_id: str) -> None:
        self._desk.goto("receipt", subject_id=self._pupil_id, person_id=person_id)

    def _go_to_history(self) -> None:
        self._desk.goto("history", pupil_id=self._pupil_id)


class NoticeCard(Card):
    """What to look out for; says so when there is nothing."""

    def __init__(self, *, writes: bool) -> None:
        super().__init__(t("consent.notices"))
        self._writes = writes
        self._rows = QWidget()
        self.flag_button = Plain(t("consent.raise_flag"), fit="small")
        self.flag_button.call_it("safety_flag")
        line = Flow(gap=8)
        line.addWidget(self.flag_button)
        self.objection_button = Plain(t("consent.objection_button"), fit="small")
        self.objection_button.call_it("note_objection")
        line.addWidget(self.objection_button)
        self.add(self._rows, line)
        self.forget()

    def forget(self) -> None:
        """Show nothing, until the next pupil was read."""
        self._show_rows([])
        self.flag_button.hide()
        self.objection_button.hide()

    def show_consent(self, found: PupilConsent, *, past: bool) -> None:
        """Show what to look out for with one pupil."""
        rows = [_notice(notice) for notice in found.notices]
        self._show_rows(rows or [Muted(t("consent.nothing_to_notice"))])
        verb = "consent.lift_flag" if found.flag else "consent.raise_flag"
        self.flag_button.setText(t(verb))
        self.flag_button.setVisible(self._writes and not past)
        self.objection_button.setVisible(self._writes and not past and not found.adult)

    def _show_rows(self, rows: list[QWidget]) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        for row in rows:
            column.addWidget(row)
        self.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh


class ConsentCard(Card):
    """The grid: uses by deciders for one kind of recording, with what follows and why.

    Signals:
        opened(use, decider): one answer is to be changed.
        receipt_asked(person): what this person decided is to be shown.
    """

    opened = Signal(str, int)
    receipt_asked = Signal(str)

    def __init__(self, *, writes: bool) -> None:
        self.withdraw = Plain(t("consent.withdraw_some"), fit="small")
        self.withdraw.call_it("withdraw")
        self._media = Segments([(m, medium_words(m)) for m in MEDIA], t("consent.media"))
        super().__init__(t("consent.consent"), self.withdraw, self._media)
        self._writes = writes
        self._found: PupilConsent | None = None
        self.grid = ConsentGrid()
        self.grid.opened.connect(self.opened)
        self.grid.clicked.connect(self._clicked)
        self.differing, self.learned = Differing(), LearnedSince()
        self._media.chosen.connect(self._turn)
        self._basis = Muted()
        self.history = Link(t("consent.history"))
        self.history.call_it("open_history")
        foot = Flow(gap=8)
        foot.addWidget(self._basis)
        foot.addWidget(self.history)
        self._receipts = ReceiptLinks()
        self.add(self.learned, self.grid, self.differing, foot, self._receipts)
        self.differing.hide()
        self.learned.hide()

    def forget(self) -> None:
        """Show an empty grid, until the next pupil was read."""
        self._found = None
        self.grid.show_grid(_titles([]), [])
        self._basis.setText("")
        self.withdraw.hide()
        self.differing.hide()
        self.learned.hide()
        self._show_receipts(None)

    def show_consent(self, found: PupilConsent, *, past: bool) -> None:
        """Show the consent of one pupil."""
        self._found = found
        self.withdraw.setVisible(self._writes and bool(found.given) and not past)
        self._basis.setText(_basis(found))
        self.differing.show_differences(found.differences, writes=self._writes and not past)
        self.learned.show_learned(found.learned, found.channels)
        self.learned.setVisible(past and found.grid.known_at is not None)
        self._show_receipts(found if self._writes and not past else None)
        self._turn(self._media.key)

    def _show_receipts(self, found: PupilConsent | None) -> None:
        fresh = ReceiptLinks(found)
        fresh.asked.connect(self.receipt_asked)
        self.body.replaceWidget(self._receipts, fresh)
        self._receipts.hide()
        self._receipts.deleteLater()
        self._receipts = fresh

    def _turn(self, medium: str) -> None:
        if self._found is None:
            return
        grid = self._found.grid
        lines = [
            GridLine(
                key=line.use,
                use=channel_words(line.channel),
                answers=[
                    self._answer(line.use, voice, decider)
                    for voice, decider in zip(line.voices, grid.deciders, strict=True)
                ],
                verdict=verdict_words(line),
                why=why_words(line),
            )
            for line in shown_lines(grid, medium)
        ]
        self.grid.show_grid(_titles(decider_titles(grid.deciders)), lines)

    def _answer(
        self, use: str, voice: DecisionFact | None, decider: Decider
    ) -> tuple[str, Mark]:
        """What a cell says: what stands, and that a newer paper cannot be read."""
        found = self._found
        asked = found is not None and use in found.uses
        said = answer_words(voice, decider, asked=asked)
        if found is None or (use, decider.id) not in unclear_pairs(found):
            return said
        if voice is None:
            return t("consent.answer_unclear"), Mark.ASK
        return t("consent.answer_then_unclear", answer=said[0]), said[1]

    def _clicked(self, index: QModelIndex) -> None:
        """A click on what somebody said is enough; elsewhere it only chooses the line."""
        deciders = len(self._found.grid.deciders) if self._found else 0
        if self._found and 1 <= index.column() <= deciders:
            line = shown_lines(self._found.grid, self._media.key)[index.row()]
            self.opened.emit(line.use, index.column() - 1)


def _titles(deciders: list[str]) -> GridTitles:
    return GridTitles(
        use=t("consent.column_use"),
        deciders=deciders,
        verdict=t("consent.column_verdict"),
        why=t("consent.column_why"),
    )


def _notice(notice: Notice) -> QWidget:
    tone = "no" if notice.urgent else "ask"
    icon = "no" if notice.urgent else "ask"
    if notice.key in ("disagree", "objection"):
        tone, icon = "muted", "info"
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look().near)
    line.addWidget(Symbol(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Text(say(notice.what)), 1)
    return row


def _basis(found: PupilConsent) -> str:
    """The form version and papers on which the answers rest."""
    parts = []
    if found.version is not None:
        version = found.version
        parts.append(t("consent.version", number=version.number, day=version.frozen_on))
    if found.proofs:
        shown = ", ".join(map(_proof, found.proofs[-_MOST_PROOFS:]))
        parts.append(t("consent.proofs", proofs=shown))
    return " · ".join(parts) or t("consent.no_basis")


def _proof(proof: Proof) -> str:
    """A paper, or a call with who took it."""
    text = "consent.proof_scan" if proof.blob else f"consent.proof_by_{proof.how}"
    said = t(text, day=day(proof.signed_on))
    if not proof.taken_by:
        return said
    return t("consent.proof_taken", proof=said, name=proof.taken_by)


def _read(session: Session, pupil_id: str, at: AsOf | None) -> PupilConsent:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return person_consent(reader, pupil_id, at or AsOf(today, today=today))
