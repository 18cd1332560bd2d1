"""The first table of objections in the consent file; like a migration, this never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, wholes


def objections() -> None:
    """Make the table of what was objected by somebody who does not decide."""
    op.create_table(
        "objection",
        *texts("id", "subject_id", "person_id", "person_name", "what", "said_on", "how"),
        *texts("recorded_at", "replaces"),
        *wholes("taken_back", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
        sqlite_strict=True,
    )
    op.create_index("ix_objection_seal", "objection", ["seal"])
    op.create_index("ix_objection_subject_id", "objection", ["subject_id"])
    keep("objection", "update", "delete")
