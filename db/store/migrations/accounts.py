"""The first table of who an account is, in the consent file; like a migration, it stays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, wholes


def accounts() -> None:
    """Make the table of what was said of accounts and people, which is only added to."""
    op.create_table(
        "account_said",
        *texts("id", "user_id", "kind", "person_id", "said", "said_by", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_account_said"),
        sqlite_strict=True,
    )
    op.create_index("ix_account_said_seal", "account_said", ["seal"])
    keep("account_said", "update", "delete")
