"""Counting: every pupil present today, with the verdict everybody uses.

Where the check list is proven and current, what is counted is what it tells the teachers: the
same verdicts, worked out when they were published. Otherwise they are worked out anew.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import resources
from app.check import listing
from app.check.questions import RowsDue
from app.check.rows import uses_of
from app.check.trust import Proof
from app.clock import school_day
from app.consent.periods import FAR, covered, latest
from app.consent.questions import TouchedSince
from app.consent.records import Channel, Medium
from app.consent.then import SubjectsThen
from app.consent.uses import asked_uses, use_key
from app.figures.counts import NOTHING, Count, Shown, shown, together
from app.figures.stands import LETTER_OF, Setting, counted, setting_on, stands
from app.jobs import SILENT, Progress
from app.people.card import places
from app.people.questions import PupilIds
from app.people.records import Enrolment, Site
from app.record import Compartment
from app.roster.calm import uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.check.records import CheckRow
    from app.consent.then import Known
    from app.ports import Reader, Session
    from app.slices import Slices

NO_GROUP = ""
_AT_ONCE = 250
"""So many pupils are read before others have their turn."""
_BUCKETS = 16


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
class _Begun:
    """What counting begins with.

    Attributes:
        pupils: ids of who is present.
        listed: places of the uses on the check list, or None when it cannot be relied on.
    """

    figures: Figures
    setting: Setting
    pupils: tuple[str, ...]
    listed: tuple[int, ...] | None


def collect(slices: Slices, progress: Progress = SILENT, *, anew: bool = False) -> Figures:
    """The figures of today.

    Args:
        slices: reads the register.
        progress: told how far it is.
        anew: work every verdict out again, whatever was published.

    Raises:
        CancelledError: the person stopped it.
    """
    begun = slices.read(_begin)
    figures, tally = begun.figures, None
    if begun.listed is not None and not anew:
        tally = _from_list(slices, begun, begun.listed, progress)
    if tally is None:
        tally = _from_facts(slices, begun, progress)
    known = {group.id for group in figures.groups}
    grouped: Counter[tuple[str, str]] = Counter()
    for (group_id, stand), many in tally.items():
        grouped[group_id if group_id in known else NO_GROUP, stand] += many
    uses = [use.key for use in figures.uses]
    figures.counts.update(counted(grouped, lambda _group: uses))
    return figures


def is_current(session: Session, figures: Figures) -> bool:
    """Whether nothing was written and no day began since the figures were counted."""
    if figures.day != session.clock.today():
        return False
    with session.look(Compartment.CONSENT) as reader:
        return reader.head().number == figures.head


def uses_in(channels: tuple[Channel, ...]) -> tuple[FigureUse, ...]:
    """The uses that are asked about, in the order of the form."""
    return tuple(
        FigureUse(use_key(medium, one.key), medium, one) for medium, one in asked_uses(channels)
    )


def _begin(session: Session) -> _Begun:
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        channels, head = reader.all(Channel), reader.head().number
        figures = Figures(day, head, uses_in(channels), _groups(reader, day))
        setting = setting_on(reader, day, channels)
        pupils = tuple(sorted(reader.ask(PupilIds(on=day))))
        return _Begun(figures, setting, pupils, _listed(session, reader, figures))


def _listed(session: Session, reader: Reader, figures: Figures) -> tuple[int, ...] | None:
    """Where the uses stand on the check list, if it says what consent says today."""
    if not session.opens(Compartment.CHECK) or session.unpublished:
        return None
    with session.look(Compartment.CHECK) as check:
        proof = Proof(session, check)
        due = check.ask(RowsDue(figures.day))
    published = proof.latest
    if published is None or proof.trouble or due:
        return None
    if published.basis > figures.head or school_day(published.published_at) != figures.day:
        return None
    since, uses = reader.ask(TouchedSince(published.basis)), uses_of(proof.header)
    wanted = [use.key for use in figures.uses]
    if since.everything or since.pupils or not set(wanted) <= set(uses):
        return None
    return tuple(map(uses.index, wanted))


def _from_list(
    slices: Slices, begun: _Begun, places_: tuple[int, ...], progress: Progress
) -> Counter[tuple[str, str]] | None:
    """Stands by group as published; None where the list is not what was signed."""
    tally: Counter[tuple[str, str]] = Counter()
    present = set(begun.pupils)
    for start in range(0, listing.BUCKETS, _BUCKETS):
        progress.step(start, listing.BUCKETS)
        rows = slices.read(partial(_rows, start))
        if rows is None:
            return None
        for row in rows:
            if row.id in present:
                present.discard(row.id)
                tally[row.group_id, _published(row.verdicts, places_)] += 1
    return None if present else tally


def _rows(start: int, session: Session) -> list[CheckRow] | None:
    with session.look(Compartment.CHECK) as check:
        proof = Proof(session, check)
        found = [proof.bucket(number) for number in range(start, start + _BUCKETS)]
    if proof.trouble is not None:
        return None
    rows: list[CheckRow] = []
    for some in found:
        if some is None:
            return None
        rows += some
    return rows


def _published(verdicts: str, places_: Sequence[int]) -> str:
    content = json.loads(verdicts)
    letters = [LETTER_OF[ruling[0]] for ruling in content["r"]]
    chosen = content["u"]
    return "".join([letters[chosen[place]] for place in places_])


def _from_facts(slices: Slices, begun: _Begun, progress: Progress) -> Counter[tuple[str, str]]:
    """Stands by group, worked out from what is recorded."""
    tally: Counter[tuple[str, str]] = Counter()
    setting, ids = (begun.setting,), begun.pupils
    with uncollected():
        for start in range(0, len(ids), _AT_ONCE):
            progress.step(start, len(ids))
            part = ids[start : start + _AT_ONCE]
            known, groups = slices.read(partial(_facts, part, begun.figures.day))
            for one in known:
                group_id = groups.get(one[0].subject.id, NO_GROUP)
                tally.update((group_id, stand) for _, stand in stands(one, setting))
    return tally


def _facts(
    ids: tuple[str, ...], day: date, session: Session
) -> tuple[tuple[tuple[Known, ...], ...], dict[str, str]]:
    with session.look(Compartment.CONSENT) as reader:
        known = reader.ask(SubjectsThen(ids, (None,)))
        stays = latest(tuple(reader.all(Enrolment, pupil_id=ids)))
    here = [stay for stay in stays if covered((stay,), day, FAR)[0]]
    here.sort(key=lambda stay: (stay.start, stay.id))
    return known, {stay.pupil_id: stay.group_id for stay in here}


def _groups(reader: Reader, day: date) -> tuple[FigureGroup, ...]:
    sites = {site.id: site.name for site in reader.all(Site)}
    known = places(reader, day)
    found = (FigureGroup(one.id, one.name, sites.get(one.site_id, "")) for one in known.groups)
    return (*found, FigureGroup(NO_GROUP, "", ""))
