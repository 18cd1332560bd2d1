"""Who has to be asked about what, and why: pure functions over facts.

Asking never changes a verdict; it follows from the same facts. A decider is asked about every
use for which nothing that he or she said last covers what the use is today. A no or a
withdrawal covers everything: nobody is asked again because the school would like another
answer. While a safety flag holds nobody is asked, since no answer would change anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.clock import school_day
from app.consent.deciders import decides_on
from app.consent.periods import FAR, last_of
from app.consent.records import Answer
from app.consent.unclear import still_unclear
from app.consent.uses import use_key
from app.consent.verdict import UseRule, last_words, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.consent.facts import DecisionFact, PresenceFact, Subject
    from app.consent.profiles import Profile
    from app.consent.records import UnclearAnswer

_ANY_USE = UseRule("")
_DAY = timedelta(days=1)

Unclear = tuple[tuple[str, date], ...]
"""Uses, each with the day from which asking counts."""

NOTHING_UNCLEAR: Unclear = ()


class Cause(StrEnum):
    """Why somebody has to be asked, the one that is named first first."""

    UNCLEAR = "unclear"
    OF_AGE = "of_age"
    AUTHORITY = "authority"
    NEW_PUPIL = "new_pupil"
    NEVER = "never"
    WIDENED = "widened"
    RENEWAL = "renewal"
    EXPIRED = "expired"
    ONE_OFF = "one_off"
    LEFT_OPEN = "left_open"


ORDER = tuple(Cause)


@dataclass(frozen=True, slots=True)
class LastWord:
    """What a decider said last about one use.

    Attributes:
        scope: scope that a yes covers; 0 for a no or a withdrawal, which cover everything.
        until: last day of a yes, or None for open.
    """

    scope: int
    signed_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One use about which somebody has to be asked.

    Attributes:
        scope: what the wording has to cover.
        not_before: asking counts from this day; earlier asking was about the older answer.
    """

    use: str
    scope: int
    cause: Cause
    not_before: date = date.min


