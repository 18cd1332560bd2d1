"""Dossiers to compile from: people, talks, letters and files, all invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.breach.report import EvidenceFile
from app.compile.finding import find_names
from app.compile.pieces import Recipient
from app.compile.request import CompileRequest
from app.dossier.dossiers import open_dossier
from app.dossier.entries import NewEntry, file_entry
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.record import Compartment
from reports.compile.binder import PaperBinder
from tests.app.dossier.situations import PUPILS, People, settle_in

if TYPE_CHECKING:
    from app.dossier.inbox import Person
    from app.ports import Session

BINDER = PaperBinder()
DAY = date(2026, 11, 20)
TALK = NewEntry(
    "talk", DAY, "Gesprek over het plein", "Roos de Beer duwde Zoë. Kees Smit zag een beer."
)
CALL = NewEntry("call", date(2026, 11, 12), "Gebeld met vader", "Vader was boos op Roos.")


@dataclass(frozen=True, slots=True)
class Situation:
    """A register with one pupil dossier in it, the director signed in."""

    session: Session
    people: People
    dossier_id: str
    mother: Person
    roos: str


def situation(session: Session, *entries: NewEntry) -> Situation:
    """Zoë's dossier with these entries."""
    from app.dossier.inbox import Person

    people = settle_in(session)
    roos = save_pupil(session, PupilDraft("Roos", "de", "Beer", date(2021, 3, 3)))
    mother = save_guardian(
        session, GuardianDraft("Marijke", "M.", "", "Visser", ""), people.zoe.id, "mother"
    )
    found = [file_entry(session, PUPILS, people.zoe, entry) for entry in entries]
    return Situation(
        session, people, found[0].dossier_id, Person(mother.id, "Marijke Visser"), roos.id
    )


def request_of(case: Situation, purpose: str = "legal", **changes: Any) -> CompileRequest:
    """A copy of everything in the dossier, for a lawyer."""
    opened = open_dossier(case.session, PUPILS, case.dossier_id)
    whole = CompileRequest(
        compartment=Compartment.PUPIL_DOSSIER,
        dossier_id=case.dossier_id,
        purpose=purpose,
        recipient=Recipient("typed", "", "advocatenkantoor Voorbeeld"),
        why="Een procedure bij de commissie.",
        pieces=tuple(item.id for item in opened.timeline),
    )
    return replace(whole, **changes)


def decided(case: Situation, request: CompileRequest, **words: str) -> CompileRequest:
    """The request with every name decided: as proposed, or by the words as they stand."""
    through = find_names(case.session, BINDER, request)
    decisions = {
        find.id: words.get(find.text.replace(" ", "_"), find.proposed or "third_party")
        for find in through.finds
    }
    seen = frozenset(sight.piece_id for sight in through.sights)
    return replace(request, decisions=decisions, looked_at=seen)


# -- files ------------------------------------------------------------------------------------


@cache
def pdf_file(*pages: str, title: str = "") -> bytes:
    """A document with a line of text on each page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for text in pages:
        for row, line in enumerate(text.split("\n")):
            canvas.drawString(72, 700 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def picture_file(form: str = "PNG", size: tuple[int, int] = (400, 300)) -> bytes:
    """A picture of stripes."""
    picture = Image.new("RGB", size, "white")
    for row in range(0, size[1], 10):
        picture.paste((20, 120, 200), (0, row, size[0], row + 4))
    out = BytesIO()
    picture.save(out, form)
    return out.getvalue()


def with_file(name: str, content: bytes, kind: str = "letter_in") -> NewEntry:
    """An entry that holds a file."""
    return NewEntry(kind, DAY, "Brief", file=EvidenceFile(name, content))
