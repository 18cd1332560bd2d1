"""The old name of `app.protocol`, while its readers move there."""

from app.protocol.load import load_protocol
from app.protocol.shelf import current_protocol
from app.protocol.values import (
    AUDIENCES,
    Actor,
    Article,
    Category,
    Measure,
    Protocol,
    TrailDate,
    known_on,
    was_known,
)

__all__ = [
    "AUDIENCES",
    "Actor",
    "Article",
    "Category",
    "Measure",
    "Protocol",
    "TrailDate",
    "current_protocol",
    "known_on",
    "load_protocol",
    "was_known",
]
