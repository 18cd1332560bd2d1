"""Starting, unlocking, checking from a cold start, and the memory that an open register takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.demo.school import demo_users
from tests.bench.conftest import folder_of, vault
from tests.bench.table import Measured, Table, in_turns

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
_PEER_SECONDS = 8.1
"""`keepassxc-cli search` 2.7.4 on 100,000 entries, as measured beside this machine's kind."""

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1280, 800); window.show()
QTimer.singleShot(0, app.quit); sys.exit(app.exec())
"""
_OURS = """
import sys; sys.path.insert(0, {root!r})
import ui
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from db.register.preferences import LocalPreferences
from ui.app.program import Program
from ui.shell.outside import Outside
app = QApplication([])
program = Program(app, Outside(vault=lambda: None, press=None, preferences=LocalPreferences()))
program.start()
QTimer.singleShot(0, app.quit); sys.exit(app.exec())
"""
_OPEN = """
import resource, sys; sys.path.insert(0, {root!r})
from datetime import date
from tests.bench.conftest import folder_of, vault
from app.demo.school import demo_users
from app.consent.grid import consent_grid
from app.people.questions import PupilIds, PupilLines
from app.record import Compartment
director = demo_users()[0]
session = vault().unlock(folder_of({pupils}), director.name, director.phrase)
today = session.clock.today()
with session.look(Compartment.CONSENT) as reader:
    ids = reader.ask(PupilIds(on=today))
    reader.ask(PupilLines(ids[:200], today))
    reader.ask(PupilIds(on=today, search="wal"))
    consent_grid(reader, ids[7], today)
session.lock()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def ran(code: str) -> str:
    """What a Python of its own prints for a piece of code."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True,
        cwd=ROOT, env=environment,
    )  # fmt: skip
    return done.stdout


def test_from_start_to_the_first_window(table: Table) -> None:
    ours = _OURS.format(root=str(ROOT))
    mine, bare = in_turns(lambda: ran(ours), lambda: ran(_BARE), rounds=7)
    table.add(Measured("start to the unlock window", 0, mine, bare, 1.5))


def test_unlocking(pupils: int, table: Table) -> None:
    director = demo_users()[0]
    folder = folder_of(pupils)
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        session = vault().unlock(folder, director.name, director.phrase)
        taken.append((time.perf_counter() - began) * 1000)
        session.lock()
    mine = min(taken) - guessing()
    table.add(Measured("unlock without the Argon2id second", pupils, mine, 0, 300, "ms"))


def guessing() -> float:
    """Milliseconds that Argon2id takes at the cost of the measured registers."""
    from db.keys.derive import KdfCost, from_password

    taken = []
    for _ in range(5):
        began = time.perf_counter()
        from_password("a phrase", bytes(16), KdfCost.floor()).close()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


def test_checking_from_a_cold_start(pupils: int, table: Table) -> None:
    folder = folder_of(pupils)
    teacher = demo_users()[2]
    command = [
        *(sys.executable, "main.py", "check", str(folder), "--user", teacher.name),
        *("--password-stdin", "--pupil", "Zoë van der Wal", "--channel", "website"),
        *("--medium", "photo"),
    ]
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        done = subprocess.run(
            command, input=teacher.phrase, text=True, check=False, capture_output=True, cwd=ROOT
        )
        taken.append((time.perf_counter() - began) * 1000)
        assert done.returncode in (0, 1), done.stderr
    reach = _PEER_SECONDS * 1000 / 5
    table.add(Measured("`check` from a cold start", pupils, min(taken), 0, reach, "ms"))


def test_memory_of_an_open_register(pupils: int, table: Table) -> None:
    folder_of(pupils)
    peak = float(ran(_OPEN.format(root=str(ROOT), pupils=pupils)).split()[-1])
    table.add(Measured("peak memory, register open, lists asked", pupils, peak, 0, 300, "MB"))
