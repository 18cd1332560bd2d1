"""Identifiers that may travel: UUIDv7 (RFC 9562), 32 hexadecimal characters.

Order events by device and sequence, never by id: two ids of one millisecond are not ordered.
"""

from __future__ import annotations

import os
import time
from typing import NewType

SiteId = NewType("SiteId", str)
GroupId = NewType("GroupId", str)
SchoolYearId = NewType("SchoolYearId", str)
PupilId = NewType("PupilId", str)
GuardianId = NewType("GuardianId", str)
StaffId = NewType("StaffId", str)
UserId = NewType("UserId", str)
ChannelKey = NewType("ChannelKey", str)
FormVersionId = NewType("FormVersionId", str)
DecisionId = NewType("DecisionId", str)
BlobId = NewType("BlobId", str)
DossierId = NewType("DossierId", str)
CaseId = NewType("CaseId", str)
LetterId = NewType("LetterId", str)

_FIXED = 0x7 << 76 | 0b10 << 62
"""The version and the variant; `_DRAWN` are the 74 bits that are drawn."""
_DRAWN = (1 << 80) - 1 & ~(0xF << 76 | 0b11 << 62)


def new_id() -> str:
    """A fresh UUIDv7 as 32 hexadecimal characters; safe to call from any thread."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= int.from_bytes(os.urandom(10)) & _DRAWN | _FIXED
    return f"{value:032x}"
