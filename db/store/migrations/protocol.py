"""The first tables of the school's own protocol; like a migration, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, texts_or_none, wholes


def protocol() -> None:
    """Make the tables of versions and dates, which are only added to, and of the sketch."""
    op.create_table(
        "protocol_day",
        *texts("id", "protocol", "name"),
        *texts_or_none("on"),
        *texts("noted_by", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_day"),
        sqlite_strict=True,
    )
    op.create_index("ix_protocol_day_seal", "protocol_day", ["seal"])
    op.create_table(
        "protocol_sketch",
        *texts("id", "content", "changed_by", "changed_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_sketch"),
        sqlite_strict=True,
    )
    op.create_index("ix_protocol_sketch_seal", "protocol_sketch", ["seal"])
    op.create_table(
        "protocol_version",
        *texts("id", "key"),
        *wholes("number"),
        *texts("base", "content", "digest", "starts", "change", "issued_by", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_version"),
        sqlite_strict=True,
    )
    op.create_index("ix_protocol_version_key", "protocol_version", ["key"], unique=True)
    op.create_index("ix_protocol_version_seal", "protocol_version", ["seal"])
    for table in ("protocol_day", "protocol_version"):
        keep(table, "update", "delete")
    keep("protocol_sketch", "delete")


def protocol_copy() -> None:
    """Make the table of the copy for everybody, in the check file."""
    op.create_table(
        "protocol_copy",
        *texts("id", "content"),
        *wholes("basis"),
        *texts("user", "key", "signature"),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_copy"),
        sqlite_strict=True,
    )
