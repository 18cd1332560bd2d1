"""Giving leave, withdrawing it, and taking either back; only directors do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import resources
from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.ids import new_id
from app.leave.records import Leave, LeaveEnd
from app.leave.standing import standing_end
from app.names import tidy
from app.people.records import StaffMember
from app.protocol.shelf import current_protocol
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session, UserCard, Work
    from app.protocol.values import Article, Protocol

_LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """Leave as typed.

    Attributes:
        channels: names of social media, one on a line or parted by commas.
    """

    staff_id: str
    purpose: str
    channels: str
    start: date | None
    end: date | None


def may_give(user: UserCard) -> bool:
    """Whether somebody gives leave: who writes in the dossiers of staff, a director."""
    return user.may("staff_dossier.write")


def ground(protocol: Protocol) -> Article | None:
    """The rule of the school's protocol on which leave rests, or None when it has none."""
    return protocol.article(str(resources.leave_rules()["article"]))


def give_leave(session: Session, draft: LeaveDraft) -> Leave:
    """Give leave for a period.

    It may begin before today, for leave that was given by word of mouth; the day on which it
    was noted stays known.

    Raises:
        Refusals: fields that are not right.
        Refusal: `leave.only_directors`, `leave.no_rule`.
    """
    _check_user(session)
    protocol = current_protocol(session)
    rule = ground(protocol)
    if rule is None:
        raise Refusal("leave.no_rule")
    with session.work(Compartment.CONSENT, "leave_given", draft.staff_id) as work:
        start, end = _checked(draft, work)
        leave = Leave(
            id=new_id(),
            staff_id=draft.staff_id,
            purpose=tidy(draft.purpose),
            channels=_names(draft.channels),
            start=start,
            end=end,
            given_by=session.user.name,
            protocol=protocol.key,
            version=protocol.version,
            article=rule.id,
            recorded_at=session.clock.now(),
        )
        work.add(leave)
        work.commit()
    return leave


def withdraw_leave(
    session: Session, leave: Leave, ends_from: date | None, reason: str = ""
) -> LeaveEnd:
    """End leave early, from today or a later day.

    Raises:
        Refusal: `leave.only_directors`, `leave.ended_already`, `leave.ends_in_past`,
            `leave.ends_after`.
    """
    today = session.clock.today()
    if ends_from is None or ends_from < today:
        raise Refusal("leave.ends_in_past", field="ends_from")
    if ends_from > leave.end:
        raise Refusal("leave.ends_after", field="ends_from", day=leave.end)
    if holds_bsn(reason):
        raise Refusal("people.bsn", field="reason")
    return _end(session, "leave_withdrawn", leave, ends_from, tidy(reason))


def undo_leave(session: Session, leave: Leave) -> LeaveEnd:
    """Take back leave that was noted by mistake: it never was, and stays in the history.

    Raises:
        Refusal: `leave.only_directors`, `leave.ended_already`.
    """
    return _end(session, "leave_mistaken", leave, leave.start, "", mistake=True)


def undo_end(session: Session, end: LeaveEnd) -> LeaveEnd:
    """Take back that leave ended: it stands as it was given.

    Raises:
        Refusal: `leave.only_directors`, `leave.not_ended`.
    """
    _check_user(session)
    with session.work(Compartment.CONSENT, "leave_restored", end.staff_id) as work:
        known = work.all(LeaveEnd, leave_id=end.leave_id)
        if standing_end(end.leave_id, known) != end:
            raise Refusal("leave.not_ended")
        fact = _fact(session, end.leave_id, end.staff_id, end.ends_from)
        back = replace(fact, replaces=end.id)
        work.add(back)
        work.commit()
    return back


def _end(
    session: Session,
    act: str,
    leave: Leave,
    ends_from: date,
    reason: str,
    *,
    mistake: bool = False,
) -> LeaveEnd:
    _check_user(session)
    with session.work(Compartment.CONSENT, act, leave.staff_id) as work:
        work.get(Leave, leave.id)
        if standing_end(leave.id, work.all(LeaveEnd, leave_id=leave.id)) is not None:
            raise Refusal("leave.ended_already")
        fact = _fact(session, leave.id, leave.staff_id, ends_from)
        fact = replace(fact, mistake=mistake, reason=reason)
        work.add(fact)
        work.commit()
    return fact


def _fact(session: Session, leave_id: str, staff_id: str, ends_from: date) -> LeaveEnd:
    return LeaveEnd(
        id=new_id(),
        leave_id=leave_id,
        staff_id=staff_id,
        ends_from=ends_from,
        ended_by=session.user.name,
        recorded_at=session.clock.now(),
    )


def _check_user(session: Session) -> None:
    if not may_give(session.user):
        raise Refusal("leave.only_directors")


def _checked(draft: LeaveDraft, work: Work) -> tuple[date, date]:
    found = []
    if work.find(StaffMember, draft.staff_id) is None:
        found.append(Refusal("leave.who", field="staff_id"))
    if not draft.purpose.strip():
        found.append(Refusal("leave.what_for", field="purpose"))
    found += [
        refusal
        for key, text in (("purpose", draft.purpose), ("channels", draft.channels))
        for refusal in _text_faults(key, text)
    ]
    if draft.start is None:
        found.append(Refusal("leave.from_when", field="start"))
    if draft.end is None:
        found.append(Refusal("leave.until_when", field="end"))
    if draft.start and draft.end:
        found += _period_faults(draft.start, draft.end)
    collect(found)
    if draft.start is None or draft.end is None:
        raise Refusal("leave.from_when", field="start")
    return draft.start, draft.end


def _text_faults(key: str, text: str) -> list[Refusal]:
    if holds_bsn(text):
        return [Refusal("people.bsn", field=key)]
    if len(text) > _LONGEST_TEXT:
        return [Refusal("leave.too_long", field=key, number=_LONGEST_TEXT)]
    return []


def _period_faults(start: date, end: date) -> list[Refusal]:
    if end < start:
        return [Refusal("leave.ends_before", field="end")]
    longest = int(resources.leave_rules()["longest_days"])
    if end - start >= timedelta(days=longest):
        return [Refusal("leave.too_far", field="end", number=longest)]
    return []


def _names(typed: str) -> tuple[str, ...]:
    parts = (tidy(part) for line in typed.splitlines() for part in line.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
