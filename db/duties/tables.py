"""Tables of duties and of what was weighed, the same in both dossier compartments."""

from __future__ import annotations

from sqlalchemy import Index

from app.dossier.weighing import Weighing
from app.duties.records import DutyFact
from db.store.mapping import Kind
from db.store.shape import DOSSIER, day_or_none, instant, record_table, refers, text, whole

weighing = record_table(
    "weighing",
    DOSSIER,
    refers("case_id", "case"),
    whole("position"),
    text("categories"),
    text("offence"),
    text("data_breach"),
    text("reason"),
    text("author"),
    instant("recorded_at"),
    Index(None, "case_id", "position", unique=True),
)
duty_fact = record_table(
    "duty_fact",
    DOSSIER,
    refers("case_id", "case"),
    whole("position"),
    text("duty"),
    text("kind"),
    day_or_none("day"),
    text("by"),
    text("with_whom"),
    text("note"),
    text("entries"),
    text("replaces"),
    text("reason"),
    text("author"),
    instant("recorded_at"),
    Index(None, "case_id", "position", unique=True),
)

WEIGHING = Kind(Weighing, weighing, fact=True)
DUTY_FACT = Kind(DutyFact, duty_fact, fact=True)

KINDS = (WEIGHING, DUTY_FACT)
