"""What has to be taken down: pure functions over facts and verdicts, never stored.

Somebody stands in a publication that is still shown, and the verdict for that use today does
not permit it: then a task is open until a step closes it, and open again when it is put back or
something new forbids. The order in which facts were entered never matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import resources
from app.consent.outcome import Reason
from app.consent.records import Answer
from app.consent.verdict import verdict
from app.procedures.terms import last_day, term_on
from app.publications.records import StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.consent.facts import DecisionFact, FlagFact, PresenceFact, Subject
    from app.consent.periods import Fact
    from app.consent.profiles import Profile
    from app.consent.verdict import UseRule, Verdict
    from app.publications.records import (
        BreachAnswer,
        Publication,
        PublicationStep,
        PublicationSubject,
    )

REMOVAL = "publication.removal"
_LONG_AGO = date(1900, 1, 1)
_PARTED = ":"
F = TypeVar("F", "Publication", "PublicationSubject", "BreachAnswer")


class Stand(StrEnum):
    """How one person stands in one publication.

    Attributes:
        PERMITTED: the use is permitted today.
        OPEN: it must be taken down; ASKED: somebody was asked to.
        REMOVED: was taken down; KEPT: stays for a reason.
        NOT_RECALLED: paper that was handed out; it is not printed again.
        OVER: it is not shown any more.
    """

    PERMITTED = "permitted"
    OPEN = "open"
    ASKED = "asked"
    REMOVED = "removed"
    KEPT = "kept"
    NOT_RECALLED = "not_recalled"
    OVER = "over"

    @property
    def is_task(self) -> bool:
        """Whether something is still to be done."""
        return self in (Stand.OPEN, Stand.ASKED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one publication as it stands today.

    Attributes:
        now: the verdict for the use today.
        since: first day from which nothing permits it any more, None while it is permitted.
        due: day by which it must be gone, or by which an answer was asked; None without task.
        step: the step that decides, or None.
    """

    publication_id: str
    subject_id: str
    stand: Stand
    now: Verdict
    since: date | None = None
    due: date | None = None
    step: PublicationStep | None = None
    overdue: bool = False

    @property
    def cause(self) -> Reason:
        """The rule for which it is not permitted, or is."""
        return self.now.reason

    @property
    def urgent(self) -> bool:
        """Whether somebody forbids it, or the day by which it must be gone has passed."""
        return self.overdue or self.cause in resources.publication_rules()["act"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the verdict is asked with.

    Attributes:
        rule: the school's setting for the use of the publication.
    """

    rule: UseRule
    profile: Profile
    today: date


@dataclass(frozen=True, slots=True)
class Held:
    """What holds today for one person and one use.

    Attributes:
        now: the verdict.
        since: first of the days up to today on which nothing permits it; None when it does.
    """

    now: Verdict
    since: date | None = None


def newest_fact(facts: Iterable[F]) -> F | None:
    """The one fact that no other corrects or takes back; None without facts."""
    known = tuple(facts)
    replaced = {fact.replaces for fact in known}
    tips = [fact for fact in known if fact.id not in replaced]
    return max(tips, key=lambda fact: (fact.recorded_at, fact.id), default=None)


def standing_answer(facts: Iterable[BreachAnswer]) -> BreachAnswer | None:
    """The answer that stands, or None while the question is open."""
    last = newest_fact(facts)
    return None if last is None or last.taken_back else last


def in_it(facts: Iterable[PublicationSubject]) -> tuple[PublicationSubject, ...]:
    """Who is in one publication, by the standing fact about each, by id of the person."""
    of: dict[str, list[PublicationSubject]] = {}
    for fact in facts:
        of.setdefault(fact.subject_id, []).append(fact)
    tips = (newest_fact(of[id]) for id in sorted(of))
    return tuple(fact for fact in tips if fact is not None and fact.there)


def standing_steps(
    steps: Iterable[PublicationStep], subject_id: str, today: date
) -> tuple[PublicationStep, ...]:
    """The steps for one person that count today, in the order of their days.

    Without those that were taken back, and without what is dated later than today: a clock that
    ran ahead closes nothing.
    """
    known = tuple(steps)
    back = {step.replaces for step in known}
    found = (
        step
        for step in known
        if not step.replaces
        and step.id not in back
        and step.subject_id in ("", subject_id)
        and step.taken_on <= today
    )
    return tuple(sorted(found, key=lambda step: (step.taken_on, step.recorded_at, step.id)))


def standing(
    publication: Publication,
    subject: Subject,
    steps: Iterable[PublicationStep],
    asked: Asked,
    known_as: str = "",
    held: Held | None = None,
) -> Standing:
    """How one person stands in a publication today.

    Args:
        publication: as last corrected.
        subject: everything that is known of the person.
        steps: every step of this publication.
        asked: rule, jurisdiction and day.
        known_as: the id under which the person was recorded, when it is another by now.
        held: what holds today for the person and the use, when it was asked before.
    """
    id = known_as or subject.id
    held = held or held_today(subject, asked)
    now = held.now
    ids = (publication.publication_id, id)
    if held.since is None:
        return Standing(*ids, Stand.PERMITTED, now)
    since = max(held.since, min(publication.used_on, asked.today))
    last = _last(standing_steps(steps, id, asked.today))
    stand = _stand(publication, subject, now, last, asked.today)
    if not stand.is_task:
        return Standing(*ids, stand, now, since, step=last)
    due = last_day(term_on(REMOVAL, asked.today), since)
    if last is not None and stand is Stand.ASKED and last.by is not None:
        due = last.by
    return Standing(*ids, stand, now, since, due, last, overdue=due < asked.today)


def cause_of(subject: Subject, now: Verdict) -> str:
    """What forbids a use now, as one text: the rule, and every fact for which it applies.

    It rests on ids and on no clock, so that a clock that was set back hides nothing new.
    """
    ids = {fact.id for fact in _FACTS.get(now.reason, _objections)(subject, now)}
    return _PARTED.join((now.reason.value, *sorted(ids)))


def _flags(subject: Subject, _now: Verdict) -> tuple[FlagFact, ...]:
    return subject.flags


def _stays(subject: Subject, _now: Verdict) -> tuple[PresenceFact, ...]:
    return subject.presences


def _objections(_subject: Subject, now: Verdict) -> tuple[DecisionFact, ...]:
    """The objections of all who decide, and that against making the recording."""
    voices = (*now.voices, *((now.by,) if now.by else ()))
    said = (voice.decision for voice in voices)
    return tuple(one for one in said if one is not None and one.answer is not Answer.YES)


_FACTS: dict[Reason, Callable[[Subject, Verdict], Iterable[Fact]]] = {
    Reason.SAFETY: _flags,
    Reason.NOT_PRESENT: _stays,
}


def _nothing_new(then: str, now: str) -> bool:
    """Whether all that forbids now did so then; see `cause_of`."""
    return set(now.split(_PARTED)) <= set(then.split(_PARTED))


def held_today(subject: Subject, asked: Asked) -> Held:
    """What holds today, and since when nothing permits it, whatever the publication.

    What changes an answer, the answer itself says: until when it holds.
    """
    now = verdict(subject, asked.rule, asked.today, asked.profile, asked.today)
    if now.permits:
        return Held(now)
    day = since = _LONG_AGO
    before = False
    while day <= asked.today:
        found = verdict(subject, asked.rule, day, asked.profile, asked.today)
        if found.permits:
            before = True
        elif before:
            since, before = day, False
        if found.until >= asked.today:
            break
        day = found.until + timedelta(days=1)
    return Held(now, since)


def _stand(
    publication: Publication,
    subject: Subject,
    now: Verdict,
    last: PublicationStep | None,
    today: date,
) -> Stand:
    if publication.handed_out:
        return Stand.NOT_RECALLED
    if publication.until is not None and publication.until < today:
        return Stand.OVER
    kind = last.kind if last else StepKind.BACK
    if kind is StepKind.KEPT and last is not None:
        same = _nothing_new(last.cause, cause_of(subject, now))
        return Stand.KEPT if same else Stand.OPEN
    return _CLOSED.get(kind, Stand.OPEN)


_CLOSED = {
    StepKind.REMOVED: Stand.REMOVED,
    StepKind.NOT_RECALLED: Stand.NOT_RECALLED,
    StepKind.ASKED: Stand.ASKED,
}


def _last(steps: tuple[PublicationStep, ...]) -> PublicationStep | None:
    return steps[-1] if steps else None
