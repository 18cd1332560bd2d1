"""The first tables of imports in the consent file; like a migration, this never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import texts, texts_or_none, wholes


def imports() -> None:
    """Make the tables of sources, their keys, and the imports that were accepted."""
    _roster_import()
    _roster_source()
    _source_key()


def _roster_import() -> None:
    op.create_table(
        "roster_import",
        *texts("id", "source_id", "files", "digest"),
        *texts_or_none("as_of"),
        *wholes("added", "changed", "left", "returned"),
        *texts("imported_at"),
        *texts_or_none("undone_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_import"),
        sqlite_strict=True,
    )
    op.create_index("ix_roster_import_seal", "roster_import", ["seal"])


def _roster_source() -> None:
    op.create_table(
        "roster_source",
        *texts("id", "kind", "name", "mapping"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_source"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_roster_source_name_kind", "roster_source", ["name", "kind"], unique=True
    )
    op.create_index("ix_roster_source_seal", "roster_source", ["seal"])


def _source_key() -> None:
    op.create_table(
        "source_key",
        *texts("id", "source_id", "what", "key", "about"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_source_key"),
        sqlite_strict=True,
    )
    op.create_index("ix_source_key_about", "source_key", ["about"])
    op.create_index(
        "ix_source_key_key_source_id_what",
        "source_key",
        ["key", "source_id", "what"],
        unique=True,
    )
    op.create_index("ix_source_key_seal", "source_key", ["seal"])
