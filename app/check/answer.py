"""A teacher's question: may this child, or this adult, be photographed for this?

Answers come from the check compartment alone, and only after the signature over them holds.
Whatever is stale, unsigned, altered or unknown means: may not, ask first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.check import listing
from app.check.listing import Ruling
from app.check.questions import (
    AdultsListed,
    FindRows,
    ListedGroups,
    RowsOfAdults,
    RowsOfGroup,
)
from app.check.records import CheckRow, Publication, RowKind
from app.check.trust import Proof
from app.clock import school_day
from app.consent.outcome import Outcome, Reason
from app.consent.verdict import outside
from app.errors import Message, Refusal
from app.names import fold
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class CheckChannel:
    """A channel as a teacher sees it.

    Attributes:
        start, end: of a one-off use, both days inclusive.
        groups: ids of the groups that a one-off use is for; all of them without any.
    """

    key: str
    names: dict[str, str]
    grounds: dict[str, str]
    media: tuple[str, ...]
    start: date | None = None
    end: date | None = None
    groups: frozenset[str] = frozenset()

    def name(self, language: str) -> str:
        """Name in a language."""
        return self.names.get(language) or self.names["nl"]

    def ground(self, language: str) -> str:
        """Why no consent is needed, or ""."""
        return self.grounds.get(language) or self.grounds.get("nl", "")


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A group as a teacher sees it."""

    id: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the check list can be trusted.

    Attributes:
        published_at, publisher: of the newest publication; None and "" without one.
        trouble: why nothing on it may be relied on, or None.
        number: of the newest publication, 0 without one.
        until: last day on which the list is not too old, or None without one.
    """

    published_at: datetime | None
    publisher: str
    trouble: Message | None = None
    number: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """The answer for one use.

    Attributes:
        use: `medium:channel`.
        permits: the recording may be used, under the conditions.
        why: the reason in one sentence.
        reason: the rule that decided; None when nothing can be relied on.
    """

    use: str
    channel: CheckChannel
    outcome: Outcome
    why: Message
    conditions: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def permits(self) -> bool:
        """Whether the recording may be used."""
        return self.outcome.permits


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """All answers about one pupil or adult.

    Attributes:
        pupil_id: id of the pupil, or of the adult.
        doubt: why none of them may be relied on, or None; every line asks first then.
        until: last day on which the answers hold if nothing is recorded.
        kind: a pupil, or which adult; site: of an adult, where known.
    """

    pupil_id: str
    name: str
    group: CheckGroup | None
    lines: tuple[CheckLine, ...]
    freshness: Freshness
    doubt: Message | None = None
    until: date | None = None
    kind: RowKind = RowKind.PUPIL
    site: str = ""

    def line(self, use: str) -> CheckLine | None:
        """The answer for one use, or None when the list does not know the use."""
        return next((line for line in self.lines if line.use == use), None)


@dataclass(frozen=True, slots=True)
class CheckBoard:
    """What the check screen starts with.

    Attributes:
        ungrouped: some pupils on the list are in no group, such as visitors.
        adults: there are adults on the list.
    """

    school: str
    groups: tuple[CheckGroup, ...]
    channels: tuple[CheckChannel, ...]
    freshness: Freshness
    ungrouped: bool = False
    adults: bool = False


@dataclass(frozen=True, slots=True)
class CheckHit:
    """A pupil or an adult found on the check list; an adult is in no group."""

    id: str
    name: str
    group: str
    site: str
    kind: RowKind = RowKind.PUPIL


def board(session: Session) -> CheckBoard:
    """Groups with pupils, channels and freshness for the start of the check screen."""
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        taken = reader.ask(ListedGroups())
        groups = tuple(group for group in page.groups if group.id in taken)
        ungrouped = "" in taken
        adults = reader.ask(AdultsListed())
        return CheckBoard(page.school, groups, page.channels, page.freshness, ungrouped, adults)


def find_pupils(session: Session, text: str, limit: int = 40) -> tuple[CheckHit, ...]:
    """Pupils whose name begins with what was typed, in order of names; () for an empty text."""
    if not fold(text):
        return ()
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        return tuple(page.hit(row) for row in reader.ask(FindRows(text, limit)))


def find_people(session: Session, text: str, limit: int = 40) -> tuple[CheckHit, ...]:
    """As `find_pupils`, and then the adults, for whom some room is kept.

    So the first one is an adult only when no pupil is called so.
    """
    if not fold(text):
        return ()
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        grown = reader.ask(FindRows(text, limit, adults=True))
        room = limit - min(len(grown), limit // 4)
        pupils = reader.ask(FindRows(text, room))
        return tuple(page.hit(row) for row in (*pupils, *grown)[:limit])


def pupils_of_group(session: Session, group_id: str) -> tuple[CheckHit, ...]:
    """The pupils of a group, in order of names."""
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        return tuple(page.hit(row) for row in reader.ask(RowsOfGroup(group_id)))


def adults(session: Session) -> tuple[CheckHit, ...]:
    """All adults on the list, in order of names."""
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        return tuple(page.hit(row) for row in reader.ask(RowsOfAdults()))


def check_pupil(session: Session, pupil_id: str) -> CheckAnswer:
    """Every answer about one pupil, or one adult, today.

    Raises:
        Refusal: `check.unknown_pupil` when the list does not hold the person: may not.
    """
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        row = reader.find(CheckRow, pupil_id)
        if row is None:
            raise Refusal("check.unknown_pupil")
        return page.answer(row)


def check_group(session: Session, group_id: str) -> tuple[CheckAnswer, ...]:
    """Every answer about every pupil of a group, today, in order of names."""
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        return tuple(page.answer(row) for row in reader.ask(RowsOfGroup(group_id)))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers about people who come from anywhere on the list.

    Attributes:
        answers: by name.
        unknown: ids of whom the list knows nothing; nothing is allowed for them.
    """

    answers: tuple[CheckAnswer, ...]
    unknown: tuple[str, ...]
    freshness: Freshness


