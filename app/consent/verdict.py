"""The verdict: what follows from all decisions for one subject and one use on one day.

Pure functions over frozen facts. The order of the rules is that of the design; the first that
applies decides. Only *yes*, *yes if* and *not needed* permit. The order in which facts were
entered never matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.clock import school_day
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer
from app.people.authority import is_known_to_end
from app.people.records import AuthorityKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.consent.facts import AuthorityFact, DecisionFact, FlagFact, Subject

FAR = date(9999, 12, 31)

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


@dataclass(frozen=True, slots=True)
class Voice:
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


@dataclass(frozen=True, slots=True)
class Verdict:
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
    return verdicts(subject, (rule,), day, profile, today)[0]


def verdicts(
    subject: Subject,
    rules: tuple[UseRule, ...],
    day: date,
    profile: Profile,
    today: date | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts for several uses, in the order of the rules; the work is shared."""
    person = _Person(subject, day, profile, today)
    return tuple(_decide(person, rule) for rule in rules)


class _Person:
    """What the rules need to know of a subject on a day, whatever the use."""

    __slots__ = (
        *("by_use", "day", "deciders", "flagged", "id", "of_age", "present"),
        *("today", "unsettled", "until"),
    )

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
        self.deciders, self.unsettled, self.until = _deciders(subject, day, self.of_age, until)
        self.by_use = _by_use(subject)

    def hears(self, fact: DecisionFact) -> bool:
        """Whether the answer can count at all: a pupil's own yes only from coming of age."""
        too_young = fact.decider_id == self.id and fact.signed_on < self.of_age
        return not too_young or fact.answer is not _YES

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


def _decide(person: _Person, rule: UseRule) -> Verdict:
    if person.flagged:
        return Verdict(rule.use, Outcome.NO, Reason.SAFETY, until=person.until)
    if not person.present:
        return Verdict(rule.use, Outcome.NO, Reason.NOT_PRESENT, until=person.until)
    if rule.end is not None:
        return _one_off(_asked(person, rule), rule, person.day)
    return _asked(person, rule)


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
        return replace(found, until=until)
    outcome, reason, turned = other
    return Verdict(rule.use, outcome, reason, found.voices, until=until, turned=turned)


def _asked(person: _Person, rule: UseRule) -> Verdict:
    if rule.ground and rule.asked:
        return Verdict(rule.use, Outcome.NOT_NEEDED, Reason.GROUND, until=person.until)
    voices, until = _voices(person, rule)
    return _weigh(rule, voices, until)


