"""Leads through the program step by step: presses, types, waits, and takes pictures.

A story is a generator: it does something and yields what must be true before it goes on. The
guide looks again at short intervals of the ordinary event loop, so that nothing of the program
knows that it is being shown round.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.export import save_to
from ui.app.program import Program
from ui.shell.desk import Desk

Condition = Callable[[], bool]
Story = Iterator[Condition]

_SIZE = (1280, 800)
_LOOK_AGAIN = 15
_PATIENCE = 60_000


class LostError(Exception):
    """The story waited in vain, or did not find what it wanted to press."""


class Guide(QObject):
    """Plays a story in a running program.

    Signals:
        ended(problem): the story is over; "" or what went wrong.
    """

    ended = Signal(str)

    def __init__(self, program: Program, to: Path) -> None:
        super().__init__(program)
        self.program = program
        self.to = to
        self.pictures: list[Path] = []
        self._story: Story | None = None
        self._condition: Condition = _at_once
        self._waited = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN)
        self._timer.timeout.connect(self._look)

    def play(self, story: Story) -> None:
        """Begin a story; `ended` tells when it is over."""
        self._story = story
        self._waited.start()
        self._timer.start()

    # -- what a story does ------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        """The window that is shown."""
        if self.program.office is not None:
            return self.program.office.frame
        if self.program.door is not None:
            return self.program.door
        raise LostError("no window")

    def find(self, name: str) -> QWidget:
        """A visible widget by its object name.

        Raises:
            LostError: when none is visible.
        """
        for widget in self.window.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
        raise LostError(name)

    def sees(self, name: str) -> Condition:
        """Whether a widget of this name is visible and enabled, and no work is running."""

        def seen() -> bool:
            found = self.window.findChildren(QWidget, name)
            return self.quiet() and any(w.isVisible() and w.isEnabled() for w in found)

        return seen

    def quiet(self) -> bool:
        """Whether no work is running in the background."""
        return self.program.runner.is_idle

    def press(self, name: str) -> None:
        """Press a button, or click any other widget in its middle."""
        widget = self.find(name)
        if isinstance(widget, QAbstractButton):
            widget.click()
        else:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def type(self, name: str, words: str) -> None:
        """Put words into a field, as if typed."""
        widget = self.find(name)
        field = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
        if field is None:
            raise LostError(name)
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, words)

    def key(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        focus = QApplication.focusWidget() or self.window
        QTest.keyClick(focus, key)

    def goto(self, page: str, **what: str) -> None:
        """Open a page as another page would."""
        self.stand()
        self.desk.goto(page, **what)

    @property
    def desk(self) -> Desk:
        """The desk of who is signed in.

        Raises:
            LostError: while nobody is.
        """
        if self.program.office is None:
            raise LostError("nobody is signed in")
        return self.program.office.desk

    def stand(self) -> None:
        """Give the window the size that all pictures have."""
        self.window.resize(*_SIZE)

    def picture(self, name: str) -> None:
        """Keep what the window shows as `<number>-<name>.png`."""
        path = self.to / f"{len(self.pictures) + 1:02d}-{name}.png"
        self.window.grab().save(str(path))
        self.pictures.append(path)

    def paper(self, name: str, content: bytes) -> None:
        """Keep a document as `<name>.pdf`."""
        save_to(self.to / f"{name}.pdf", content)

    # -- the clockwork ----------------------------------------------------------------------

    def _look(self) -> None:
        story, self._story = self._story, None
        if story is None:
            return
        try:
            self._story = self._step(story)
        except StopIteration:
            self._end("")
        except LostError as lost:
            self._end(f"lost at {lost} after {self._latest()}")
        finally:
            if self._story is None and self._timer.isActive():
                self._end(f"broke off after {self._latest()}")

    def _step(self, story: Story) -> Story:
        if self._condition():
            self._condition = next(story)
            self._waited.restart()
        elif self._waited.elapsed() > _PATIENCE:
            raise LostError("waiting")
        return story

    def _latest(self) -> str:
        return self.pictures[-1].name if self.pictures else "the start"

    def _end(self, problem: str) -> None:
        self._timer.stop()
        self.ended.emit(problem)


def _at_once() -> bool:
    return True
