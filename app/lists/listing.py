"""Which lists are out there, which became stale by what, who has them, and which are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import resources
from app.clock import school_day
from app.consent.questions import LastWritten, TouchedSince
from app.consent.uses import split_use
from app.errors import Refusal
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.lists.lines import Kind, changes, ended, read
from app.lists.now import Today
from app.lists.questions import NewestLists, OpenLists, SettingsSince
from app.lists.records import Ending, ListEnd, PrintedList
from app.names import full_name
from app.people.records import Pupil
from app.record import Compartment
from app.slices import InOne, Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.lists.lines import Change
    from app.ports import Reader, Session
    from app.slices import Slices

_AT_ONCE = 6
"""So many lists are looked at before others have their turn."""


@dataclass(frozen=True, slots=True)
class ListState:
    """One list as it stands today.

    Attributes:
        changes: in what it differs from what it would say now; none while it is current.
        names: names of the children in the changes, by id.
        since: the day on which the first of it was recorded, or after its last day.
    """

    list: PrintedList
    changes: tuple[Change, ...]
    names: dict[str, str]
    since: date | None

    @property
    def stale(self) -> bool:
        """Whether it must not be used any more."""
        return bool(self.changes)

    @property
    def forbids(self) -> bool:
        """Whether the paper still allows what does not hold any more."""
        return any(change.kind is Kind.FORBIDS for change in self.changes)


@dataclass(frozen=True, slots=True)
class ListBoard:
    """The lists that are out there, stale ones first, and the newest of all."""

    stale: tuple[ListState, ...]
    current: tuple[ListState, ...]


def list_board(session: Session) -> ListBoard:
    """Every list that is out there, by whether it still says what holds today.

    Only what was touched since the last look is looked at anew.
    """
    return look_at_lists(InOne(session))


def look_at_lists(slices: Slices, progress: Progress = SILENT) -> ListBoard:
    """The same as `list_board`, a part at a time; true for when the last part was read.

    Raises:
        CancelledError: the person stopped it; the next look goes on from there.
    """
    while (so_far := slices.read(_look_on)).rest:
        progress.step(so_far.of - so_far.rest, so_far.of)
    return _board(so_far.states)


def list_board_anew(session: Session) -> ListBoard:
    """The same as `list_board`, with nothing that was found before."""
    with session.look(Compartment.CONSENT) as reader:
        day = session.clock.today()
        out = _out(reader, day)
        found = _found(reader, day, out)
        return _board(tuple(found[each.id] for each in out))


def _board(states: tuple[ListState, ...]) -> ListBoard:
    stale = tuple(state for state in states if state.stale)
    urgent = sorted(stale, key=lambda state: not state.forbids)
    return ListBoard(tuple(urgent), tuple(state for state in states if not state.stale))


def stale_lists(session: Session) -> tuple[ListState, ...]:
    """The lists that became stale, those that allow too much first."""
    return list_board(session).stale


def all_lists(
    session: Session, number: str = "", limit: int = 500
) -> tuple[tuple[PrintedList, ListEnd | None], ...]:
    """The newest lists with their end, or the one with a number."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(NewestLists(number, limit))


def end_list(session: Session, list_id: str, how: Ending) -> ListEnd:
    """Note that a list came back or was destroyed.

    Raises:
        Refusal: `lists.ended_already`.
    """
    with session.work(Compartment.CONSENT, f"list_{how}", list_id) as work:
        printed = work.get(PrintedList, list_id)
        if standing_end(work.all(ListEnd, list_id=list_id)) is not None:
            raise Refusal("lists.ended_already", number=printed.number)
        fact = ListEnd(
            id=new_id(),
            list_id=list_id,
            how=how,
            noted_by=session.user.name,
            recorded_at=session.clock.now(),
        )
        work.add(fact)
        work.commit()
    return fact


def undo_end(session: Session, end: ListEnd) -> None:
    """Take back that a list ended: it is out there again."""
    with session.work(Compartment.CONSENT, "list_end_undone", end.list_id) as work:
        if standing_end(work.all(ListEnd, list_id=end.list_id)) != end:
            raise Refusal("lists.not_ended")
        work.add(
            ListEnd(
                id=new_id(),
                list_id=end.list_id,
                how=end.how,
                noted_by=session.user.name,
                recorded_at=session.clock.now(),
                replaces=end.id,
            )
        )
        work.commit()


def standing_end(ends: tuple[ListEnd, ...]) -> ListEnd | None:
    """The end of a list that was not taken back, or None."""
    back = {end.replaces for end in ends}
    standing = [end for end in ends if not end.replaces and end.id not in back]
    return min(standing, key=lambda end: (end.recorded_at, end.id), default=None)