def _weigh(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    if not voices:
        return Verdict(rule.use, Outcome.ASK, Reason.NOBODY_DECIDES, until=until)
    against = [v for v in voices if v.decision and v.decision.answer is not _YES]
    if against:
        by = min(against, key=_gravity)
        withdrawn = by.decision is not None and by.decision.answer is Answer.WITHDRAWN
        reason = Reason.WITHDRAWN if withdrawn else Reason.REFUSED
        return Verdict(rule.use, Outcome.NO, reason, voices, by, until=until)
    return _favourable(rule, voices, until)


def _favourable(rule: UseRule, voices: tuple[Voice, ...], until: date) -> Verdict:
    yes = [voice.decision for voice in voices if voice.decision]
    complete = len(yes) == len(voices)
    lenient = rule.lenient and not any(v.objected and v.decision is None for v in voices)
    if rule.asked and (complete or (yes and lenient)):
        conditions = tuple(sorted({key for decision in yes for key in decision.conditions}))
        outcome = Outcome.YES_IF if conditions else Outcome.YES
        reason = Reason.ALL_SAID_YES if complete else Reason.ONE_SUFFICES
        return Verdict(rule.use, outcome, reason, voices, None, conditions, until)
    if not rule.asked:
        return Verdict(rule.use, Outcome.ASK, Reason.NOT_ASKED, voices, until=until)
    reason = Reason.INCOMPLETE if yes else Reason.UNANSWERED
    return Verdict(rule.use, Outcome.ASK, reason, voices, until=until)


def _gravity(voice: Voice) -> tuple[int, int, str]:
    """Which objection is named first: a withdrawal, then the newest, then by id."""
    decision = voice.decision
    if decision is None:  # pragma: no cover - callers pass voices with a decision
        return (0, 0, voice.decider_id)
    return (-_STRICTNESS[decision.answer], -decision.signed_on.toordinal(), voice.decider_id)


def _voices(person: _Person, rule: UseRule) -> tuple[tuple[Voice, ...], date]:
    until = person.until
    voices = []
    decisions = person.by_use.get(rule.use, ())
    for decider in person.deciders:
        own = [f for f in decisions if f.decider_id == decider and person.hears(f)]
        counting, until = _counting(own, person, rule.scope, until)
        against = [f for f in own if f.answer is not _YES]
        objected = bool(against) and any(person.begin(f) <= person.day for f in against)
        voices.append(Voice(decider, counting, decider in person.unsettled, objected))
    return tuple(voices), until


def _counting(
    own: list[DecisionFact], person: _Person, scope: int, until: date
) -> tuple[DecisionFact | None, date]:
    """The decision of one decider that counts on the day.

    The one signed last; an objection dated ahead (a clock that stood wrong) counts at once; of
    two signed on one day the stricter. A lapsed yes, or one whose
    wording covered less than the use is now, counts as no answer; it does not bring an older
    one back.
    """
    best: DecisionFact | None = None
    day = person.day
    for fact in own:
        if fact.signed_on > day and (begin := person.begin(fact)) > day:
            until = min(until, begin - timedelta(days=1))
        elif best is None or _weight(fact) > _weight(best):
            best = fact
    if best is None or best.answer is not _YES:
        return best, until
    if best.valid_until is not None:
        if best.valid_until < day:
            return None, until
        until = min(until, best.valid_until)
    return (best if best.scope >= scope else None), until


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
    never = {fact.decision_id for fact in subject.retractions}
    gone = never | _corrected(subject.decisions, never)
    sorted_by_use: dict[str, list[DecisionFact]] = {}
    for fact in subject.decisions:
        if fact.id not in gone:
            if fact.use in sorted_by_use:
                sorted_by_use[fact.use].append(fact)
            else:
                sorted_by_use[fact.use] = [fact]
    return sorted_by_use


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


def _corrected(facts: tuple[DecisionFact, ...], never: set[str]) -> set[str]:
    """Ids of what a standing decision corrects, also through one that was taken back."""
    replaces = {fact.id: fact.replaces for fact in facts if fact.replaces}
    corrected: set[str] = set()
    for standing in replaces.keys() - never:
        older = replaces[standing]
        while older and older not in corrected:
            corrected.add(older)
            older = replaces.get(older, "")
    return corrected


def _deciders(
    subject: Subject, day: date, of_age: date, until: date
) -> tuple[tuple[str, ...], frozenset[str], date]:
    if day >= of_age:
        return (subject.id,), frozenset(), until
    if of_age < FAR:
        until = min(until, of_age - timedelta(days=1))
    current = _latest(subject.authorities)
    deciders, unsettled = [], []
    for guardian in (*subject.guardians, *subject.former):
        holds, settled, until = _authority(current, guardian, day, until)
        if holds:
            deciders.append(guardian)
            if not settled:
                unsettled.append(guardian)
    return tuple(deciders), frozenset(unsettled), until


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
    own = [fact for fact in facts if fact.guardian_id == guardian]
    for fact in own:
        covers, until = _covered((fact,), day, until)
        if covers:
            known = True
            if fact.kind in _HOLDERS:
                holds = True
                settled = settled or (fact.kind in _SETTLED and not fact.investigated)
    if not known and not is_known_to_end(own, day):
        holds = True
    return holds, settled, until


def _latest(facts: tuple[F, ...]) -> tuple[F, ...]:
    """The facts that no other fact replaces."""
    if not facts:
        return facts
    replaced = {fact.replaces for fact in facts if fact.replaces}
    return tuple(fact for fact in facts if fact.id not in replaced) if replaced else facts


def _covered(facts: Iterable[_Period], day: date, until: date) -> tuple[bool, date]:
    """Whether any period covers the day, and the last day on which that cannot change."""
    covers = False
    for fact in facts:
        if fact.start is not None and fact.start > day:
            until = min(until, fact.start - timedelta(days=1))
        elif fact.end is None or fact.end >= day:
            covers = True
            if fact.end is not None and fact.end < until:
                until = fact.end
    return covers, until


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; born on 29 February: 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