@dataclass(frozen=True, slots=True)
class Pair:
    """A decider and the one whom recordings show, on one day.

    Attributes:
        own: a pupil who decides alone.
        first: first day of the subject at the school.
        since: first day on which this one decides.
        words: what this one said last, by use.
        unclear: uses of which the last paper cannot be read, with the day that was found.
    """

    subject_id: str
    decider_id: str
    words: Mapping[str, LastWord]
    first: date = date.min
    since: date = date.min
    own: bool = False
    unclear: Unclear = NOTHING_UNCLEAR


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who has to be asked.

    Attributes:
        partly: about other uses there is an answer that counts.
    """

    subject_id: str
    decider_id: str
    needs: tuple[Need, ...]
    partly: bool = False

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why, the most telling first."""
        found = {need.cause for need in self.needs}
        return tuple(cause for cause in ORDER if cause in found)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for everybody on a day.

    Attributes:
        year_start: who came on or after this day is new.
        renewed: answers signed before this day are asked anew, or None.
        channel: key of the one-off use that is asked on its own form, or "".
    """

    day: date
    rules: tuple[UseRule, ...]
    year_start: date = date.max
    renewed: date | None = None
    channel: str = ""

    @property
    def asked(self) -> tuple[UseRule, ...]:
        """The uses that need consent and are asked for."""
        return tuple(rule for rule in self.rules if rule.asked and not rule.ground)


def who_to_ask(
    subject: Subject,
    setting: Setting,
    profile: Profile,
    unclear: Iterable[UnclearAnswer] = (),
) -> tuple[Due, ...]:
    """Everybody who has to be asked about one pupil or member of staff on a day, in order.

    Args:
        subject: the facts.
        setting: the day, and what is asked.
        profile: the jurisdiction.
        unclear: what nobody could read about this subject, with what took it back.
    """
    open_ = open_unclear(unclear, last_words(subject))
    found = (
        due(replace(pair, unclear=open_.get(pair.decider_id, NOTHING_UNCLEAR)), setting)
        for pair in pairs(subject, setting.day, profile)
    )
    return tuple(one for one in found if one.needs)


def open_unclear(
    facts: Iterable[UnclearAnswer], words: Iterable[DecisionFact]
) -> dict[str, Unclear]:
    """By decider what was found unreadable and still is; asking counts from that very day."""
    found: dict[str, Unclear] = {}
    for fact in still_unclear(facts, words):
        use = use_key(fact.medium, fact.channel)
        one = (use, school_day(fact.recorded_at))
        found[fact.decider_id] = (*found.get(fact.decider_id, ()), one)
    return found


def due(pair: Pair, setting: Setting) -> Due:
    """What one decider has to be asked; without needs when everything is answered."""
    missing = cause_of_silence(pair, setting)
    needs = tuple(needs_of(pair.words, setting, missing, dict(pair.unclear)))
    partly = bool(pair.words) and len(needs) < len(setting.asked)
    return Due(pair.subject_id, pair.decider_id, needs, partly)


def needs_of(
    words: Mapping[str, LastWord],
    setting: Setting,
    missing: Cause,
    unclear: Mapping[str, date],
) -> Iterator[Need]:
    """The uses to ask about; `missing` is why, where nothing was ever said."""
    silent = missing if not words else Cause.LEFT_OPEN
    if setting.channel:
        silent = Cause.ONE_OFF
    for rule in setting.asked:
        word = words.get(rule.use)
        if rule.use in unclear:
            yield Need(rule.use, rule.scope, Cause.UNCLEAR, unclear[rule.use])
        elif word is None:
            yield Need(rule.use, rule.scope, silent)
        elif (cause := _gone(word, rule, setting)) is not None:
            yield Need(rule.use, rule.scope, cause, _not_before(word, cause, setting))


def cause_of_silence(pair: Pair, setting: Setting) -> Cause:
    """Why somebody who never said anything has to be asked."""
    if pair.own:
        return Cause.OF_AGE
    if pair.since > pair.first:
        return Cause.AUTHORITY
    return Cause.NEW_PUPIL if pair.first >= setting.year_start else Cause.NEVER


def pairs(subject: Subject, day: date, profile: Profile) -> tuple[Pair, ...]:
    """Who decides about a subject on a day and may be asked, with what each said last.

    A pupil's own yes from before coming of age is no answer.
    """
    found = verdict(subject, _ANY_USE, day, profile, day)
    if not found.voices:
        return ()
    own_from = decides_on(subject, profile.own_from)
    words = words_by_decider(last_words(subject, own_from), profile.expires_months)
    if subject.adult:
        return (Pair(subject.id, subject.id, words.get(subject.id, {})),)
    bare = subject._replace(flags=(), decisions=(), retractions=())
    first, since = _first_days(bare, profile)
    return tuple(
        Pair(
            subject.id,
            voice.decider_id,
            words.get(voice.decider_id, {}),
            first,
            since[voice.decider_id],
            own=voice.decider_id == subject.id,
        )
        for voice in found.voices
    )


def words_by_decider(
    facts: Iterable[DecisionFact], months: int = 0
) -> dict[str, dict[str, LastWord]]:
    """Last words by decider and use; a yes that names no end ends after so many months."""
    found: dict[str, dict[str, LastWord]] = {}
    for fact in facts:
        yes = fact.answer is Answer.YES
        until = fact.valid_until
        if until is None and months:
            until = last_of(fact.signed_on, months)
        word = LastWord(fact.scope if yes else 0, fact.signed_on, until if yes else None)
        found.setdefault(fact.decider_id, {})[fact.use] = word
    return found


def latest_birth(day: date, age: int) -> date:
    """The last birth date of those who have reached an age on a day; see `birthday`."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:
        return date(day.year - age, 2, 28)


def _first_days(subject: Subject, profile: Profile) -> tuple[date, dict[str, date]]:
    """The first day at school, and of each decider the first day of deciding there."""
    since: dict[str, date] = {}
    first = min((fact.start for fact in _standing(subject)), default=FAR)
    day = first
    while day < FAR:
        found = verdict(subject, _ANY_USE, day, profile)
        for voice in found.voices:
            since.setdefault(voice.decider_id, day)
        day = found.until + _DAY if found.until < FAR else FAR
    return first, since


def _standing(subject: Subject) -> Iterator[PresenceFact]:
    replaced = {fact.replaces for fact in subject.presences if fact.replaces}
    return (fact for fact in subject.presences if fact.id not in replaced)


def _gone(word: LastWord, rule: UseRule, setting: Setting) -> Cause | None:
    """Why what was said last does not do any more, or None when it does."""
    if word.scope and word.until is not None and word.until < setting.day:
        return Cause.EXPIRED
    if 0 < word.scope < rule.scope:
        return Cause.WIDENED
    if setting.renewed is not None and word.signed_on < setting.renewed:
        return Cause.RENEWAL
    return None


def _not_before(word: LastWord, cause: Cause, setting: Setting) -> date:
    if cause is Cause.RENEWAL and setting.renewed is not None:
        return setting.renewed
    return word.signed_on + _DAY if cause is Cause.EXPIRED else date.min
