"""Everything that was ever recorded about a pupil's consent, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from app.consent.questions import ObjectionsAbout, RecordedBy, UnclearAbout
from app.consent.records import (
    Answer,
    Decision,
    Objection,
    Retraction,
    SafetyFlag,
    UnclearAnswer,
)
from app.consent.uses import use_key
from app.consent.verdict import corrected
from app.names import full_name
from app.people.card import guardian_name
from app.people.records import Authority, Enrolment, Guardian, Pupil, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.ports import Reader, Session


class Standing(StrEnum):
    """What became of something that was recorded."""

    STANDS = "stands"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person answered at one time, as far as it shares one fate.

    Attributes:
        decisions: in the order of the uses; all share decider, day, way, proof, note and
            who heard them.
        corrects: whether it corrects an earlier entry.
    """

    decisions: tuple[Decision, ...]
    corrects: bool

    @property
    def first(self) -> Decision:
        """One of them, for what they share."""
        return self.decisions[0]

    def uses(self, answer: Answer) -> tuple[str, ...]:
        """The uses that got this answer."""
        return tuple(use_key(d.medium, d.channel) for d in self.decisions if d.answer is answer)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Answers that were entered by mistake, taken back at one time."""

    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What nobody could read of one paper of one person; it is no answer.

    Attributes:
        facts: in the order of the uses; all share decider, day, way, proof and note.
    """

    facts: tuple[UnclearAnswer, ...]

    @property
    def first(self) -> UnclearAnswer:
        """One of them, for what they share."""
        return self.facts[0]

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses that have to be asked again."""
        return tuple(use_key(fact.medium, fact.channel) for fact in self.facts)


Happened = Answered | Unreadable | TakenBack | Authority | SafetyFlag | Enrolment | Objection


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history.

    Attributes:
        at: when the register learned it.
        by: name of the user who recorded it, "" when it came with an import.
        who: name of the person it is about, "" for the pupil.
        what: the facts themselves.
        corrects: a fact about authority, a flag or an enrolment that replaces another one.
    """

    at: datetime
    by: str
    who: str
    what: Happened
    standing: Standing = Standing.STANDS
    corrects: bool = False


def history(session: Session, reader: Reader, pupil_id: str) -> tuple[Entry, ...]:
    """All that was recorded about one pupil's consent, newest first.

    Raises:
        Refusal: `register.not_found`.
    """
    return _Past(session, reader, pupil_id).entries()


class _Past:
    """What the entries of one history share."""

    def __init__(self, session: Session, reader: Reader, pupil_id: str) -> None:
        member = reader.find(StaffMember, pupil_id)
        pupil = member or reader.get(Pupil, pupil_id)
        self._reader, self._pupil_id = reader, pupil_id
        self._authors = reader.ask(RecordedBy(pupil_id))
        self._users = {user.id: user.name for user in session.users()}
        self._names = {pupil_id: full_name(pupil.first_name, pupil.prefix, pupil.surname)}

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, newest first."""
        reader, pupil_id = self._reader, self._pupil_id
        decisions = reader.all(Decision, subject_id=pupil_id)
        retractions = reader.all(Retraction, subject_id=pupil_id)
        found = [*self._answers(decisions, retractions), *self._taken_back(retractions)]
        found += self._facts(reader.all(Authority, pupil_id=pupil_id))
        found += self._facts(reader.all(SafetyFlag, pupil_id=pupil_id))
        found += self._facts(reader.all(Enrolment, pupil_id=pupil_id))
        found += self._unreadable(reader.ask(UnclearAbout((pupil_id,))))
        found += self._objections(reader.ask(ObjectionsAbout(pupil_id)))
        return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))

    def _answers(
        self, decisions: tuple[Decision, ...], retractions: tuple[Retraction, ...]
    ) -> Iterable[Entry]:
        never = {fact.decision_id for fact in retractions}
        replaces = {d.id: d.replaces for d in decisions if d.replaces}
        put_right = corrected(replaces, never)
        fates = {
            d.id: Standing.RETRACTED
            if d.id in never
            else Standing.CORRECTED
            if d.id in put_right
            else Standing.STANDS
            for d in decisions
        }

        def kin(decision: Decision) -> tuple[object, ...]:
            return _together(decision, fates[decision.id])

        for _, some in groupby(sorted(decisions, key=kin), kin):
            answered = tuple(some)
            first = answered[0]
            yield Entry(
                at=first.recorded_at,
                by=self._author(first.id),
                who=self._name(first.decider_id),
                what=Answered(answered, corrects=bool(first.replaces)),
                standing=fates[first.id],
            )

    def _taken_back(self, retractions: tuple[Retraction, ...]) -> Iterable[Entry]:
        def moment(fact: Retraction) -> tuple[datetime, str]:
            return fact.recorded_at, fact.reason

        for (at, reason), some in groupby(sorted(retractions, key=moment), moment):
            facts = tuple(some)
            yield Entry(at, self._author(facts[0].id), "", TakenBack(len(facts), reason))

    def _facts(
        self, facts: tuple[Authority, ...] | tuple[SafetyFlag, ...] | tuple[Enrolment, ...]
    ) -> Iterable[Entry]:
        replaced = {fact.replaces for fact in facts if fact.replaces}
        for fact in facts:
            who = self._name(fact.guardian_id) if isinstance(fact, Authority) else ""
            yield Entry(
                at=fact.recorded_at,
                by=self._author(fact.id),
                who=who,
                what=fact,
                standing=Standing.CORRECTED if fact.id in replaced else Standing.STANDS,
                corrects=bool(fact.replaces),
            )

    def _objections(self, facts: tuple[Objection, ...]) -> Iterable[Entry]:
        ended = {fact.replaces for fact in facts if fact.replaces}
        for fact in facts:
            yield Entry(
                at=fact.recorded_at,
                by=self._author(fact.id),
                who=fact.person_name,
                what=fact,
                standing=Standing.RETRACTED if fact.id in ended else Standing.STANDS,
            )

    def _unreadable(self, facts: tuple[UnclearAnswer, ...]) -> Iterable[Entry]:
        ended = {fact.replaces for fact in facts if fact.taken_back}

        def kin(fact: UnclearAnswer) -> tuple[object, ...]:
            paper = fact.decider_id, fact.signed_on, fact.form_version_id, fact.proof
            return fact.recorded_at, fact.taken_back, fact.id in ended, *paper, fact.note

        for _, some in groupby(sorted(facts, key=kin), kin):
            found = tuple(some)
            first = found[0]
            fate = Standing.RETRACTED if first.id in ended else Standing.STANDS
            yield Entry(
                at=first.recorded_at,
                by=self._author(first.id),
                who="" if first.taken_back else self._name(first.decider_id),
                what=TakenBack(len(found), "") if first.taken_back else Unreadable(found),
                standing=fate,
            )

    def _author(self, fact_id: str) -> str:
        return self._users.get(self._authors.get(fact_id, ""), "")

    def _name(self, person_id: str) -> str:
        if person_id not in self._names:
            guardian = self._reader.find(Guardian, person_id)
            self._names[person_id] = guardian_name(guardian) if guardian else ""
        return self._names[person_id]


def _together(decision: Decision, standing: Standing) -> tuple[object, ...]:
    """What decisions share that stand in one entry."""
    return (
        decision.recorded_at,
        decision.decider_id,
        decision.signed_on,
        decision.received_on,
        decision.how,
        decision.proof,
        decision.note,
        decision.taken_by,
        standing,
        bool(decision.replaces),
    )
