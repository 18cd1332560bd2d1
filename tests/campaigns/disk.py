"""What a disk may hold after the power went: only what was synced is sure to be there.

Of what was written to a file since its last sync any part may have arrived, in any order, by
sectors. Of what was done to the names in a folder since its last sync the first so many arrived,
as on a file system that keeps a journal of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from tests.campaigns.shim import Call

SECTOR = 512


@dataclass
class File:
    """A file, whatever it is called: what is sure, and what came after the last sync."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Everything is sure."""
        for offset, content in self.since:
            put(self.sure, offset, content)
        self.since.clear()

    def after(self, random: Random, share: float) -> bytes:
        """What may be found: of what came since, each sector with this chance."""
        found = bytearray(self.sure)
        for offset, content in self.since:
            if content is None:
                if random.random() < share:
                    put(found, offset, None)
                continue
            at = 0
            while at < len(content):
                step = min(SECTOR - (offset + at) % SECTOR, len(content) - at)
                if random.random() < share:
                    put(found, offset + at, content[at : at + step])
                at += step
        return bytes(found)


def put(into: bytearray, offset: int, content: bytes | None) -> None:
    """Write at a place, or cut off there."""
    if content is None:
        del into[offset:]
    into.extend(bytes(max(0, offset - len(into))))
    if content is not None:
        into[offset : offset + len(content)] = content


Names = dict[str, "File | None"]
"""What stands in the folders by path; None for a folder."""
Step = tuple[str, "File | None", bool]
"""A name, what it stands for, and whether it is put there or taken away."""


class Disk:
    """A folder as a disk holds it while calls come in."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(folder.rglob("*"))
        self._root = str(folder)
        self._sure: Names = {
            str(path): None if path.is_dir() else File(bytearray(path.read_bytes()))
            for path in paths
        }
        self._now: Names = dict(self._sure)
        self._since: list[tuple[str, tuple[Step, ...]]] = []

    def moved(self, folder: Path) -> None:
        """Let it be another folder, with the same content."""
        was, self._root = self._root, str(folder)
        for names in (self._sure, self._now):
            renamed = {str(folder) + path[len(was) :]: file for path, file in names.items()}
            names.clear()
            names.update(renamed)

    def take(self, call: Call) -> None:
        """One more call."""
        file = self._now.get(call.path)
        if call.kind == "s":
            if file is not None:
                file.sync()
            else:
                self._sync_folder(call.path)
        elif call.kind in "wt" and file is not None:
            file.since.append((call.offset, call.content if call.kind == "w" else None))
        elif call.kind in "cm":
            self._rename((call.path, File() if call.kind == "c" else None, True))
        elif call.kind == "u":
            self._rename((call.path, file, False))
        elif call.kind in "rl":
            gone = [(call.path, file, False)] if call.kind == "r" else []
            self._rename(*gone, (call.second, file, True))

    def _rename(self, *steps: Step) -> None:
        apply(self._now, steps)
        self._since.append((str(Path(steps[-1][0]).parent), steps))

    def _sync_folder(self, folder: str) -> None:
        for place, steps in self._since:
            if place == folder:
                apply(self._sure, steps)
        self._since = [item for item in self._since if item[0] != folder]

    def after(self, place: Path, random: Random) -> None:
        """Lay down in a folder what may be found after the power went."""
        share = random.choice([0.0, 0.0, 0.5, 0.5, 0.9, 1.0])
        names = dict(self._sure)
        for folder in {folder: None for folder, _ in self._since}:
            several = [steps for name, steps in self._since if name == folder]
            arrived = (
                random.randint(0, len(several)) if 0 < share < 1 else int(share) * len(several)
            )
            for steps in several[:arrived]:
                apply(names, steps)
        for path, file in sorted(names.items()):
            target = place / path[len(self._root) + 1 :]
            if file is None:
                target.mkdir(parents=True, exist_ok=True)
            elif target.parent.is_dir():
                target.write_bytes(file.after(random, share))


def apply(names: Names, steps: tuple[Step, ...]) -> None:
    """Do something to names: put there, or take away."""
    for path, file, there in steps:
        if there:
            names[path] = file
        else:
            names.pop(path, None)
