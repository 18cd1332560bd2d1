"""Tables that the store itself needs in a file: whose it is, former states, attached files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from app.record import Record
from db.store.mapping import Kind
from db.store.shape import record_table, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob(Record):
    """An attached file: its own key and what proves that the file is the one that was kept.

    Attributes:
        key: 256-bit key of this file alone, hexadecimal; outlives the compartment's key.
        size: bytes of the content; stored: bytes of the padded, encrypted file.
        plain_digest, stored_digest: SHA-256 of content and encrypted file, hexadecimal.
    """

    key: str
    size: int
    stored: int
    plain_digest: str
    stored_digest: str


def identity_table(metadata: MetaData) -> Table:
    """Declare the one row that says whose file this is."""
    return Table(
        "identity",
        metadata,
        Column("one", Integer, primary_key=True, nullable=False, autoincrement=False),
        Column("register", Text, nullable=False),
        Column("compartment", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        sqlite_strict=True,
    )


def past_state_table(metadata: MetaData) -> Table:
    """Declare where former states of changed rows are kept; rows are only added."""
    return Table(
        "past_state",
        metadata,
        Column("kind", Text, primary_key=True, nullable=False),
        Column("id", Text, primary_key=True, nullable=False),
        Column("seal", Integer, primary_key=True, nullable=False),
        Column("row", Text, nullable=False),
        Column("replaced_by", Integer, nullable=False),
        Column("replaced_at", Text, nullable=False),
        Index(None, "seal"),
        sqlite_strict=True,
    )


def unit_table(metadata: MetaData) -> Table:
    """Declare the one row that names the last unit of work, where no journal does."""
    return Table(
        "unit",
        metadata,
        Column("one", Integer, primary_key=True, nullable=False, autoincrement=False),
        Column("id", Text, nullable=False),
        sqlite_strict=True,
    )


def blob_kind(metadata: MetaData) -> Kind[Blob]:
    """Declare where the keys and hashes of attached files stand."""
    table = record_table(
        "blob",
        metadata,
        text("key"),
        whole("size"),
        whole("stored"),
        text("plain_digest"),
        text("stored_digest"),
    )
    return Kind(Blob, table, fact=True)
