"""What is stored of asking: rounds, and requests that left no paper of ours.

A form or a reminder that was issued is a request by itself; it is not stored a second time.
Whatever comes first is the request and what follows is a reminder, so both are one kind of
fact. Whether there was an answer is never stored: it follows from the decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class RoundKind(StrEnum):
    """Why a round was begun; it decides who belongs in it."""

    NEW_PUPIL = "new_pupil"
    NEW_WORDING = "new_wording"
    OF_AGE = "of_age"
    AUTHORITY = "authority"
    OPEN = "open"
    RENEWAL = "renewal"
    REMINDER = "reminder"
    ONE_OFF = "one_off"


class Way(StrEnum):
    """How somebody was asked or reminded; an issued form or letter is never stored again."""

    FORM = "form"
    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in_person"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Record):
    """A fact: from this day the office asks a part of the school for one reason.

    Attributes:
        started_on: with a renewal, every answer signed before this day is asked anew.
        site_id, group_id: only pupils taught there, or "" for all.
        form_version_id: the newest wording when the round began, or "" when there was none.
        channel: key of the one-off use that it asks about, or "".
        ended: the round is over, or was begun by mistake; `replaces` names it.
    """

    kind: RoundKind
    started_on: date
    site_id: str = ""
    group_id: str = ""
    form_version_id: str = ""
    channel: str = ""
    recorded_at: datetime
    replaces: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Record):
    """A fact: somebody was asked or reminded on a day, without paper of ours.

    Attributes:
        subject_id: pupil or member of staff whom the recordings show.
        decider_id: who was asked: a guardian, the pupil, or the member of staff.
        round_id: the round in which it was done, or "".
        how: the way; never `FORM`, nor `LETTER` for a letter that the program wrote.
        form_version_id: the wording that was meant, or "" when none was ever frozen.
        taken_back: it was noted by mistake; `replaces` names it.
    """

    subject_id: str
    decider_id: str
    round_id: str = ""
    asked_on: date
    how: Way
    form_version_id: str = ""
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHandedOut(Record):
    """A fact: a form that was printed never reached whom it was for; it asked nobody.

    Attributes:
        form_id: of the issued form; pupil_id: whom it is about.
        taken_back: it was handed out after all; `replaces` names the fact that said otherwise.
    """

    form_id: str
    pupil_id: str
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False
