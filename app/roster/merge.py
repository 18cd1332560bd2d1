"""Two records that are the same person become one, and nothing that was recorded is lost.

Facts are final, so they are not moved: everything known of the record that is given up is
recorded once more of the one that goes on, with the days it carried. Where both hold an answer
of one person about one use, the verdict decides as always: the one signed last, of two signed
on one day the stricter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from app.consent.records import Decision, Retraction, SafetyFlag
from app.errors import Refusal
from app.ids import new_id
from app.people.authority import latest as latest_authority
from app.people.places import latest
from app.people.records import Authority, AuthorityKind, Enrolment, Guardian, Pupil, Relation
from app.record import Compartment
from app.roster.records import SourceKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from app.ports import Session, Work

_Final = TypeVar("_Final", Decision, SafetyFlag, Authority)
_Person = TypeVar("_Person", Pupil, Guardian)
_OWN = tuple(name for name in Guardian.__slots__ if name not in ("language", "merged_into"))


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merger did, for the sentence that tells it.

    Attributes:
        kept: id of the record that goes on.
        decisions: how many answers were recorded once more.
    """

    kept: str
    decisions: int


def merge_pupils(session: Session, keep: str, give_up: str) -> Merged:
    """Let one of two records of the same child go on; the other vanishes from every list.

    What the record that goes on does not say (a birth date, a number) is taken from the other.
    A dossier stays where it is; the director finds it under the child's name.

    Raises:
        Refusal: `roster.merge_same`, `roster.merged_already`, `register.not_found`,
            `roster.born_apart` when both have a birth date and they differ.
    """
    with session.work(Compartment.CONSENT, "pupils_merged", keep) as work:
        kept, other = _pair(work, Pupil, keep, give_up)
        if kept.birth_date and other.birth_date and kept.birth_date != other.birth_date:
            raise Refusal("roster.born_apart")
        now, today = session.clock.now(), session.clock.today()
        _merge_relations(work, keep, give_up)
        answers, retractions = _copied_decisions(
            work,
            now,
            work.all(Decision, subject_id=give_up),
            lambda fact: replace(
                fact,
                subject_id=keep,
                decider_id=keep if fact.decider_id == give_up else fact.decider_id,
            ),
        )
        authority = work.all(Authority, pupil_id=give_up)
        flags = work.all(SafetyFlag, pupil_id=give_up)
        work.add(*answers, *retractions)
        work.add(*_copies(authority, now, lambda fact: replace(fact, pupil_id=keep)))
        work.add(*_copies(flags, now, lambda fact: replace(fact, pupil_id=keep)))
        work.add(*_merged_places(work, keep, give_up, today, now))
        _follow_keys(work, keep, give_up)
        work.change(_completed(kept, other, ("prefix", "surname", "birth_date", "number")))
        work.change(replace(other, number="", merged_into=keep))
        work.commit()
    return Merged(keep, len(answers))


def merge_guardians(session: Session, keep: str, give_up: str) -> Merged:
    """Let one of two records of the same parent go on; the other vanishes from every list.

    What the record that goes on does not say (an address, a phone number) is taken from the
    other. The record given up decides about no child any more.

    Raises:
        Refusal: `roster.merge_same`, `roster.merged_already`, `register.not_found`.
    """
    with session.work(Compartment.CONSENT, "guardians_merged", keep) as work:
        kept, other = _pair(work, Guardian, keep, give_up)
        now = session.clock.now()
        children = _take_children(work, keep, give_up)
        answers, retractions = _copied_decisions(
            work,
            now,
            work.all(Decision, decider_id=give_up),
            lambda fact: replace(fact, decider_id=keep),
        )
        authority = work.all(Authority, guardian_id=give_up)
        work.add(*answers, *retractions)
        work.add(*_copies(authority, now, lambda fact: replace(fact, guardian_id=keep)))
        work.add(*_ended_authority(authority, children, give_up, now))
        _follow_keys(work, keep, give_up)
        work.change(_completed(kept, other, _OWN), replace(other, merged_into=keep))
        work.commit()
    return Merged(keep, len(answers))


def _pair(work: Work, kind: type[_Person], keep: str, give_up: str) -> tuple[_Person, _Person]:
    if keep == give_up:
        raise Refusal("roster.merge_same")
    kept, other = work.get(kind, keep), work.get(kind, give_up)
    if kept.merged_into or other.merged_into:
        raise Refusal("roster.merged_already")
    return kept, other


def _completed(kept: _Person, other: _Person, fields: Iterable[str]) -> _Person:
    """The record that goes on, its empty fields filled from the other."""
    empty = {name: getattr(other, name) for name in fields if not getattr(kept, name)}
    return replace(kept, **empty)


