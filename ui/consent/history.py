"""The history of one pupil: every fact, newest first, with who recorded it and when."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

import resources
from app.consent.history import Answered, Entry, Standing, TakenBack, history
from app.consent.records import Answer, Channel, SafetyFlag
from app.consent.uses import split_use
from app.names import full_name
from app.people.records import Authority, Enrolment, EnrolmentKind, Pupil
from app.ports import Session
from app.record import Compartment
from ui.consent.proof import ProofSheet
from ui.consent.wording import MEDIA, channel_words, condition_words, medium_words
from ui.kit.badge import Badge
from ui.kit.button import Link, Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted, Small, Strong
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.words import moment, t, words

Answer3 = tuple[str, tuple[Entry, ...], tuple[Channel, ...]]
_ORDER = (Answer.YES, Answer.NO, Answer.WITHDRAWN)


class HistoryPage(DeskedPage):
    """All that was ever recorded about one pupil's consent."""

    page_id = "history"
    help_topic = "consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.history"))
        self._pupil_id = ""
        pupil = Plain(t("consent.back_to_pupil"))
        pupil.call_it("back_to_pupil")
        pupil.clicked.connect(self._go_back)
        self.set_actions(pupil)
        self._card = Card()
        self._rows = QWidget()
        self._empty = EmptyState("journal", t("consent.history_empty"))
        self._card.add(self._rows, self._empty)
        self.explain(t("consent.history_explain"))
        self.add(self._card)

    @override
    def what(self) -> dict[str, str]:
        return {"pupil_id": self._pupil_id}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the history of the pupil with `pupil_id`."""
        pupil_id = what.get("pupil_id", self._pupil_id)
        if pupil_id != self._pupil_id:
            self.shut_sheet()
            self._pupil_id = pupil_id
            self._show_entries((), ())

    @override
    def read(self) -> None:
        if self._pupil_id:
            self.desk.ask(partial(_read, pupil_id=self._pupil_id), self._show, self)

    def _show(self, found: Answer3) -> None:
        name, entries, channels = found
        self.set_title(t("consent.history"), name)
        self._show_entries(entries, channels)

    def _show_entries(self, entries: Sequence[Entry], channels: tuple[Channel, ...]) -> None:
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for entry in entries:
            row = EntryRow(entry, channels)
            row.proof_asked.connect(self._ask_proof)
            column.addWidget(row)
        self._card.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self._empty.setVisible(not entries)

    def _ask_proof(self, blob: str, name: str) -> None:
        self._proof_name, self._blob = name, blob
        self.desk.ask(partial(_proof, blob=blob), self._show_proof, self)

    def _show_proof(self, content: bytes) -> None:
        self.open_sheet(ProofSheet(self.desk, content, self._proof_name, self._blob))

    def _go_back(self) -> None:
        self.desk.goto("pupil", pupil_id=self._pupil_id)


class EntryRow(QWidget):
    """One entry: when and by whom at the left, what at the right.

    Signals:
        proof_asked(blob, name): the paper behind it is wanted.
    """

    proof_asked = Signal(str, str)

    def __init__(self, entry: Entry, channels: tuple[Channel, ...]) -> None:
        super().__init__()
        self._entry = entry
        own = look()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, own.px(12), 0, 0)
        grid.setHorizontalSpacing(own.gap)
        grid.setVerticalSpacing(own.px(2))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 7)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._when(), 0, 0, top)
        title, details = entry_words(entry, channels)
        grid.addWidget(self._what(title, details), 0, 1, top)
        rule = QFrame()
        rule.setProperty("look", "line")
        grid.setRowMinimumHeight(1, own.px(10))
        grid.addWidget(rule, 2, 0, 1, 2)

    def _when(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Muted(moment(self._entry.at)))
        if self._entry.by:
            column.addWidget(Small(t("consent.recorded_by", name=self._entry.by)))
        return side

    def _what(self, title: str, details: Sequence[str]) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(2))
        head = Flow(gap=8)
        head.addWidget(Strong(title))
        for badge in self._badges():
            head.addWidget(badge)
        column.addLayout(head)
        for words_ in details:
            column.addWidget(Muted(words_))
        what = self._entry.what
        if isinstance(what, Answered) and what.first.proof:
            proof = Link(t("consent.see_proof"))
            proof.call_it("see_proof")
            proof.clicked.connect(self._ask)
            column.addWidget(proof)
        return side

    def _badges(self) -> list[Badge]:
        found = []
        if self._entry.standing is not Standing.STANDS:
            found.append(Badge(t(f"consent.standing_{self._entry.standing}")))
        what = self._entry.what
        if self._entry.corrects or (isinstance(what, Answered) and what.corrects):
            found.append(Badge(t("consent.is_correction")))
        return found

    def _ask(self) -> None:
        what = self._entry.what
        if isinstance(what, Answered):
            name = t("consent.proof_of", name=self._entry.who, day=what.first.signed_on)
            self.proof_asked.emit(what.first.proof, name)


def entry_words(entry: Entry, channels: tuple[Channel, ...]) -> tuple[str, list[str]]:
    """What an entry says: a title, and lines below it."""
    what = entry.what
    if isinstance(what, Answered):
        return _answered(entry.who, what, channels)
    if isinstance(what, TakenBack):
        return t("consent.happened_back", count=what.count), [
            what.reason
        ] if what.reason else []
    if isinstance(what, Authority):
        return _authority(entry.who, what)
    if isinstance(what, SafetyFlag):
        lifted = what.end is not None
        return t("consent.happened_lifted" if lifted else "consent.happened_flag"), []
    return _placed(what)


def _answered(who: str, what: Answered, channels: tuple[Channel, ...]) -> tuple[str, list[str]]:
    first = what.first
    counts = [
        t("consent.count_of", number=len(uses), answer=t(f"consent.answer_{answer}"))
        for answer in _ORDER
        if (uses := what.uses(answer))
    ]
    title = t("consent.happened_answers", who=who, answers=", ".join(counts))
    came = t(
        "consent.came_in",
        how=t(f"consent.way_{first.how}"),
        signed=first.signed_on,
        received=first.received_on,
    )
    details = [came]
    for answer in _ORDER:
        uses = what.uses(answer)
        if uses:
            listed = _listed(uses, channels)
            said = t(f"consent.answer_{answer}")
            details.append(t("consent.answers_listed", answer=said, uses=listed))
    conditions = sorted({key for decision in what.decisions for key in decision.conditions})
    if conditions:
        details.append(t("consent.with_conditions", conditions=condition_words(conditions)))
    if first.valid_until is not None:
        details.append(t("consent.until", day=first.valid_until))
    if first.note:
        details.append(t("consent.noted", note=first.note))
    return title, details


def _listed(uses: Sequence[str], channels: tuple[Channel, ...]) -> str:
    """Uses by kind of recording: "foto: Website, Facebook; film: Website"."""
    names = {channel.key: channel_words(channel) for channel in channels}
    order = {channel.key: channel.position for channel in channels}
    by_medium: dict[str, list[str]] = {}
    for use in uses:
        kind, key = split_use(use)
        by_medium.setdefault(kind.value, []).append(key)
    parts = []
    for medium in MEDIA:
        keys = sorted(by_medium.get(medium, ()), key=lambda key: order.get(key, 0))
        if keys:
            listed = ", ".join(names.get(key, key) for key in keys)
            name = medium_words(medium).lower()
            parts.append(t("consent.listed", medium=name, channels=listed))
    return "; ".join(parts)


def _authority(who: str, what: Authority) -> tuple[str, list[str]]:
    language = words().language
    kinds = {row["key"]: row["name"][language] for row in resources.authority_kinds()}
    sources = {row["key"]: row["name"][language] for row in resources.authority_proofs()}
    title = t("consent.happened_authority", who=who, kind=kinds.get(what.kind, what.kind))
    seen = ""
    if what.seen_on is not None:
        source = sources.get(what.source, what.source)
        seen = t("consent.seen_in", source=source, day=what.seen_on, by=what.seen_by)
    period = _period(what.start, what.end)
    return title, [part for part in (period, seen) if part]


def _placed(what: Enrolment) -> tuple[str, list[str]]:
    visiting = what.kind is EnrolmentKind.VISITING
    title = t("consent.happened_visit" if visiting else "consent.happened_enrolled")
    return title, [_period(what.start, what.end)]


def _period(start: date | None, end: date | None) -> str:
    """From when until when; what was taken back ends before it begins."""
    if start and end and end < start:
        return t("consent.never_held")
    if start and end:
        return t("consent.period", start=start, end=end)
    if start:
        return t("consent.period_from", start=start)
    return t("consent.period_until", end=end) if end else ""


def _read(session: Session, pupil_id: str) -> Answer3:
    with session.look(Compartment.CONSENT) as reader:
        pupil = reader.get(Pupil, pupil_id)
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        return name, history(session, reader, pupil_id), reader.all(Channel)


def _proof(session: Session, blob: str) -> bytes:
    session.note(Compartment.CONSENT, "proof_read", blob)
    with session.look(Compartment.CONSENT) as reader:
        return reader.blob(blob)
