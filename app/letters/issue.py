"""Drafting, issuing and reprinting letters of cases and dossiers: what left never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.breach.report import text_faults
from app.breach.sealed import tidy_text
from app.dossier.records import Letter
from app.duties.steps import NOTHING, Beside
from app.errors import Refusal, Trouble, collect
from app.letters.dossier import DossierDrafting
from app.letters.drafting import CaseDrafting, Drafting
from app.letters.facts import from_json
from app.letters.lint import not_looked_at
from app.paper import Pdf
from app.text import Words

if TYPE_CHECKING:
    from app.letters.lint import Finding
    from app.letters.papers import LetterPaper
    from app.letters.requests import LetterRequest
    from app.letters.template import Template
    from app.ports import Press, Reader, Session
    from app.procedures.answers import Answers
    from app.procedures.procedure import Ask
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it would be now; nothing is stored.

    Attributes:
        number: the number it would get.
        asks: what has to be answered for it; answers: what is so far, also by the letter that
            it corrects.
        subject: name of whose dossier it goes into.
        paper: what the press draws; missing values stand there in square brackets.
        not_looked_at: texts that something is in order, which do not concern this letter.
        beside: what is open beside the case that is closed with it.
        proposed: what was answered before to the very same questions; it stands in the letter
            once somebody takes it over.
    """

    number: str
    subject: str
    template: Template
    asks: tuple[Ask, ...]
    answers: Answers
    paper: LetterPaper
    findings: tuple[Finding, ...]
    not_looked_at: frozenset[str] = frozenset()
    beside: Beside = NOTHING
    proposed: Answers = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether nothing blocks issuing it."""
        return not any(finding.blocks for finding in self.findings)


def draft_letter(session: Session, request: LetterRequest) -> LetterDraft:
    """A letter with what is answered so far, and everything to be said about it.

    Can be drafted at any time; what stands in the way of issuing it is among the findings.

    Raises:
        Refusal: `letters.no_letter` for a step that issues none, `letters.replaced_already`.
    """
    with session.look(request.compartment) as reader:
        return _draft(_drafting(session, reader, request))


def begin_letter(session: Session, request: LetterRequest) -> LetterDraft:
    """As `draft_letter`, when somebody begins to write: the reading stands in the journal.

    Raises:
        Refusal: as `draft_letter`.
    """
    subject = request.case_id or request.dossier_id
    session.note(request.compartment, "letter_drafted", subject)
    return draft_letter(session, request)


def issue_letter(session: Session, press: Press, request: LetterRequest) -> Letter:
    """Issue a letter: numbered, drawn, stored with its digest, and the step taken.

    Everything is one unit of work. A letter of a dossier takes no step, and neither does a
    correction (`replaces`): it is a new letter that names the old.

    Raises:
        Refusals: answers or a reason that are not right, or findings that block; nothing is
            stored.
        Refusal: `dossier.step_not_now`, what the step lacks, `letters.replaced_already`, or
            `paper.glyph` when a character cannot be set.
    """
    act = "letter_corrected" if request.replaces else "letter_issued"
    with session.work(request.compartment, act, request.case_id or request.dossier_id) as work:
        drafting = _drafting(session, work, request)
        steps = drafting.steps()
        collect(
            [
                *_reason_faults(request),
                *(
                    Refusal(found.message.id, field=found.field or None, **_named(found))
                    for found in drafting.findings()
                    if found.blocks
                ),
            ]
        )
        letter, entries = drafting.issued(work, press.draw(drafting.paper()))
        work.add(letter, *entries, *steps, *drafting.left_open(work))
        work.commit()
    return letter


def reprint(session: Session, compartment: Compartment, letter_id: str) -> Pdf:
    """An issued letter again, byte for byte; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `letters.damaged` when the stored file is not the one that was issued.
    """
    with session.work(compartment, "letter_reprinted", letter_id) as work:
        letter = work.get(Letter, letter_id)
        _, pages = from_json(letter.facts)
        pdf = Pdf(work.blob(letter.blob), pages, _title(letter.language, letter.number))
        if pdf.digest != letter.digest:
            raise Trouble("letters.damaged", number=letter.number)
        work.commit()
    return pdf


def _drafting(session: Session, reader: Reader, request: LetterRequest) -> Drafting:
    kind = CaseDrafting if request.case_id else DossierDrafting
    return kind(session, reader, request)


def _draft(drafting: Drafting) -> LetterDraft:
    return LetterDraft(
        number=drafting.number,
        subject=drafting.dossiers[0].subject_name,
        template=drafting.template,
        asks=drafting.asks,
        answers=drafting.answers,
        paper=drafting.paper(),
        findings=drafting.findings(),
        not_looked_at=not_looked_at(drafting.template),
        beside=drafting.beside,
        proposed=drafting.proposed,
    )


def _reason_faults(request: LetterRequest) -> list[Refusal]:
    """A correction says in the dossier why it was made."""
    if not request.replaces:
        return []
    if not tidy_text(request.reason):
        return [Refusal("letters.reason_missing", field="reason")]
    return list(text_faults([("reason", request.reason)]))


def _named(found: Finding) -> dict[str, object]:
    return {key: value for key, value in found.message.values.items() if key != "field"}


def _title(language: str, number: str) -> str:
    return Words(language)("paper.letter_title", reference=number)
