"""What the domain hands to the press, and what it gets back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Plain values from which one kind of document is drawn; every kind is a subclass.

    Attributes:
        language: language of the document, "nl" or "en".
    """

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The sender, as printed at the top of letters and forms."""

    school: str
    board: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that rides along inside a document.

    Attributes:
        name: of the file; about: what it is, in a few words.
        mime: its media type.
        made_at: when it was made.
    """

    name: str
    about: str
    mime: str
    content: bytes
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document, in memory.

    Attributes:
        content: the bytes, the very ones that are shown, printed, stored and hashed.
        pages: number of pages.
        title: title of the document, without names of people.
    """

    content: bytes
    pages: int
    title: str

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()
