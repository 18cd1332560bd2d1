"""Tables of rounds and requests, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.asking.records import NotHandedOut, Request, Round
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, refers, text, whole

round_ = record_table(
    "round",
    CONSENT,
    text("kind"),
    day("started_on"),
    text("site_id"),
    text("group_id"),
    text("form_version_id"),
    text("channel"),
    instant("recorded_at"),
    text("replaces"),
    whole("ended"),
)
request = record_table(
    "request",
    CONSENT,
    text("subject_id"),
    text("decider_id"),
    text("round_id"),
    day("asked_on"),
    text("how"),
    text("form_version_id"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    Index(None, "subject_id"),
    Index(None, "decider_id"),
)

not_handed_out = record_table(
    "not_handed_out",
    CONSENT,
    refers("form_id", "issued_form"),
    text("pupil_id"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    Index(None, "pupil_id"),
)

ROUND = Kind(Round, round_, fact=True)
REQUEST = Kind(Request, request, fact=True)
NOT_HANDED_OUT = Kind(NotHandedOut, not_handed_out, fact=True)

KINDS = (ROUND, REQUEST, NOT_HANDED_OUT)
