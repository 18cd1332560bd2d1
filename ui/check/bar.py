"""The bar above the check screen: the way back, the kind of recording, the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.consent.records import Medium
from app.override import override
from resources import media
from ui.kit.button import Plain, plain_words
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.label import Elided
from ui.theme import Type, look
from ui.words import t, words

_TITLE = 0.5
"""So much of the width the title may take beside the buttons."""


class TouchBar(QFrame):
    """Always in sight above the faces of the check screen.

    Signals:
        back_asked(): one step back.
        medium_chosen(key): photo, film or audio.
        report_asked(): somebody wants to report a breach.
        lock_asked(): lock now.
        leave_asked(): to the rest of the program.
    """

    back_asked = Signal()
    medium_chosen = Signal(str)
    report_asked = Signal()
    lock_asked = Signal()
    leave_asked = Signal()

    def __init__(self, leave: str) -> None:
        super().__init__()
        self.setProperty("look", "touch-bar")
        self._title = Elided("", Type.TITLE)
        self._back = Plain(icon="left", fit="touch", tip=t("check.back"))
        self._back.call_it("check_back")
        names = {item["key"]: item["name"][words().language] for item in media()}
        kinds = [(medium.value, names[medium.value]) for medium in Medium]
        self.media = Segments(kinds, t("check.medium"), fit="touch")
        self._report = Plain(t("check.report"), "report", fit="touch")
        self._report.call_it("check_report")
        self._lock = Plain(icon="lock", fit="touch", tip=t("check.lock"))
        self._lock.call_it("check_lock")
        self._leave = Plain(leave, "list", fit="touch")
        self._leave.call_it("check_leave")
        self._lay_out()
        self._back.clicked.connect(self.back_asked)
        self.media.chosen.connect(self.medium_chosen)
        self._report.clicked.connect(self.report_asked)
        self._lock.clicked.connect(self.lock_asked)
        self._leave.clicked.connect(self.leave_asked)
        self.show_start("")

    def show_start(self, title: str) -> None:
        """The face where everything begins: its title, and the ways out."""
        self._title.setText(title)
        self._keep_title()
        self._take(start=True)

    def show_back(self, words: str) -> None:
        """A face further on: the way back by name, and the kinds of recording."""
        self._back.setText(plain_words(words))
        self._back.setAccessibleName(t("check.back_to", place=words))
        self._take(start=False)

    def show_media(self, *, shown: bool) -> None:
        """Offer the kinds of recording, where an answer depends on them."""
        self.media.setVisible(shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_title()

    def _keep_title(self) -> None:
        """The buttons go to a next line before the title is cut, up to its part of the bar."""
        most = int(self.width() * _TITLE)
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), most))

    def _take(self, *, start: bool) -> None:
        out: tuple[QWidget, ...] = (self._title, self._report, self._lock, self._leave)
        for part in out:
            part.setVisible(start)
        self._back.setVisible(not start)
        self.media.setVisible(not start)

    def _lay_out(self) -> None:
        own = look()
        line = QHBoxLayout(self)
        line.setContentsMargins(own.margin, own.px(12), own.margin, own.px(12))
        line.setSpacing(own.px(16))
        self._back.setProperty("shape", "")
        line.addWidget(self._back)
        line.addWidget(self._title, 1)
        line.addStretch(0)
        right = Flow(gap=12, right=True)
        for part in (self.media, self._report, self._lock, self._leave):
            right.addWidget(part)
        line.addLayout(right, 2)


class Chips(QFrame):
    """Large buttons of which one is taken, on as many lines as they need.

    Signals:
        chosen(key): the person took another one.
    """

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self, gap=8)
        self._buttons: dict[str, Plain] = {}
        self._key = ""

    @property
    def key(self) -> str:
        """The one that is taken."""
        return self._key

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Offer these; what was taken stays taken where it can."""
        if list(self._buttons) == [key for key, _ in choices]:
            return
        for old in self._buttons.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {key: self._button(key, words) for key, words in choices}
        self.take(self._key if self._key in self._buttons else next(iter(self._buttons), ""))

    def take(self, key: str) -> None:
        """Take one without telling anybody."""
        self._key = key
        for own, button in self._buttons.items():
            button.setChecked(own == key)

    def _button(self, key: str, words: str) -> Plain:
        button = Plain(plain_words(words), fit="touch")
        button.setCheckable(True)
        button.call_it(f"choice_{key}")
        button.clicked.connect(self._clicked)
        self._flow.addWidget(button)
        return button

    def _clicked(self) -> None:
        sender = self.sender()
        key = next(key for key, button in self._buttons.items() if button is sender)
        self.take(key)
        self.chosen.emit(key)
