"""Wherever a deed is cut off, or the disk fails under it, the old world stands or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.campaigns.beginnings import CAMPAIGNS
from tests.campaigns.deeds import DEEDS
from tests.campaigns.places import TORTURE, memory_folder
from tests.campaigns.shim import built, under
from tests.campaigns.test_killed import ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers import School

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stands before the C library")

ALL = [*DEEDS, *CAMPAIGNS]
SETS = [[deed] for deed in ALL] if TORTURE else [ALL[0::2], ALL[1::2]]
KILLS, OTHERS = (0, 20) if TORTURE else (1, 0)
"""How many points of each deed to kill at, and to try each other way at."""


@pytest.mark.parametrize("deeds", SETS, ids=" ".join if TORTURE else len)
def test_a_deed_that_is_cut_off_is_done_or_not(
    template_school: School, tmp_path: Path, deeds: list[str]
) -> None:
    with memory_folder(tmp_path) as folder:
        command = [
            *(sys.executable, "-m", "tests.campaigns.cut", str(template_school.folder.parent)),
            *(str(folder / "cut"), str(SEED), str(KILLS), str(OTHERS), *deeds),
        ]
        surroundings = {**under(built(tmp_path)), "TMPDIR": str(folder)}
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, env=surroundings
        )
    assert done.returncode == 0, done.stderr
    figures: dict[str, int] = json.loads(done.stdout)
    print(f"cut off in {' '.join(deeds)}: {figures}")
    assert figures["points"] >= len(deeds) * (50 if TORTURE else 2)
    assert figures["calls"] > 10 * len(deeds)
