"""Plays the tour from beginning to end and tells what it left."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui.app.program import Program
from ui.shell.outside import Outside
from ui.tour.guide import Guide
from ui.tour.story import story

_HARMLESS = "This plugin does not support"
"""What Qt says of windows without a screen, at every window."""


def play(outside: Outside, to: Path) -> str:
    """Play the tour and return what went wrong, or "" when nothing did.

    Pictures and papers are left in `to`; the register is made in a temporary folder.
    """
    to.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_hear)
    app = QApplication.instance() or QApplication(["boordboek"])
    if not isinstance(app, QApplication):
        return "no window can be shown here"
    with TemporaryDirectory(prefix="boordboek-tour-") as place:
        program = Program(app, outside)
        guide = Guide(program, to)
        ended: list[str] = []
        guide.ended.connect(ended.append)
        guide.ended.connect(app.quit)
        program.start()
        guide.play(story(guide, Path(place) / "register"))
        app.exec()
        program.close()
    return ended[0] if ended else "the tour was closed"


def _hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not message.startswith(_HARMLESS):
        sys.stderr.write(f"{kind.name}: {message}\n")
