"""The first tables of duties and of what was weighed; like a migration, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, refers, texts, texts_or_none, wholes


def duties() -> None:
    """Make both tables; they are only added to."""
    op.create_table(
        "duty_fact",
        *texts("id", "case_id"),
        *wholes("position"),
        *texts("duty", "kind"),
        *texts_or_none("day"),
        *texts("by", "with_whom", "note", "entries", "replaces", "reason", "author"),
        *texts("recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_fact"),
        refers("duty_fact", "case_id", "case"),
        sqlite_strict=True,
    )
    op.create_table(
        "weighing",
        *texts("id", "case_id"),
        *wholes("position"),
        *texts("categories", "offence", "data_breach", "reason", "author", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_weighing"),
        refers("weighing", "case_id", "case"),
        sqlite_strict=True,
    )
    for table in ("duty_fact", "weighing"):
        columns = ["case_id", "position"]
        op.create_index(f"ix_{table}_case_id_position", table, columns, unique=True)
        op.create_index(f"ix_{table}_seal", table, ["seal"])
        keep(table, "update", "delete")
