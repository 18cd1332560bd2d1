"""An office on a disk that is full, in one of three ways; played by a test, prints figures.

Run as a program with a way, a register to copy, an empty folder and a seed:

- `memory`: a real file system of a few MiB, mounted for this process alone (needs root);
- `limit`: no file may grow beyond a size, as with a quota;
- `readonly`: the folder mounted so that nothing can be written (needs root).

Every act must end in its trouble or be done; nothing may be lost; and after there is room again
the same act works.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from app.errors import Trouble
from app.record import Compartment
from app.start.begin import make_ready
from tests.campaigns.killed import school_at
from tests.campaigns.office import ACTS, Found, Office, expected

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = "64m"
FULL = {"register.disk_full", "register.disk_failed", "store.disk_failed"}
READ_ONLY = {"register.read_only"}
UNKNOWN = "register.write_unknown"
"""Not even undoing was possible; then either world may be found afterwards."""


def mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


@contextmanager
def no_room(way: str, place: Path, random: Random) -> Iterator[None]:
    """While this lasts, (nearly) nothing more can be written."""
    ballast = place / "ballast"
    if way == "limit":
        # An SQLite page, a journal, a directory: some still fit under it, others do not.
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = random.choice([1024, 8192, 65536, 200_000])
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    elif way == "memory":
        fill(ballast, leave=random.choice([0, 0, 4096, 40_000, 150_000]))
        try:
            yield
        finally:
            ballast.unlink()
    else:
        mount("-o", "remount,bind,ro", str(place))
        try:
            yield
        finally:
            mount("-o", "remount,bind,rw", str(place))


def fill(ballast: Path, leave: int) -> None:
    """Fill the file system up, all but some bytes."""
    free = os.statvfs(ballast.parent)
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        size = max(0, free.f_bavail * free.f_frsize - leave)
        os.posix_fallocate(handle, 0, max(1, size))
    finally:
        os.close(handle)


def reads(office: Office) -> None:
    """Whoever is signed in can still look at everything."""
    for part in Compartment:
        with office.session.look(part) as reader:
            assert reader.head().number >= 0
    assert office.family.pupil.first_name == "Zoë"


def main(way: str, template: Path, place: Path, seed: int, rounds: int) -> None:
    random, figures = Random(seed), Counter[str]()
    place.mkdir(exist_ok=True)
    if way == "memory":
        mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place))
    elif way == "readonly":
        mount("--bind", str(place), str(place))
    shutil.copytree(template, place, dirs_exist_ok=True)
    tempfile.tempdir = str(place)  # what is full is full for everybody
    office = Office(school_at(place), random)
    office.prepare()
    known, number = Found.of(office), 0
    for act in [*ACTS] * (rounds if way != "readonly" else 0):
        number += 1
        outcome = attempt(office, act, number, way, place)
        office.school.lock()
        now, after = Found.of(office), expected(known, act, number)
        allowed = {"done": (after,), UNKNOWN: (known, after)}.get(outcome, (known,))
        assert now in allowed, (seed, act, outcome, known, now)
        figures[f"{act} {outcome}"] += 1
        number += 1
        ACTS[act][1](office, number)  # there is room again
        known = expected(now, act, number)
    office.school.lock()
    locked_out(office, way, place, figures)
    print(json.dumps({"seed": seed, **figures}))


def attempt(office: Office, act: str, number: int, way: str, place: Path) -> str:
    """What one act comes to while there is no room."""
    with no_room(way, place, office.random):
        try:
            ACTS[act][1](office, number)
        except Trouble as trouble:
            demand(trouble, FULL | {UNKNOWN})
            if trouble.message.id != UNKNOWN:
                reads(office)
            return trouble.message.id
        return "done"


def demand(trouble: Trouble, allowed: set[str]) -> None:
    """Whether the right reason was told."""
    assert trouble.message.id in allowed, trouble


def locked_out(office: Office, way: str, place: Path, figures: Counter[str]) -> None:
    """On a full disk one can still sign in and look; a read-only folder says that it is one."""
    with no_room(way, place, Random(2)):  # this seed leaves no byte
        try:
            office.session = office.unlock()
            reads(office)
            figures["opened"] += 1
            make_ready(office.session)
        except Trouble as trouble:
            demand(trouble, READ_ONLY if way == "readonly" else FULL)
            figures[f"opening {trouble.message.id}"] += 1
    office.school.lock()
    Found.of(office)
    office.school.lock()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
