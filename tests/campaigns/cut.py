"""Ends a process, or lets the disk fail, at the n-th call of a deed that changes a file.

Run under the library of `tests/campaigns/shim.c` with a register to copy, an empty folder, a
seed, how many points to
kill each deed at (0: every one) and to try each other way at (0: one of one), and names of deeds. Forks one child
for each point. The child says on a pipe when the deed is done; the parent demands afterwards:
the old world or the new one, the new one if it was said to be done, the old one if it was said
to have failed, no yes on the list that consent does not hold. Prints figures as JSON.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from app.errors import Trouble
from app.record import Compartment
from tests.campaigns.deeds import DEEDS, Scene, furnish
from tests.campaigns.killed import school_at
from tests.campaigns.office import Office
from tests.campaigns.shim import DONE, Call, Way, arm, calls, disarm
from tests.campaigns.world import World

UNKNOWN = "register.write_unknown"
"""Not even undoing was possible; then either world may be found afterwards."""


class Cut(NamedTuple):
    """A way to be interrupted."""

    way: Way
    error: int = 0

    @property
    def name(self) -> str:
        """As it stands in the figures."""
        error = errno.errorcode.get(self.error, "")
        return " ".join(part for part in (self.way.name.lower(), error.lower()) if part)


CUTS = (
    Cut(Way.KILL),
    Cut(Way.TEAR),
    Cut(Way.FAIL_ONCE, errno.EIO),
    Cut(Way.FAIL_ON, errno.EIO),
    Cut(Way.FAIL_ON, errno.ENOSPC),
)


class Campaign:
    """All points of some deeds; `figures` counts what came of them."""

    def __init__(self, template: Path, place: Path, seed: int) -> None:
        self.seed, self.random = seed, Random(seed)
        self.figures: Counter[str] = Counter()
        place.mkdir(parents=True)
        self.base, self.place, self.book = place / "base", place / "scene", place / "book"
        self.case = self.code = self.deed = ""
        self.template = template
        self.furnish()
        self.fresh()
        self.old = self.look()

    def furnish(self) -> None:
        """Make the scene in which the deeds are done."""
        shutil.copytree(self.template, self.base)
        office = Office(school_at(self.base), Random(self.seed))
        scene = furnish(office)
        office.school.lock()
        self.case, self.code = scene.case, scene.code

    def begin(self, scene: Scene) -> None:
        """Whatever comes before the deed."""
        scene.office.open()

    def do(self, scene: Scene) -> None:
        """The deed."""
        DEEDS[self.deed](scene)

    def run(self, deed: str, kills: int, others: int) -> None:
        """So many points at which a deed is killed, and of each other way.

        Args:
            deed: which.
            kills: 0 for every point.
            others: 0 for one point of one of the other ways.
        """
        made, _ = self.rehearse(deed)
        steps = [call.kind for call in made]
        every = [*range(1, len(steps) + 1)]
        for point in self.some(every, kills) if kills else every:
            self.strike(deed, CUTS[0], point)
        for cut in CUTS[1:] if others else [self.random.choice(CUTS[1:])]:
            torn = [number for number in every if steps[number - 1] == "w"]
            for point in self.some(torn if cut.way == Way.TEAR else every, others or 1):
                self.strike(deed, cut, point)

    def rehearse(self, deed: str) -> tuple[list[Call], int]:
        """The calls of a deed that nothing happens to, and after how many it said to be done."""
        self.deed = deed
        said = self.child(deed, Cut(Way.COUNT), 0)
        assert said == ["done", "locked"], (deed, said)
        self.new = self.look()
        steps = list(calls(self.book.read_bytes()))
        done = next(number for number, call in enumerate(steps) if call.kind == "!")
        del steps[done]
        self.figures["calls"] += len(steps)
        return steps, done

    def some(self, points: list[int], share: int) -> list[int]:
        """So many of these points, spread over them."""
        return sorted(self.random.sample(points, min(share, len(points))))

    def strike(self, deed: str, cut: Cut, point: int) -> None:
        """Interrupt a deed at one point and look at what came of it."""
        said = self.child(deed, cut, point)
        now = self.look()
        where = (self.seed, deed, cut.name, point, said)
        assert now in (self.old, self.new), (where, differing(now, self.old, self.new))
        landed = now == self.new
        if "done" in said:
            assert landed, where
        elif said and said[-1] != UNKNOWN:
            assert self.old == self.new or landed == ("stored" in said), where
        self.figures["points"] += 1
        self.figures[f"{cut.name}: {'new' if landed else 'old'}"] += 1
        self.figures["acknowledged"] += "done" in said

    def fresh(self) -> None:
        """The scene as it was before the deed."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)

    def child(self, deed: str, cut: Cut, point: int) -> list[str]:
        """What a child said of a deed that was interrupted: done, or which trouble, and locked."""
        self.fresh()
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self.work(deed, cut, point, writing)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as pipe:
            said = pipe.read().split()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        assert killed or status == 0, (self.seed, deed, cut.name, point, said)
        return said

    def work(self, deed: str, cut: Cut, point: int, pipe: int) -> None:
        """The child: does the deed and goes home."""
        code = 1
        try:
            scene = self.scene(self.place)
            self.begin(scene)
            book = os.open(self.book, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            arm(self.place, point, cut.way, cut.error, book if cut.way == Way.COUNT else -1)
            os.write(pipe, self.outcome(scene).encode())
            if cut.way == Way.COUNT:
                os.write(book, DONE)
            if cut.way in (Way.FAIL_ONCE, Way.FAIL_ON):
                disarm()
                looks(scene)
            scene.office.school.lock()
            os.write(pipe, b"locked ")
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)

    def outcome(self, scene: Scene) -> str:
        """Done, or the trouble that was told, and "stored" when it was done after all."""
        try:
            self.do(scene)
        except Trouble as trouble:
            stored = "stored " if trouble.done else ""
            return f"{stored}{trouble.message.id} "
        return "done "

    def scene(self, place: Path) -> Scene:
        """The register in a folder, with nobody signed in."""
        return Scene(Office(school_at(place), Random(self.seed)), self.case, self.code)

    def look(self) -> World | str:
        """What the next person finds."""
        office = self.scene(self.place).office
        if self.deed == "next_morning":
            office.school.clock.move(timedelta(days=1))
        try:
            return World.of(office)
        finally:
            office.school.lock()


