"""The newest entry of a journal, or of the publications that the check list has instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.ports import Head

Rows = Callable[[str], list[tuple[Any, ...]]]

_JOURNAL = "SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1"
_PUBLICATION = "SELECT number, root FROM publication ORDER BY number DESC LIMIT 1"


def head_of(rows: Rows) -> Head:
    """The newest entry; number 0 when there is none yet."""
    found = rows(_JOURNAL)
    return Head(found[0][0], found[0][1].hex()) if found else Head(0, "")


def published(rows: Rows) -> Head:
    """The newest publication of the check list; number 0 when there is none yet."""
    found = rows(_PUBLICATION)
    return Head(found[0][0], found[0][1]) if found else Head(0, "")
