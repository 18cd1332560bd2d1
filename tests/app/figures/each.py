"""Counting the slow way: everybody's verdicts, as they are shown when looking back at a day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.consent.asof import end_of, past_moment
from app.consent.grid import channels_known, group_verdicts, known_subject
from app.consent.outcome import Outcome
from app.consent.uses import asked_uses, use_key
from app.figures.counts import Count

if TYPE_CHECKING:
    from datetime import date

    from app.consent.facts import Subject
    from app.ports import Reader


def one_by_one(
    reader: Reader, ids: tuple[str, ...], day: date, today: date
) -> dict[str, Count]:
    """Everybody's verdicts as they are shown when looking back at the end of a day."""
    at = end_of(day)
    channels = channels_known(reader, past_moment(at, today))
    uses = [use_key(medium, channel.key) for medium, channel in asked_uses(channels)]
    outcomes: Counter[tuple[str, Outcome]] = Counter()
    for pupil_id, found in group_verdicts(reader, ids, day, at, today):
        if present(known_subject(reader, pupil_id, past_moment(at, today)), day):
            outcomes.update((one.use, one.outcome) for one in found if one.use in uses)
    counts = {}
    for use in uses:
        waiting, no = outcomes[use, Outcome.ASK], outcomes[use, Outcome.NO]
        whole = sum(outcomes[use, outcome] for outcome in Outcome)
        counts[use] = Count(whole - waiting - no, no, waiting)
    return counts


def present(subject: Subject, day: date) -> bool:
    """Whether a stay that stands covers the day."""
    replaced = {stay.replaces for stay in subject.presences}
    return any(
        stay.start <= day <= (stay.end or day)
        for stay in subject.presences
        if stay.id not in replaced
    )
