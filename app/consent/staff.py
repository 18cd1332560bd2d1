"""Members of staff, who decide alone about recordings of themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from app import names
from app.consent.facts import (
    DecisionFact,
    FlagFact,
    PresenceFact,
    RetractionFact,
    Subject,
)
from app.consent.questions import FactsBefore, StaffAsKnown
from app.consent.records import Decision, Retraction, SafetyFlag
from app.consent.uses import use_key
from app.people.records import StaffMember

if TYPE_CHECKING:
    from app.ports import Reader

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def staff_subject(reader: Reader, staff_id: str, known_at: datetime | None) -> Subject | None:
    """The facts about a member of staff, all or as known at an instant; None when unknown.

    Whoever has not left is present, from the first to the last day where these are known.
    """
    member = (
        reader.find(StaffMember, staff_id)
        if known_at is None
        else reader.ask(StaffAsKnown(staff_id, known_at))
    )
    if member is None:
        return None
    subject = Subject(
        id=member.id,
        birth_date=None,
        presences=_presences(member),
        flags=tuple(
            FlagFact(flag.id, flag.start, flag.end, flag.recorded_at, flag.replaces)
            for flag in reader.all(SafetyFlag, pupil_id=staff_id)
        ),
        decisions=tuple(map(_said, reader.all(Decision, subject_id=staff_id))),
        retractions=tuple(
            RetractionFact(fact.decision_id, fact.recorded_at)
            for fact in reader.all(Retraction, subject_id=staff_id)
        ),
        adult=True,
    )
    if known_at is None:
        return subject
    return subject.as_known(known_at, reader.ask(FactsBefore(staff_id, known_at)))


def _presences(member: StaffMember) -> tuple[PresenceFact, ...]:
    if member.left:
        return ()
    return (PresenceFact("", member.start or date.min, member.end, _LONG_AGO),)


def find_staff(reader: Reader, text: str) -> tuple[StaffMember, ...]:
    """Members of staff of whose name every typed word begins a word, those who left as well."""
    wanted = names.fold(text).split()
    return tuple(
        member
        for member in reader.all(StaffMember)
        if wanted and all(_begins(member, word) for word in wanted)
    )


def staff_name(member: StaffMember) -> str:
    """The name of a member of staff as shown."""
    return names.full_name(member.first_name, member.prefix, member.surname)


def _begins(member: StaffMember, word: str) -> bool:
    found = names.search_text(member.first_name, member.prefix, member.surname).split()
    return any(each.startswith(word) for each in found)


def _said(decision: Decision) -> DecisionFact:
    return DecisionFact(
        decision.id,
        decision.decider_id,
        use_key(decision.medium, decision.channel),
        decision.answer,
        decision.signed_on,
        decision.recorded_at,
        decision.conditions,
        decision.scope,
        decision.valid_until,
        decision.replaces,
    )
