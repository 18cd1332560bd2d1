"""The verdict: what follows from all decisions for one subject and one use on one day.

Pure functions over frozen facts. The order of the rules is that of the design; the first that
applies decides. Only *yes*, *yes if* and *not needed* permit. The order in which facts were
entered never matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from app.clock import school_day
from app.consent.deciders import deciders, decides_on
from app.consent.outcome import Outcome, Reason
from app.consent.periods import DAY, FAR, covered, last_of, latest
from app.consent.records import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from app.consent.facts import DecisionFact, FlagFact, Subject
    from app.consent.periods import Period
    from app.consent.profiles import Profile

_YES = Answer.YES
_BEFORE_ANY_USE = frozenset({Reason.SAFETY, Reason.NOT_PRESENT})
_STRICTNESS = {Answer.YES: 0, Answer.NO: 1, Answer.WITHDRAWN: 2}


@dataclass(frozen=True, slots=True)
class UseRule:
    """What the school has set for one use.

    Attributes:
        use: `medium:channel`.
        ground: why no consent is needed, or ""; counts only while the use is asked.
        lenient: one yes without a known objection suffices.
        scope: a yes counts only when its wording covered this scope.
        asked: the use is active and this kind of recording is asked for.
        start, end: of a one-off use, both days inclusive.
        noticed_on: days on which a notice of the use was given; see `Profile.notice_days`.
    """

    use: str
    ground: str = ""
    lenient: bool = False
    scope: int = 1
    asked: bool = True
    start: date | None = None
    end: date | None = None
    noticed_on: tuple[date, ...] = ()


class Voice(NamedTuple):
    """What one decider has said about the use, as it counts on the day.

    Attributes:
        decision: the decision that counts, or None when there is none.
        unsettled: authority is not known or cannot be determined.
        objected: a no or withdrawal is known, even if a later yes outweighs or outlived it.
        lapsed: the last word was a yes that has ended, or covered less than the use is now.
    """

    decider_id: str
    decision: DecisionFact | None
    unsettled: bool = False
    objected: bool = False
    lapsed: bool = False


class Verdict(NamedTuple):
    """The answer with everything that explains it.

    Attributes:
        outcome: the answer; `reason`: the rule that decided.
        voices: every decider on that day, in the order of the guardians.
        by: the voice that decided alone (who refused or withdrew), or None.
        conditions: what a "yes, if" asks, sorted.
        until: last day on which the answer holds if no fact is added.
        turned: last day of a one-off use that ended, first day of one that has not begun.
    """

    use: str
    outcome: Outcome
    reason: Reason
    voices: tuple[Voice, ...] = ()
    by: Voice | None = None
    conditions: tuple[str, ...] = ()
    until: date = FAR
    turned: date | None = None

    @property
    def permits(self) -> bool:
        """Whether the recording may be used."""
        return self.outcome.permits

    @property
    def answered(self) -> int:
        """How many deciders have an answer that counts."""
        return sum(voice.decision is not None for voice in self.voices)

    @property
    def since(self) -> date | None:
        """Day of the newest decision that the answer rests on."""
        days = [voice.decision.signed_on for voice in self.voices if voice.decision]
        return max(days, default=None)

    @property
    def since_objection(self) -> date | None:
        """Day on which the refusal or withdrawal that decided was signed."""
        return self.by.decision.signed_on if self.by and self.by.decision else None


def verdict(
    subject: Subject, rule: UseRule, day: date, profile: Profile, today: date | None = None
) -> Verdict:
    """The verdict for one subject and one use on one day.

    Args:
        subject: the facts as known; use `Subject.as_known` to look back.
        rule: the school's setting for the use.
        day: the day on which the recording is used.
        profile: the jurisdiction.
        today: the present day. What forbids and was recorded counts from today at the latest,
            also when a clock that ran ahead has dated it later. Without it the dates that were
            recorded are believed.
    """
    person = _Person(subject, day, profile, today)
    said = [fact for fact in _standing(subject) if fact.use == rule.use]
    return _decide(person, rule, said)


def verdicts(
    subject: Subject,
    rules: tuple[UseRule, ...],
    day: date,
    profile: Profile,
    today: date | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts for several uses, in the order of the rules; the work is shared."""
    person, said = _Person(subject, day, profile, today), _by_use(subject)
    return tuple(_decide(person, rule, said.get(rule.use, ())) for rule in rules)


