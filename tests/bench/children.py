"""Programs of their own that are measured from outside, as somebody would start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench.places import KEPT, ROOT

if TYPE_CHECKING:
    from pathlib import Path

BARE_WINDOW = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
print(time.monotonic(), flush=True)
"""
OUR_WINDOW = """
import sys, time
sys.path.insert(0, {root!r})
import gc
import main
gc.disable()  # as main does before it loads the window
from ui.app import program
from PySide6.QtCore import QTimer

start = program.Program.start

def started(self, *given):
    start(self, *given)
    self.app.processEvents()
    print(time.monotonic(), flush=True)
    QTimer.singleShot(0, self.app.quit)

program.Program.start = started
sys.exit(main.main([]))
"""
OPEN_REGISTER = """
import sys
sys.path.insert(0, {root!r})
import ui
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.clock import SystemClock
from db.keys.derive import KdfCost
from db.register.vault import LocalVault
from reports.press import PaperPress
from db.register.preferences import LocalPreferences
from ui.app.program import Program
from ui.register import ways
from ui.shell.outside import Outside

vault = LocalVault(
    SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=Path({remembered!r})
)
app = QApplication([])
outside = Outside(
    vault=lambda: vault,
    press=PaperPress(),
    binder=lambda: None,
    preferences=LocalPreferences(),
)
program = Program(app, outside)
way = ways.Way(Path({folder!r}), {name!r}, {phrase!r})
work = lambda: ways.unlock(outside, way)
program.runner.run(work, program._enter, program)

def settle():
    while not program.runner.is_idle or program.office is None:
        app.processEvents()

settle()
for place in ("people", "today", "people"):
    program.office.goto(place, {{}})
    settle()
program.office.frame.grab()
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak[0].split()[1]) / 1024, flush=True)
program.close()
"""


def surroundings(home: Path) -> dict[str, str]:
    """No screen, a home of its own, and bytecode kept, as a set-up program has it."""
    found = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    found["PYTHONPYCACHEPREFIX"] = str(KEPT / "bytecode")
    return found


def knows(home: Path, folder: Path) -> None:
    """Let the program know a register, so that it begins at the lock screen."""
    rows = [{"folder": str(folder), "school": "Basisschool De Kade", "pin": False}]
    place = home / "boordboek"
    place.mkdir(parents=True, exist_ok=True)
    chosen = {"language": "nl", "registers": json.dumps(rows)}
    (place / "preferences.json").write_text(json.dumps(chosen), "utf-8")


def printed(code: str, home: Path) -> float:
    """The number that a piece of code prints last."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
        env=surroundings(home), check=False,
    )  # fmt: skip
    assert done.stdout.split(), done.stderr
    return float(done.stdout.split()[-1])


def until_shown(code: str, home: Path) -> float:
    """Milliseconds until a program's window was painted."""
    began = time.monotonic()
    return (printed(code, home) - began) * 1000
