"""Tables of imports, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.roster.records import RosterImport, RosterSource, SourceKey
from db.store.mapping import Kind
from db.store.shape import (
    CONSENT,
    day_or_none,
    instant,
    instant_or_none,
    record_table,
    text,
    whole,
)

roster_source = record_table(
    "roster_source",
    CONSENT,
    text("kind"),
    text("name"),
    text("mapping"),
    Index(None, "name", "kind", unique=True),
)
source_key = record_table(
    "source_key",
    CONSENT,
    text("source_id"),
    text("what"),
    text("key"),
    text("about"),
    Index(None, "key", "source_id", "what", unique=True),
    Index(None, "about"),
)
roster_import = record_table(
    "roster_import",
    CONSENT,
    text("source_id"),
    text("files"),
    text("digest"),
    day_or_none("as_of"),
    whole("added"),
    whole("changed"),
    whole("left"),
    whole("returned"),
    instant("imported_at"),
    instant_or_none("undone_at"),
)

ROSTER_SOURCE = Kind(RosterSource, roster_source)
SOURCE_KEY = Kind(SourceKey, source_key, removable=True)
ROSTER_IMPORT = Kind(RosterImport, roster_import)

KINDS = (ROSTER_SOURCE, SOURCE_KEY, ROSTER_IMPORT)
