"""A test that leaves something behind, or lets an error be logged, fails."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.rules.tree import ROOT, plant

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = {
    "log": ("import logging", "logging.getLogger('app').error('broken')", "app: broken"),
    "thread": (
        "import threading",
        "threading.Thread(target=threading.Event().wait, name='lost', daemon=True).start()",
        "thread lost",
    ),
    "file": ("import tempfile", "tempfile.mkstemp(prefix='plain')", "temporary file plain"),
    "window": (
        "from PySide6.QtWidgets import QWidget",
        "kept.append(QWidget(objectName='lost', visible=True))",
        "QWidget 'lost'",
    ),
    "timer": (
        "from PySide6.QtCore import QTimer",
        "timer = QTimer(qapp, objectName='lost'); timer.start(1000)",
        "QTimer 'lost'",
    ),
    "animation": (
        "from PySide6.QtCore import QPauseAnimation",
        "QPauseAnimation(9000, qapp, objectName='lost').start()",
        "QPauseAnimation 'lost'",
    ),
    "qt": (
        "from PySide6.QtCore import qWarning",
        "qWarning('careless')",
        "careless",
    ),
    "harness": ("import pytest", "pytest.fail('not reached')", "needs its harness"),
}


def play(file: Path) -> tuple[int, str]:
    """Play one file in a run of its own under the project's settings."""
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    quiet = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "tests.conftest"]
    command = [sys.executable, "-m", "pytest", *settings, *quiet, "-m", "", str(file)]
    brief = {**os.environ, "BOORDBOEK_PATIENCE": "1"}  # nothing here goes by itself
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=brief
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_left_behind_is_found(tmp_path: Path, kind: str) -> None:
    imports, fault, finding = FAULTS[kind]
    mark = "@pytest.mark.screen\n" if kind == "harness" else ""
    body = f"{imports}\nkept = []\n{mark}def test_fault(qapp):\n    {fault}\n"
    code, said = play(plant(tmp_path, "test_fault.py", body))
    assert code == 1, said
    assert finding in said


def test_a_tidy_test_passes(tmp_path: Path) -> None:
    body = """
import logging, os, threading
from hypothesis import given, strategies
from PySide6.QtWidgets import QLabel

def test_tidy(qtbot, logged_errors):
    logging.error("expected")
    logged_errors.clear()
    label = QLabel("one")
    qtbot.addWidget(label)
    label.show()
    thread = threading.Thread(target=int)
    thread.start()

@given(strategies.integers())
def test_random(number):
    assert number == number

def test_home_is_not_the_own():
    assert "boordboek-tests-" in os.environ["HOME"]
    assert "fail" in os.environ["PYTHON_KEYRING_BACKEND"]
"""
    code, said = play(plant(tmp_path, "test_tidy.py", body))
    assert code == 0, said
