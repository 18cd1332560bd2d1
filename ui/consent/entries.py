"""The lines of a history: when and by whom, what happened, and what can be opened from it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

import resources
from app.consent.history import Answered, Entry, Standing, TakenBack, Unreadable
from app.consent.records import Answer, Channel, Objection, SafetyFlag
from app.consent.uses import split_use
from app.letters.listing import OfficeRow
from app.people.records import Authority, Enrolment, EnrolmentKind
from app.receipts.listing import HandedOut
from ui.consent.wording import MEDIA, channel_words, condition_words, medium_words
from ui.kit.badge import Badge
from ui.kit.button import Link
from ui.kit.flow import Flow
from ui.kit.label import Muted, Small, Strong
from ui.theme import look
from ui.words import moment, t, words

_ORDER = (Answer.YES, Answer.NO, Answer.WITHDRAWN)


class Row(QWidget):
    """One line of the history: when and by whom at the left, what at the right."""

    def __init__(self, at: datetime, by: str) -> None:
        super().__init__()
        own = look()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, own.px(12), 0, 0)
        self._grid.setHorizontalSpacing(own.gap)
        self._grid.setVerticalSpacing(own.px(2))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 7)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Muted(moment(at)))
        if by:
            column.addWidget(Small(t("consent.recorded_by", name=by)))
        self._grid.addWidget(side, 0, 0, Qt.AlignmentFlag.AlignTop)
        rule = QFrame()
        rule.setProperty("look", "line")
        self._grid.setRowMinimumHeight(1, own.px(10))
        self._grid.addWidget(rule, 2, 0, 1, 2)

    def tell(
        self, title: str, details: Sequence[str], badges: Sequence[Badge], *links: Link
    ) -> None:
        """Say what happened, with what can be opened from here."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(2))
        head = Flow(gap=8)
        head.addWidget(Strong(title))
        for badge in badges:
            head.addWidget(badge)
        column.addLayout(head)
        for words_ in details:
            column.addWidget(Muted(words_))
        for link in links:
            column.addWidget(link)
        self._grid.addWidget(side, 0, 1, Qt.AlignmentFlag.AlignTop)


class LetterRow(Row):
    """A letter that left about this pupil.

    Signals:
        opened(id): it is to be shown.
    """

    opened = Signal(str)

    def __init__(self, letter: OfficeRow) -> None:
        super().__init__(letter.recorded_at, letter.signer)
        self._id = letter.id
        kind = letter.name.said(words().language)
        link = Link(t("consent.open_letter"))
        link.call_it("open_letter")
        link.clicked.connect(self._open)
        title = t("consent.letter_sent", number=letter.number, kind=kind)
        self.tell(title, [t("consent.letter_to", who=letter.addressee)], (), link)

    def _open(self) -> None:
        self.opened.emit(self._id)


class ReceiptRow(Row):
    """What one person decided was handed to that person."""

    def __init__(self, receipt: HandedOut) -> None:
        super().__init__(receipt.recorded_at, "")
        self.tell(t("consent.receipt_given", who=receipt.person), (), ())


class EntryRow(Row):
    """One entry.

    Signals:
        proof_asked(blob, name): the paper behind it is wanted.
        taking_back_asked(objection): an objection does not stand any more.
        confirmation_asked(ids): a letter about a withdrawal is wanted.
        wording_asked(id): the wording that a decision was given to is wanted.
    """

    proof_asked = Signal(str, str)
    taking_back_asked = Signal(object)
    confirmation_asked = Signal(object)
    wording_asked = Signal(str)

    def __init__(self, entry: Entry, channels: tuple[Channel, ...], *, writes: bool) -> None:
        super().__init__(entry.at, entry.by)
        self._entry = entry
        title, details = entry_words(entry, channels)
        self.tell(title, details, self._badges(), *self._links(writes=writes))

    def _links(self, *, writes: bool) -> list[Link]:
        what, links = self._entry.what, []
        stands = writes and self._entry.standing is Standing.STANDS
        if isinstance(what, Answered | Unreadable) and what.first.proof:
            links.append(self._link("consent.see_proof", "see_proof", self._ask))
        if isinstance(what, Answered) and what.first.form_version_id:
            links.append(self._link("consent.see_wording", "see_wording", self._ask_wording))
        if isinstance(what, Answered) and stands and what.uses(Answer.WITHDRAWN):
            links.append(self._link("consent.confirm_withdrawal", "confirm", self._confirm))
        if isinstance(what, Objection) and stands and not what.taken_back:
            links.append(
                self._link("consent.objection_take_back", "take_back", self._take_back)
            )
        return links

    def _link(self, text: str, name: str, pressed: Callable[[], None]) -> Link:
        link = Link(t(text))
        link.call_it(name)
        link.clicked.connect(pressed)
        return link

    def _ask_wording(self) -> None:
        what = self._entry.what
        if isinstance(what, Answered):
            self.wording_asked.emit(what.first.id)

    def _take_back(self) -> None:
        self.taking_back_asked.emit(self._entry.what)

    def _confirm(self) -> None:
        what = self._entry.what
        if isinstance(what, Answered):
            gone = (d.id for d in what.decisions if d.answer is Answer.WITHDRAWN)
            self.confirmation_asked.emit(tuple(gone))

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
        if isinstance(what, Answered | Unreadable):
            name = t("consent.proof_of", name=self._entry.who, day=what.first.signed_on)
            self.proof_asked.emit(what.first.proof, name)


def entry_words(entry: Entry, channels: tuple[Channel, ...]) -> tuple[str, list[str]]:
    """What an entry says: a title, and lines below it."""
    what = entry.what
    if isinstance(what, Answered | Unreadable):
        return _said(entry.who, what, channels)
    if isinstance(what, TakenBack):
        return t("consent.happened_back", count=what.count), [
            what.reason
        ] if what.reason else []
    if isinstance(what, Authority):
        return _authority(entry.who, what)
    if isinstance(what, Objection):
        return _objected(what)
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
    if first.taken_by:
        details.append(t("consent.taken_by_note", name=first.taken_by))
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


def _said(
    who: str, what: Answered | Unreadable, channels: tuple[Channel, ...]
) -> tuple[str, list[str]]:
    if isinstance(what, Answered):
        return _answered(who, what, channels)
    return _unreadable(who, what, channels)


def _unreadable(
    who: str, what: Unreadable, channels: tuple[Channel, ...]
) -> tuple[str, list[str]]:
    title = t("consent.happened_unclear", who=who, count=len(what.facts))
    first = what.first
    details = [
        t("consent.unclear_listed", day=first.signed_on, uses=_listed(what.uses, channels)),
        t("consent.unclear_explained"),
    ]
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


def _objected(what: Objection) -> tuple[str, list[str]]:
    gone = "_back" if what.taken_back else ""
    title = t(f"consent.happened_objection{gone}", who=what.person_name)
    how = t(f"consent.way_{what.how}")
    came = t("consent.objection_came", how=how, day=what.said_on)
    return title, [came, t("consent.objection_quoted", what=what.what)]


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
