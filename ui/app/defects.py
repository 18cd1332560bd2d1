"""What happens when the program itself is wrong: nothing is lost, and there is a report.

The report holds places in the program and versions, never values: no names, no texts that
somebody typed, no messages of errors that could quote them.

What it takes to tell is loaded when there is something to tell.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion

from app.errors import Trouble
from ui.words import t

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QApplication, QWidget

_ROOT = Path(__file__).parents[2]


def report_of(error: BaseException, version: str) -> str:
    """What a maintainer needs to find a defect, as plain text without personal data."""
    import platform
    import traceback

    lines = [
        f"Boordboek {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}",
        "",
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


class Defects(QObject):
    """Catches what nobody expected and says so calmly, once at a time.

    Signals:
        happened(report): a defect was caught; its report is plain text.
    """

    happened = Signal(str)

    def __init__(self, app: QApplication, version: str) -> None:
        super().__init__(app)
        self._app, self._version = app, version
        self._report, self._open = "", False
        self.happened.connect(self._tell)

    def install(self) -> None:
        """Hear every defect of the whole program from now on."""
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

    def caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        _trace: TracebackType | None = None,
    ) -> None:
        """Take a defect; work that was going on has been rolled back on its way here."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        self.happened.emit(report_of(error, self._version))

    def hear(self, error: BaseException) -> None:
        """Take a defect of a job."""
        self.caught(type(error), error)

    def _caught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.caught(found.exc_type, found.exc_value)

    def _tell(self, report: str) -> None:
        self._report = report
        with suppress(OSError, ValueError, AttributeError):
            sys.stderr.write(report)
        window = self._app.activeWindow() or _first_window(self._app)
        if window is None:
            return
        from ui.kit import ask

        ask.confirm(
            window,
            t("shell.defect_title"),
            t("shell.defect_words"),
            t("shell.defect_save"),
            partial(self._choose_place, window),
        )

    def _choose_place(self, window: QWidget) -> None:
        from ui.kit import ask

        ask.save_file(window, t("shell.defect_save"), t("shell.defect_file"), self._save)

    def _save(self, path: Path) -> None:
        from app.export import save_to

        with suppress(Trouble):
            save_to(path, self._report.encode("utf-8"))


def _place(filename: str) -> str:
    path = Path(filename)
    with suppress(ValueError):
        return path.relative_to(_ROOT).as_posix()
    return path.name


def _first_window(app: QApplication) -> QWidget | None:
    return next((window for window in app.topLevelWidgets() if window.isVisible()), None)