def _copies(
    facts: Iterable[_Final], now: datetime, about: Callable[[_Final], _Final]
) -> list[_Final]:
    """The same facts about somebody else, what replaces what included."""
    known = list(facts)
    ids = {fact.id: new_id() for fact in known}
    return [
        replace(
            about(fact),
            id=ids[fact.id],
            recorded_at=now,
            replaces=ids.get(fact.replaces, ""),
        )
        for fact in known
    ]


def _copied_decisions(
    work: Work,
    now: datetime,
    old: tuple[Decision, ...],
    about: Callable[[Decision], Decision],
) -> tuple[list[Decision], list[Retraction]]:
    """Decisions about or of the record that goes on, and what was taken back of them."""
    new = _copies(old, now, about)
    by_old = {before.id: after for before, after in zip(old, new, strict=True)}
    taken_back = work.all(Retraction, decision_id=tuple(by_old)) if by_old else ()
    retractions = []
    for fact in taken_back:
        copy = by_old[fact.decision_id]
        retractions.append(
            replace(
                fact,
                id=new_id(),
                decision_id=copy.id,
                subject_id=copy.subject_id,
                recorded_at=now,
            )
        )
    return new, retractions


def _merge_relations(work: Work, keep: str, give_up: str) -> None:
    """The guardians of the record given up become guardians of the one that goes on."""
    known = {relation.guardian_id for relation in work.all(Relation, pupil_id=keep)}
    old = sorted(work.all(Relation, pupil_id=give_up), key=lambda each: each.position)
    new = [each for each in old if each.guardian_id not in known]
    work.add(
        *(
            replace(each, id=new_id(), pupil_id=keep, position=place)
            for place, each in enumerate(new, len(known) + 1)
        )
    )
    work.change(*(replace(each, ended=True) for each in old if not each.ended))


def _take_children(work: Work, keep: str, give_up: str) -> set[str]:
    """The children of the guardian given up get the other; returns their ids."""
    known = {each.pupil_id: each for each in work.all(Relation, guardian_id=keep)}
    old = work.all(Relation, guardian_id=give_up)
    for each in old:
        has = known.get(each.pupil_id)
        if has is None:
            work.add(replace(each, id=new_id(), guardian_id=keep))
        elif has.ended and not each.ended:
            work.change(replace(has, ended=False))
    work.change(*(replace(each, ended=True) for each in old if not each.ended))
    return {each.pupil_id for each in old}


def _ended_authority(
    facts: Iterable[Authority], children: set[str], guardian_id: str, now: datetime
) -> list[Authority]:
    """No authority for the record given up, on any day, about any child."""
    by_child: dict[str, list[Authority]] = {child: [] for child in children}
    for fact in facts:
        by_child.setdefault(fact.pupil_id, []).append(fact)
    ended = []
    for child, known in by_child.items():
        nothing = Authority(
            id="",
            pupil_id=child,
            guardian_id=guardian_id,
            kind=AuthorityKind.NONE,
            recorded_at=now,
        )
        standing = [fact.id for fact in latest_authority(tuple(known))] or [""]
        ended += [replace(nothing, id=new_id(), replaces=each) for each in standing]
    return ended


def _merged_places(
    work: Work, keep: str, give_up: str, today: date, now: datetime
) -> list[Enrolment]:
    """The record given up is nowhere from today; a place that only it had goes on."""
    own = latest(work.all(Enrolment, pupil_id=keep))
    old = latest(work.all(Enrolment, pupil_id=give_up))
    taken = [
        replace(fact, id=new_id(), pupil_id=keep, recorded_at=now, replaces="")
        for fact in old
        if not any(_overlap(fact, other) for other in own)
    ]
    yesterday = today - timedelta(days=1)
    running = [fact for fact in old if fact.end is None or fact.end > yesterday]
    closed = [
        replace(
            fact,
            id=new_id(),
            end=max(yesterday, fact.start - timedelta(days=1)),
            recorded_at=now,
            replaces=fact.id,
        )
        for fact in running
    ]
    return taken + closed


def _overlap(one: Enrolment, two: Enrolment) -> bool:
    if one.kind is not two.kind:
        return False
    one_first = one.end is not None and one.end < two.start
    two_first = two.end is not None and two.end < one.start
    return not one_first and not two_first


def _follow_keys(work: Work, keep: str, give_up: str) -> None:
    """A source that names the record given up means the one that goes on from now."""
    keys = work.all(SourceKey, about=give_up)
    work.change(*(replace(key, about=keep) for key in keys))
