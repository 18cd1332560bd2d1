"""Looks through what was chosen: which names stand in it, and which pictures nobody can read.

Texts and the texts of attached pages are searched; what is only in a picture no program finds,
so that each of these has to be looked at by a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.compile.binding import PDF, PICTURE
from app.compile.names import LOWERCASE
from app.compile.pieces import AUTHOR, PieceText
from app.compile.plain import plain_text
from app.compile.request import CompileRequest, gathered
from app.dossier.records import Entry
from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.compile.binding import Binder, FileLook
    from app.compile.names import Finder, Match, Named
    from app.compile.pieces import Piece
    from app.compile.purposes import Purpose
    from app.compile.request import Material
    from app.ports import Session

PAGE = "page"
PLAIN = "plain"
"""The part of a piece that is the text of its file."""

_AROUND = 45
_LETTERS = 0.5
_BLANKS = re.compile(r"\s+")
_BY_KIND = {"pupil": "other_pupil", "guardian": "other_parent", "staff": "colleague"}
_FUNCTION, _THIRD = "function", "third_party"


@dataclass(frozen=True, slots=True)
class Find:
    """A name that stands in a piece.

    Attributes:
        id: of the place; the same as long as the piece is.
        page: of the attached file, from 0; None in a text of the piece itself.
        before, after: the words around it.
        people: whose name it can be.
        doubt: see `app.compile.names`.
        proposed: key of the reason that is proposed, or "" where a person has to think.
    """

    id: str
    piece_id: str
    part: str
    page: int | None
    start: int
    end: int
    text: str
    before: str
    after: str
    people: tuple[Named, ...]
    doubt: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Sight:
    """A file that somebody has to look at, for no name can be found in it.

    Attributes:
        why: picture, no_text (pages without text), or why it cannot be added as pages.
        pages: the pages in question, from 0.
    """

    piece_id: str
    name: str
    why: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Through:
    """What came out.

    Attributes:
        pages: how many pages the file of a piece has that can be added, by id of the piece.
        plain: the text of a file that is one, by id of the piece.
        troubles: why the file of a piece cannot be added.
        in_why: names of others that stand in the reason on the cover.
    """

    finds: tuple[Find, ...]
    sights: tuple[Sight, ...]
    pages: dict[str, int]
    plain: dict[str, str]
    troubles: dict[str, str]
    in_why: tuple[str, ...]


def find_names(
    session: Session, binder: Binder, request: CompileRequest, progress: Progress = SILENT
) -> Through:
    """Look through what was chosen; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
        Trouble: `register.blob_missing`.
    """
    session.note(request.compartment, "dossier_read", request.dossier_id)
    with session.look(request.compartment) as reader:
        material = gathered(session, reader, request)

        def load(entry_id: str) -> bytes:
            return reader.blob(reader.get(Entry, entry_id).blob)

        return look_through(material, request, load, binder, progress)


def look_through(
    material: Material,
    request: CompileRequest,
    load: Callable[[str], bytes],
    binder: Binder,
    progress: Progress = SILENT,
) -> Through:
    """Search every piece that was chosen, one file at a time."""
    finder = material.names
    search = _Search(finder, material.purpose)
    for number, piece in enumerate(material.chosen, 1):
        for text in piece.texts:
            search.text(piece, text)
        if piece.file is not None:
            search.file(piece, piece.file.name, load(piece.file.entry_id), binder)
        progress.step(number, len(material.chosen))
    named = (match for match in finder.matches(request.why) if match.doubt != LOWERCASE)
    return Through(
        finds=tuple(search.finds),
        sights=tuple(search.sights),
        pages=search.pages,
        plain=search.plain,
        troubles=search.troubles,
        in_why=tuple(match.text for match in named),
    )


class _Search:
    """Collects what is found in piece after piece."""

    def __init__(self, finder: Finder, wanted: Purpose) -> None:
        self._finder, self._purpose = finder, wanted
        self.finds: list[Find] = []
        self.sights: list[Sight] = []
        self.pages: dict[str, int] = {}
        self.plain: dict[str, str] = {}
        self.troubles: dict[str, str] = {}

    def text(self, piece: Piece, text: PieceText) -> None:
        """Search one text of a piece."""
        self.finds += self._found(piece, text.part, None, text.text)

    def file(self, piece: Piece, name: str, content: bytes, binder: Binder) -> None:
        """Search the pages of a file, or note why a person has to look at it."""
        plain = plain_text(name, content)
        if plain is not None:
            self.plain[piece.id] = plain
            self.text(piece, PieceText(PLAIN, "", plain))
            return
        found = binder.look(content)
        if found.trouble or found.kind not in (PDF, PICTURE):
            why = found.trouble or found.kind
            self.troubles[piece.id] = why
            self.sights.append(Sight(piece.id, name, why))
            return
        self.pages[piece.id] = len(found.texts)
        for page, text in enumerate(found.texts):
            self.finds += self._found(piece, PAGE, page, text)
        self.sights += _unread(piece, name, found)

    def _found(self, piece: Piece, part: str, page: int | None, text: str) -> Iterator[Find]:
        for match in self._finder.matches(text):
            place = part if page is None else f"{part}{page}"
            yield Find(
                id=f"{piece.id}/{place}/{match.start}-{match.end}",
                piece_id=piece.id,
                part=part,
                page=page,
                start=match.start,
                end=match.end,
                text=" ".join(match.text.split()),
                before=_even(text[max(0, match.start - _AROUND) : match.start]),
                after=_even(text[match.end : match.end + _AROUND]),
                people=match.people,
                doubt=match.doubt,
                proposed=_proposed(match, part, self._purpose),
            )


def _proposed(match: Match, part: str, wanted: Purpose) -> str:
    kinds = {person.kind for person in match.people}
    if part == AUTHOR or (wanted.keeps_staff and kinds == {"staff"}):
        return _FUNCTION
    if match.doubt:
        return ""
    return _BY_KIND.get(kinds.pop(), _THIRD) if len(kinds) == 1 else _THIRD


def _unread(piece: Piece, name: str, found: FileLook) -> Iterator[Sight]:
    unread = tuple(
        page
        for page, text in enumerate(found.texts)
        if page in found.pictured or not is_readable(text)
    )
    if unread:
        yield Sight(piece.id, name, PICTURE if found.kind == PICTURE else "no_text", unread)


def is_readable(text: str) -> bool:
    """Whether a page says something in letters: a font without codes gives signs instead."""
    signs = [sign for sign in text if not sign.isspace()]
    return sum(sign.isalnum() for sign in signs) > _LETTERS * len(signs)


def _even(text: str) -> str:
    return _BLANKS.sub(" ", text)
