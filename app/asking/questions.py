"""What is asked about asking, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.asking.contacts import Contact
from app.record import Question

if TYPE_CHECKING:
    from datetime import date

    from app.asking.needs import Cause, Setting


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A decider with open questions about a pupil or a member of staff.

    Attributes:
        causes: why, the most telling first.
        asked: when and how asked, or None when that was not done yet.
        reminders: how often since; last: the newest contact.
        partly: other uses were answered.
    """

    subject_id: str
    decider_id: str
    causes: tuple[Cause, ...]
    asked: Contact | None = None
    last: Contact | None = None
    reminders: int = 0
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the school: one site, one group, or all of it."""

    site_id: str = ""
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A round in which answers from before a day are asked anew."""

    before: date
    where: Selection = Selection()


@dataclass(frozen=True, slots=True)
class NamePart:
    """Who stands in the order of names behind one name, up to another, inclusive.

    Attributes:
        after, upto: as names are ordered; staff belong in the part with an open end, None.
    """

    after: str = ""
    upto: str | None = None


@dataclass(frozen=True, slots=True)
class NameParts(Question[tuple[NamePart, ...]]):
    """The whole school in parts of about so many deciders, in the order of names."""

    many: int


@dataclass(frozen=True, slots=True)
class OpenPairs(Question[tuple[OpenPair, ...]]):
    """Every decider who has to be asked, by name of the pupil, staff last.

    Attributes:
        setting: the day and the uses that are asked; its own `renewed` is not looked at.
        decides_from: age from which a pupil decides alone.
        renewals: rounds of renewal that are going on.
        pupil_id: about one pupil or adult only, or "" for the whole school.
        group_ids: about the pupils of these groups only, and no adult; empty for everybody.
        part: about a part of the school only, or None.
    """

    setting: Setting
    decides_from: int
    renewals: tuple[Renewal, ...] = ()
    pupil_id: str = ""
    group_ids: tuple[str, ...] = ()
    part: NamePart | None = None


@dataclass(frozen=True, slots=True)
class AskingCounts:
    """How many deciders are to be asked, and how many were asked and have not answered.

    Attributes:
        overdue: those among who waits whose last contact is longer ago than what is usual.
        partly: who answered but left something open; counted nowhere else.
    """

    to_ask: int
    waiting: int
    overdue: int = 0
    partly: int = 0

    def plus(self, other: AskingCounts) -> AskingCounts:
        """Both together."""
        return AskingCounts(
            self.to_ask + other.to_ask,
            self.waiting + other.waiting,
            self.overdue + other.overdue,
            self.partly + other.partly,
        )


@dataclass(frozen=True, slots=True)
class CountOpen(Question[AskingCounts]):
    """How many are in the list of `pairs`, without making it.

    Attributes:
        overdue_after: days after a last contact, exclusive, that waiting is usual.
    """

    pairs: OpenPairs
    overdue_after: int


@dataclass(frozen=True, slots=True)
class StandingPairs(Question[tuple[tuple[str, str], ...]]):
    """Subject and decider of everybody who decides and has answered anything, adults last."""

    on: date
    decides_from: int
    where: Selection = Selection()


@dataclass(frozen=True, slots=True)
class ContactsOf(Question[tuple[tuple[str, Contact], ...]]):
    """Every contact about one subject, with the decider, oldest first."""

    subject_id: str


@dataclass(frozen=True, slots=True)
class ContactsInRound(Question[tuple[tuple[str, str, Contact], ...]]):
    """Every contact in one round, with subject and decider."""

    round_id: str


@dataclass(frozen=True, slots=True)
class ToldSince(Question[frozenset[tuple[str, str]]]):
    """Subject and decider of everybody to whom a yearly letter was sent since a day."""

    day: date
