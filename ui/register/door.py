"""The window in front of a register: first start, unlocking, codes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.override import override
from ui.kit.button import BarButton
from ui.kit.icon import Symbol, app_icon
from ui.kit.label import Text
from ui.kit.page import Page
from ui.kit.progress import WorkStrip
from ui.register import ways
from ui.register.gate import Gate
from ui.register.unlock import UnlockScreen
from ui.theme import Type, look
from ui.words import t

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from app.ports import FolderState
    from ui.register.start import StartFlow
    from ui.runner import Runner
    from ui.shell.choices import Choices, Known
    from ui.shell.outside import Outside

GEOMETRY = "window.geometry"


class Door(QMainWindow):
    """Leads from nothing to somebody who is signed in.

    Signals:
        opened(signed_in): somebody is in (`SignedIn`).
        language_chosen(language): the window must speak another language.
        size_asked(step): larger (1) or smaller (-1) text is wanted.
        help_asked(): F1.
        left(): the window is closing.
    """

    opened = Signal(object)
    language_chosen = Signal(str)
    size_asked = Signal(int)
    help_asked = Signal()
    left = Signal()

    def __init__(self, outside: Outside, runner: Runner, choices: Choices) -> None:
        super().__init__()
        self._outside, self._runner, self._choices = outside, runner, choices
        self._folder = Path()
        self._flow: StartFlow | None = None
        self._seen = False
        self._stack = QStackedWidget()
        self.work = WorkStrip()
        self._lay_out()
        runner.started.connect(self.work.watch)
        self.setWindowTitle(t("kit.product"))
        kept = choices.recall(GEOMETRY)
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode("ascii"))))

    @property
    def screen_shown(self) -> QWidget | None:
        """What is shown now."""
        return self._stack.currentWidget()

    def begin(self) -> None:
        """Show the lock screen of the latest register, or the first start."""
        if self._choices.registers:
            self.show_unlock()
        else:
            self.show_start()

    def show_unlock(self, folder: Path | None = None) -> None:
        """Show the lock screen; of the latest register when no folder is given."""
        screen = UnlockScreen(self._outside, self._runner, self._choices, self._stack)
        screen.opened.connect(self.opened)
        screen.code_asked.connect(self._show_code)
        screen.forgotten.connect(self._show_forgotten)
        screen.start_asked.connect(self.show_start)
        if folder is not None:
            screen.take_register(folder)
        self._show(screen)

    def show_start(self, *, skip_language: bool = False) -> None:
        """Show the first start."""
        from ui.register.start import StartFlow

        leavable = bool(self._choices.registers)
        flow = StartFlow(self._outside, self._runner, leavable=leavable)
        flow.left.connect(self.show_unlock)
        flow.opened.connect(self.opened)
        flow.language_chosen.connect(self.language_chosen)
        flow.register_chosen.connect(self._register_chosen)
        if skip_language or self._choices.was_chosen:
            flow.skip_language()
        self._show(flow)
        flow.begin()
        self._flow = flow

    def show_guest(self, page: Page) -> None:
        """Show a page that is no part of the door, such as help, with the way back."""
        page.offer_back(t("shell.unlock_back"))
        page.back_asked.connect(self.begin)
        self._show(page)

    def say_locked(self, words: str) -> None:
        """Say on the lock screen why the register was closed."""
        screen = self.screen_shown
        if isinstance(screen, Gate):
            screen.bar.notice(words)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_geometry()
        self.abandon()
        self.left.emit()
        super().closeEvent(event)

    def keep_geometry(self) -> None:
        """Remember where the window stands."""
        kept = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._choices.keep(GEOMETRY, kept)

    def _show(self, screen: QWidget) -> None:
        self.abandon()
        before = self.screen_shown
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        if isinstance(screen, Gate):
            screen.begin()
        self._look()

    def _look(self) -> None:
        """Look at the register that is shown, once the window is: looking loads much."""
        screen = self.screen_shown
        if self._seen and isinstance(screen, UnlockScreen):
            screen.look()

    def abandon(self) -> None:
        """Close a register that was made here but not entered."""
        flow, self._flow = self._flow, None
        if flow is not None:
            flow.abandon()

    def _known(self) -> Known:
        screen = self.screen_shown
        folder = screen.folder if isinstance(screen, UnlockScreen) else self._folder
        self._folder = folder
        return next(each for each in self._choices.registers if each.folder == folder)

    def _show_code(self) -> None:
        self._show_codes(recovery=False)

    def _show_recovery(self) -> None:
        self._show_codes(recovery=True)

    def _show_codes(self, *, recovery: bool) -> None:
        from ui.register.codes import CodeScreen

        known = self._known()
        screen = CodeScreen(known, self._outside, self._runner, recovery=recovery)
        screen.opened.connect(self.opened)
        screen.left.connect(self._back)
        self._show(screen)

    def _show_forgotten(self) -> None:
        from ui.register.codes import ForgottenScreen

        screen = ForgottenScreen(self._known().folder)
        screen.code_asked.connect(self._show_code)
        screen.recover_asked.connect(self._show_recovery)
        screen.left.connect(self._back)
        self._show(screen)

    def _back(self) -> None:
        self.show_unlock(self._known().folder)

    def _escape(self) -> None:
        screen = self.screen_shown
        if isinstance(screen, Page):
            self.begin()
        elif isinstance(screen, Gate) and not isinstance(screen, UnlockScreen):
            self._back()
        elif screen is self._flow and self._choices.registers:
            self.show_unlock()

    def _register_chosen(self, folder: Path) -> None:
        self._folder = folder
        self._runner.run(partial(ways.look_at, self._outside, folder), self._looked, self)

    def _looked(self, state: FolderState) -> None:
        self._choices.opened(self._folder, state.school)
        self.show_unlock()

    def _first_painted(self) -> None:
        """Do what can wait until the window was seen."""
        from PySide6.QtGui import QKeySequence, QShortcut

        self._seen = True
        self._look()
        self.setWindowIcon(app_icon())
        for keys, act in (
            ("Ctrl++", self._larger),
            ("Ctrl+=", self._larger),
            ("Ctrl+-", self._smaller),
            ("F1", self.help_asked.emit),
            ("Esc", self._escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _larger(self) -> None:
        self.size_asked.emit(1)

    def _smaller(self) -> None:
        self.size_asked.emit(-1)

    def _other_language(self) -> None:
        self.language_chosen.emit(t("shell.other_language_code"))

    def _lay_out(self) -> None:
        own = look()
        bar = QFrame()
        bar.setProperty("look", "title-bar")
        bar.setFixedHeight(own.px(48))
        line = QHBoxLayout(bar)
        line.setContentsMargins(own.px(16), 0, own.px(12), 0)
        line.setSpacing(own.near)
        anchor = _Anchor("anchor", "bar_text", 22)
        anchor.painted.connect(self._first_painted)
        line.addWidget(anchor)
        line.addWidget(Text(t("kit.product"), Type.TOUCH_STRONG, look="bar", wrap=False), 1)
        for words, icon, name, then, tip in (
            ("", "zoom-out", "text_smaller", self._smaller, t("shell.text_smaller")),
            ("", "zoom-in", "text_larger", self._larger, t("shell.text_larger")),
            (t("shell.other_language"), "", "other_language", self._other_language, ""),
            ("", "help", "help", self.help_asked.emit, t("kit.help_name")),
        ):
            button = BarButton(words, icon, tip=tip)
            button.call_it(name)
            button.clicked.connect(then)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        ground = QWidget()
        self.setCentralWidget(ground)
        ground.setProperty("look", "ground")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.work)
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)


class _Anchor(Symbol):
    """The mark in the title bar, which tells once that the window was painted.

    Signals:
        painted(): the first picture of the window is finished.
    """

    painted = Signal()
    _told = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)
