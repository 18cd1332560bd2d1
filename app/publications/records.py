"""Publications as they are stored: facts that are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class StepKind(StrEnum):
    """What was done about a publication.

    Attributes:
        ASKED: somebody was asked to take it down.
        REMOVED: it was taken down.
        NOT_RECALLED: paper that was handed out stays out; it is not printed again.
        KEPT: it stays, for a reason.
        BACK: it was put back.
    """

    ASKED = "asked"
    REMOVED = "removed"
    NOT_RECALLED = "not_recalled"
    KEPT = "kept"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """A recording that was used, as one fact says it; a correction is one more fact.

    Attributes:
        publication_id: the publication that the fact is about: the id of its first fact.
        used_on, until: first and last day on which it is shown; no last day when None.
        places: where it stands: links, pages, a wall.
        made_by: who made it.
        keeper: who publishes it when that is not the school: a name, then lines of address.
        handed_out: it is printed matter that was handed out and cannot be called back.
        composed: number of the check list from which its people were composed, 0 for none.
        recorded_by: who recorded it.
        recorded_at: when the register learned it.
        replaces: id of the fact that this one corrects or takes back, "" for the first.
        taken_back: it was recorded by mistake and never was.
    """

    publication_id: str
    title: str
    medium: str
    channel: str
    used_on: date
    until: date | None = None
    places: tuple[str, ...] = ()
    made_by: str
    keeper: tuple[str, ...] = ()
    handed_out: bool = False
    note: str = ""
    composed: int = 0
    recorded_by: str
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False

    @property
    def use(self) -> str:
        """What it was used for, `medium:channel`."""
        return f"{self.medium}:{self.channel}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSubject(Record):
    """A fact: somebody is in a publication, or is not.

    Attributes:
        subject_id: pupil or member of staff.
        there: is in it; otherwise was taken off the list of who is.
        outcome, reason: the verdict for the day of use, as it was known when this was recorded.
        conditions: what a "yes, if" asked then.
        found_at: when the school became aware that he or she is in it, at the latest when that
            was recorded.
        replaces: id of the fact about the same person that this one follows, "" for the first.
    """

    publication_id: str
    subject_id: str
    there: bool = True
    outcome: str
    reason: str
    conditions: tuple[str, ...] = ()
    found_at: datetime
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationStep(Record):
    """A fact: something was done to take a publication down, or not to.

    Attributes:
        subject_id: for whom it was done, "" for everybody who is in it.
        taken_on: the day it was done; by: the day by which an answer was asked.
        proof: id of the attached picture or document, or "".
        note: the reason for which it stays, who was asked, what was seen.
        cause: of one that stays: what forbade it when that was decided, see
            `app.publications.state.cause_of`.
        replaces: id of the step that this one takes back, or "".
    """

    publication_id: str
    subject_id: str = ""
    kind: StepKind
    taken_on: date
    by: date | None = None
    proof: str = ""
    note: str = ""
    cause: str = ""
    noted_by: str
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAnswer(Record):
    """A fact: whether a publication without consent was a data breach, and why.

    Attributes:
        replaces: id of the answer that this one corrects or takes back, or "".
        taken_back: the question is open again.
        report: of a breach, the id under which it was sealed to who keeps the dossiers.
        told_on: of a breach, the day on which the authority was told; None while it was not.
        told_how: under which number it was told, or without a day why it is not; "" while
            neither is known.
    """

    publication_id: str
    breach: bool
    reason: str
    report: str = ""
    noted_by: str
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False
    told_on: date | None = None
    told_how: str = ""

    @property
    def waits(self) -> bool:
        """Whether the time to tell the authority still runs."""
        return self.breach and not self.taken_back and not self.told_how
