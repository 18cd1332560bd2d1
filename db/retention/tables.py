"""Tables of what was destroyed, in every compartment that keeps files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index

from app.retention.records import FileDestroyed
from db.store.mapping import Kind
from db.store.shape import day, instant, record_table, refers, text

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def destroyed_kind(metadata: MetaData) -> Kind[FileDestroyed]:
    """Declare where it stands which files were destroyed; no file is destroyed twice."""
    table = record_table(
        "file_destroyed",
        metadata,
        text("about_id"),
        refers("blob", "blob"),
        text("digest"),
        day("kept_until"),
        text("reason"),
        text("destroyed_by"),
        instant("recorded_at"),
        Index(None, "about_id"),
        Index(None, "blob", unique=True),
    )
    return Kind(FileDestroyed, table, fact=True)
