"""Whatever the disk holds after the power went, the old world stands there or the new one."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.campaigns.beginnings import CAMPAIGNS
from tests.campaigns.deeds import DEEDS
from tests.campaigns.disk import Disk
from tests.campaigns.places import TORTURE, memory_folder
from tests.campaigns.shim import Call, built, under
from tests.campaigns.test_killed import ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers import School

linux = pytest.mark.skipif(sys.platform != "linux", reason="stands before the C library")

SOME = ["withdraw", "letter", "report", "password", "revoke"]
SETS = [[deed] for deed in (*DEEDS, *CAMPAIGNS)] if TORTURE else [SOME]
PICTURES = 420 if TORTURE else 6
"""Of each deed."""


@linux
@pytest.mark.parametrize("deeds", SETS, ids=" ".join if TORTURE else len)
def test_a_deed_during_which_the_power_goes_is_done_or_not(
    template_school: School, tmp_path: Path, deeds: list[str]
) -> None:
    with memory_folder(tmp_path) as folder:
        command = [
            *(
                sys.executable,
                "-m",
                "tests.campaigns.outage",
                str(template_school.folder.parent),
            ),
            *(str(folder / "outage"), str(SEED), str(PICTURES), *deeds),
        ]
        surroundings = {**under(built(tmp_path)), "TMPDIR": str(folder)}
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, env=surroundings
        )
    assert done.returncode == 0, done.stderr
    figures: dict[str, int] = json.loads(done.stdout)
    print(f"power cut in {' '.join(deeds)}: {figures}")
    assert figures["pictures"] == PICTURES * len(deeds)


# -- the disk itself ------------------------------------------------------------------------------

Ends = set[tuple[tuple[str, bytes], ...]]


def ends(folder: Path, *made: tuple[str, str, bytes]) -> Ends:
    """Everything that may stand in an empty folder after some calls."""
    folder.mkdir(exist_ok=True)
    disk = Disk(folder)
    for kind, name, content in made:
        path = str(folder / name) if name else str(folder)
        disk.take(Call(kind, path, str(folder / "b"), 0, content))
    found = set()
    for seed in range(60):
        place = folder.with_name(f"{folder.name}-{seed}")
        place.mkdir()
        disk.after(place, Random(seed))
        found.add(tuple((path.name, path.read_bytes()) for path in sorted(place.iterdir())))
    return found


WRITTEN = (("c", "a", b""), ("w", "a", b"new"))


def test_what_was_not_synced_may_be_there_or_not(tmp_path: Path) -> None:
    assert ends(tmp_path / "d", *WRITTEN) == {(), (("a", b""),), (("a", b"new"),)}


def test_what_was_synced_is_there_once_its_name_is(tmp_path: Path) -> None:
    made = (*WRITTEN, ("s", "a", b""))
    assert ends(tmp_path / "d", *made) == {(), (("a", b"new"),)}
    assert ends(tmp_path / "e", *made, ("s", "", b"")) == {(("a", b"new"),)}


def test_a_rename_may_arrive_before_the_content(tmp_path: Path) -> None:
    made = (*WRITTEN, ("s", "", b""), ("r", "a", b""))
    assert (("b", b""),) in ends(tmp_path / "d", *made)


def test_of_a_long_write_some_sectors_may_arrive(tmp_path: Path) -> None:
    made = (("c", "a", b""), ("s", "", b""), ("w", "a", b"x" * 1024))
    contents = {files[0][1] for files in ends(tmp_path / "d", *made)}
    assert contents == {b"", b"x" * 512, bytes(512) + b"x" * 512, b"x" * 1024}
