"""Tables of the school's own protocol, and of its copy beside the check list."""

from __future__ import annotations

from sqlalchemy import Index

from app.protocol.records import ProtocolCopy, ProtocolDay, ProtocolSketch, ProtocolVersion
from db.store.mapping import Kind
from db.store.shape import (
    CHECK,
    CONSENT,
    day,
    day_or_none,
    instant,
    record_table,
    text,
    whole,
)

protocol_version = record_table(
    "protocol_version",
    CONSENT,
    text("key"),
    whole("number"),
    text("base"),
    text("content"),
    text("digest"),
    day("starts"),
    text("change"),
    text("issued_by"),
    instant("recorded_at"),
    Index(None, "key", unique=True),
)
protocol_day = record_table(
    "protocol_day",
    CONSENT,
    text("protocol"),
    text("name"),
    day_or_none("on"),
    text("noted_by"),
    instant("recorded_at"),
)
protocol_sketch = record_table(
    "protocol_sketch",
    CONSENT,
    text("content"),
    text("changed_by"),
    instant("changed_at"),
)
protocol_copy = record_table(
    "protocol_copy",
    CHECK,
    text("content"),
    whole("basis"),
    text("user"),
    text("key"),
    text("signature"),
)

KINDS = (
    Kind(ProtocolVersion, protocol_version, fact=True),
    Kind(ProtocolDay, protocol_day, fact=True),
    Kind(ProtocolSketch, protocol_sketch),
)
PROTOCOL_COPY = Kind(ProtocolCopy, protocol_copy)
