"""The window while a large list comes in: it stays alive, and can stop the work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.bench.places import KEPT, ROOT, SIZES
from tests.bench.table import Measured, Table

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.bench

_CLOCK = "on the clock; what other programs take from the processors counts too"
_SMALL = 60
_ROUNDS = 3
_SURE = 0.99


@pytest.mark.parametrize("pupils", SIZES)
def test_a_whole_import_in_the_window(tmp_path: Path, pupils: int, table: Table) -> None:
    found = played(tmp_path, pupils)
    phases = found["phases"]
    assert found["wrong"] == []
    assert found["pupils"] > pupils * _SURE, "of doubtful ones a person decides"
    worst = max(phases, key=lambda name: phases[name]["gap"])
    gap = phases[worst]["gap"]
    note = f"in {worst}; {_CLOCK}; " + ", ".join(
        f"{name} {phase['gap']:.0f} of {phase['took']:.0f} ms" for name, phase in phases.items()
    )
    table.add(
        Measured("import: longest standstill of the window", pupils, gap, 0, 200, "ms", note)
    )
    quiet = max(phases, key=lambda name: phases[name]["silent"])
    silent = phases[quiet]["silent"]
    row = "import: longest without word of its progress"
    table.add(Measured(row, pupils, silent, 0, 300, "ms", f"in {quiet}; {_CLOCK}"))
    slowest = max(found["cancelled"].values())
    table.add(Measured("import: from stop to stopped", pupils, slowest, 0, 1000, "ms"))
    table.add(
        Measured("import: most memory of the program", pupils, found["peak"], 0, 400, "MB")
    )


def test_sixty_pupils_feel_instant(tmp_path: Path, table: Table) -> None:
    places = [tmp_path / str(turn) for turn in range(_ROUNDS)]
    for place in places:
        place.mkdir()
    phases = [played(place, _SMALL)["phases"] for place in places]
    shown = min(each["columns"]["took"] + each["proposal"]["took"] for each in phases)
    done = min(each["accept"]["took"] for each in phases)
    table.add(Measured("import: file chosen to proposal shown", _SMALL, shown, 0, 300, "ms"))
    table.add(Measured("import: accepted to done", _SMALL, done, 0, 300, "ms"))


def played(place: Path, pupils: int) -> dict[str, Any]:
    """What a whole import in a process of its own came to."""
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(KEPT / "bytecode"),
    }
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.alive", str(place), str(pupils)],
        capture_output=True, text=True, cwd=ROOT, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
