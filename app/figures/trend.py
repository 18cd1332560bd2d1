"""Looking back: how the asking stood at the end of each month, as it was known then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from app.consent.asof import end_of, past_moment
from app.consent.grid import channels_known
from app.consent.questions import TouchedSince
from app.consent.then import HereSince, NewestThen, SubjectsThen
from app.figures.counts import NOTHING, Count
from app.figures.stands import counted, in_turn, setting_on, stands
from app.jobs import SILENT, Progress
from app.record import Compartment
from app.roster.calm import uncollected

if TYPE_CHECKING:
    from datetime import datetime

    from app.consent.then import Known
    from app.figures.stands import Setting
    from app.ports import Session
    from app.slices import Slices

MONTHS = 12
_AT_ONCE = 250
"""So many pupils are read before others have their turn."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day in the past, by use, as it was known when that day ended."""

    day: date
    counts: dict[str, Count]


class _Kept(NamedTuple):
    """What a session found, up to an entry of the journal.

    Attributes:
        newest: the entries that were newest at the moments looked back to.
    """

    number: int
    settings: tuple[Setting, ...]
    newest: tuple[int, ...]
    points: tuple[TrendPoint, ...] = ()


_KEPT: WeakKeyDictionary[Session, _Kept] = WeakKeyDictionary()


def trend(slices: Slices, progress: Progress = SILENT) -> tuple[TrendPoint, ...]:
    """The last days of the past twelve months, oldest first, each as known when it ended.

    It is what looking back at every pupil on each of these days would show. Pupils of whom
    nothing was learned between two of them are not looked at again. What was known when a
    month ended does not change by what is recorded later, so a session counts it once.

    Raises:
        CancelledError: the person stopped it.
    """
    begun = slices.read(_known_before)
    if not begun.points:
        begun = begun._replace(points=_counted(slices, begun.settings, progress))
        slices.read(partial(_keep, begun))
    return begun.points


def _counted(
    slices: Slices, settings: tuple[Setting, ...], progress: Progress
) -> tuple[TrendPoint, ...]:
    ids = slices.read(partial(_here_since, settings[0].day))
    moments = tuple(setting.at for setting in settings)
    tally: Counter[tuple[int, str]] = Counter()
    with uncollected():
        for start in range(0, len(ids), _AT_ONCE):
            progress.step(start, len(ids))
            part = ids[start : start + _AT_ONCE]
            for known in slices.read(partial(_known, part, moments)):
                tally.update(stands(known, settings))
    uses = [[rule.use for rule in setting.rules] for setting in settings]
    found = counted(tally, uses.__getitem__)
    return tuple(
        TrendPoint(setting.day, {use: found.get((place, use), NOTHING) for use in uses[place]})
        for place, setting in enumerate(settings)
    )


def month_ends(today: date) -> tuple[date, ...]:
    """The last days of the twelve months before this one, oldest first."""
    found = []
    day = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(reversed(found))


def _known_before(session: Session) -> _Kept:
    """What to look back to; with what was found before where it still holds."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        settings = []
        for day in month_ends(today):
            at = past_moment(end_of(day), today)
            settings.append(setting_on(reader, day, channels_known(reader, at), at))
        past = (setting.at for setting in settings)
        newest = tuple(reader.ask(NewestThen(at)) for at in past if at is not None)
        begun = _Kept(reader.head().number, in_turn(settings), newest)
        kept = _KEPT.get(session)
        if kept is None or (kept.settings, kept.newest) != (begun.settings, begun.newest):
            return begun
        if kept.number != begun.number and reader.ask(TouchedSince(kept.number)).everything:
            return begun
    return begun._replace(points=kept.points)


def _keep(found: _Kept, session: Session) -> None:
    _KEPT[session] = found


def _here_since(day: date, session: Session) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(HereSince(day, end_of(day)))


def _known(
    ids: tuple[str, ...], moments: tuple[datetime | None, ...], session: Session
) -> tuple[tuple[Known, ...], ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(SubjectsThen(ids, moments))
