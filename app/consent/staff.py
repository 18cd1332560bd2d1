"""Members of staff, who decide alone about recordings of themselves."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

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
from app.people.records import AdultKind, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.ports import Reader

R = TypeVar("R", SafetyFlag, Decision, Retraction)
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
    (subject,) = staff_subjects(reader, (member,))
    if known_at is None:
        return subject
    return subject.as_known(known_at, reader.ask(FactsBefore(staff_id, known_at)))


def staff_subjects(reader: Reader, members: Sequence[StaffMember]) -> tuple[Subject, ...]:
    """The facts about members of staff as known now, in their order, read in one go."""
    ids = tuple(member.id for member in members)
    flags, decisions, retractions = (
        _by_subject(reader.all(SafetyFlag, pupil_id=ids), "pupil_id"),
        _by_subject(reader.all(Decision, subject_id=ids), "subject_id"),
        _by_subject(reader.all(Retraction, subject_id=ids), "subject_id"),
    )
    return tuple(
        Subject(
            id=member.id,
            birth_date=None,
            presences=_presences(member),
            flags=tuple(map(_flag, flags[member.id])),
            decisions=tuple(map(_said, decisions[member.id])),
            retractions=tuple(map(_retraction, retractions[member.id])),
            adult=True,
        )
        for member in members
    )


def _by_subject(facts: Iterable[R], name: str) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for fact in facts:
        found[getattr(fact, name)].append(fact)
    return found


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


def relation_of(member: StaffMember) -> str:
    """What an adult is called who answers for himself or herself."""
    return "staff" if member.kind is AdultKind.STAFF else "adult"


def staff_name(member: StaffMember) -> str:
    """The name of a member of staff as shown."""
    return names.full_name(member.first_name, member.prefix, member.surname)


def _begins(member: StaffMember, word: str) -> bool:
    found = names.search_text(member.first_name, member.prefix, member.surname).split()
    return any(each.startswith(word) for each in found)


def _flag(flag: SafetyFlag) -> FlagFact:
    return FlagFact(flag.id, flag.start, flag.end, flag.recorded_at, flag.replaces)


def _retraction(fact: Retraction) -> RetractionFact:
    return RetractionFact(fact.decision_id, fact.recorded_at)


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