def gather(
    session: Session, group_ids: tuple[str, ...], pupil_ids: tuple[str, ...] = ()
) -> Gathered:
    """Every answer about whole groups ("" for pupils in none) and single people, today."""
    with session.look(Compartment.CHECK) as reader:
        page = _Page(session, reader)
        rows = {row.id: row for id in group_ids for row in reader.ask(RowsOfGroup(id))}
        single = [id for id in dict.fromkeys(pupil_ids) if id not in rows]
        rows |= {row.id: row for row in reader.all(CheckRow, id=tuple(single))}
        found = sorted(rows.values(), key=lambda row: (row.sort_key, row.id))
        answers = tuple(page.answer(row) for row in found)
        unknown = tuple(id for id in single if id not in rows)
        return Gathered(answers, unknown, page.freshness)


class _Page:
    """The header of the list, verified once, and what it proves about rows."""

    def __init__(self, session: Session, reader: Reader) -> None:
        self._today = session.clock.today()
        self._behind = session.unpublished
        self._proof = Proof(session, reader)
        content = _content(self._proof.header)
        self.school = content.school
        self.channels = content.channels
        self._by_key = {channel.key: channel for channel in self.channels}
        self.uses = content.uses
        self.groups = content.groups
        self._by_group = {group.id: group for group in self.groups}
        latest = self._proof.latest
        trouble = self._proof.trouble or self._staleness(latest, content)
        self.freshness = _freshness(latest, trouble, content.stale_after_days)

    def _staleness(self, latest: Publication | None, content: _Content) -> Message | None:
        if latest is None:
            return None
        if self._behind:
            return Message("check.unpublished")
        age = (self._today - school_day(latest.published_at)).days
        if age < 0:
            return Message("check.clock_back", {"day": school_day(latest.published_at)})
        if age > content.stale_after_days:
            return Message("check.stale", {"days": age})
        return None

    def hit(self, row: CheckRow) -> CheckHit:
        """A row as found, before any answer is given."""
        group = self._by_group.get(row.group_id)
        name, site = (group.name, group.site) if group else ("", row.site)
        return CheckHit(row.id, row.name, name, site, row.kind)

    def answer(self, row: CheckRow) -> CheckAnswer:
        """The answers of a row, or "ask first" for all uses when the row is not proven."""
        doubt = self.freshness.trouble or self._doubt(row)
        group = self._by_group.get(row.group_id)
        lines = tuple(line for line in self._lines(row, doubt) if _is_for(line, row))
        until = None if doubt else row.until
        return CheckAnswer(
            *(row.id, row.name, group, lines, self.freshness, doubt, until),
            kind=row.kind,
            site=row.site,
        )

    def _doubt(self, row: CheckRow) -> Message | None:
        if not self._proof.covers(row):
            return Message("check.row_not_signed")
        if row.until < self._today:
            return Message("check.row_lapsed", {"day": row.until})
        return None

    def _lines(self, row: CheckRow, doubt: Message | None) -> tuple[CheckLine, ...]:
        if doubt is not None:
            return tuple(self._line(use, None, doubt) for use in self.uses)
        rulings = listing.unpack(row.verdicts)
        return tuple(
            self._line(use, found, doubt) for use, found in zip(self.uses, rulings, strict=True)
        )

    def _line(self, use: str, found: Ruling | None, doubt: Message | None) -> CheckLine:
        channel = self._by_key[use.partition(":")[2]]
        if found is None:
            return CheckLine(use, channel, Outcome.ASK, doubt or Message("check.not_signed"))
        other = outside(channel, (found.outcome, found.reason), self._today)
        if other is not None:
            outcome, reason, turned = other
            found = Ruling(outcome, reason, day=turned)
        why = _why(found, channel)
        return CheckLine(use, channel, found.outcome, why, found.conditions, found.reason)


