"""Tables of publications, who is in them and what was done, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
)
from db.store.mapping import Kind
from db.store.shape import (
    CONSENT,
    day,
    day_or_none,
    instant,
    record_table,
    text,
    whole,
)

publication = record_table(
    "publication",
    CONSENT,
    text("publication_id"),
    text("title"),
    text("medium"),
    text("channel"),
    day("used_on"),
    day_or_none("until"),
    text("places"),
    text("made_by"),
    text("keeper"),
    whole("handed_out"),
    text("note"),
    whole("composed"),
    text("recorded_by"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    Index(None, "publication_id"),
    Index(None, "replaces"),
    Index(None, "used_on"),
)
publication_subject = record_table(
    "publication_subject",
    CONSENT,
    text("publication_id"),
    text("subject_id"),
    whole("there"),
    text("outcome"),
    text("reason"),
    text("conditions"),
    instant("found_at"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "publication_id"),
    Index(None, "subject_id"),
    Index(None, "outcome"),
    Index(None, "replaces"),
)
publication_step = record_table(
    "publication_step",
    CONSENT,
    text("publication_id"),
    text("subject_id"),
    text("kind"),
    day("taken_on"),
    day_or_none("by"),
    text("proof"),
    text("note"),
    text("cause"),
    text("noted_by"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "publication_id"),
)
breach_answer = record_table(
    "breach_answer",
    CONSENT,
    text("publication_id"),
    whole("breach"),
    text("reason"),
    text("report"),
    text("noted_by"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    day_or_none("told_on"),
    text("told_how"),
    Index(None, "publication_id"),
    Index(None, "replaces"),
)

PUBLICATION = Kind(Publication, publication, fact=True)
PUBLICATION_SUBJECT = Kind(PublicationSubject, publication_subject, fact=True)
PUBLICATION_STEP = Kind(PublicationStep, publication_step, fact=True)
BREACH_ANSWER = Kind(BreachAnswer, breach_answer, fact=True)

KINDS = (PUBLICATION, PUBLICATION_SUBJECT, PUBLICATION_STEP, BREACH_ANSWER)
