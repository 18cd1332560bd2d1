"""The first table of unreadable answers in the consent file; it never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, wholes


def unclear() -> None:
    """Make the table of answers on paper that nobody could read."""
    op.create_table(
        "unclear_answer",
        *texts("id", "subject_id", "decider_id", "medium", "channel", "signed_on", "how"),
        *texts("proof", "note", "form_version_id", "recorded_at", "replaces"),
        *wholes("taken_back", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_unclear_answer"),
        sqlite_strict=True,
    )
    op.create_index("ix_unclear_answer_seal", "unclear_answer", ["seal"])
    op.create_index("ix_unclear_answer_subject_id", "unclear_answer", ["subject_id"])
    keep("unclear_answer", "update", "delete")
