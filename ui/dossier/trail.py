"""The time line of a dossier: everything in the order in which it happened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.dossier.entries import COMPILED
from app.dossier.items import TimelineItem
from ui.dossier.said import short_name, wording
from ui.kit.badge import Badge
from ui.kit.button import Plain, plain_words
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong, Text, set_tip
from ui.kit.lines import Facts
from ui.shell.asks import answer_words
from ui.theme import look
from ui.words import day, t, words

_ICONS = {
    "report": "report",
    "evidence": "picture",
    "talk": "person",
    "call": "clock",
    "note": "edit",
    "inspector": "shield",
    "letter_out": "letter",
    "letter_in": "inbox",
    "decision": "check",
    "informed": "group",
    "response": "inbox",
    COMPILED: "copy",
    "step": "yes",
}


class Trail(QWidget):
    """Entries and steps below one another, the latest on top.

    Signals:
        file_asked(entry_id): open the file of an entry; letter_asked(letter_id): a letter.
        correct_asked(entry_id): add an entry that corrects this one.
    """

    file_asked = Signal(str)
    letter_asked = Signal(str)
    correct_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []

    def show_items(self, items: Sequence[TimelineItem], correctable: Sequence[str]) -> None:
        """Show other items; kinds in `correctable` can be corrected."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for item in reversed(items):
            row = _TrailRow(item, correct=item.kind in correctable and not item.replaced_by)
            row.file_asked.connect(self.file_asked)
            row.letter_asked.connect(self.letter_asked)
            row.correct_asked.connect(self.correct_asked)
            self._column.addWidget(row)
            self._rows.append(row)


class _TrailRow(QFrame):
    """One item."""

    file_asked = Signal(str)
    letter_asked = Signal(str)
    correct_asked = Signal(str)

    def __init__(self, item: TimelineItem, *, correct: bool) -> None:
        super().__init__()
        own = look()
        self._item = item
        self.setObjectName(f"entry_{item.id}")
        self.setAccessibleName(f"{day(item.day)}: {item.heading(words())} {item.title}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, own.px(10), 0, own.px(10))
        line.setSpacing(own.px(14))
        icon = Symbol(_ICONS.get(item.kind, "info"), _tone(item), 20)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(own.px(2))
        column.addLayout(self._head(item))
        column.addWidget(Muted(_detail(item)))
        for part in self._said(item):
            column.addWidget(part)
        buttons = self._buttons(item, correct=correct)
        if buttons is not None:
            column.addLayout(buttons)
        line.addLayout(column, 1)

    def _head(self, item: TimelineItem) -> Flow:
        head = Flow(gap=8)
        heading = item.heading(words())
        heading = heading[:1].upper() + heading[1:]
        title = f"{heading}: {item.title}" if item.title else heading
        head.addWidget(Strong(title))
        if item.about:
            head.addWidget(Badge(t("dossier.about_badge", name=item.about)))
        if item.replaced_by:
            head.addWidget(Badge(t("dossier.corrected")))
        if item.replaces:
            head.addWidget(Badge(t("dossier.correction")))
        return head

    def _said(self, item: TimelineItem) -> list[QWidget]:
        parts: list[QWidget] = []
        if item.body:
            parts.append(Text(item.body, selectable=True))
        if item.reason:
            parts.append(Muted(t("dossier.why_corrected", reason=item.reason)))
        if item.kind == "report":
            text = "dossier.signed_by" if item.signer else "dossier.signature_missing"
            parts.append(Muted(t(text, name=item.signer)))
        if item.details:
            facts = [(wording(name), answer_words(answer)) for name, answer in item.details]
            parts.append(Facts(facts))
        if item.due_on:
            parts.append(Muted(t("dossier.term_until", day=item.due_on)))
        return parts

    def _buttons(self, item: TimelineItem, *, correct: bool) -> Flow | None:
        buttons = Flow(gap=8)
        if item.letter_id:
            self._button(buttons, t("dossier.open_letter"), "letter", self._letter)
        elif item.file_name:
            sealed = t("dossier.sealed_report") if item.kind == "report" else ""
            shown = sealed or plain_words(short_name(item.file_name))
            button = self._button(buttons, shown, "eye", self._file)
            set_tip(button, item.file_name)
            button.setAccessibleName(item.file_name)
        if correct:
            self._button(buttons, t("dossier.correct"), "edit", self._correct)
        return buttons if buttons.count() else None

    def _button(self, flow: Flow, shown: str, icon: str, then: object) -> Plain:
        button = Plain(shown, icon, fit="small")
        button.call_it(f"trail_{icon}")
        button.clicked.connect(then)
        flow.addWidget(button)
        return button

    def _file(self) -> None:
        self.file_asked.emit(self._item.id)

    def _letter(self) -> None:
        self.letter_asked.emit(self._item.letter_id)

    def _correct(self) -> None:
        self.correct_asked.emit(self._item.id)


def _tone(item: TimelineItem) -> str:
    if item.replaced_by:
        return "muted"
    return "yes" if item.kind == "step" else "text"


def _detail(item: TimelineItem) -> str:
    case = t("dossier.case", number=item.case_number) if item.case_number else ""
    arrived = t("dossier.arrived", day=item.arrived) if item.arrived else ""
    return " · ".join(part for part in (day(item.day), arrived, item.author, case) if part)
