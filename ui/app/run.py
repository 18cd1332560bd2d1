"""Runs the window until it is closed."""

import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui.app.program import Program
from ui.shell.outside import Outside
from ui.theme.dress import application

_LOCKED, _REGISTER = "--locked", "--register"


def run(outside: Outside, arguments: Sequence[str]) -> int:
    """Show the window and return the exit code once it was closed."""
    QCoreApplication.setApplicationName("boordboek")
    QCoreApplication.setApplicationVersion(outside.version)
    app = application(sys.argv[0])
    app.setDesktopFileName("boordboek")
    program = Program(app, outside)
    _teach(app, program.choices.language)
    program.defects.install()
    # As an exception it would be lost when it comes while garbage is being collected.
    signal.signal(signal.SIGINT, partial(_quit, app))
    register = _after(_REGISTER, arguments)
    program.start(Path(register) if register else None, _after(_LOCKED, arguments))
    return app.exec()


def _quit(app: QApplication, _signal: int, _frame: FrameType | None) -> None:
    """End at Ctrl+C, as when the window is closed."""
    app.quit()


def start_another(program: Sequence[str]) -> None:
    """Start the program anew beside this one, and end this one."""
    from PySide6.QtCore import QProcess  # noqa: PLC0415 - only this way out needs it

    QProcess.startDetached(program[0], list(program[1:]))
    QCoreApplication.quit()


def _after(name: str, arguments: Sequence[str]) -> str:
    """The word after an option, or ""."""
    words = list(arguments)
    place = words.index(name) + 1 if name in words else len(words)
    return words[place] if place < len(words) else ""


def _teach(app: QApplication, language: str) -> None:
    """Let Qt's own texts (file chooser, print window) speak the same language."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)
