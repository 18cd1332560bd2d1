"""The first tables of printed lists in the consent file; like a migration, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, refers, texts, wholes


def lists() -> None:
    """Make the tables of printed lists and of their ends, which are only added to."""
    _list_end()
    _printed_list()
    for table in ("list_end", "printed_list"):
        keep(table, "update", "delete")


def _list_end() -> None:
    op.create_table(
        "list_end",
        *texts("id", "list_id", "how", "noted_by", "recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_list_end"),
        refers("list_end", "list_id", "printed_list"),
        sqlite_strict=True,
    )
    op.create_index("ix_list_end_list_id", "list_end", ["list_id"])
    op.create_index("ix_list_end_replaces", "list_end", ["replaces"])
    op.create_index("ix_list_end_seal", "list_end", ["seal"])


def _printed_list() -> None:
    op.create_table(
        "printed_list",
        *texts("id", "number", "groups", "guests", "title", "uses", "lines", "language"),
        *texts("printed_at", "printed_by", "holder", "valid_until"),
        *wholes("from_check", "basis"),
        *texts("stamp", "digest"),
        *wholes("pages"),
        *texts("blob"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_printed_list"),
        sqlite_strict=True,
    )
    op.create_index("ix_printed_list_number", "printed_list", ["number"])
    op.create_index("ix_printed_list_printed_at", "printed_list", ["printed_at"])
    op.create_index("ix_printed_list_seal", "printed_list", ["seal"])
    op.create_index("ix_printed_list_valid_until", "printed_list", ["valid_until"])
