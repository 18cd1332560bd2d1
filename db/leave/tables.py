"""Tables of leave and of its ends, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.leave.records import Leave, LeaveEnd
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, refers, text, whole

leave = record_table(
    "leave",
    CONSENT,
    text("staff_id"),
    text("purpose"),
    text("channels"),
    day("start"),
    day("end"),
    text("given_by"),
    text("protocol"),
    whole("version"),
    text("article"),
    instant("recorded_at"),
    Index(None, "staff_id"),
)
leave_end = record_table(
    "leave_end",
    CONSENT,
    refers("leave_id", "leave"),
    text("staff_id"),
    day("ends_from"),
    whole("mistake"),
    text("reason"),
    text("ended_by"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "leave_id"),
    Index(None, "staff_id"),
)

LEAVE = Kind(Leave, leave, fact=True)
LEAVE_END = Kind(LeaveEnd, leave_end, fact=True)

KINDS = (LEAVE, LEAVE_END)
