"""The tables of letters of the consent office, of own texts of letters, and of mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index

from app.letters.records import LetterText, Mandate, OfficeLetter
from db.store.mapping import Kind
from db.store.shape import (
    CONSENT,
    DOSSIER,
    day,
    day_or_none,
    instant,
    record_table,
    text,
    whole,
)

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

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


def _letter_text(place: MetaData) -> Table:
    return record_table(
        "letter_text",
        place,
        text("key"),
        text("language"),
        text("state"),
        whole("number"),
        text("text"),
        text("digest"),
        whole("base_version"),
        text("base_digest"),
        text("change"),
        text("author"),
        instant("recorded_at"),
        Index(None, "key", "language"),
    )


OFFICE_TEXT = Kind(LetterText, _letter_text(CONSENT), fact=True)
DOSSIER_TEXT = Kind(LetterText, _letter_text(DOSSIER), fact=True)

mandate = record_table(
    "mandate",
    CONSENT,
    text("measure"),
    text("roles"),
    text("basis"),
    day("start"),
    day_or_none("end"),
    text("recorded_by"),
    instant("recorded_at"),
)

MANDATE = Kind(Mandate, mandate, fact=True, setting=True)

KINDS = (OFFICE_LETTER, OFFICE_TEXT, MANDATE)
