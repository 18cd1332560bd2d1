"""What would change with a new form version: use by use, and text by text in one language."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.uses import split_use
from app.forms.compare import Kind, UseChange, by_block
from app.forms.content import SHOWN, Content, content_of
from app.forms.versions import Standing
from ui.forms.wording import block_name, language_name, use_name
from ui.kit.badge import Badge
from ui.kit.flow import Columns, Flow
from ui.kit.label import Muted, Small, Strong, Text
from ui.kit.lines import Lines
from ui.theme import look
from ui.words import t


def kind_badge(kind: Kind) -> Badge:
    """What happened, in a pill."""
    badge = Badge(t(f"forms.change_{kind}"))
    badge.setObjectName(f"change_{kind}")
    return badge


class ChangesView(QWidget):
    """Every change of a draft against the version in use."""

    def __init__(self, standing: Standing, language: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look().near)
        current = standing.current
        if current is None:
            return
        changes = standing.changes
        before = content_of(current)
        self.uses = Lines(shares=(4, 3))
        if changes.period is not None:
            self.uses.add(t("forms.change_period"), "", kind_badge(changes.period))
        for change in changes.uses:
            self._use(change, before, standing.draft)
        self.column.addWidget(self.uses)
        self._texts(standing, before, language)

    def _use(self, change: UseChange, before: Content, after: Content) -> None:
        content = before if change.kind is Kind.REMOVED else after
        names = ", ".join(language_name(one) for one in change.languages)
        told = t("forms.change_languages", languages=names) if names else ""
        self.uses.add(use_name(change.use, content), told, kind_badge(change.kind))

    def _texts(self, standing: Standing, before: Content, language: str) -> None:
        """What changed in the texts of one language: of the channels, then of the form."""
        name = language_name(language)
        self.column.addWidget(Strong(t("forms.change_texts", language=name)))
        changes = standing.changes
        count = self.column.count()
        for key in dict.fromkeys(split_use(one.use)[1] for one in changes.uses):
            was, now = (_said(one, key, language) for one in (before, standing.draft))
            if was and now and was != now:
                self._told(now[0], Kind.REWORDED, was, now)
        for change in by_block(changes.texts, language):
            self._told(block_name(change.block), change.kind, change.before, change.after)
        if self.column.count() == count:
            self.column.addWidget(Muted(t("forms.change_no_texts")))

    def _told(
        self, title: str, kind: Kind, before: Sequence[str], after: Sequence[str]
    ) -> None:
        head = Flow(gap=8)
        head.addWidget(Text(title))
        head.addWidget(kind_badge(kind))
        self.column.addLayout(head)
        both = ((t("forms.before"), before), (t("forms.after"), after))
        sides = [_side(words, lines) for words, lines in both if lines]
        self.column.addWidget(Columns(*sides, narrow=420))


def _said(content: Content, key: str, language: str) -> tuple[str, ...]:
    if key not in content.channels():
        return ()
    return tuple(content.channel_text(key, name, language) for name in SHOWN)


def _side(title: str, lines: Sequence[str]) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look().px(2))
    column.addWidget(Small(title))
    column.addWidget(Text("\n".join(lines), selectable=True))
    column.addStretch(1)
    return side
