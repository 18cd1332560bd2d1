"""Tables of dossiers, the same in both dossier compartments."""

from __future__ import annotations

from sqlalchemy import Index

from app.dossier.records import (
    Breach,
    Case,
    Countersignature,
    Dossier,
    Entry,
    Filed,
    Letter,
    SecondAsked,
    Step,
)
from db.store.mapping import Kind
from db.store.shape import DOSSIER, day, day_or_none, instant, record_table, refers, text, whole

dossier = record_table(
    "dossier",
    DOSSIER,
    text("subject_id"),
    text("subject_name"),
    day("opened_on"),
    Index(None, "subject_id", unique=True),
)
breach = record_table(
    "breach",
    DOSSIER,
    text("report_id"),
    refers("dossier_id", "dossier"),
    text("protocol"),
    whole("protocol_version"),
    text("protocol_text"),
    text("articles"),
    text("actor_kind"),
    text("actor_id"),
    text("actor_name"),
    text("actor_user"),
    text("capacity"),
    whole("own_report"),
    day("occurred_on"),
    day("discovered_on"),
    text("known"),
    day_or_none("known_from"),
    text("known_why"),
    text("facts"),
    text("opinion"),
    text("place"),
    text("medium"),
    text("audience"),
    text("channel"),
    whole("made"),
    whole("shared"),
    text("affected"),
    text("affected_ids"),
    text("people"),
    text("register_said"),
    text("categories"),
    text("reported_by"),
    instant("reported_at"),
    text("reported_actor_kind"),
    text("reported_actor_name"),
    text("reported_categories"),
    text("reported_articles"),
    text("filing_reason"),
    text("publication_id"),
    Index(None, "dossier_id"),
    Index(None, "report_id"),
)
entry = record_table(
    "entry",
    DOSSIER,
    refers("dossier_id", "dossier"),
    text("case_id"),
    text("kind"),
    day("happened_on"),
    text("title"),
    text("body"),
    text("about_id"),
    text("about_name"),
    text("author"),
    text("blob"),
    text("file_name"),
    text("digest"),
    text("proof"),
    instant("recorded_at"),
    text("replaces"),
    text("reason"),
    day_or_none("arrived_on"),
    Index(None, "dossier_id"),
)
case = record_table(
    "case",
    DOSSIER,
    text("number"),
    refers("dossier_id", "dossier"),
    refers("breach_id", "breach"),
    text("procedure"),
    whole("version"),
    day("opened_on"),
    Index(None, "number", unique=True),
    Index(None, "dossier_id"),
)
step = record_table(
    "step",
    DOSSIER,
    refers("case_id", "case"),
    whole("position"),
    text("kind"),
    text("step"),
    day("taken_on"),
    text("by"),
    text("answers"),
    text("term"),
    day_or_none("due_on"),
    text("replaces"),
    text("reason"),
    text("terms"),
    text("previous"),
    instant("recorded_at"),
    Index(None, "case_id", "position", unique=True),
)
second_asked = record_table(
    "second_asked",
    DOSSIER,
    refers("case_id", "case"),
    refers("step_id", "step"),
    text("user_id"),
    text("user_name"),
    text("asked_by"),
    instant("recorded_at"),
    Index(None, "case_id"),
)
countersignature = record_table(
    "countersignature",
    DOSSIER,
    refers("case_id", "case"),
    refers("step_id", "step"),
    text("digest"),
    text("by"),
    text("statement"),
    text("signature"),
    instant("recorded_at"),
    Index(None, "case_id"),
)
letter = record_table(
    "letter",
    DOSSIER,
    text("number"),
    refers("dossier_id", "dossier"),
    text("case_id"),
    text("template"),
    whole("template_version"),
    text("language"),
    text("facts"),
    text("addressee"),
    day("issued_on"),
    text("signer"),
    text("blob"),
    text("digest"),
    text("head"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "number", unique=True),
    Index(None, "dossier_id"),
)
filed = record_table("filed", DOSSIER, instant("filed_at"), text("filed_by"))

DOSSIER_KIND = Kind(Dossier, dossier)
BREACH = Kind(Breach, breach, fact=True)
ENTRY = Kind(Entry, entry, fact=True)
CASE = Kind(Case, case, fact=True)
STEP = Kind(Step, step, fact=True)
SECOND_ASKED = Kind(SecondAsked, second_asked, fact=True)
COUNTERSIGNATURE = Kind(Countersignature, countersignature, fact=True)
LETTER = Kind(Letter, letter, fact=True)
FILED = Kind(Filed, filed, fact=True)

KINDS = (
    DOSSIER_KIND,
    BREACH,
    ENTRY,
    CASE,
    STEP,
    SECOND_ASKED,
    COUNTERSIGNATURE,
    LETTER,
    FILED,
)