class _Person:
    """What the rules need to know of a subject on a day, whatever the use."""

    __slots__ = (
        *("day", "deciders", "flagged", "id", "own_from", "present", "profile", "said"),
        *("stays", "today", "until"),
    )

    def __init__(
        self, subject: Subject, day: date, profile: Profile, today: date | None
    ) -> None:
        self.id, self.day, self.today, self.profile = subject.id, day, today or FAR, profile
        self.own_from = decides_on(subject, profile.joins_from or profile.decides_from)
        self.flagged, until = False, FAR
        if subject.flags:
            flags = (_Forbidden(flag, self.today) for flag in latest(subject.flags))
            self.flagged, until = covered(flags, day, until)
        self.stays = latest(subject.presences)
        self.present, until = covered(self.stays, day, until)
        self.deciders, self.until = deciders(subject, day, profile, until)
        self.said = _by_use(subject) if profile.making else {}

    def hears(self, fact: DecisionFact) -> bool:
        """Whether the answer can count at all: a pupil's own yes only from coming of age."""
        return not is_too_early(fact, self.id, self.own_from)

    def reads(self, given: date) -> bool:
        """Whether a notice reached who decides: here on that day, and deciding alone only then.

        It never reaches a member of staff, who is always asked.
        """
        if self.own_from == date.min or not covered(self.stays, given, FAR)[0]:
            return False
        alone = self.deciders == [(self.id, False)]
        return not alone or given >= self.own_from


class _Forbidden:
    """The period in which a safety flag forbids."""

    __slots__ = ("end", "start")

    def __init__(self, flag: FlagFact, today: date) -> None:
        self.start = forbids_from(flag.start, flag.recorded_at, today)
        self.end = flag.end


def forbids_from(dated: date, recorded_at: datetime, today: date) -> date:
    """The day from which something that forbids counts, whatever day it was dated.

    Never later than it was recorded, and never later than today: what the register knows was
    recorded before now, so a later date comes from a clock that ran ahead.
    """
    if dated <= today and dated <= recorded_at.date():
        return dated
    return min(dated, school_day(recorded_at), today)


def _decide(person: _Person, rule: UseRule, said: Sequence[DecisionFact]) -> Verdict:
    if person.flagged:
        return Verdict(rule.use, Outcome.NO, Reason.SAFETY, until=person.until)
    if not person.present:
        return Verdict(rule.use, Outcome.NO, Reason.NOT_PRESENT, until=person.until)
    found = _asked(person, rule, said)
    if person.profile.making:
        found = _taken(found, person)
    return _one_off(found, rule, person.day) if rule.end is not None else found


def _taken(found: Verdict, person: _Person) -> Verdict:
    """What is left of a yes where making the recording is consented to apart from using it."""
    making = person.profile.making_of(found.use)
    if making is None or not found.permits or found.reason is Reason.GROUND:
        return found
    made = _asked(person, making, person.said.get(making.use, ()))
    until = min(found.until, made.until)
    if not made.permits:
        return Verdict(
            found.use, made.outcome, Reason.NOT_TAKEN, found.voices, made.by, until=until
        )
    conditions = tuple(sorted({*found.conditions, *made.conditions}))
    outcome = Outcome.YES_IF if conditions else Outcome.YES
    return found._replace(outcome=outcome, conditions=conditions, until=until)


def outside(
    period: Period, found: tuple[Outcome, Reason], day: date
) -> tuple[Outcome, Reason, date] | None:
    """What follows for a one-off use outside its period, and which day of it decides.

    After its last day it is over, whatever was said. Before its first day no yes holds yet.
    None where the answer that was found stands.
    """
    outcome, reason = found
    if reason in _BEFORE_ANY_USE:
        return None
    if period.end is not None and period.end < day:
        return Outcome.NO, Reason.ENDED, period.end
    if period.start is not None and period.start > day and outcome.permits:
        return Outcome.ASK, Reason.NOT_BEGUN, period.start
    return None


def _one_off(found: Verdict, rule: UseRule, day: date) -> Verdict:
    _, until = covered((rule,), day, found.until)
    other = outside(rule, (found.outcome, found.reason), day)
    if other is None:
        return found._replace(until=until)
    outcome, reason, turned = other
    return Verdict(rule.use, outcome, reason, found.voices, until=until, turned=turned)


