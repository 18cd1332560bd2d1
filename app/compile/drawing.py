"""Makes the paper of a copy: every text of it without what must go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.compile.finding import PAGE, PLAIN
from app.compile.papers import CompiledFile, CompiledPaper, CompiledPiece, FilePage
from app.compile.purposes import reason
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.compile.finding import Find, Through
    from app.compile.pieces import Piece
    from app.compile.request import CompileRequest, Material
    from app.ports import Session

_TITLES = {
    Compartment.PUPIL_DOSSIER: "paper.compiled_title_pupil",
    Compartment.STAFF_DOSSIER: "paper.compiled_title_staff",
}
_HEADED = ("title",)
_RUNNING = ("body", PLAIN)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and what stands on the copy about it.

    Attributes:
        id: of the entry that will keep the copy.
        stamp: of the journal head; shown: the fingerprint of the public key.
    """

    id: str
    stamp: str
    made_at: datetime
    user: str
    public: str
    shown: str


def paper_of(
    session: Session,
    material: Material,
    through: Through,
    request: CompileRequest,
    signing: Signing | None,
) -> CompiledPaper:
    """The copy as it is bound; without `signing` one that is only looked at.

    A name that has no decision yet is left out.
    """
    words = Words(request.language)
    gone = _gone(through, request)
    made = _Maker(through, request, gone, words)
    number = signing.id[-8:].upper() if signing else ""
    return CompiledPaper(
        language=words.language,
        letterhead=material.letterhead,
        title=words(_TITLES[request.compartment]),
        particulars=_particulars(session, material, request, signing),
        explained=_explained(material, through, gone, request),
        pieces=tuple(
            made.piece(place, piece) for place, piece in enumerate(material.chosen, 1)
        ),
        number=number,
        stamp=signing.stamp if signing else "",
        made_at=signing.made_at if signing else session.clock.now(),
    )


def without(text: str, finds: Iterable[Find], mark: str) -> str:
    """A text without the names that were found in it; each place shows the same mark."""
    for find in sorted(finds, key=lambda found: found.start, reverse=True):
        text = text[: find.start] + mark + text[find.end :]
    return text


def _gone(through: Through, request: CompileRequest) -> dict[tuple[str, str], list[Find]]:
    """The names that must go, by piece and part."""
    found: dict[tuple[str, str], list[Find]] = {}
    for find in through.finds:
        key = request.decisions.get(find.id)
        if key is None or reason(key).removes:
            found.setdefault((find.piece_id, find.part), []).append(find)
    return found


class _Maker:
    """Makes piece after piece."""

    def __init__(
        self,
        through: Through,
        request: CompileRequest,
        gone: dict[tuple[str, str], list[Find]],
        words: Words,
    ) -> None:
        self._through, self._request = through, request
        self._gone, self._words = gone, words

    def piece(self, number: int, piece: Piece) -> CompiledPiece:
        """One piece as it stands in the copy."""
        title = self._clean(piece, "title", piece.text("title"))
        facts = tuple(
            (text.label, self._clean(piece, text.part, text.text))
            for text in piece.texts
            if text.part not in (*_HEADED, *_RUNNING)
        )
        plain = self._through.plain.get(piece.id, "")
        running = [
            self._clean(piece, "body", piece.text("body")),
            self._clean(piece, PLAIN, plain),
        ]
        return CompiledPiece(
            id=piece.id,
            number=number,
            heading=f"{piece.heading}: {title}" if title else piece.heading,
            day=self._words.day(piece.day),
            facts=facts,
            text="\n".join(text for text in running if text),
            file=self._file(piece),
            said=self._trouble(piece),
        )

    def _clean(self, piece: Piece, part: str, text: str) -> str:
        mark = self._words("paper.compiled_gone")
        return without(text, self._gone.get((piece.id, part), ()), mark)

    def _file(self, piece: Piece) -> CompiledFile | None:
        pages = self._through.pages.get(piece.id, 0)
        if piece.file is None or not pages:
            return None
        spans: dict[int, list[tuple[int, int]]] = {}
        for find in self._gone.get((piece.id, PAGE), ()):
            spans.setdefault(find.page or 0, []).append((find.start, find.end))
        areas = [each for each in self._request.areas if each.piece_id == piece.id]
        return CompiledFile(
            key=piece.file.entry_id,
            title=self._clean(piece, "file", piece.file.name),
            as_it_is=piece.file.letter,
            pages=tuple(
                FilePage(
                    page=page,
                    spans=tuple(spans.get(page, ())),
                    areas=tuple(each.area for each in areas if each.page == page),
                )
                for page in range(pages)
            ),
        )

    def _trouble(self, piece: Piece) -> str:
        why = self._through.troubles.get(piece.id)
        if why is None or piece.file is None:
            return ""
        return self._words(
            "paper.compiled_no_pages",
            name=self._clean(piece, "file", piece.file.name),
            why=self._words(f"paper.compiled_why_{why}"),
            digest=piece.file.digest,
        )


# -- the cover --------------------------------------------------------------------------------


def _particulars(
    session: Session, material: Material, request: CompileRequest, signing: Signing | None
) -> tuple[tuple[str, str], ...]:
    words = Words(request.language)
    rows = (
        ("of", material.subject),
        ("for", material.recipient),
        ("purpose", material.purpose.name.said(words.language)),
        ("why", " ".join(request.why.split())),
        ("period", _period(session, request, words)),
        ("pieces", str(len(material.chosen))),
        ("by", session.user.name),
        ("on", words.moment(signing.made_at) if signing else ""),
        ("id", signing.id[-8:].upper() if signing else ""),
        ("key", signing.shown if signing else ""),
    )
    return tuple((words(f"paper.compiled_{name}"), value) for name, value in rows)


def _period(session: Session, request: CompileRequest, words: Words) -> str:
    end = words.long_day(request.end or session.clock.today())
    if request.start is None:
        return words("paper.compiled_period_all", end=end)
    return words("paper.compiled_period_from", start=words.long_day(request.start), end=end)


def _explained(
    material: Material,
    through: Through,
    gone: dict[tuple[str, str], list[Find]],
    request: CompileRequest,
) -> tuple[str, ...]:
    words = Words(request.language)
    chosen = {piece.id for piece in material.chosen}
    marked = any(area.piece_id in chosen for area in request.areas)
    left = material.whole - len(material.chosen)
    some = words("paper.compiled_some", number=left, whole=material.whole)
    said = [some if left else words("paper.compiled_all")]
    if gone or marked:
        said.append(words("paper.compiled_removed", mark=words("paper.compiled_gone")))
    if through.pages:
        said.append(words("paper.compiled_redrawn"))
    return (*said, words("paper.compiled_verify"))
