"""What was learned later: why an answer is another one now than it was as known then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from app.clock import school_day
from app.consent.asof import past_moment, present_then
from app.consent.facts import AuthorityFact, DecisionFact, FlagFact, PresenceFact
from app.consent.grid import channels_known, known_subject
from app.consent.profiles import profile_of
from app.consent.staff import relation_of
from app.consent.uses import use_rules
from app.consent.verdict import UseRule, verdict
from app.errors import Message
from app.people.records import Relation, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from app.consent.asof import AsOf
    from app.consent.facts import Subject
    from app.consent.profiles import Profile
    from app.consent.verdict import Verdict
    from app.ports import Reader

_Fact = DecisionFact | AuthorityFact | FlagFact | PresenceFact
_SETTINGS = ("scope", "ground", "lenient", "asked", "noticed_on", "start", "end")
_KINDS = ("decisions", "authorities", "flags", "presences")


class Known(NamedTuple):
    """Everything that answers rest on, as known at one moment.

    Attributes:
        rules: by use; a use that is not among them was not asked.
        today: the day that was the present one then; the one of the question when left out.
    """

    subject: Subject
    rules: Mapping[str, UseRule]
    profile: Profile
    today: date | None = None

    def answer(self, use: str, day: date, today: date | None) -> Verdict:
        """The verdict for one use on one day."""
        rule = self.rules.get(use) or UseRule(use, asked=False)
        return verdict(self.subject, rule, day, self.profile, self.today or today)


class Learned(NamedTuple):
    """A use whose answer for the same day is another one now.

    Attributes:
        then, now: the answers as known then and as known now.
        why: a sentence for everything that was learned since and matters; never empty.
    """

    use: str
    then: Verdict
    now: Verdict
    why: tuple[Message, ...]


class Question(NamedTuple):
    """What is asked: one use on one day.

    Attributes:
        relations: relation per decider id, such as "mother"; told instead of names.
        today: the present day; see `app.consent.verdict.verdict`.
    """

    use: str
    day: date
    relations: Mapping[str, str]
    today: date | None = None


def differences(asked: Question, then: Known, now: Known) -> Learned | None:
    """Why the answer differs between what was known then and now; None when it does not.

    What makes the difference by itself is told; where nothing does so alone, all of it.
    """
    before = then.answer(asked.use, asked.day, asked.today)
    after = now.answer(asked.use, asked.day, asked.today)
    if _flat(before) == _flat(after):
        return None
    told = list(_facts(asked, then, now))
    told += [(then, message) for message in _taken_back(asked, then, now)]
    matters = [
        message
        for changed, message in told
        if changed is then
        or _flat(changed.answer(asked.use, asked.day, asked.today)) != _flat(after)
    ]
    matters += _settings(asked, then, now)
    why = matters or [message for _, message in told] or [Message("consent.learned_other")]
    return Learned(asked.use, before, after, _once(why))


def _once(told: Iterable[Message]) -> tuple[Message, ...]:
    found: list[Message] = []
    for one in told:
        if one not in found:
            found.append(one)
    return tuple(found)


def learned_since(reader: Reader, subject_id: str, at: AsOf) -> tuple[Learned, ...]:
    """The uses whose answers for a day are others now than they were at a moment, and why.

    Nothing without a moment of knowledge, or when all that is known now was known by then.

    Raises:
        Refusal: `register.not_found`.
    """
    past = past_moment(at.known_at, at.today)
    if past is None:
        return ()
    then = _known(reader, subject_id, past, at.day)._replace(today=present_then(past, at.today))
    now = _known(reader, subject_id, None, at.day)
    relations = {
        one.guardian_id: str(one.kind) for one in reader.all(Relation, pupil_id=subject_id)
    }
    member = reader.find(StaffMember, subject_id) if now.subject.adult else None
    relations[subject_id] = relation_of(member) if member else "self"
    uses = dict.fromkeys((*then.rules, *now.rules))
    asked = (Question(use, at.day, relations, at.today) for use in uses)
    return tuple(one for each in asked if (one := differences(each, then, now)))


def _known(reader: Reader, subject_id: str, past: datetime | None, day: date) -> Known:
    rules = {rule.use: rule for rule in use_rules(channels_known(reader, past), day)}
    return Known(known_subject(reader, subject_id, past), rules, profile_of(reader, past))


def _flat(found: Verdict) -> tuple[object, ...]:
    return found.outcome, found.reason, found.conditions


def _facts(asked: Question, then: Known, now: Known) -> Iterator[tuple[Known, Message]]:
    """Every fact that was learned since, with what would be known without it."""
    making = now.profile.making_of(asked.use)
    uses = {asked.use, making.use if making else asked.use}
    for kind in _KINDS:
        old = {fact.id for fact in getattr(then.subject, kind)}
        facts: tuple[_Fact, ...] = getattr(now.subject, kind)
        for fact in facts:
            if fact.id in old or (isinstance(fact, DecisionFact) and fact.use not in uses):
                continue
            rest: dict[str, Any] = {kind: tuple(one for one in facts if one.id != fact.id)}
            without = now._replace(subject=now.subject._replace(**rest))
            yield without, _sentence(asked, fact, then.subject)


def _sentence(asked: Question, fact: _Fact, then: Subject) -> Message:
    values: dict[str, object] = {"entered": school_day(fact.recorded_at)}
    if isinstance(fact, PresenceFact):
        ended = "_ended" if fact.replaces and fact.end is not None else ""
        values["day"] = fact.end if ended else fact.start
        return Message(f"consent.learned_presence{ended}", values)
    if isinstance(fact, FlagFact):
        values["day"] = fact.start
        return Message(f"consent.learned_flag{'_lifted' if fact.replaces else ''}", values)
    if isinstance(fact, AuthorityFact):
        values["who"] = _who(asked, fact.guardian_id)
        return Message("consent.learned_authority", values)
    values |= {"who": _who(asked, fact.decider_id), "day": fact.signed_on}
    if fact.replaces and any(one.id == fact.replaces for one in then.decisions):
        return Message("consent.learned_corrected", values)
    return Message(f"consent.learned_{fact.answer}", values)


def _taken_back(asked: Question, then: Known, now: Known) -> Iterator[Message]:
    """Every answer that was known then and was taken back since."""
    old = {fact.decision_id for fact in then.subject.retractions}
    known = {fact.id: fact for fact in then.subject.decisions}
    for fact in now.subject.retractions:
        gone = known.get(fact.decision_id)
        if fact.decision_id not in old and gone is not None and gone.use == asked.use:
            values: dict[str, object] = {
                "who": _who(asked, gone.decider_id),
                "day": gone.signed_on,
                "entered": school_day(fact.recorded_at),
            }
            yield Message("consent.learned_retracted", values)


def _settings(asked: Question, then: Known, now: Known) -> Iterator[Message]:
    """What the school has set otherwise since."""
    if then.profile.key != now.profile.key:
        yield Message("consent.learned_rules")
    before, after = then.rules.get(asked.use), now.rules.get(asked.use)
    if before is None or after is None:
        yield Message(
            "consent.learned_use_new" if before is None else "consent.learned_use_gone"
        )
    else:
        for name in _SETTINGS:
            if getattr(before, name) != getattr(after, name):
                yield Message(f"consent.learned_set_{name}")
    if then.subject.birth_date != now.subject.birth_date:
        yield Message("consent.learned_birth")
    if {*then.subject.guardians, *then.subject.former} != {
        *(*now.subject.guardians, *now.subject.former)
    }:
        yield Message("consent.learned_guardians")


def _who(asked: Question, decider_id: str) -> Message:
    return Message(f"people.relation_{asked.relations.get(decider_id, 'other')}")
