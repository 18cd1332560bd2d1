"""The first table of receipts in the consent file; like a migration, this never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, wholes


def receipts() -> None:
    """Make the table of receipts that were handed out."""
    op.create_table(
        "issued_receipt",
        *texts("id", "subject_id", "person_id", "language", "issued_on", "head", "digest"),
        *texts("recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_receipt"),
        sqlite_strict=True,
    )
    op.create_index("ix_issued_receipt_seal", "issued_receipt", ["seal"])
    op.create_index("ix_issued_receipt_subject_id", "issued_receipt", ["subject_id"])
    keep("issued_receipt", "update", "delete")
