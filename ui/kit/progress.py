"""Long work in sight: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.button import Plain
from ui.kit.label import Small, Strong
from ui.runner import Task
from ui.theme import look
from ui.words import t, words

SHOW_AFTER_MS = 300


class Working(QFrame):
    """One long job; hidden for its first 300 ms and gone when it ends."""

    def __init__(self, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "status")
        self._task = task
        self._numbers = Small("", wrap=False)
        from PySide6.QtWidgets import QProgressBar  # noqa: PLC0415 - the first window has none

        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(task.label)
        self._stop = Plain(t("kit.stop"), fit="small")
        self._stop.call_it("stop_work")
        self._lay_out(task.label)
        task.progressed.connect(self._progressed)
        task.finished.connect(self._finished)
        self._stop.clicked.connect(self._cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.show)
        self._wait.start(SHOW_AFTER_MS)
        self.hide()

    def _lay_out(self, label: str) -> None:
        own = look()
        line = QHBoxLayout(self)
        line.setContentsMargins(own.px(16), own.px(8), own.px(16), own.px(8))
        line.setSpacing(own.px(16))
        line.addWidget(Strong(label))
        line.addWidget(self._bar, 1)
        line.addWidget(self._numbers)
        line.addWidget(self._stop)

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        number = words().number
        self._numbers.setText(t("kit.progress", done=number(done), total=number(total)))

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._numbers.setText(t("kit.stopping"))
        self._task.cancel()

    def _finished(self) -> None:
        self._wait.stop()
        self.hide()
        self.deleteLater()


class WorkStrip(QWidget):
    """All long jobs below one another; takes no room when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def watch(self, task: Task) -> None:
        """Show a job; connect `Runner.started` here."""
        self._column.addWidget(Working(task))
