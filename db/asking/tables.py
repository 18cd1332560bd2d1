"""Tables of rounds and requests, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.asking.records import Request, Round
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, text, whole

round_ = record_table(
    "round",
    CONSENT,
    text("kind"),
    day("started_on"),
    text("site_id"),
    text("group_id"),
    text("form_version_id"),
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

ROUND = Kind(Round, round_, fact=True)
REQUEST = Kind(Request, request, fact=True)

KINDS = (ROUND, REQUEST)
