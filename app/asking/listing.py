"""The list of who has to be asked and who waits, found, sorted and made ready to show."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from app.asking.needs import Cause
from app.asking.questions import CountOpen, Selection
from app.asking.records import RoundKind, Way
from app.asking.rounds import find_round, round_lines, round_state
from app.asking.standing import EVERYWHERE, open_pairs, pairs_question, rounds_of
from app.consent.staff import relation_of, staff_name
from app.people.card import guardian_name
from app.people.questions import GuardianIds, Presence, PupilIds, PupilLines, PupilOrder
from app.people.records import Guardian, Relation, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.asking.contacts import Contact
    from app.asking.questions import AskingCounts, OpenPair
    from app.asking.rounds import RoundLine, RoundState
    from app.ports import Reader, Session

PARTED = ":"
Pairs = tuple["OpenPair", ...]


class Stand(StrEnum):
    """How somebody who has to be asked stands; `DONE` is only in a round."""

    ALL = "all"
    TO_ASK = "to_ask"
    WAITING = "waiting"
    DONE = "done"


class ListOrder(StrEnum):
    """Orders of the list."""

    NAME = "name"
    GROUP = "group"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class AskingFilter:
    """What the list shows.

    Attributes:
        round_id: only who belongs in a round, or "".
        cause: only for this cause, or "".
        longer_than: only who was asked or reminded last more than so many days ago; 0 for all.
        search: words of a pupil's or guardian's name.
    """

    stand: Stand = Stand.ALL
    round_id: str = ""
    cause: str = ""
    where: Selection = EVERYWHERE
    longer_than: int = 0
    search: str = ""


@dataclass(frozen=True, slots=True)
class AskingLine:
    """One decider and one subject in the list, ready to show.

    Attributes:
        id: subject and decider, joined.
        relation: mother, father, …; "self", "staff" or "adult" for who decides alone.
        causes: why, the most telling first; empty when everything is answered.
        asked_on, how, number: when and how asked, and the number of the form.
        reminders: how often since; last: when last.
        waits: days since the asking, or None.
        form_id, form_number: of the form that was given last, or "".
    """

    id: str
    subject_id: str
    decider_id: str
    name: str
    group: str
    decider: str
    relation: str
    phone: str
    causes: tuple[Cause, ...] = ()
    asked_on: date | None = None
    how: str = ""
    number: str = ""
    reminders: int = 0
    last: date | None = None
    waits: int | None = None
    partly: bool = False
    form_id: str = ""
    form_number: str = ""


def asking_counts(reader: Reader, day: date, overdue_after: int) -> AskingCounts:
    """The counts of the start page."""
    return reader.ask(CountOpen(pairs_question(reader, day), overdue_after))


def rounds(session: Session) -> tuple[RoundLine, ...]:
    """The rounds that are going on, the newest first."""
    with session.look(Compartment.CONSENT) as reader:
        return round_lines(reader, session.clock.today())


def find_asking(
    session: Session, wanted: AskingFilter, order: ListOrder = ListOrder.NAME
) -> tuple[str, ...]:
    """The ids of the lines that a filter shows, in order; see `split`."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        pairs = _open(reader, day, wanted.round_id, wanted.where)
        if wanted.round_id:
            state = round_state(reader, find_round(reader, wanted.round_id, day), day)
            if wanted.stand is Stand.DONE or state.round.kind is RoundKind.REMINDER:
                members = _members(state, wanted.stand)
                return tuple(join(*p) for p in _searched(reader, members, wanted, day))
            here = {*state.to_ask, *state.waiting}
            pairs = tuple(one for one in pairs if (one.subject_id, one.decider_id) in here)
        kept = tuple(one for one in pairs if _is_wanted(one, wanted, day))
        ordered = _SORT[order](reader, kept, day)
        ids = ((one.subject_id, one.decider_id) for one in ordered)
        return tuple(join(*pair) for pair in _searched(reader, ids, wanted, day))


