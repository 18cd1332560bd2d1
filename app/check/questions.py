"""What is asked of the check list, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.check.records import CheckRow, Publication
from app.record import Question

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class FindRows(Question[tuple[CheckRow, ...]]):
    """Rows whose name has, for each typed word, a word that begins with it; by name.

    Attributes:
        adults: of the adults instead of the pupils.
    """

    text: str
    limit: int = 40
    adults: bool = False


@dataclass(frozen=True, slots=True)
class RowsOfGroup(Question[tuple[CheckRow, ...]]):
    """The rows of the pupils of one group ("" for who is in none), in order of names."""

    group_id: str


@dataclass(frozen=True, slots=True)
class RowsOfAdults(Question[tuple[CheckRow, ...]]):
    """The rows of all adults, in order of names."""


@dataclass(frozen=True, slots=True)
class RowsOfBucket(Question[tuple[CheckRow, ...]]):
    """All rows of one bucket, by id."""

    bucket: int


@dataclass(frozen=True, slots=True)
class RowsDue(Question[tuple[str, ...]]):
    """Ids of rows whose answers no longer hold on a day."""

    on: date


@dataclass(frozen=True, slots=True)
class ListedIds(Question[frozenset[str]]):
    """Ids of everybody on the list."""


@dataclass(frozen=True, slots=True)
class ListedGroups(Question[frozenset[str]]):
    """Ids of the groups with at least one pupil on the list."""


@dataclass(frozen=True, slots=True)
class AdultsListed(Question[bool]):
    """Whether any adult is on the list."""


@dataclass(frozen=True, slots=True)
class LatestPublication(Question[Publication | None]):
    """The newest publication, or None when nothing was published yet."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A state of the file: two that are equal mean that nobody wrote in between.

    Attributes:
        opened: differs each time the file is opened.
        others: differs when any other program has written to the file.
        commits: how often this program has written since it opened the file.
    """

    opened: str
    others: int
    commits: int

    def after_commit(self) -> Moment:
        """The moment after this program has written once more, and nobody else."""
        return replace(self, commits=self.commits + 1)


@dataclass(frozen=True, slots=True)
class PresentMoment(Question[Moment]):
    """The state of the file as it is read now."""
