"""The first tables of the check list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, wholes
from db.store.migrations.protocol import protocol_copy

revision = "0001"
down_revision = None

_FINAL = ("identity", "publication")
_KEPT = ()


def upgrade() -> None:
    """Make all tables, indexes and triggers."""
    op.create_table(
        "identity",
        *wholes("one"),
        *texts("register", "compartment", "created_at"),
        sa.PrimaryKeyConstraint("one", name="pk_identity"),
        sqlite_strict=True,
    )
    _check_branch()
    _check_header()
    _check_row()
    _publication()
    protocol_copy()
    _unit()
    for table in _FINAL:
        keep(table, "update", "delete")
    for table in _KEPT:
        keep(table, "delete")


def _check_branch() -> None:
    op.create_table(
        "check_branch",
        *texts("id", "digests"),
        sa.PrimaryKeyConstraint("id", name="pk_check_branch"),
        sqlite_strict=True,
    )


def _check_header() -> None:
    op.create_table(
        "check_header",
        *texts("id", "content"),
        sa.PrimaryKeyConstraint("id", name="pk_check_header"),
        sqlite_strict=True,
    )


def _check_row() -> None:
    op.create_table(
        "check_row",
        *texts("id", "name", "sort_key", "folded", "kind", "group_id", "site"),
        *wholes("bucket"),
        *texts("verdicts", "until"),
        sa.PrimaryKeyConstraint("id", name="pk_check_row"),
        sqlite_strict=True,
    )
    op.create_index("ix_check_row_bucket", "check_row", ["bucket"])
    op.create_index(
        "ix_check_row_kind_group_id_sort_key", "check_row", ["kind", "group_id", "sort_key"]
    )
    op.create_index("ix_check_row_sort_key", "check_row", ["sort_key"])
    op.create_index("ix_check_row_until", "check_row", ["until"])


def _publication() -> None:
    op.create_table(
        "publication",
        *texts("id"),
        *wholes("number"),
        *texts("published_at", "publisher"),
        *wholes("basis"),
        *texts("root", "previous", "user", "key", "signature"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sqlite_strict=True,
    )
    op.create_index("ix_publication_number", "publication", ["number"], unique=True)


def _unit() -> None:
    op.create_table(
        "unit",
        *wholes("one"),
        *texts("id"),
        sa.PrimaryKeyConstraint("one", name="pk_unit"),
        sqlite_strict=True,
    )
