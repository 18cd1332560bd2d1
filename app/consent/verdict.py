"""The verdict: what follows from all decisions for one subject and one use on one day.

Pure functions over frozen facts. The order of the rules is that of the design; the first that
applies decides. Only *yes*, *yes if* and *not needed* permit. The order in which facts were
entered never matters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from app.clock import school_day
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer
from app.people.authority import is_known_to_end
from app.people.records import AuthorityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from app.consent.facts import AuthorityFact, DecisionFact, FlagFact, Subject

FAR = date(9999, 12, 31)
_DAY = timedelta(days=1)

_HOLDERS = frozenset(
    {
        AuthorityKind.NOT_KNOWN,
        AuthorityKind.JOINT_PARENTAL,
        AuthorityKind.SOLE_PARENTAL,
        AuthorityKind.JOINT_WITH_THIRD,
        AuthorityKind.GUARDIANSHIP,
        AuthorityKind.UNDETERMINABLE,
    }
)
_SETTLED = _HOLDERS - {AuthorityKind.NOT_KNOWN, AuthorityKind.UNDETERMINABLE}
F = TypeVar("F", bound="_Fact")
_YES = Answer.YES
_BEFORE_ANY_USE = frozenset({Reason.SAFETY, Reason.NOT_PRESENT})
_STRICTNESS = {Answer.YES: 0, Answer.NO: 1, Answer.WITHDRAWN: 2}


class _Fact(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def replaces(self) -> str: ...


class _Period(Protocol):
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...


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
    """

    use: str
    ground: str = ""
    lenient: bool = False
    scope: int = 1
    asked: bool = True
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a jurisdiction lays down, from `resources/profiles`.

    Attributes:
        decides_from: age from which a pupil decides alone.
    """

    decides_from: int = 16


class Voice(NamedTuple):
    """What one decider has said about the use, as it counts on the day.

    Attributes:
        decision: the decision that counts, or None when there is none.
        unsettled: authority is not known or cannot be determined.
        objected: a no or withdrawal is known, even if a later yes outweighs or outlived it.
    """

    decider_id: str
    decision: DecisionFact | None
    unsettled: bool = False
    objected: bool = False


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
    said = [fact for fact in _standing(subject) if fact.use == rule.use]
    return _decide(_Person(subject, day, profile, today), rule, said)


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

    __slots__ = (*("day", "deciders", "flagged", "id", "of_age", "present", "today", "until"),)

    def __init__(
        self, subject: Subject, day: date, profile: Profile, today: date | None
    ) -> None:
        self.id, self.day, self.today = subject.id, day, today or FAR
        self.of_age = _of_age(subject, profile)
        self.flagged, until = False, FAR
        if subject.flags:
            flags = (_Forbidden(flag, self.today) for flag in _latest(subject.flags))
            self.flagged, until = _covered(flags, day, until)
        self.present, until = _covered(_latest(subject.presences), day, until)
        self.deciders, self.until = _deciders(subject, day, self.of_age, until)

    def hears(self, fact: DecisionFact) -> bool:
        """Whether the answer can count at all: a pupil's own yes only from coming of age."""
        if fact.decider_id != self.id or fact.answer is not _YES:
            return True
        return fact.signed_on >= self.of_age

    def begin(self, fact: DecisionFact) -> date:
        """The first day on which a decision counts."""
        if fact.answer is _YES:
            return fact.signed_on
        return forbids_from(fact.signed_on, fact.recorded_at, self.today)


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
    if rule.end is not None:
        return _one_off(_asked(person, rule, said), rule, person.day)
    return _asked(person, rule, said)


