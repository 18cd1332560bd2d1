"""One line of a dossier's time line, ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.data import EMPTY, Wording
from app.dossier.entries import KINDS

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.procedures.answers import Answer
    from app.text import Words


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a dossier's time line.

    Attributes:
        kind: kind of an entry, or "step".
        day: when it happened; at: when it was recorded.
        name: name of the step; empty for an entry.
        details: what the step asked, with the answer.
        about: name of the person it is about, when that is not the subject; about_id: his id,
            where it is known.
        digest: of the attached file, or "".
        letter_id: the letter that left, or "".
        signer: of a report: who signed it, as his signature shows; "" when it does not.
        arrived: the day on which it came in, where that is known apart.
        reason: why it corrects another.
        replaced_by: id of the entry that corrects this one, or "".
    """

    id: str
    kind: str
    day: date
    at: datetime
    name: Wording = EMPTY
    title: str = ""
    body: str = ""
    details: tuple[tuple[Wording, Answer | Wording], ...] = ()
    author: str = ""
    signer: str = ""
    about: str = ""
    about_id: str = ""
    file_name: str = ""
    digest: str = ""
    case_number: str = ""
    letter_id: str = ""
    due_on: date | None = None
    arrived: date | None = None
    replaces: str = ""
    reason: str = ""
    replaced_by: str = ""

    def heading(self, words: Words) -> str:
        """What it is, in the reader's language."""
        return words(KINDS[self.kind]) if self.kind in KINDS else self.name.said(words.language)