def state_of(printed: PrintedList, today: Today, day: date) -> tuple[Change, ...]:
    """In what one list differs from what it would say on a day."""
    cells = today.cells(printed.groups, printed.guests, printed.uses)
    found = changes(read(printed.lines), cells, printed.uses)
    return (*found, *ended(printed.valid_until, day))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written about people and settings.

    Attributes:
        pupils: the newest journal entry about each, by id.
        channels: keys of those that were written since the oldest of the lists looked at.
        everything: what decides about every answer: the jurisdiction, or whether recordings
            may be made at all.
    """

    pupils: dict[str, int]
    channels: frozenset[str]
    everything: bool


def may_differ(printed: PrintedList, today: Today, written: Written, day: date) -> bool:
    """Whether a list can say anything else than on the day it was printed.

    It cannot while the same children belong on it, nothing was written about any of them or of
    its channels since, and its last day has not passed: no answer on it changes by itself
    before that day.
    """
    ids = frozenset(line.partition(" ")[0] for line in printed.lines)
    return (
        written.everything
        or day > printed.valid_until
        or not written.channels.isdisjoint(split_use(use)[1] for use in printed.uses)
        or any(written.pupils.get(id, 0) > printed.basis for id in ids)
        or today.members(printed.groups, printed.guests) != ids
    )


class _SoFar(NamedTuple):
    """How far a look has come among so many; states only when nothing is left."""

    rest: int
    of: int
    states: tuple[ListState, ...] = ()


class _Lists(Look[ListState]):
    """The look of one session on one day.

    Attributes:
        out: the lists that are out there, by id, in order.
    """

    def __init__(self, reader: Reader, day: date) -> None:
        super().__init__(day, reader.head().number, ())
        self.out: dict[str, PrintedList] = {}
        self.bring(reader)

    def bring(self, reader: Reader) -> None:
        """Follow which lists are out there; those of one group are looked at together."""
        self.out = {each.id: each for each in _out(reader, self.day)}
        self.found = {id: one for id, one in self.found.items() if id in self.out}
        fresh = sorted(self.out.keys() - self.found.keys(), key=self._place)
        self.rest = dict.fromkeys(fresh)

    def _place(self, id: str) -> tuple[tuple[str, ...], str]:
        return self.out[id].groups, id


_KEPT: WeakKeyDictionary[Session, _Lists] = WeakKeyDictionary()


def _look_on(session: Session) -> _SoFar:
    """Look at the next part of what was never looked at or was touched since."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        kept = _KEPT.get(session)
        if kept is None or kept.day != day or not _caught_up(reader, kept):
            kept = _KEPT[session] = _Lists(reader, day)
        if part := kept.part(_AT_ONCE):
            lists = [kept.out[id] for id in part]
            kept.put(part, _found(reader, day, lists))
    rest = len(kept.rest)
    states = () if rest else tuple(kept.found[id] for id in kept.out)
    return _SoFar(rest, len(kept.out), states)


def _caught_up(reader: Reader, kept: _Lists) -> bool:
    """Follow what was written since; False after a setting, when all is looked at anew."""
    number = reader.head().number
    if number == kept.number:
        return True
    touched = reader.ask(TouchedSince(kept.number))
    if touched.everything:
        return False
    today, people = Today(reader, kept.day), frozenset(touched.pupils)
    if people:
        states = kept.found.items()
        kept.again([id for id, one in states if not people.isdisjoint(_about(one, today))])
    kept.bring(reader)
    kept.number = number
    return True


def _about(state: ListState, today: Today) -> frozenset[str]:
    """Who was printed on a list, who is in its changes, and who belongs on it now."""
    printed = state.list
    ids = (line.partition(" ")[0] for line in printed.lines)
    changed = (change.pupil_id for change in state.changes)
    return frozenset((*ids, *changed)) | today.members(printed.groups, printed.guests)


def _out(reader: Reader, day: date) -> tuple[PrintedList, ...]:
    keep = timedelta(days=int(resources.list_rules()["keep_shown"]))
    return reader.ask(OpenLists(day - keep))


def _found(reader: Reader, day: date, lists: Sequence[PrintedList]) -> dict[str, ListState]:
    """How lists stand, by id."""
    if not lists:
        return {}
    written = _written(reader, lists)
    today = Today(reader, day)
    doubtful = [each for each in lists if may_differ(each, today, written, day)]
    today.read_ahead(
        dict.fromkeys(group for each in doubtful for group in each.groups),
        dict.fromkeys(guest for each in doubtful for guest in each.guests),
    )
    found = {each.id: state_of(each, today, day) for each in doubtful}
    ids = {change.pupil_id for some in found.values() for change in some if change.pupil_id}
    names = _names(reader, tuple(sorted(ids)))
    return {each.id: _state(each, found.get(each.id, ()), today, names) for each in lists}


def _written(reader: Reader, lists: Sequence[PrintedList]) -> Written:
    """What was written about the children on lists, and what was set since the oldest."""
    settings = reader.ask(SettingsSince(min(each.basis for each in lists)))
    ids = dict.fromkeys(line.partition(" ")[0] for each in lists for line in each.lines)
    written = reader.ask(LastWritten(tuple(ids)))
    return Written(written, settings.channels, settings.school or settings.making)


def _state(
    printed: PrintedList, found: tuple[Change, ...], today: Today, names: dict[str, str]
) -> ListState:
    about = [change.pupil_id for change in found if change.pupil_id]
    at = today.learned(about, printed.printed_at) if about else None
    since = school_day(at) if at else None
    if not about and found:
        since = printed.valid_until + timedelta(days=1)
    return ListState(printed, found, {id: names[id] for id in about if id in names}, since)


def _names(reader: Reader, ids: tuple[str, ...]) -> dict[str, str]:
    return {
        pupil.id: full_name(pupil.first_name, pupil.prefix, pupil.surname)
        for pupil in reader.all(Pupil, id=ids)
    }