def _freshness(latest: Publication | None, trouble: Message | None, days: int) -> Freshness:
    if latest is None:
        return Freshness(None, "", trouble)
    until = school_day(latest.published_at) + timedelta(days=days)
    return Freshness(latest.published_at, latest.publisher, trouble, latest.number, until)


def _is_for(line: CheckLine, row: CheckRow) -> bool:
    """Whether a use is asked of somebody: an adult may go along with any group."""
    groups = line.channel.groups
    return not groups or row.kind.adult or row.group_id in groups


def _why(found: Ruling, channel: CheckChannel) -> Message:
    if found.reason is Reason.GROUND:
        return Message("check.ground", {"ground": channel.grounds})
    text = f"consent.reason_{found.reason}"
    if found.reason is Reason.ALL_SAID_YES:
        text = f"{text}_{min(found.total, 3)}"
    who: object = Message(f"people.relation_{found.who}") if found.who else ""
    values = {"who": who, "day": found.day, "answered": found.answered, "total": found.total}
    return Message(text, values)


@dataclass(frozen=True, slots=True)
class _Content:
    """What the header of the list says."""

    school: str = ""
    stale_after_days: int = 0
    uses: tuple[str, ...] = ()
    channels: tuple[CheckChannel, ...] = ()
    groups: tuple[CheckGroup, ...] = ()


def _content(header: str) -> _Content:
    """A header as values; one that was damaged says nothing, and its signature fails anyway."""
    try:
        found = json.loads(header) if header else {}
        channels = tuple(_channel(item) for item in found.get("channels", ()))
        known = {channel.key for channel in channels}
        return _Content(
            school=str(found.get("school", "")),
            stale_after_days=int(found.get("stale_after_days", 0)),
            uses=tuple(use for use in found.get("uses", ()) if use.partition(":")[2] in known),
            channels=channels,
            groups=tuple(_group(item) for item in _in_order(found.get("groups", []))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Content()


def _channel(item: dict[str, Any]) -> CheckChannel:
    names, grounds = dict(item["name"]), dict(item["ground"])
    return CheckChannel(
        key=str(item["key"]),
        names=names,
        grounds=grounds,
        media=tuple(map(str, item["media"])),
        start=date.fromisoformat(item["start"]) if item.get("start") else None,
        end=date.fromisoformat(item["end"]) if item.get("end") else None,
        groups=frozenset(map(str, item.get("groups", ()))),
    )


def _group(item: dict[str, Any]) -> CheckGroup:
    return CheckGroup(str(item["id"]), str(item["name"]), str(item["site"]))


def _in_order(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(groups, key=lambda item: (item["site"], item["position"], item["name"]))
