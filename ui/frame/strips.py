"""The strip at the top of the window and the one at the bottom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.override import override
from ui.frame.finder import SearchField
from ui.frame.items import Identity
from ui.kit.button import BarButton
from ui.kit.icon import Symbol
from ui.kit.label import Elided, Text
from ui.theme import Type, look
from ui.words import t

HIGH = 48
_SCHOOL_FROM, _USER_FROM, _WORDS_FROM = 900, 760, 620


class TitleBar(QFrame):
    """Product, school, search, who is at work, and the lock.

    Signals:
        lock_asked(): the lock was pressed.
        help_asked(): help was pressed.
    """

    lock_asked = Signal()
    help_asked = Signal()

    def __init__(self, identity: Identity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own = look()
        self.setProperty("look", "title-bar")
        self.setProperty("ring_colour", "bar_text")
        self.setFixedHeight(own.px(HIGH))
        self._product = Text(t("kit.product"), Type.TOUCH_STRONG, look="bar", wrap=False)
        self._school = Elided(identity.school, look="bar")
        self._user = Elided(_who(identity), look="bar")
        self.search = SearchField()
        self.search.setMaximumWidth(own.px(420))
        self.search.setMinimumWidth(own.px(140))
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._help = BarButton(icon="help", tip=t("kit.help_name"))
        self._lock = BarButton(t("kit.lock"), "lock", tip=t("kit.lock_name"))
        self._help.call_it("help")
        self._lock.call_it("lock")
        self._lock.setAccessibleName(t("kit.lock_name"))
        self._lock.clicked.connect(self.lock_asked)
        self._help.clicked.connect(self.help_asked)
        self._lay_out()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() / look().scale
        self._school.setVisible(wide >= _SCHOOL_FROM and bool(self._school.text()))
        self._user.setVisible(wide >= _USER_FROM and bool(self._user.text()))
        self._product.setVisible(wide >= _WORDS_FROM)

    def _lay_out(self) -> None:
        own = look()
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(16), 0, own.px(12), 0)
        line.setSpacing(own.px(8))
        line.addWidget(Symbol("anchor", "bar_text", 22))
        line.addWidget(self._product)
        line.addSpacing(own.px(8))
        line.addWidget(self._school, 2)
        line.addSpacing(own.px(8))
        line.addWidget(self.search, 5)
        line.addStretch(1)
        line.addWidget(self._user, 2)
        line.addWidget(self._help)
        line.addWidget(self._lock)
        self._user.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class StatusBar(QFrame):
    """How fresh, how safe, and whether the journal is in order."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own = look()
        self.setProperty("look", "status")
        self.setAccessibleName(t("kit.status"))
        self._parts = {name: _quiet() for name in ("freshness", "backup", "journal")}
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(16), own.px(6), own.px(16), own.px(6))
        line.setSpacing(own.px(24))
        for part in self._parts.values():
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(Text(version, Type.SMALL, look="muted", wrap=False))

    def set_part(self, name: str, words: str, look: str = "muted") -> None:
        """Show a part: "freshness", "backup" or "journal"; `look` "no" for what needs care."""
        part = self._parts[name]
        part.setText(words)
        part.set_look(look)
        part.setVisible(bool(words))


def _quiet() -> Elided:
    part = Elided("", Type.SMALL, look="muted")
    part.hide()
    return part


def _who(identity: Identity) -> str:
    if identity.user and identity.role:
        return t("kit.user_and_role", user=identity.user, role=identity.role)
    return identity.user
