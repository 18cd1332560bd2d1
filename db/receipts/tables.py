"""The table of receipts that left, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.receipts.records import IssuedReceipt
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, text

issued_receipt = record_table(
    "issued_receipt",
    CONSENT,
    text("subject_id"),
    text("person_id"),
    text("language"),
    day("issued_on"),
    text("head"),
    text("digest"),
    instant("recorded_at"),
    Index(None, "subject_id"),
)

ISSUED_RECEIPT = Kind(IssuedReceipt, issued_receipt, fact=True)

KINDS = (ISSUED_RECEIPT,)
