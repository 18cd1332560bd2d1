"""Who may know whom: the contracts in pyproject.toml, kept by import-linter."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.rules.tree import FLOORS, ROOT, plant

NO_ROOM = {"app": {"__init__"}, "ui": {"__init__"}}


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )


def unplaced(root: Path) -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    placed: dict[str, set[str]] = {}
    for contract in contracts["tool"]["importlinter"]["contracts"]:
        for floor in contract.get("containers", []):
            words = " ".join(contract["layers"]).replace("|", " ").replace(":", " ").split()
            placed[floor] = {word.strip("()") for word in words}
    return [
        f"{floor}.{path.stem} is in no layer of pyproject.toml"
        for floor, names in placed.items()
        for path in sorted((root / floor).iterdir())
        if (path / "__init__.py").exists() or path.suffix == ".py"
        if path.stem not in names | NO_ROOM[floor]
    ]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house with the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for floor in FLOORS:
        plant(tmp_path, f"{floor}/__init__.py", "")
    return tmp_path


def test_the_house_keeps_its_arrows() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_part_of_app_and_ui_has_its_layer() -> None:
    assert unplaced(ROOT) == []


def test_a_part_without_layer_is_found(house: Path) -> None:
    plant(house, "app/attic/__init__.py", "")
    assert unplaced(house) == ["app.attic is in no layer of pyproject.toml"]


def test_an_empty_house_keeps_the_arrows(house: Path) -> None:
    assert lint_imports(house).returncode == 0


@pytest.mark.parametrize(
    ("name", "line", "contract"),
    [
        ("app/consent/__init__.py", "import db", "floors"),
        ("db/consent/__init__.py", "import reports", "floors"),
        ("resources/extra.py", "import app", "floors"),
        ("app/consent/__init__.py", "from PySide6.QtCore import QObject", "Qt only in ui"),
        ("ui/consent/__init__.py", "import sqlalchemy", "storage, keyring"),
        ("reports/forms/__init__.py", "import nacl.public", "storage, keyring"),
        ("db/consent/__init__.py", "import reportlab", "paper only in reports"),
        ("app/errors.py", "import app.text", "rooms of app"),
        ("ui/people/__init__.py", "import ui.consent", "screens do not know"),
        ("ui/kit/__init__.py", "import ui.consent", "screens do not know"),
        ("app/roster/source/__init__.py", "import app.roster.readers", "rosters"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    house: Path, name: str, line: str, contract: str
) -> None:
    plant(house, "app/text.py", "")
    for room in ("ui/consent", "app/roster", "app/roster/readers"):
        plant(house, f"{room}/__init__.py", "")
    plant(house, name, f"{line}\n")
    result = lint_imports(house)
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert result.returncode == 1, result.stdout
    assert [text for text in broken if text.startswith(contract)]
