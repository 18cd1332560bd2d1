"""The journal's table, in every compartment but the check list."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text


def journal_table(metadata: MetaData) -> Table:
    """Declare the journal in one kind of file; triggers refuse to change or remove entries."""
    return Table(
        "journal",
        metadata,
        Column("number", Integer, primary_key=True, nullable=False, autoincrement=False),
        Column("id", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("device", Text, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("previous", LargeBinary, nullable=False),
        Column("at", Text, nullable=False),
        Column("since_boot", Integer, nullable=False),
        Column("user", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("act", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("state", LargeBinary, nullable=False),
        Column("salt", LargeBinary, nullable=True),
        Column("payload", Text, nullable=True),
        Column("payload_digest", LargeBinary, nullable=False),
        Column("signature", LargeBinary, nullable=False),
        Column("digest", LargeBinary, nullable=False),
        Index(None, "device", "seq", unique=True),
        Index(None, "subject"),
        Index(None, "at"),
        sqlite_strict=True,
    )
