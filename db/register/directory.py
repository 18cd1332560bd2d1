"""The directory: the membership log and the doors through which users come to their keys.

Doors stand beside the log, so that an old one is gone once it was replaced; the log holds the
hash of each, so that an old one cannot be put back. The whole is one small file of canonical
bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.ports import Head
from db.keys.canonical import Json, to_json
from db.register.entries import Author, Entry
from db.register.envelope import enclosed, opened
from db.register.membership import AlteredError, follow, members_of

if TYPE_CHECKING:
    from datetime import datetime

    from db.register.members import Members

Doors = dict[str, dict[str, Json]]
"""A user's doors by name, each as it is written."""


@dataclass(slots=True)
class Directory:
    """Who may open what in a register.

    Attributes:
        log: all entries, verified.
        doors: the doors of each user, by his id.
        members: what the log adds up to.
    """

    log: list[Entry]
    doors: dict[str, Doors]
    members: Members = field(init=False)

    def __post_init__(self) -> None:
        self.members = members_of(self.log)
        self._check_doors()

    @classmethod
    def begun(cls, author: Author, body: dict[str, Json], at: datetime) -> Directory:
        """A directory with its first entry, and no doors yet."""
        return cls([author.sign(None, "created", body, at)], {})

    @classmethod
    def read(cls, content: bytes) -> Directory:
        """The directory that these bytes write, every signature and right verified.

        Raises:
            NewerError: when a newer version of the program wrote it.
            MalformedError: when it was cut off or altered by accident.
            AlteredError: when it is whole, but does not hold.
        """
        fields = opened(content)
        log = [Entry.read(value) for value in fields.items("log")]
        doors = {
            user: {name: door.values for name, door in found.parts().items()}
            for user, found in fields.part("doors").parts().items()
        }
        return cls(log, doors)

    def written(self) -> bytes:
        """The directory as bytes."""
        log: list[Json] = [dict(entry.written()) for entry in self.log]
        doors: dict[str, Json] = {
            user: dict[str, Json](found) for user, found in self.doors.items()
        }
        return enclosed({"log": log, "doors": doors})

    def copy(self) -> Directory:
        """The same directory, to try something on."""
        return Directory.read(self.written())

    def append(
        self,
        author: Author,
        kind: str,
        body: dict[str, Json],
        at: datetime,
    ) -> Entry:
        """Add an entry; nothing is on disk before the directory is saved.

        Raises:
            AlteredError: when its author has no right to it; do not use the directory then.
        """
        before = self.log[-1]
        entry = author.sign(before, kind, body, at)
        follow(self.members, before, entry)
        self.log.append(entry)
        return entry

    def change_doors(self, author: Author, doors: Doors, at: datetime) -> None:
        """Replace all doors of a user by these, and say so in the log."""
        self.append(author, "door_changed", {"doors": digests(doors)}, at)
        self.take_doors(author.user, doors)

    def take_doors(self, user: str, doors: Doors) -> None:
        """Let a user have these doors, which the newest entry names; none takes his away."""
        self.doors[user] = doors
        if not doors:
            del self.doors[user]

    @property
    def register(self) -> str:
        """Id of the register."""
        return self.members.register

    @property
    def head(self) -> Head:
        """Number and hash of the newest entry."""
        return Head(len(self.log), self.log[-1].digest)

    @property
    def fingerprint(self) -> str:
        """The root fingerprint as printed: 24 characters of the first entry's hash."""
        return fingerprint(self.members.root)

    def has_passed(self, head: Head) -> bool:
        """Whether the log contains an entry that was its newest at some time."""
        return 0 < head.number <= len(self.log) and (
            self.log[head.number - 1].digest == head.digest
        )

    def _check_doors(self) -> None:
        users = self.members.users
        named = {user: member.doors for user, member in users.items() if member.doors}
        if named != {user: digests(found) for user, found in self.doors.items() if found}:
            raise AlteredError


def digests(doors: Doors) -> dict[str, Json]:
    """The hash of each door, as the log holds it."""
    return {
        name: hashlib.sha256(to_json(dict(door))).hexdigest() for name, door in doors.items()
    }


def fingerprint(root: str) -> str:
    """A root as people compare it: "7F3A-91C2-…", 96 bits."""
    text = root[:24].upper()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
