"""Counting: one pass over all pupils present on a day, with the verdict everybody uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import resources
from app.consent.asof import end_of, past_moment
from app.consent.outcome import Outcome
from app.consent.profiles import profile_of
from app.consent.questions import ChannelsThen, SubjectsFacts
from app.consent.records import Channel, Medium
from app.consent.uses import asked_uses, use_key, use_rule
from app.consent.verdict import verdicts
from app.figures.counts import NOTHING, Count, Shown, shown, together
from app.jobs import SILENT, Progress
from app.people.card import places
from app.people.questions import Presence, PupilIds
from app.people.records import Site
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.consent.facts import Subject
    from app.consent.profiles import Profile
    from app.consent.verdict import UseRule
    from app.ports import Reader, Session

MONTHS = 12
NO_GROUP = ""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A use that is asked about on the form of the school."""

    key: str
    medium: Medium
    channel: Channel


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A group with the place where it is taught; without id the pupils who are in none."""

    id: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted on one day.

    Attributes:
        head: number of the journal entry up to which it was counted.
        counts: by group and use; every pupil is counted in one group only.
    """

    day: date
    head: int
    uses: tuple[FigureUse, ...]
    groups: tuple[FigureGroup, ...]
    counts: dict[tuple[str, str], Count] = field(default_factory=dict)

    def of(self, group_id: str, use: str) -> Count:
        """One group and one use."""
        return self.counts.get((group_id, use), NOTHING)

    def whole(self, use: str) -> Count:
        """The whole school and one use."""
        return together(self.of(group.id, use) for group in self.groups)

    def shown(self, use: str) -> Shown:
        """What may be shown of one use without telling about anybody."""
        least = int(resources.figure_rules()["least"])
        return shown({group.id: self.of(group.id, use) for group in self.groups}, least)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day in the past, by use, as it was known when that day ended."""

    day: date
    counts: dict[str, Count]


def collect(session: Session, progress: Progress = SILENT) -> Figures:
    """The figures of today.

    Raises:
        CancelledError: the person stopped it.
    """
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        uses = _uses(reader.all(Channel))
        rules = tuple(use_rule(one.channel, one.medium) for one in uses)
        profile, groups = profile_of(reader), _groups(reader, day)
        figures = Figures(day, reader.head().number, uses, groups)
        placed = _placed(reader, day, groups)
        for subjects, done in _batches(reader, tuple(placed)):
            progress.step(done, len(placed))
            for subject in subjects:
                _add(figures.counts, placed[subject.id], subject, (rules, day, profile))
    return figures


def is_current(session: Session, figures: Figures) -> bool:
    """Whether nothing was written and no day began since the figures were counted."""
    if figures.day != session.clock.today():
        return False
    with session.look(Compartment.CONSENT) as reader:
        return reader.head().number == figures.head


def trend(session: Session, progress: Progress = SILENT) -> tuple[TrendPoint, ...]:
    """The last days of the past twelve months, oldest first, each as known when it ended.

    Which pupils were present, what was decided, and the uses and rules are those known then;
    birth dates and who is related to a child are those known now.

    Raises:
        CancelledError: the person stopped it.
    """
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        months = tuple(_Month(reader, day, today) for day in month_ends(today))
        ids = reader.ask(PupilIds(on=today, presence=Presence.ALL))
        for subjects, done in _batches(reader, ids):
            progress.step(done, len(ids))
            for subject in subjects:
                for month in months:
                    month.add(subject)
    return tuple(month.point() for month in months)


def month_ends(today: date) -> tuple[date, ...]:
    """The last days of the twelve months before this one, oldest first."""
    found = []
    day = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(reversed(found))


class _Month:
    """The last day of a month, with the uses and rules that were known when it ended."""

    def __init__(self, reader: Reader, day: date, today: date) -> None:
        self._day, self._at = day, past_moment(end_of(day), today)
        at = self._at
        channels = reader.all(Channel) if at is None else reader.ask(ChannelsThen(at))
        self._uses = _uses(channels)
        rules = tuple(use_rule(one.channel, one.medium) for one in self._uses)
        self._looked = rules, day, profile_of(reader, at)
        self._counts: dict[tuple[str, str], Count] = {}

    def add(self, subject: Subject) -> None:
        """Count a pupil who was present, by what was known."""
        known = subject if self._at is None else subject.as_known(self._at)
        if self._uses and _present(known, self._day):
            _add(self._counts, NO_GROUP, known, self._looked)

    def point(self) -> TrendPoint:
        """What was counted."""
        counts = {one.key: self._counts.get((NO_GROUP, one.key), NOTHING) for one in self._uses}
        return TrendPoint(self._day, counts)


def _present(subject: Subject, day: date) -> bool:
    replaced = {stay.replaces for stay in subject.presences if stay.replaces}
    return any(
        stay.start <= day and (stay.end is None or stay.end >= day)
        for stay in subject.presences
        if stay.id not in replaced
    )


def _add(
    counts: dict[tuple[str, str], Count],
    group_id: str,
    subject: Subject,
    looked: tuple[tuple[UseRule, ...], date, Profile],
) -> None:
    rules, day, profile = looked
    for found in verdicts(subject, rules, day, profile, day):
        key = group_id, found.use
        counts[key] = counts.get(key, NOTHING).plus(_ONE.get(found.outcome, _ANSWERED_NO))


_ANSWERED_NO = Count(no=1)
_ONE = {
    Outcome.YES: Count(yes=1),
    Outcome.YES_IF: Count(yes=1),
    Outcome.NOT_NEEDED: Count(yes=1),
    Outcome.ASK: Count(waiting=1),
}


def _uses(channels: tuple[Channel, ...]) -> tuple[FigureUse, ...]:
    return tuple(
        FigureUse(use_key(medium, one.key), medium, one) for medium, one in asked_uses(channels)
    )


def _groups(reader: Reader, day: date) -> tuple[FigureGroup, ...]:
    sites = {site.id: site.name for site in reader.all(Site)}
    known = places(reader, day)
    found = (FigureGroup(one.id, one.name, sites.get(one.site_id, "")) for one in known.groups)
    return (*found, FigureGroup(NO_GROUP, "", ""))


def _placed(reader: Reader, day: date, groups: Iterable[FigureGroup]) -> dict[str, str]:
    """The one group in which each pupil who is present is counted."""
    placed: dict[str, str] = {}
    for group in groups:
        if group.id:
            for pupil_id in reader.ask(PupilIds(on=day, group_id=group.id)):
                placed.setdefault(pupil_id, group.id)
    for pupil_id in reader.ask(PupilIds(on=day)):
        placed.setdefault(pupil_id, NO_GROUP)
    return placed


def _batches(reader: Reader, ids: tuple[str, ...]) -> Iterable[tuple[tuple[Subject, ...], int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield reader.ask(SubjectsFacts(ids[start : start + _AT_ONCE])), start
