"""Who has leave today, what was given before, and the answer for a later report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.staff import staff_name
from app.leave.records import Leave, LeaveEnd
from app.leave.standing import LeaveOnDay, Stand, answer, stand, standing_end
from app.people.card import staff
from app.people.records import StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Reader, Session

_ORDER = (Stand.HOLDS, Stand.AHEAD, Stand.WITHDRAWN, Stand.OVER, Stand.MISTAKE)


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """Leave as it is shown: to whom, how it stands, and its end when that was noted."""

    leave: Leave
    name: str
    stand: Stand
    end: LeaveEnd | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to whom leave can be given."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LeaveBoard:
    """All leave, what holds today first, and to whom leave can be given."""

    lines: tuple[LeaveLine, ...]
    people: tuple[Person, ...]


def leave_board(session: Session) -> LeaveBoard:
    """All leave that was ever given."""
    with session.look(Compartment.CONSENT) as reader:
        everybody = staff(reader)
        names = {one.id: staff_name(one) for one in everybody}
        facts = reader.all(Leave), reader.all(LeaveEnd)
    people = tuple(Person(one.id, names[one.id]) for one in everybody if not one.left)
    return LeaveBoard(_lines(*facts, names, session.clock.today()), people)


def leave_of(session: Session, staff_id: str) -> tuple[LeaveLine, ...]:
    """All leave of one member of staff, what holds today first."""
    with session.look(Compartment.CONSENT) as reader:
        member = reader.get(StaffMember, staff_id)
        leaves, ends = _facts(reader, staff_id)
    return _lines(leaves, ends, {staff_id: staff_name(member)}, session.clock.today())


def had_leave(session: Session, staff_id: str, day: date) -> LeaveOnDay:
    """Whether a member of staff had leave on a day, now and as known when that day ended."""
    with session.look(Compartment.CONSENT) as reader:
        return answer(*_facts(reader, staff_id), day)


def _facts(reader: Reader, staff_id: str) -> tuple[tuple[Leave, ...], tuple[LeaveEnd, ...]]:
    return reader.all(Leave, staff_id=staff_id), reader.all(LeaveEnd, staff_id=staff_id)


def _lines(
    leaves: tuple[Leave, ...], ends: tuple[LeaveEnd, ...], names: dict[str, str], day: date
) -> tuple[LeaveLine, ...]:
    by_leave: dict[str, list[LeaveEnd]] = {}
    for end in ends:
        by_leave.setdefault(end.leave_id, []).append(end)
    lines = []
    for one in leaves:
        own = by_leave.get(one.id, [])
        end_found = standing_end(one.id, own)
        name = names.get(one.staff_id, "")
        lines.append(LeaveLine(one, name, stand(one, own, day), end_found))
    lines.sort(key=lambda line: (line.leave.start, line.leave.id), reverse=True)
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.stand)))
