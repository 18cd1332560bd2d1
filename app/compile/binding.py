"""What the domain needs to bind a copy, and to read one back; `reports` fulfils it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.compile.papers import CompiledPaper

PDF, PICTURE, UNKNOWN = "pdf", "picture", "unknown"
"""Kinds of files: the first two can be added as pages."""

DAMAGED, LOCKED, TOO_LARGE = "damaged", "locked", "too_large"
"""Why a file cannot be added as pages though it is of a kind that could."""

CONTENTS_NAME = "inhoud.json"
"""Name of the contents that ride along."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """What is in a file.

    Attributes:
        texts: the text of each page, "" for a page without any.
        pictured: pages of which a good part is a picture, from 0, whatever text they have.
        trouble: `DAMAGED`, `LOCKED`, `TOO_LARGE` or "".
    """

    kind: str
    texts: tuple[str, ...] = ()
    pictured: frozenset[int] = frozenset()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """Where things came to stand.

    Attributes:
        pages: digest of every page, in order.
        starts: first page of each piece, from 1, by id of the piece.
    """

    pages: tuple[str, ...]
    starts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound copy.

    Attributes:
        content: the bytes; contents: what rides along in them, "" when nothing does.
    """

    content: bytes
    pages: int
    contents: bytes


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A copy as it is found.

    Attributes:
        pages: digest of every page; contents: what rides along under our name, or None.
        names: of everything that rides along.
    """

    pages: tuple[str, ...]
    contents: bytes | None
    names: tuple[str, ...]


class Binder(Protocol):
    """Looks into files, binds copies, and reads them back; in memory only."""

    def look(self, content: bytes) -> FileLook:
        """What is in a file, judged by its content alone; never fails on what is in it."""
        ...

    def picture(self, content: bytes, page: int) -> bytes:
        """One page of a file as it will be added, as a PNG file; pages from 0.

        Raises:
            Trouble: `compile.no_picture` when it cannot be drawn.
        """
        ...

    def bind(
        self,
        paper: CompiledPaper,
        load: Callable[[str], bytes],
        contents: Callable[[Laid], bytes] | None,
        progress: Progress = SILENT,
    ) -> Bound:
        """The copy as a document; the same paper and files give the same bytes.

        Args:
            paper: what stands on it.
            load: gives the content of a file by its key; asked for one at a time.
            contents: gives what rides along once the pages are known; None for a copy that is
                only looked at.
            progress: told page by page.

        Raises:
            Refusal: `paper.glyph`, `compile.too_large`.
            CancelledError: when the person asked to stop.
        """
        ...

    def exchange(self, content: bytes, before: bytes, after: bytes) -> bytes | None:
        """The copy with other contents of the same length; None when `before` is not in it."""
        ...

    def read(self, content: bytes, progress: Progress = SILENT) -> ReadBack | None:
        """A copy as it is found; None when it cannot be read as a document at all."""
        ...
