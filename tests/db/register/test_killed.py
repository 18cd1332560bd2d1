"""Killed at any step of a change of access, a register is as before or as after, and whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.registers import School

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def played(school: School, place: Path, change: str, stride: int = 1) -> list[dict[str, Any]]:
    command = [
        *(sys.executable, "-m", "tests.db.register.killed"),
        *(str(school.folder.parent), str(place), change, str(stride)),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def worlds(found: list[dict[str, Any]], *names: str) -> list[tuple[object, ...]]:
    """What was found at each step, after making sure that nothing was lost anywhere."""
    for one in found:
        assert one["school"] == "De Meerpaal"
        assert one["report"] == "report"
        assert one["orderly"]
        assert one["leftovers"] == []
        assert one["copies_equal"]
    return [tuple(one[name] for name in names) for one in found]


def once_over(
    seen: list[tuple[object, ...]], old: tuple[object, ...], new: tuple[object, ...]
) -> bool:
    """Whether the old world was found up to some step, and from there on the new one."""
    turn = seen.index(new)
    return 0 < turn < len(seen) - 1 and seen == [old] * turn + [new] * (len(seen) - turn)


def test_a_leaver_is_in_or_out(template_school: School, tmp_path: Path) -> None:
    found = played(template_school, tmp_path, "revoke")
    assert len(found) > 20
    seen = worlds(found, "administrator", "teacher")
    assert once_over(seen, (True, True), (False, True))


def test_a_password_is_the_old_one_or_the_new_one(
    template_school: School, tmp_path: Path
) -> None:
    seen = worlds(played(template_school, tmp_path, "password"), "new_password")
    assert once_over(seen, (False,), (True,))


def test_new_keys_for_everything_lose_nothing(template_school: School, tmp_path: Path) -> None:
    stride = 1 if os.environ.get("BOORDBOEK_PROFILE") == "torture" else 5
    found = played(template_school, tmp_path, "renew", stride)
    assert len(found) * stride > 30
    assert set(worlds(found, "administrator", "teacher")) == {(True, True)}


def test_access_is_renewed_or_it_is_not(template_school: School, tmp_path: Path) -> None:
    seen = worlds(played(template_school, tmp_path, "reissue"), "teacher")
    assert once_over(seen, (True,), (False,))
