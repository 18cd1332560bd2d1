"""How a pupil stands for all uses at once, and how many stand so: what figures are added from.

A stand is a text with one letter for each use that is asked. Of a pupil it is worked out by
the verdict everybody uses, and again only where something more is known, the uses or rules
are others, or the verdict itself says that it may not hold any more.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from app.consent.outcome import Outcome
from app.consent.periods import FAR, covered, latest
from app.consent.profiles import profile_of
from app.consent.uses import asked_uses, use_rule
from app.consent.verdict import verdicts
from app.figures.counts import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from app.consent.facts import Subject
    from app.consent.profiles import Profile
    from app.consent.records import Channel
    from app.consent.then import Known
    from app.consent.verdict import UseRule
    from app.ports import Reader

K = TypeVar("K")

_YES, _NO, _WAITING = "ynw"
_PARTS = _YES + _NO + _WAITING
"""In the order of the parts of a count."""
_LETTERS = {
    Outcome.YES: _YES,
    Outcome.YES_IF: _YES,
    Outcome.NOT_NEEDED: _YES,
    Outcome.ASK: _WAITING,
}
LETTER_OF = {outcome.value: _LETTERS.get(outcome, _NO) for outcome in Outcome}
"""The letter in a stand, by outcome as stored."""


class Setting(NamedTuple):
    """What decides about every pupil on one day.

    Attributes:
        at: only what was known at this instant; all that is known now when None.
        rules: of the uses that were asked then.
        turned: other uses are asked, or by other rules, than on the day looked at before.
    """

    day: date
    at: datetime | None
    rules: tuple[UseRule, ...]
    profile: Profile
    turned: bool = True

    def stand(self, subject: Subject) -> tuple[str, date]:
        """How a pupil stands, "" for one who is not present, and the last day it is so."""
        present, until = covered(latest(subject.presences), self.day, FAR)
        if not present or not self.rules:
            return "", until
        found = verdicts(subject, self.rules, self.day, self.profile, self.day)
        until = min(until, *(verdict.until for verdict in found))
        return "".join([_LETTERS.get(verdict.outcome, _NO) for verdict in found]), until


def setting_on(
    reader: Reader, day: date, channels: tuple[Channel, ...], at: datetime | None = None
) -> Setting:
    """What decides on a day, for the uses of these channels that are asked."""
    rules = tuple(use_rule(channel, medium) for medium, channel in asked_uses(channels))
    return Setting(day, at, rules, profile_of(reader, at))


def in_turn(settings: Iterable[Setting]) -> tuple[Setting, ...]:
    """The settings, each with whether it differs from the one before."""
    found: list[Setting] = []
    for one in settings:
        last = found[-1] if found else None
        same = last and (last.rules, last.profile) == (one.rules, one.profile)
        found.append(one._replace(turned=not same))
    return tuple(found)


def stands(known: Sequence[Known], settings: Sequence[Setting]) -> Iterator[tuple[int, str]]:
    """How one pupil stood on the days on which he or she was present.

    Args:
        known: what was known of the pupil, by the places of the settings.
        settings: the days looked at, the earliest first, as `in_turn` gives them.

    Yields:
        Place of the setting, and the stand.
    """
    seen, until, stand = 0, date.min, ""
    for place, setting in enumerate(settings):
        fresh = setting.turned
        while seen < len(known) and known[seen].place <= place:
            seen, fresh = seen + 1, True
        if fresh or until < setting.day:
            stand, until = setting.stand(known[seen - 1].subject)
        if stand:
            yield place, stand


def counted(
    tally: Mapping[tuple[K, str], int], uses: Callable[[K], Sequence[str]]
) -> dict[tuple[K, str], Count]:
    """How many pupils stand how for each use, by group or month.

    Args:
        tally: how many pupils have a stand in a group or month.
        uses: of a group or month the uses that the letters are about.
    """
    found: defaultdict[tuple[K, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (key, stand), many in tally.items():
        for use, letter in zip(uses(key), stand, strict=True):
            found[key, use][_PARTS.index(letter)] += many
    return {place: Count(*parts) for place, parts in found.items()}
