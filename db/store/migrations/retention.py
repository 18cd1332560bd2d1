"""The first table of destroyed files, in files that keep any; like a migration, it stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, refers, texts, wholes


def destroyed() -> None:
    """Make the table of what was destroyed, which is only added to."""
    op.create_table(
        "file_destroyed",
        *texts("id", "about_id", "blob", "digest", "kept_until", "reason"),
        *texts("destroyed_by", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_file_destroyed"),
        refers("file_destroyed", "blob", "blob"),
        sqlite_strict=True,
    )
    op.create_index("ix_file_destroyed_about_id", "file_destroyed", ["about_id"])
    op.create_index("ix_file_destroyed_blob", "file_destroyed", ["blob"], unique=True)
    op.create_index("ix_file_destroyed_seal", "file_destroyed", ["seal"])
    keep("file_destroyed", "update", "delete")
