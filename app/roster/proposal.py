"""What an import would do, line by line, for a person to accept.

Nothing here is stored. A line is about one pupil, guardian, member of staff, group or site.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.errors import Message
    from app.roster.plan import Plan
    from app.roster.roster import Dropped, Fault, Where


class About(StrEnum):
    """What a line is about."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"
    GROUP = "group"
    SITE = "site"

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, not a place."""
        return self not in (About.GROUP, About.SITE)


class Change(StrEnum):
    """What a line would do."""

    NEW = "new"
    CHANGED = "changed"
    LEFT = "left"
    RETURNED = "returned"
    MERGED = "merged"
    UNCHANGED = "unchanged"


class Choice(StrEnum):
    """What a person decides about a line; `SAME` needs the id of the person meant."""

    ACCEPT = "accept"
    NEW = "new"
    SAME = "same"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, its value in the register and in the source, as texts (days as ISO)."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in the register who may be meant, with what tells him apart."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a proposal.

    Attributes:
        key: identifies the line within the proposal ("pupil:00001", "pupil:-<id>" for one who
            is missing from the source).
        about, change: what it is about and what it would do.
        name: for a person to recognise; `detail` tells namesakes apart (group, birth date).
        record_id: id in the register, or "" for a new one.
        where: place in the source, or None for somebody who is not in it.
        fields: what changes, or what a new record holds.
        doubt: why a person has to decide first, or None.
        candidates: who may be meant, when the doubt is about that.
    """

    key: str
    about: About
    change: Change
    name: str
    detail: str = ""
    record_id: str = ""
    where: Where | None = None
    fields: tuple[FieldChange, ...] = ()
    doubt: Message | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """Doubtful lines of one kind, which may be decided about together.

    Attributes:
        first: one of them, which says what they are about, what would be done and the doubt.
        keys: of all of them.
    """

    first: Line
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about a line; `same` is the id for `Choice.SAME`."""

    choice: Choice
    same: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything an import would do.

    Attributes:
        lines: doubtful ones first, then by what they are about, change and name, each made
            when it is looked at. Unchanged people are counted in `counts` and have no line.
        counts: how many lines there are of each kind: (about, change, number).
        dropped, faults: as read.
        warning: what a person has to know before anything else, such as that the file is old.
        stale: digest of the state of the register that was compared with; accepting
            refuses when it changed meanwhile.
        plan: what would be written, for accepting.
        spent: nobody looks at it any more: once it was written, plan and lines are let go, so
            that what follows has the room.
    """

    lines: Sequence[Line]
    counts: tuple[tuple[About, Change, int], ...]
    dropped: tuple[Dropped, ...] = ()
    faults: tuple[Fault, ...] = ()
    warning: Message | None = None
    stale: str = ""
    plan: Plan | None = None
    spent: bool = False

    @property
    def doubtful(self) -> tuple[Line, ...]:
        """The lines that a person has to decide about; they come first."""
        found = getattr(self.lines, "doubtful", None)  # quick for lines that are made late
        return tuple(line for line in self.lines if line.doubt) if found is None else found

    @property
    def doubts(self) -> int:
        """How many lines a person has to decide about."""
        found = getattr(self.lines, "doubts", None)
        return len(self.doubtful) if found is None else int(found)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.lines
