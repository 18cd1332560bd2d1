"""What lists would say now: from consent for the office, from the check list for a teacher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.check.answer import gather
from app.check.compose import rules
from app.consent.outcome import Reason
from app.consent.profiles import profile_of
from app.consent.questions import SubjectsFacts
from app.consent.records import Channel
from app.consent.uses import split_use, use_rule
from app.consent.verdict import UseRule, verdicts
from app.errors import Refusal
from app.lists.lines import NOT_KNOWN, Line, cell
from app.names import full_name, sort_key
from app.people.questions import GroupPupils
from app.people.records import Pupil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from app.check.answer import CheckAnswer, CheckChannel, Gathered
    from app.consent.facts import Subject
    from app.consent.verdict import Verdict
    from app.lists.lines import Cell
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class Said:
    """What a list says.

    Attributes:
        lines: by name of the child.
        places: name of the group by id of the child, for lists of several groups.
        ends: last days after which an answer on it can change by itself.
    """

    lines: tuple[Line, ...]
    places: dict[str, str]
    ends: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class _Child:
    """One child who is at school, with what is recorded."""

    subject: Subject
    name: str
    order: tuple[str, str]


class Today:
    """What consent says today, read once for any number of lists."""

    def __init__(self, reader: Reader, day: date) -> None:
        self._reader, self._day = reader, day
        self._profile = profile_of(reader)
        self._channels = {channel.key: channel for channel in reader.all(Channel)}
        self._groups: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, _Child | None] = {}
        self._verdicts: dict[tuple[str, tuple[str, ...]], tuple[Verdict, ...]] = {}

    def cells(
        self, groups: tuple[str, ...], guests: tuple[str, ...], uses: tuple[str, ...]
    ) -> dict[str, tuple[Cell, ...]]:
        """What a list of them says now, by child; whoever left is not in it."""
        return {line.pupil_id: line.cells for line in self.said(groups, guests, uses).lines}

    def said(
        self,
        groups: tuple[str, ...],
        guests: tuple[str, ...],
        uses: tuple[str, ...],
        names: dict[str, str] | None = None,
    ) -> Said:
        """What consent says about groups and single children; `names` are those of groups."""
        members = {id: group for group in groups for id in self._group(group)}
        self._read(dict.fromkeys((*members, *guests)))
        known = [self._children[id] for id in dict.fromkeys((*members, *guests))]
        children = sorted((c for c in known if c is not None), key=lambda child: child.order)
        lines: list[Line] = []
        ends: list[date | None] = []
        for child in children:
            found = self._answers(child.subject, uses)
            if any(verdict.reason is Reason.NOT_PRESENT for verdict in found):
                continue
            cells = tuple(cell(v.outcome, v.conditions, rules()) for v in found)
            lines.append(Line(child.subject.id, child.name, cells))
            ends += [verdict.until for verdict in found]
        places = {id: (names or {}).get(group, "") for id, group in members.items()}
        return Said(tuple(lines), places, tuple(ends))

    def members(self, groups: tuple[str, ...], guests: tuple[str, ...]) -> frozenset[str]:
        """Ids of who belongs on a list of these groups and children, guests as they are."""
        return frozenset((*(id for group in groups for id in self._group(group)), *guests))

    def learned(self, pupil_ids: Iterable[str], after: datetime) -> datetime | None:
        """When the first thing about these children was recorded after an instant, or None."""
        ids = tuple(dict.fromkeys(pupil_ids))
        self._read(ids)
        found = (self._children[id] for id in ids)
        moments = (at for child in found if child for at in _recorded(child.subject))
        return min((at for at in moments if at > after), default=None)

    def read_ahead(self, groups: Iterable[str], guests: Iterable[str]) -> None:
        """Read what many lists will need in one go."""
        members = (id for group in groups for id in self._group(group))
        self._read(dict.fromkeys((*members, *guests)))

    def _answers(self, subject: Subject, uses: tuple[str, ...]) -> tuple[Verdict, ...]:
        key = (subject.id, uses)
        if key not in self._verdicts:
            rule = tuple(self._rule(use) for use in uses)
            found = verdicts(subject, rule, self._day, self._profile, self._day)
            self._verdicts[key] = found
        return self._verdicts[key]

    def _rule(self, use: str) -> UseRule:
        medium, channel = split_use(use)
        known = self._channels.get(channel)
        return use_rule(known, medium) if known else UseRule(use, asked=False)

    def _group(self, group_id: str) -> tuple[str, ...]:
        if group_id not in self._groups:
            self._groups[group_id] = self._reader.ask(GroupPupils(group_id, self._day))
        return self._groups[group_id]

    def _read(self, ids: Iterable[str]) -> None:
        fresh = tuple(id for id in ids if id not in self._children)
        self._children.update(dict.fromkeys(fresh))
        pupils = {pupil.id: pupil for pupil in self._reader.all(Pupil, id=fresh)}
        for subject in self._reader.ask(SubjectsFacts(fresh)) if fresh else ():
            pupil = pupils[subject.id]
            parts = (pupil.first_name, pupil.prefix, pupil.surname)
            order = (sort_key(*parts), pupil.id)
            self._children[subject.id] = _Child(subject, full_name(*parts), order)


def _recorded(subject: Subject) -> Iterator[datetime]:
    facts = (
        *(subject.presences, subject.authorities, subject.flags),
        *(subject.decisions, subject.retractions),
    )
    return (fact.recorded_at for some in facts for fact in some)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check list says, with whose list it is.

    Attributes:
        groups: names of the groups on it; guests: ids of children who are in none of them.
    """

    said: Said
    groups: tuple[str, ...]
    guests: tuple[str, ...]
    channels: dict[str, CheckChannel]
    gathered: Gathered


def said_by_check(
    session: Session, groups: tuple[str, ...], guests: tuple[str, ...], uses: tuple[str, ...]
) -> Checked:
    """What the check list says about groups ("" for who is in none) and single children.

    Raises:
        Refusal: `lists.not_trusted` when nothing on the check list may be relied on.
    """
    found = gather(session, groups, guests)
    trouble = found.freshness.trouble
    if trouble is not None:
        raise Refusal("lists.not_trusted", why=trouble)
    names = {answer.group.id: answer.group.name for answer in found.answers if answer.group}
    members = tuple(group for group in groups if group in names)
    apart = tuple(
        answer.pupil_id
        for answer in found.answers
        if answer.group is None or answer.group.id not in members
    )
    lines = tuple(_checked(answer, uses) for answer in found.answers)
    places = {a.pupil_id: a.group.name if a.group else "" for a in found.answers}
    channels = {
        line.channel.key: line.channel for answer in found.answers for line in answer.lines
    }
    over = (channels[key].end for _, key in map(split_use, uses) if key in channels)
    ends = (*(answer.until for answer in found.answers), *over, found.freshness.until)
    said = Said(lines, places, ends)
    return Checked(said, tuple(names[id] for id in members), apart, channels, found)


def _checked(answer: CheckAnswer, uses: tuple[str, ...]) -> Line:
    known = {line.use: line for line in answer.lines}
    cells = tuple(
        cell(known[use].outcome, known[use].conditions, rules()) if use in known else NOT_KNOWN
        for use in uses
    )
    return Line(answer.pupil_id, answer.name, cells)
