"""Whoever pulls the plug while the office works loses at most what was not said to be done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.campaigns.places import TORTURE, quick_folder

if TYPE_CHECKING:
    from tests.registers import School

ROOT = Path(__file__).parents[2]
SEED = 20261122

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def campaign(school: School, place: Path, kills: int, seed: int) -> dict[str, int]:
    command = [
        *(sys.executable, "-m", "tests.campaigns.killed"),
        *(str(school.folder.parent), str(place), str(kills), str(seed)),
    ]
    scratch = {**os.environ, "TMPDIR": str(place.parent)}  # the killed leave things there
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=scratch
    )
    assert done.returncode == 0, done.stderr
    figures: dict[str, int] = json.loads(done.stdout)
    print(f"killed at random: {figures}")
    return figures


def test_an_office_killed_at_work_loses_nothing(
    template_school: School, tmp_path: Path
) -> None:
    kills = 1000 if TORTURE else 40
    with quick_folder(tmp_path) as folder:
        figures = campaign(template_school, folder / "scene", kills, SEED)
    assert figures["kills"] == kills
    assert figures["acts finished"] > kills