def asking_lines(
    session: Session, ids: tuple[str, ...], round_id: str = ""
) -> tuple[AskingLine, ...]:
    """The lines for these ids, in their order; in a round what is open there."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        found = _open(reader, day, round_id)
        open_ = {join(one.subject_id, one.decider_id): one for one in found}
        return lines_of(reader, ids, open_, day)


def lines_of(
    reader: Reader, ids: tuple[str, ...], open_: Mapping[str, OpenPair], day: date
) -> tuple[AskingLine, ...]:
    """The lines for these ids, with what is open as it was found."""
    pairs = tuple(split(id) for id in ids)
    people = _People(reader, pairs, day)
    return tuple(people.line(pair, open_.get(join(*pair)), day) for pair in pairs)


def written(wanted: AskingFilter) -> str:
    """A filter as one text, for a page that works on what the list shows."""
    plain = asdict(wanted)
    return json.dumps(plain, ensure_ascii=False)


def filter_of(text: str) -> AskingFilter:
    """The filter that `written` wrote."""
    plain = json.loads(text)
    where, stand = Selection(**plain.pop("where")), Stand(plain.pop("stand"))
    return AskingFilter(stand=stand, where=where, **plain)


def join(subject_id: str, decider_id: str) -> str:
    """The id of a line."""
    return subject_id + PARTED + decider_id


def split(id: str) -> tuple[str, str]:
    """Subject and decider of a line."""
    subject_id, _, decider_id = id.partition(PARTED)
    return subject_id, decider_id


def _open(
    reader: Reader, day: date, round_id: str, where: Selection = EVERYWHERE
) -> tuple[OpenPair, ...]:
    """Who has to be asked; in a round about a one-off use, about that."""
    going = (one.channel for one in rounds_of(reader, day) if one.id == round_id)
    return open_pairs(reader, day, where, next(going, ""))


def _members(state: RoundState, stand: Stand) -> tuple[tuple[str, str], ...]:
    """Who stands so in a round, whether anything is open or not."""
    if stand is Stand.ALL:
        return (*state.to_ask, *state.waiting, *state.done)
    return {Stand.TO_ASK: state.to_ask, Stand.WAITING: state.waiting}.get(stand, state.done)


def _is_wanted(one: OpenPair, wanted: AskingFilter, day: date) -> bool:
    if wanted.stand is not Stand.ALL and (one.asked is None) is not (
        wanted.stand is Stand.TO_ASK
    ):
        return False
    if wanted.cause and Cause(wanted.cause) not in one.causes:
        return False
    return not wanted.longer_than or _is_older(one, day, wanted.longer_than)


def _is_older(one: OpenPair, day: date, days: int) -> bool:
    return one.last is not None and (day - one.last.day).days > days


def _searched(
    reader: Reader, pairs: Iterable[tuple[str, str]], wanted: AskingFilter, day: date
) -> Iterable[tuple[str, str]]:
    if not wanted.search.strip():
        return pairs
    everybody = PupilIds(on=day, search=wanted.search, presence=Presence.ALL)
    found = {*reader.ask(everybody), *reader.ask(GuardianIds(wanted.search))}
    return [pair for pair in pairs if not found.isdisjoint(pair)]


def _by_name(_reader: Reader, pairs: Pairs, _day: date) -> Pairs:
    return pairs


def _by_group(reader: Reader, pairs: Pairs, day: date) -> Pairs:
    in_groups = PupilIds(on=day, order=PupilOrder.GROUP)
    rank = {id: place for place, id in enumerate(reader.ask(in_groups))}
    return tuple(sorted(pairs, key=lambda one: rank.get(one.subject_id, len(rank))))


def _by_waiting(_reader: Reader, pairs: Pairs, _day: date) -> Pairs:
    return tuple(sorted(pairs, key=lambda one: one.asked.day if one.asked else date.max))


_SORT: dict[ListOrder, Callable[[Reader, Pairs, date], Pairs]] = {
    ListOrder.NAME: _by_name,
    ListOrder.GROUP: _by_group,
    ListOrder.WAITING: _by_waiting,
}


class _People:
    """Names of the people on some lines."""

    def __init__(self, reader: Reader, pairs: tuple[tuple[str, str], ...], day: date) -> None:
        subjects = tuple({subject for subject, _ in pairs})
        deciders = tuple({decider for _, decider in pairs})
        self._pupils = {line.id: line for line in reader.ask(PupilLines(subjects, day))}
        self._guardians = {one.id: one for one in reader.all(Guardian, id=deciders)}
        self._staff = {one.id: one for one in reader.all(StaffMember, id=subjects)}
        self._relations = {
            (one.pupil_id, one.guardian_id): one.kind
            for one in reader.all(Relation, pupil_id=subjects)
        }

    def line(self, pair: tuple[str, str], found: OpenPair | None, day: date) -> AskingLine:
        """One line."""
        subject, decider = pair
        pupil = self._pupils.get(subject)
        member = self._staff.get(subject)
        name = pupil.name if pupil else (staff_name(member) if member else "")
        guardian = self._guardians.get(decider)
        alone = "self" if pupil or not member else relation_of(member)
        asked = found.asked if found else None
        form = _form(found)
        return AskingLine(
            id=join(subject, decider),
            subject_id=subject,
            decider_id=decider,
            name=name,
            group=pupil.group if pupil else "",
            decider=guardian_name(guardian) if guardian else name,
            relation=self._relations.get(pair, "other") if guardian else alone,
            phone=guardian.phone if guardian else "",
            causes=found.causes if found else (),
            asked_on=asked.day if asked else None,
            how=asked.how if asked else "",
            number=asked.number if asked else "",
            reminders=found.reminders if found else 0,
            last=found.last.day if found and found.last and found.reminders else None,
            waits=(day - asked.day).days if asked else None,
            partly=found.partly if found else False,
            form_id=form.id if form else "",
            form_number=form.number if form else "",
        )


def _form(found: OpenPair | None) -> Contact | None:
    """The form that was given last, as far as asking and the last contact tell."""
    known = (found.last, found.asked) if found else ()
    return next((one for one in known if one is not None and one.how == Way.FORM), None)
