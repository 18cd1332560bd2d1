"""What stands where in a register's folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NEXT = re.compile(r"(?P<name>[a-z_]+)\.db\.(?P<epoch>\d+)\.next")


@dataclass(frozen=True, slots=True)
class Layout:
    """The names in one register's folder."""

    folder: Path

    @property
    def directories(self) -> tuple[Path, Path]:
        """The two copies of the directory."""
        return self.folder / "directory.a", self.folder / "directory.b"

    @property
    def lock(self) -> Path:
        """The file that whoever has the register open holds."""
        return self.folder / "opened"

    @property
    def attempts(self) -> Path:
        """The count of wrong pass phrases."""
        return self.folder / "attempts"

    @property
    def unfinished(self) -> Path:
        """The mark of a register that is being made."""
        return self.folder / "unfinished"

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders of a register, itself first."""
        inboxes = (self.inbox(compartment) for compartment in Compartment)
        return (
            self.folder,
            self.folder / "blobs",
            self.folder / "backups",
            self.folder / "inbox",
            *inboxes,
        )

    def own_folders(self) -> Iterator[Path]:
        """Every folder that is written to through `Files`."""
        yield self.folder
        for place in (self.folder / "inbox", self.folder / "blobs" / "own"):
            yield from (path for path in place.rglob("*") if path.is_dir())

    def database(self, compartment: Compartment) -> Path:
        """A compartment's file."""
        return self.folder / f"{compartment}.db"

    def next_database(self, compartment: Compartment, epoch: int) -> Path:
        """A compartment's file for an epoch that has not begun yet."""
        return self.folder / f"{compartment}.db.{epoch}.next"

    def next_databases(self) -> Iterator[tuple[Compartment, int, Path]]:
        """Files for a next epoch that stand there, with their journals left out."""
        for path in sorted(self.folder.glob("*.next")):
            found = _NEXT.fullmatch(path.name)
            if found and found["name"] in set(Compartment):
                yield Compartment(found["name"]), int(found["epoch"]), path

    def missing_databases(self) -> list[str]:
        """Names of the compartments' files that should stand there and do not."""
        paths = (self.database(compartment) for compartment in Compartment)
        return [path.name for path in paths if not path.is_file()]

    def inbox(self, compartment: Compartment) -> Path:
        """Where sealed reports for a compartment wait."""
        return self.folder / "inbox" / compartment

    def messages(self, user: str) -> Path:
        """Where sealed messages for a user wait."""
        return self.folder / "inbox" / "users" / user

    def own(self, user: str) -> Path:
        """Where a user keeps what is his own."""
        return self.folder / "blobs" / "own" / user
