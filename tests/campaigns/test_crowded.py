"""On a full disk, or where nothing may be written, every act says so and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.campaigns.places import TORTURE, memory_folder
from tests.campaigns.test_killed import ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers import School

ALONE = ("unshare", "--mount", "--propagation", "private")
"""A view of the file systems of one's own, so that nothing stays mounted."""


def may_mount(folder: Path) -> bool:
    """Whether this machine lets the tests mount something."""
    words = [*ALONE, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    try:
        return subprocess.run(words, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")
@pytest.mark.parametrize("way", ["memory", "limit", "readonly"])
def test_without_room_nothing_is_lost(
    template_school: School, tmp_path: Path, way: str
) -> None:
    alone = () if way == "limit" else ALONE
    if alone and not may_mount(tmp_path):
        pytest.skip("may not mount here; the way `limit` tries the same")
    rounds = "4" if TORTURE else "1"  # every one brings in thousands of pupils
    with memory_folder(tmp_path) as folder:
        command = [
            *(*alone, sys.executable, "-m", "tests.campaigns.crowded", way),
            *(str(template_school.folder.parent), str(folder / way), str(SEED), rounds),
        ]
        scratch = {**os.environ, "TMPDIR": str(folder)}
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, env=scratch
        )
    assert done.returncode == 0, done.stderr
    figures: dict[str, int] = json.loads(done.stdout)
    print(f"{way}: {figures}")
    ends = {"memory": "opened", "limit": "opened", "readonly": "opening register.read_only"}
    assert figures[ends[way]] == 1
    assert way == "readonly" or sum("done" not in name for name in figures) > 3