def looks(scene: Scene) -> None:
    """Whoever is signed in still is, and can look at everything."""
    if scene.office.school._session is None:
        return  # nobody got in
    session = scene.office.school._session
    for part in Compartment:
        if session.opens(part) and not session._compartments._shut:
            with session.look(part) as reader:
                assert reader.head().number >= 0


def differing(
    now: object, old: object, new: object
) -> list[tuple[str, object, object, object]]:
    """The parts in which a world is neither."""
    return [
        (name, getattr(now, name), getattr(old, name), getattr(new, name))
        for name in getattr(now, "__slots__", ())
        if not getattr(now, name) == getattr(old, name) == getattr(new, name)
    ]


def main(
    template: Path, place: Path, seed: int, share: tuple[int, int], deeds: list[str]
) -> None:
    from tests.campaigns.beginnings import CAMPAIGNS

    figures: Counter[str] = Counter()
    for kind in {CAMPAIGNS.get(deed, Campaign): None for deed in deeds}:
        campaign = kind(template, place / kind.__name__, seed)
        for deed in deeds:
            if CAMPAIGNS.get(deed, Campaign) is kind:
                campaign.run(deed, *share)
        figures += campaign.figures
    print(json.dumps({"seed": seed, **figures}))


if __name__ == "__main__":
    each = int(sys.argv[4]), int(sys.argv[5])
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), each, sys.argv[6:])
