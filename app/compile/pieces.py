"""The pieces of a dossier as somebody chooses from them: what each says, and what marks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.breach.report import MEDIA, SPREAD
from app.data import Wording
from app.dossier.entries import COMPILED
from app.dossier.facts import INSPECTOR
from app.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.compile.purposes import Purpose
    from app.dossier.dossiers import OpenedDossier
    from app.dossier.items import TimelineItem
    from app.dossier.records import Breach
    from app.text import Words

REPORT = "report"
AUTHOR = "author"
"""The part of a piece that names who wrote it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a copy is for.

    Attributes:
        kind: pupil, guardian, staff, or typed.
        id: of the person, or "" when the name was typed.
        also: every id under which the person stands after records were merged.
    """

    kind: str
    id: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceText:
    """One text of a piece.

    Attributes:
        part: where it stands, such as "title" or "body"; the same for the same piece.
        label: what it is, or "" for running text.
    """

    part: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PieceFile:
    """The file of a piece.

    Attributes:
        entry_id: of the entry that holds it.
        letter: the program made it: a letter that was issued.
    """

    entry_id: str
    name: str
    digest: str
    letter: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry or step, in one language.

    Attributes:
        heading: what kind of piece it is.
        about: name of the person it is about, when that is not the subject.
        texts: everything it says, the title first where it has one.
        file: what is attached and can be added as pages.
        marks: kinds of pieces that a purpose can leave out; see `resources/compile.toml`.
    """

    id: str
    kind: str
    day: date
    heading: str
    about: str
    texts: tuple[PieceText, ...]
    file: PieceFile | None
    marks: frozenset[str]

    def text(self, part: str) -> str:
        """What stands in a part, or ""."""
        return next((each.text for each in self.texts if each.part == part), "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a piece can be in a copy.

    Attributes:
        never: the mark for which it cannot; apart: the mark for which it is left out at first.
    """

    never: str = ""
    apart: str = ""


def pieces(
    opened: OpenedDossier,
    breaches: Mapping[str, Breach],
    recipient: Recipient,
    words: Words,
) -> tuple[Piece, ...]:
    """Everything in a dossier, oldest first.

    Args:
        opened: the dossier.
        breaches: what was reported, by id of the entry that keeps the report.
        recipient: who the copy is for.
        words: of the language in which it is compiled.
    """
    return tuple(
        _piece(item, breaches.get(item.id), recipient, words) for item in opened.timeline
    )


def standing(piece: Piece, purpose: Purpose) -> Standing:
    """Whether a purpose leaves a piece out, and for which of its marks."""
    never = [mark for mark in purpose.never if mark in piece.marks]
    apart = [mark for mark in purpose.apart if mark in piece.marks]
    return Standing(never[0] if never else "", apart[0] if apart else "")


def in_period(piece: Piece, start: date | None, end: date | None) -> bool:
    """Whether a piece is of a period, both days included; None is open."""
    return (start is None or piece.day >= start) and (end is None or piece.day <= end)


def chosen_first(
    found: tuple[Piece, ...], purpose: Purpose, start: date | None, end: date | None
) -> tuple[str, ...]:
    """Ids of the pieces that a purpose proposes from a period."""
    return tuple(
        piece.id
        for piece in found
        if in_period(piece, start, end) and standing(piece, purpose) == Standing()
    )


# -- marks ------------------------------------------------------------------------------------


def _about_guardian(item: TimelineItem, recipient: Recipient) -> bool:
    """Somebody else than the subject: in a pupil's dossier a parent, or who else did it."""
    del recipient
    return bool(item.about or item.about_id)


def _about_other_guardian(item: TimelineItem, recipient: Recipient) -> bool:
    if not _about_guardian(item, recipient):
        return False
    if item.about_id:
        return item.about_id not in (recipient.id, *recipient.also)
    return fold(item.about) != fold(recipient.name)


def _copy(item: TimelineItem, recipient: Recipient) -> bool:
    del recipient
    return item.kind == COMPILED


def _corrected(item: TimelineItem, recipient: Recipient) -> bool:
    del recipient
    return bool(item.replaced_by)


def _inspector(item: TimelineItem, recipient: Recipient) -> bool:
    del recipient
    return item.kind == INSPECTOR


MARKS: dict[str, Callable[[TimelineItem, Recipient], bool]] = {
    "about_guardian": _about_guardian,
    "about_other_guardian": _about_other_guardian,
    "copy": _copy,
    "corrected": _corrected,
    "inspector": _inspector,
}
"""Kinds of pieces that a purpose can leave out, each with how it is told."""


# -- what a piece says ------------------------------------------------------------------------


def _piece(
    item: TimelineItem, breach: Breach | None, recipient: Recipient, words: Words
) -> Piece:
    heading = item.heading(words)
    return Piece(
        id=item.id,
        kind=item.kind,
        day=item.day,
        heading=heading[:1].upper() + heading[1:],
        about=item.about,
        texts=tuple(text for text in _texts(item, breach, words) if text.text),
        file=_file(item),
        marks=frozenset(mark for mark, holds in MARKS.items() if holds(item, recipient)),
    )


def _file(item: TimelineItem) -> PieceFile | None:
    """The sealed report is data for the program; what it says stands in the piece itself."""
    if not item.file_name or item.kind in (REPORT, COMPILED):
        return None
    return PieceFile(item.id, item.file_name, item.digest, bool(item.letter_id))


def _texts(item: TimelineItem, breach: Breach | None, words: Words) -> list[PieceText]:
    found = [
        PieceText("title", "", item.title),
        PieceText(AUTHOR, words("compile.author"), item.author),
        PieceText("about", words("compile.about"), item.about),
        PieceText("case", words("compile.case"), item.case_number),
    ]
    if item.arrived:
        found.append(PieceText("arrived", words("compile.arrived"), words.day(item.arrived)))
    if breach is not None:
        found += _reported(breach, words)
    if item.kind != COMPILED:  # what was left out of an earlier copy stays out of this one
        found.append(PieceText("body", "", item.body))
    for number, (name, answer) in enumerate(item.details):
        said = _said(answer, words)
        found.append(PieceText(f"answer{number}", name.said(words.language), said))
    if item.reason:
        found.append(PieceText("reason", words("compile.corrects"), item.reason))
    if item.file_name and item.kind not in (REPORT, COMPILED):
        found.append(PieceText("file", words("compile.file"), item.file_name))
    return found


def _reported(breach: Breach, words: Words) -> list[PieceText]:
    """What a report says beside the facts; the opinion apart, and called so."""
    return [
        PieceText("occurred", words("compile.occurred"), words.day(breach.occurred_on)),
        PieceText("discovered", words("compile.discovered"), words.day(breach.discovered_on)),
        PieceText("place", words("compile.place"), breach.place),
        PieceText("medium", words("compile.medium"), _named(MEDIA, breach.medium, words)),
        PieceText("spread", words("compile.spread"), _named(SPREAD, breach.audience, words)),
        PieceText("articles", words("compile.articles"), ", ".join(breach.articles)),
        PieceText("affected", words("compile.affected"), ", ".join(breach.affected)),
        PieceText("people", words("compile.people"), ", ".join(involved(breach))),
        PieceText("filing", words("compile.filing_reason"), breach.filing_reason),
        PieceText("opinion", words("compile.opinion"), breach.opinion),
    ]


def involved(breach: Breach) -> tuple[str, ...]:
    """Names of others who have to do with what was reported; () when they cannot be read."""
    try:
        rows = json.loads(breach.people)["rows"] if breach.people else ()
        return tuple(str(row["name"]) for row in rows if row["name"])
    except (ValueError, KeyError, TypeError):
        return ()


def _named(texts: Mapping[str, str], key: str, words: Words) -> str:
    return words(texts[key]) if key in texts else key


def _said(answer: object, words: Words) -> str:
    if isinstance(answer, Wording):
        return answer.said(words.language)
    if isinstance(answer, bool):
        return words("compile.yes" if answer else "compile.no")
    if isinstance(answer, datetime):
        return words.moment(answer)
    return words.day(answer) if isinstance(answer, date) else str(answer)
