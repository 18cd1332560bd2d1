"""The linter, the formatter and the type checker find nothing, and would find something."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.tree import FLOORS, ROOT, plant

BIN = Path(sys.executable).parent
PARTS = [name for name in ("main.py", *FLOORS, "tests") if (ROOT / name).exists()]


def play(root: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house without rooms, with the real settings."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [["format", "--check", "-q"], ["check", "-q"]])
def test_ruff_is_content(command: list[str]) -> None:
    code, said = play(ROOT, "ruff", *command, *PARTS)
    assert code == 0, said


def test_mypy_is_content() -> None:
    code, said = play(ROOT, "mypy", *PARTS)
    assert code == 0, said


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("TID251", "from datetime import datetime\n\nNOW = datetime.now\n"),
        ("TID251", "import sqlite3\n\nBASE = sqlite3\n"),
        ("TID251", "from PySide6.QtWidgets import QLabel\n\nKIND = QLabel\n"),
        ("T201", "print(1)\n"),
        ("D103", "def show() -> None:\n    pass\n"),
        ("FBT001", "def _show(loud: bool) -> None:\n    del loud\n"),
        ("BLE001", "try:\n    import json\nexcept Exception:\n    json = 1\n"),
    ],
)
def test_ruff_finds_a_planted_fault(house: Path, rule: str, source: str) -> None:
    plant(house, "app/__init__.py", "")
    plant(house, "app/fault.py", f'"""A planted fault."""\n\n{source}')
    code, said = play(house, "ruff", "check", "--no-cache", "--output-format=concise", "app")
    assert code == 1
    assert rule in said


def test_the_wrapper_itself_may_ask_the_time(house: Path) -> None:
    plant(house, "app/__init__.py", "")
    asks = '"""The clock."""\n\nfrom datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n'
    plant(house, "app/clock.py", asks)
    assert play(house, "ruff", "check", "--no-cache", "app")[0] == 0


def test_mypy_finds_a_planted_fault(house: Path) -> None:
    plant(house, "app/__init__.py", "")
    plant(house, "app/fault.py", "def age(born: int) -> str:\n    return born\n")
    code, said = play(house, "mypy", "--no-incremental", "app")
    assert code == 1
    assert "return-value" in said
