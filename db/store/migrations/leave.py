"""The first tables of leave for staff in the consent file; like a migration, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, refers, texts, wholes


def leave() -> None:
    """Make the tables of leave and of its ends, which are only added to."""
    op.create_table(
        "leave",
        *texts("id", "staff_id", "purpose", "channels", "start", "end", "given_by"),
        *texts("protocol"),
        *wholes("version"),
        *texts("article", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_leave"),
        sqlite_strict=True,
    )
    op.create_index("ix_leave_seal", "leave", ["seal"])
    op.create_index("ix_leave_staff_id", "leave", ["staff_id"])
    op.create_table(
        "leave_end",
        *texts("id", "leave_id", "staff_id", "ends_from"),
        *wholes("mistake"),
        *texts("reason", "ended_by", "recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_leave_end"),
        refers("leave_end", "leave_id", "leave"),
        sqlite_strict=True,
    )
    op.create_index("ix_leave_end_leave_id", "leave_end", ["leave_id"])
    op.create_index("ix_leave_end_seal", "leave_end", ["seal"])
    op.create_index("ix_leave_end_staff_id", "leave_end", ["staff_id"])
    for table in ("leave", "leave_end"):
        keep(table, "update", "delete")
