"""A copy of a dossier as handed to whoever binds it: what stands on it, names left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.paper import Letterhead, Paper

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in parts of its width and height from the left top corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePage:
    """One page of a file that is added.

    Attributes:
        page: counted from 0.
        spans: characters of the page's text that must go, each start and end.
        areas: rectangles that must go.
    """

    page: int
    spans: tuple[tuple[int, int], ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledFile:
    """A file whose pages are added.

    Attributes:
        key: under which its content is asked for.
        title: what stands above its pages.
        as_it_is: the program made it: a page from which nothing goes is not redrawn.
    """

    key: str
    title: str
    pages: tuple[FilePage, ...]
    as_it_is: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPiece:
    """One piece.

    Attributes:
        number: within the copy, from 1.
        heading: kind and title, on one line; day: written out.
        facts: named values; text: in paragraphs.
        said: what has to be said about the file, such as that it cannot be printed.
    """

    id: str
    number: int
    heading: str
    day: str
    facts: tuple[tuple[str, str], ...]
    text: str
    file: CompiledFile | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPaper(Paper):
    """A whole copy.

    Attributes:
        title: on the cover; names nobody.
        particulars: named values on the cover; explained: what is left out and why, and how
            the copy is verified.
        number: of the copy.
        stamp: of the journal head; "" while it is only looked at.
        made_at: when it was compiled.
    """

    letterhead: Letterhead
    title: str
    particulars: tuple[tuple[str, str], ...]
    explained: tuple[str, ...]
    pieces: tuple[CompiledPiece, ...]
    number: str
    stamp: str
    made_at: datetime
