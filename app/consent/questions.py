"""What is asked about consent, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.consent.facts import Subject
from app.consent.records import Channel, Objection, UnclearAnswer
from app.people.records import StaffMember
from app.record import Question
from app.register.records import School

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubjectFacts(Question[Subject | None]):
    """The facts about one pupil, or None when there is no such pupil.

    Attributes:
        use: only decisions about this use (`medium:channel`); all of them when "".
    """

    pupil_id: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class SubjectsFacts(Question[tuple[Subject, ...]]):
    """The facts about several pupils, in the order of the ids; unknown ids are left out."""

    pupil_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelsThen(Question[tuple[Channel, ...]]):
    """The channels as they were set at an instant, inclusive; without those begun later."""

    at: datetime


@dataclass(frozen=True, slots=True)
class SchoolThen(Question[School | None]):
    """The settings of the school as they were at an instant, inclusive; None before any."""

    at: datetime


@dataclass(frozen=True, slots=True)
class FactsBefore(Question[frozenset[str]]):
    """Ids of the facts about a subject that were stored by an instant; see `Subject.as_known`.

    By the order in which they were stored, so that a clock that was set back hides nothing.
    """

    subject_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How far the asking has come.

    Attributes:
        deciders: pairs of a present pupil and a guardian who has or may have authority.
        answered: pairs with at least one decision.
        authority_open: pairs whose authority is not known.
        without_guardian: present pupils without any guardian.
    """

    deciders: int
    answered: int
    authority_open: int
    without_guardian: int


@dataclass(frozen=True, slots=True)
class StaffAsKnown(Question[StaffMember | None]):
    """A member of staff as known at an instant; None when not known then."""

    staff_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CountAnswers(Question[AnswerCounts]):
    """How many guardians of present pupils have answered anything at all."""

    on: date


@dataclass(frozen=True, slots=True)
class AuthorityOpen(Question[tuple[tuple[str, str], ...]]):
    """Pairs of pupil id and guardian id whose authority is not known, by name of the pupil."""

    on: date
    limit: int = 200


@dataclass(frozen=True, slots=True)
class WithoutGuardian(Question[tuple[str, ...]]):
    """Ids of present pupils without any guardian, by name."""

    on: date
    limit: int = 200


@dataclass(frozen=True, slots=True)
class NewestDay(Question[date | None]):
    """The last day on which decisions about a subject were signed or recorded, or None."""

    subject_id: str


@dataclass(frozen=True, slots=True)
class HighestForm(Question[int]):
    """The highest running number of the forms that were issued, 0 when there is none."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What was written since an entry of the journal.

    Attributes:
        pupils: ids of pupils whose facts, name, group or guardians were written.
        everything: a channel, group, site or the school itself was written.
    """

    pupils: tuple[str, ...]
    everything: bool


@dataclass(frozen=True, slots=True)
class TouchedSince(Question[Touched]):
    """The pupils touched by journal entries with a higher number than this one."""

    number: int


@dataclass(frozen=True, slots=True)
class LastWritten(Question[dict[str, int]]):
    """The newest journal entry about each of some pupils and adults, by id.

    What `TouchedSince` tells of everybody, for lists that look at few. Who is unknown is
    missing.
    """

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedBy(Question[dict[str, str]]):
    """Who recorded the facts about a pupil: the id of a user by the id of a fact.

    Decisions, retractions, authority, safety flags, enrolments and objections.
    """

    pupil_id: str


@dataclass(frozen=True, slots=True)
class UnclearAbout(Question[tuple[UnclearAnswer, ...]]):
    """Everything on paper that nobody could read, with what took it back.

    Who was merged with somebody else counts as the one that goes on.

    Attributes:
        subject_ids: only about these; about everybody when empty.
        beside_answers: to be laid beside answers. A merger records the answers of the record
            given up once more, later than its papers; a paper that came after them is then
            given as recorded no earlier than they, so that they do not seem to follow it.
        known_at: mergers after this instant do not count for that.
    """

    subject_ids: tuple[str, ...] = ()
    beside_answers: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ObjectionsAbout(Question[tuple[Objection, ...]]):
    """All facts about objections for a pupil, also of records that were merged into it."""

    pupil_id: str
