"""Which lists are out there, which became stale by what, who has them, and which are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import resources
from app.clock import school_day
from app.consent.questions import TouchedSince
from app.consent.uses import split_use
from app.errors import Refusal
from app.ids import new_id
from app.lists.lines import Kind, changes, ended, read
from app.lists.now import Today
from app.lists.questions import NewestLists, OpenLists, SettingsSince
from app.lists.records import Ending, ListEnd, PrintedList
from app.names import full_name
from app.people.records import Pupil
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.lists.lines import Change
    from app.ports import Reader, Session


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
    """Every list that is out there, by whether it still says what holds today."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        number = reader.head().number
        known = _kept(reader, session, day)
        states = _states(reader, day, known)
    _KEPT[session] = _Known(day, number, {state.list.id: state for state in states})
    return _board(states)


def list_board_anew(session: Session) -> ListBoard:
    """The same as `list_board`, with nothing that was found before."""
    with session.look(Compartment.CONSENT) as reader:
        return _board(_states(reader, session.clock.today(), {}))


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
    """What was written since the oldest list that is out there.

    Attributes:
        everything: what decides about every answer: the jurisdiction, or whether recordings
            may be made at all.
    """

    pupils: frozenset[str]
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
        or not ids.isdisjoint(written.pupils)
        or today.members(printed.groups, printed.guests) != ids
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a session found on a day, up to an entry of the journal."""

    day: date
    number: int
    states: dict[str, ListState]


_KEPT: WeakKeyDictionary[Session, _Known] = WeakKeyDictionary()


def _kept(reader: Reader, session: Session, day: date) -> dict[str, ListState]:
    """What was found before and still holds; nothing on another day or after a setting."""
    known = _KEPT.get(session)
    if known is None or known.day != day:
        return {}
    if reader.head().number == known.number:
        return known.states
    touched = reader.ask(TouchedSince(known.number))
    if touched.everything:
        return {}
    today, people = Today(reader, day), frozenset(touched.pupils)
    return {
        id: state
        for id, state in known.states.items()
        if not people or people.isdisjoint(_about(state, today))
    }


def _about(state: ListState, today: Today) -> frozenset[str]:
    """Who was printed on a list, who is in its changes, and who belongs on it now."""
    printed = state.list
    ids = (line.partition(" ")[0] for line in printed.lines)
    changed = (change.pupil_id for change in state.changes)
    return frozenset((*ids, *changed)) | today.members(printed.groups, printed.guests)


def _states(reader: Reader, day: date, known: dict[str, ListState]) -> tuple[ListState, ...]:
    keep = timedelta(days=int(resources.list_rules()["keep_shown"]))
    out = reader.ask(OpenLists(day - keep))
    fresh = _found(reader, day, [each for each in out if each.id not in known])
    return tuple(known.get(each.id) or fresh[each.id] for each in out)


def _found(reader: Reader, day: date, lists: list[PrintedList]) -> dict[str, ListState]:
    """How lists stand, by id."""
    if not lists:
        return {}
    basis = min(each.basis for each in lists)
    touched, settings = reader.ask(TouchedSince(basis)), reader.ask(SettingsSince(basis))
    everything = settings.school or settings.making
    written = Written(frozenset(touched.pupils), settings.channels, everything)
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