def outside(
    period: _Period, found: tuple[Outcome, Reason], day: date
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
    _, until = _covered((rule,), day, found.until)
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
        counting, objected, until = _heard(person, decider, said, until)
        if counting is not None and counting.answer is _YES:
            counting, until = _holding(counting, person.day, rule.scope, until)
        voices.append(Voice(decider, counting, unsettled, objected))
    return _weigh(rule, tuple(voices), until)


def _weigh(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    if not voices:
        return Verdict(rule.use, Outcome.ASK, Reason.NOBODY_DECIDES, until=until)
    for voice in voices:
        if voice.decision is not None and voice.decision.answer is not _YES:
            return _refused(rule, voices, until)
    return _favourable(rule, voices, until)


def _refused(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    against = [v for v in voices if v.decision and v.decision.answer is not _YES]
    by = min(against, key=_gravity)
    withdrawn = by.decision is not None and by.decision.answer is Answer.WITHDRAWN
    reason = Reason.WITHDRAWN if withdrawn else Reason.REFUSED
    return Verdict(rule.use, Outcome.NO, reason, voices, by, until=until)


def _favourable(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    asked: set[str] = set()
    said_yes = 0
    for voice in voices:
        if voice.decision is not None:
            said_yes += 1
            asked.update(voice.decision.conditions)
    complete = said_yes == len(voices)
    lenient = rule.lenient and not any(v.objected and v.decision is None for v in voices)
    if rule.asked and (complete or (said_yes and lenient)):
        conditions = tuple(sorted(asked))
        outcome = Outcome.YES_IF if conditions else Outcome.YES
        reason = Reason.ALL_SAID_YES if complete else Reason.ONE_SUFFICES
        return Verdict(rule.use, outcome, reason, voices, None, conditions, until)
    if not rule.asked:
        return Verdict(rule.use, Outcome.ASK, Reason.NOT_ASKED, voices, until=until)
    reason = Reason.INCOMPLETE if said_yes else Reason.UNANSWERED
    return Verdict(rule.use, Outcome.ASK, reason, voices, until=until)


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
    objected = False
    for fact in said:
        if fact.decider_id != decider or not person.hears(fact):
            continue
        begin = person.begin(fact)
        if begin > person.day:
            until = min(until, begin - _DAY)
            continue
        objected = objected or fact.answer is not _YES
        if last is None or _weight(fact) > _weight(last):
            last = fact
    return last, objected, until


def _holding(
    yes: DecisionFact, day: date, scope: int, until: date
) -> tuple[DecisionFact | None, date]:
    """The yes if it holds on the day.

    A lapsed one, or one whose wording covered less than the use is now, counts as no answer; it
    does not bring an older one back.
    """
    if yes.valid_until is not None:
        if yes.valid_until < day:
            return None, until
        until = min(until, yes.valid_until)
    return (yes if yes.scope >= scope else None), until


def _weight(fact: DecisionFact) -> tuple[int, int, int, int, tuple[str, ...], str]:
    """Order among decisions of one decider; nothing in it depends on the moment of entry."""
    ends = fact.valid_until.toordinal() if fact.valid_until else FAR.toordinal()
    return (
        fact.signed_on.toordinal(),
        _STRICTNESS[fact.answer],
        -fact.scope,
        -ends,
        fact.conditions,
        fact.id,
    )


def _by_use(subject: Subject) -> dict[str, list[DecisionFact]]:
    said: dict[str, list[DecisionFact]] = {}
    for fact in _standing(subject):
        said.setdefault(fact.use, []).append(fact)
    return said


def standing_yes(subject: Subject) -> tuple[DecisionFact, ...]:
    """Every yes that is the last word of its decider about its use, whatever the day."""
    return tuple(fact for fact in last_words(subject) if fact.answer is Answer.YES)


def last_words(subject: Subject) -> tuple[DecisionFact, ...]:
    """What each decider said last about each use, yes or no, whatever the day."""
    newest: dict[tuple[str, str], DecisionFact] = {}
    for use, facts in _by_use(subject).items():
        for fact in facts:
            last = newest.get((fact.decider_id, use))
            if last is None or _weight(fact) > _weight(last):
                newest[fact.decider_id, use] = fact
    return tuple(newest.values())


def _standing(subject: Subject) -> tuple[DecisionFact, ...]:
    """The decisions that were not taken back, and that no such decision corrects.

    What a standing decision corrects stays corrected through one that was taken back.
    """
    replaces = {fact.id: fact.replaces for fact in subject.decisions if fact.replaces}
    if not replaces and not subject.retractions:
        return subject.decisions
    never = {fact.decision_id for fact in subject.retractions}
    corrected: set[str] = set()
    for standing in replaces.keys() - never:
        older = replaces[standing]
        while older and older not in corrected:
            corrected.add(older)
            older = replaces.get(older, "")
    gone = never | corrected
    return tuple(fact for fact in subject.decisions if fact.id not in gone)


def _deciders(
    subject: Subject, day: date, of_age: date, until: date
) -> tuple[list[tuple[str, bool]], date]:
    """Who decides on a day, each with whether that is unsettled, and until when it is so."""
    if day >= of_age:
        return [(subject.id, False)], until
    if of_age < FAR:
        until = min(until, of_age - _DAY)
    current = _latest(subject.authorities)
    deciders = []
    for guardian in (*subject.guardians, *subject.former):
        holds, settled, until = _authority(current, guardian, day, until)
        if holds:
            deciders.append((guardian, not settled))
    return deciders, until


def _of_age(subject: Subject, profile: Profile) -> date:
    """The day from which the subject decides alone."""
    if subject.adult:
        return date.min
    if subject.birth_date is None:
        return FAR
    return birthday(subject.birth_date, profile.decides_from)


def _authority(
    facts: tuple[AuthorityFact, ...], guardian: str, day: date, until: date
) -> tuple[bool, bool, date]:
    """Whether a guardian holds or may hold authority on a day, and whether that is settled.

    Nothing known about the day means not known, unless authority is known to have begun later
    or to have ended before.
    """
    known = holds = settled = False
    for fact in facts:
        if fact.guardian_id != guardian:
            continue
        covers, until = _covers(fact, day, until)
        if covers:
            known = True
            if fact.kind in _HOLDERS:
                holds = True
                settled = settled or (fact.kind in _SETTLED and not fact.investigated)
    if not known:
        holds = not is_known_to_end([f for f in facts if f.guardian_id == guardian], day)
    return holds, settled, until


def _latest(facts: tuple[F, ...]) -> tuple[F, ...]:
    """The facts that no other fact replaces."""
    replaced = {fact.replaces for fact in facts if fact.replaces}
    return tuple(fact for fact in facts if fact.id not in replaced) if replaced else facts


def _covered(facts: Iterable[_Period], day: date, until: date) -> tuple[bool, date]:
    """Whether any period covers the day, and the last day on which that cannot change."""
    covered = False
    for fact in facts:
        covers, until = _covers(fact, day, until)
        covered = covered or covers
    return covered, until


def _covers(fact: _Period, day: date, until: date) -> tuple[bool, date]:
    """Whether a period covers the day, and the last day on which that cannot change."""
    start, end = fact.start, fact.end
    if start is not None and start > day:
        return False, min(until, start - _DAY)
    if end is None:
        return True, until
    return end >= day, min(until, end) if end >= day else until


@lru_cache(maxsize=4096)
def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; born on 29 February: 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
