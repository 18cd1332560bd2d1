"""The table of letters of the consent office, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.letters.records import OfficeLetter
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, text, whole

office_letter = record_table(
    "office_letter",
    CONSENT,
    text("number"),
    text("template"),
    whole("template_version"),
    text("language"),
    text("recipient_id"),
    text("subject_id"),
    text("facts"),
    text("addressee"),
    day("issued_on"),
    text("signer"),
    text("blob"),
    text("digest"),
    text("head"),
    instant("recorded_at"),
    text("round_id"),
    Index(None, "number", unique=True),
    Index(None, "subject_id", "recorded_at"),
    Index(None, "recorded_at", "number"),
)

OFFICE_LETTER = Kind(OfficeLetter, office_letter, fact=True)

KINDS = (OFFICE_LETTER,)