def _asked(person: _Person, rule: UseRule, said: Sequence[DecisionFact]) -> Verdict:
    if rule.ground and rule.asked:
        return Verdict(rule.use, Outcome.NOT_NEEDED, Reason.GROUND, until=person.until)
    voices, until = [], person.until
    for decider, unsettled in person.deciders:
        last, objected, until = _heard(person, decider, said, until)
        lapsed = False
        if last is not None and last.answer is _YES:
            holds, until = _holds(last, person, rule.scope, until)
            last, lapsed = (last, False) if holds else (None, True)
        voices.append(Voice(decider, last, unsettled, objected, lapsed))
    return _weigh(person, rule, tuple(voices), until)


def _weigh(person: _Person, rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    if not voices:
        return Verdict(rule.use, Outcome.ASK, Reason.NOBODY_DECIDES, until=until)
    for voice in voices:
        if voice.decision is not None and voice.decision.answer is not _YES:
            return _refused(rule, voices, until)
    return _favourable(person, rule, voices, until)


def _refused(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    against = [v for v in voices if v.decision and v.decision.answer is not _YES]
    by = min(against, key=_gravity)
    withdrawn = by.decision is not None and by.decision.answer is Answer.WITHDRAWN
    reason = Reason.WITHDRAWN if withdrawn else Reason.REFUSED
    return Verdict(rule.use, Outcome.NO, reason, voices, by, until=until)


def _favourable(
    person: _Person, rule: UseRule, voices: tuple[Voice, ...], until: date
) -> Verdict:
    if not rule.asked:
        return Verdict(rule.use, Outcome.ASK, Reason.NOT_ASKED, voices, until=until)
    asked: set[str] = set()
    said_yes = 0
    for voice in voices:
        if voice.decision is not None:
            said_yes += 1
            asked.update(voice.decision.conditions)
    reason: Reason | None = None
    if said_yes == len(voices):
        reason = Reason.ALL_SAID_YES
    elif (rule.lenient or person.profile.any_holder) and _one_suffices(person, voices):
        reason = Reason.ONE_SUFFICES
    elif person.profile.notice_days is not None:
        reason, until = _not_objected(person, rule, voices, until)
    if reason is None:
        reason = Reason.INCOMPLETE if said_yes else Reason.UNANSWERED
        return Verdict(rule.use, Outcome.ASK, reason, voices, until=until)
    outcome = Outcome.YES_IF if asked else Outcome.YES
    return Verdict(rule.use, outcome, reason, voices, None, tuple(sorted(asked)), until)


def _one_suffices(person: _Person, voices: tuple[Voice, ...]) -> bool:
    """Whether one holder said yes, nobody objected, and a pupil who is asked agrees."""
    holders = 0
    for voice in voices:
        if voice.decision is None:
            if voice.objected or voice.decider_id == person.id:
                return False
        elif voice.decider_id != person.id:
            holders += 1
    return holders > 0


def _not_objected(
    person: _Person, rule: UseRule, voices: tuple[Voice, ...], until: date
) -> tuple[Reason | None, date]:
    """Whether silence permits: after a notice and its days, where nobody spoke otherwise.

    Whose last word was a yes that is over is not silent, whatever came before it.
    """
    if any(voice.lapsed for voice in voices):
        return None, until
    found: Reason | None = None
    for given in filter(person.reads, rule.noticed_on):
        last = given + timedelta(days=person.profile.notice_days or 0)
        if last < person.day:
            found = Reason.NOT_OBJECTED
        else:
            until = min(until, last)
    return found, until


def _gravity(voice: Voice) -> tuple[int, int, str]:
    """Which objection is named first: a withdrawal, then the newest, then by id."""
    decision = voice.decision
    if decision is None:  # pragma: no cover - callers pass voices with a decision
        return (0, 0, voice.decider_id)
    return (-_STRICTNESS[decision.answer], -decision.signed_on.toordinal(), voice.decider_id)


def _heard(
    person: _Person, decider: str, said: Sequence[DecisionFact], until: date
) -> tuple[DecisionFact | None, bool, date]:
    """What one decider has said last, as of the day, and whether he ever objected.

    The answer signed last; an objection dated ahead (a clock that stood wrong) counts at once;
    of two signed on one day the stricter.
    """
    last: DecisionFact | None = None
    objected, day, own = False, person.day, decider == person.id
    for fact in said:
        if fact.decider_id != decider or (own and not person.hears(fact)):
            continue
        begin = fact.signed_on
        if fact.answer is not _YES:
            begin = forbids_from(begin, fact.recorded_at, person.today)
        if begin > day:
            until = min(until, begin - DAY)
            continue
        objected = objected or fact.answer is not _YES
        last = fact if last is None else _last(fact, last)
    return last, objected, until


def _holds(yes: DecisionFact, person: _Person, scope: int, until: date) -> tuple[bool, date]:
    """Whether a yes holds on the day, and until when that cannot change.

    A lapsed one, or one whose wording covered less than the use is now, counts as no answer; it
    does not bring an older one back.
    """
    ends = yes.valid_until
    if ends is None and person.profile.expires_months:
        ends = last_of(yes.signed_on, person.profile.expires_months)
    if ends is not None:
        if ends < person.day:
            return False, until
        until = min(until, ends)
    return yes.scope >= scope, until


def _last(one: DecisionFact, other: DecisionFact) -> DecisionFact:
    """The last word of two of one decider: signed later, or the stricter of one day.

    Two yeses of one day have no order, so that what either asks holds for both.
    """
    if one.signed_on != other.signed_on:
        return one if one.signed_on > other.signed_on else other
    heavier = max(one, other, key=_weight)
    if heavier.answer is not _YES:
        return heavier
    ends = [day for day in (one.valid_until, other.valid_until) if day is not None]
    return heavier._replace(
        conditions=tuple(sorted({*one.conditions, *other.conditions})),
        scope=min(one.scope, other.scope),
        valid_until=min(ends, default=None),
    )


def _weight(fact: DecisionFact) -> tuple[int, str]:
    """Order among the decisions of one decider and day."""
    return _STRICTNESS[fact.answer], fact.id


def _by_use(subject: Subject) -> dict[str, list[DecisionFact]]:
    said: dict[str, list[DecisionFact]] = {}
    for fact in _standing(subject):
        said.setdefault(fact.use, []).append(fact)
    return said


def standing_yes(subject: Subject) -> tuple[DecisionFact, ...]:
    """Every yes that is the last word of its decider about its use, whatever the day."""
    return tuple(fact for fact in last_words(subject) if fact.answer is Answer.YES)


def is_too_early(fact: DecisionFact, subject_id: str, own_from: date) -> bool:
    """Whether it is a subject's own yes, given before coming of age."""
    own = fact.decider_id == subject_id and fact.answer is _YES
    return own and fact.signed_on < own_from


def last_words(subject: Subject, own_from: date = date.min) -> tuple[DecisionFact, ...]:
    """What each decider said last about each use, yes or no, whatever the day.

    Args:
        subject: the facts.
        own_from: a yes of the subject's own from before this day counts for nothing.
    """
    newest: dict[tuple[str, str], DecisionFact] = {}
    for use, facts in _by_use(subject).items():
        for fact in facts:
            if is_too_early(fact, subject.id, own_from):
                continue
            last = newest.get((fact.decider_id, use))
            newest[fact.decider_id, use] = fact if last is None else _last(fact, last)
    return tuple(newest.values())


def _standing(subject: Subject) -> tuple[DecisionFact, ...]:
    """The decisions that were not taken back, and that no such decision corrects.

    What a standing decision corrects stays corrected through one that was taken back.
    """
    replaces = {fact.id: fact.replaces for fact in subject.decisions if fact.replaces}
    if not replaces and not subject.retractions:
        return subject.decisions
    never = {fact.decision_id for fact in subject.retractions}
    gone = never | corrected(replaces, never)
    return tuple(fact for fact in subject.decisions if fact.id not in gone)


def corrected(replaces: Mapping[str, str], never: AbstractSet[str]) -> set[str]:
    """Ids of what a standing decision corrects, also through one that was taken back.

    Args:
        replaces: by id of a correction the id of what it corrects.
        never: ids of decisions that were taken back.
    """
    found: set[str] = set()
    for standing in replaces.keys() - never:
        older = replaces[standing]
        while older and older not in found:
            found.add(older)
            older = replaces.get(older, "")
    return found
