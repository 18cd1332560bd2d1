"""Kills an office at work at random moments and looks at what the next person finds.

Run as a program with a register to copy, an empty folder, a number of kills and a seed. Forks
one child for each kill; the child says on a pipe what it begins and what it finished, the parent
hears some of it, kills it without warning and then demands: everything finished is there, nothing is there by
half, journals verify, the teacher's list is proven. Prints figures as JSON. A program of its own,
because forking needs a process without threads.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.campaigns.office import ACTS, Found, Office, expected, holds
from tests.registers import School

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 300.0
SCENE_KILLS = 20
MOST_ACTS = 7


class Said(NamedTuple):
    """What the child said about one act: it began, or it is done."""

    number: int
    act: str
    done: bool


class Campaign:
    """One run of kills; `figures` counts what came of them."""

    def __init__(self, template: Path, place: Path, seed: int) -> None:
        self.template, self.place, self.seed = template, place, seed
        self.random = Random(seed)
        self.figures: Counter[str] = Counter()
        self.number = 0

    def run(self, kills: int) -> None:
        """So many kills, on a fresh copy of the register every now and then."""
        for kill in range(kills):
            if kill % SCENE_KILLS == 0:
                shutil.rmtree(self.place, ignore_errors=True)
                shutil.copytree(self.template, self.place)
                office = Office(school_at(self.place), Random(self.seed + kill))
                office.prepare()
                self.known = Found.of(office)
                office.school.lock()
            self.one_kill(kill)

    def one_kill(self, kill: int) -> None:
        """A child works until it is killed; then everything is looked at."""
        early = self.random.random() < 0.15
        acts = None if early else self.random.randrange(MOST_ACTS)
        said = self.play(kill, acts, self.random.uniform(0.0, 0.06 if early else 0.2))
        done = [one for one in said if one.done]
        cut = next(
            (one for one in said if not one.done and one._replace(done=True) not in done), None
        )
        office = Office(school_at(self.place), Random(kill))
        now = Found.of(office)
        for one in done:
            self.known = expected(self.known, one.act, one.number)
        if cut is None:
            assert holds(now, self.known), (self.seed, kill, said, self.known, now)
        else:
            after = expected(self.known, cut.act, cut.number)
            landed = not holds(now, self.known)
            assert not landed or holds(now, after), (self.seed, kill, said, self.known, now)
            self.figures[f"{cut.act} {'new' if landed else 'old'}"] += 1
            self.known = after if landed else self.known
        office.school.lock()
        self.figures["kills"] += 1
        self.figures["acts finished"] += len(done)
        self.number += len(said) + 1

    def play(self, kill: int, acts: int | None, delay: float) -> list[Said]:
        """Everything the child said before it was killed.

        Args:
            kill: number of the kill.
            acts: finished before the clock begins to run, however busy the machine is; None to
                begin at once.
            delay: in seconds.
        """
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            work(self.place, self.seed * 1000 + kill, self.number, writing)
        os.close(writing)
        said = b"" if acts is None else listen(reading, acts)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), (self.seed, kill, "the child failed by itself")
        with os.fdopen(reading, "rb") as pipe:
            said += pipe.read()
        return list(heard(said.decode("ascii")))


def listen(pipe: int, acts: int) -> bytes:
    """What a child says until it has begun and finished so many acts, or ended."""
    said = b""
    while not said or said.count(b"done ") < acts:
        ready, _, _ = select.select([pipe], [], [], PATIENCE)
        assert ready, ("the child does nothing", said)
        more = os.read(pipe, 4096)
        if not more:
            break
        said += more
    return said


def heard(text: str) -> Iterator[Said]:
    """What the lines of a child say; the last one may be cut off."""
    for line in text.split("\n")[:-1]:
        state, number, act = line.split()
        yield Said(int(number), act, state == "done")


def work(place: Path, seed: int, number: int, pipe: int) -> None:
    """The child: does one act after the other until it is killed."""
    try:
        random = Random(seed)
        office = Office(school_at(place), random)
        office.open()
        while True:
            number += 1
            act = random.choices([*ACTS], [weight for weight, _ in ACTS.values()])[0]
            os.write(pipe, f"begin {number} {act}\n".encode())
            ACTS[act][1](office, number)
            os.write(pipe, f"done {number} {act}\n".encode())
    finally:
        traceback.print_exc()  # nothing but a kill should end it
        os._exit(1)


def school_at(place: Path) -> School:
    """The register that stands in a folder."""
    return School(place / "register", place / "remembered", "")


def main(template: Path, place: Path, kills: int, seed: int) -> None:
    campaign = Campaign(template, place, seed)
    campaign.run(kills)
    print(json.dumps({"seed": seed, **campaign.figures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
