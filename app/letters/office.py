"""Letters of the consent office: many at once, drawn and shown first, numbered when they leave.

They belong to no case. An office letter that left never changes; its bytes are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.dossier.held import waiting_about
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.letters.facts import (
    LetterFacts,
    Recipient,
    Sender,
    Value,
    addressed,
    from_json,
    function_of,
    given_facts,
    sender_of,
    to_json,
)
from app.letters.fill import paper_of
from app.letters.lint import office_findings
from app.letters.own import template_for
from app.letters.papers import LetterPile
from app.letters.parts import GIVEN, OF_OFFICE
from app.letters.questions import HighestOfficeLetter
from app.letters.records import OfficeLetter
from app.letters.template import letter_language
from app.names import full_name
from app.paper import Pdf
from app.people.records import Pupil, StaffMember
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.letters.papers import LetterPaper
    from app.letters.requests import OfficeRequest
    from app.letters.template import Template
    from app.ports import Press, Reader, Session


@dataclass(frozen=True, slots=True)
class PreparedLetter:
    """One letter as drawn.

    Attributes:
        letter: what is stored once it leaves the program.
        pdf: its own pages.
        postal: an address stands in its window, not the name alone.
    """

    letter: OfficeLetter
    pdf: Pdf
    postal: bool


@dataclass(frozen=True, slots=True)
class PreparedLetters:
    """Letters as drawn, not yet registered.

    Attributes:
        pdf: the very bytes to show, print and save: all letters in one file.
        letters: each by itself, in the order of the requests.
    """

    pdf: Pdf
    letters: tuple[PreparedLetter, ...]


def prepare_office_letters(
    session: Session,
    press: Press,
    requests: tuple[OfficeRequest, ...],
    progress: Progress = SILENT,
) -> PreparedLetters:
    """Draw letters as one file and each by itself; nothing is stored yet.

    Raises:
        Refusals: `letters.missing`, `letters.forbidden` or `people.bsn`, for each of the slots.
        Refusal: `letters.nobody` without requests, `register.not_found` for a recipient,
            `paper.glyph` when a character cannot be set.
    """
    if not requests:
        raise Refusal("letters.nobody")
    sender = sender_of(session)
    with session.look(Compartment.CONSENT) as reader:
        desk = _Desk(session, reader, sender)
        drafts = tuple(
            desk.draft(request, number) for number, request in enumerate(requests, 1)
        )
    collect(_once(fault for draft in drafts for fault in draft.faults))
    half = _Half(progress, len(drafts))
    letters = tuple(half.drawn(press, draft) for draft in drafts)
    if len(letters) == 1:
        return PreparedLetters(letters[0].pdf, letters)
    pile = LetterPile(language=sender.language, letters=tuple(draft.paper for draft in drafts))
    return PreparedLetters(press.draw(pile, half), letters)


def register_office_letters(
    session: Session, prepared: PreparedLetters, *, saved: bool = False
) -> tuple[OfficeLetter, ...]:
    """Note that prepared letters are printed or saved now; only now they exist.

    To be called each time, before they leave: a number that left is never without its entry.

    Raises:
        Refusal: `letters.number_taken` when other letters left meanwhile: prepare them again.
    """
    act = "office_letters_saved" if saved else "office_letters_printed"
    first = prepared.letters[0].letter
    ids = tuple(one.letter.id for one in prepared.letters)
    with session.work(Compartment.CONSENT, act, first.id) as work:
        stored = work.all(OfficeLetter, id=ids)
        if len(stored) == len(ids):
            work.commit()  # they left before, and leave again
            return stored
        if work.ask(HighestOfficeLetter(first.issued_on.year)) >= _running(first.number):
            raise Refusal("letters.number_taken")
        now = session.clock.now()
        letters = tuple(
            replace(one.letter, blob=work.attach(one.pdf.content), recorded_at=now)
            for one in prepared.letters
        )
        work.add(*letters)
        work.commit()
    return letters


def waits_for_inspector(
    session: Session, requests: tuple[OfficeRequest, ...], prepared: PreparedLetters
) -> tuple[str, ...]:
    """Numbers of the cases about an addressee in which the inspector comes first.

    For whoever opens dossiers; () for everybody else. It holds nothing back (decision 0048).
    That a case was looked up is recorded in its journal.
    """
    people = (
        ("" if isinstance(request.recipient, Recipient) else request.recipient, addressee)
        for request, addressee in zip(requests, _addressees(prepared), strict=True)
    )
    found = waiting_about(session, people)
    for compartment, case in found:
        session.note(compartment, "case_read", case.id)
    return tuple(sorted(case.number for _, case in found))


def _addressees(prepared: PreparedLetters) -> tuple[str, ...]:
    return tuple(one.letter.addressee for one in prepared.letters)


def reprint_office_letter(session: Session, letter_id: str) -> Pdf:
    """A letter that left, again, byte for byte; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `letters.damaged` when the stored file is not the one that left.
    """
    with session.work(Compartment.CONSENT, "office_letter_read", letter_id) as work:
        letter = work.get(OfficeLetter, letter_id)
        _, pages = from_json(letter.facts)
        title = Words(letter.language)("paper.letter_title", reference=letter.number)
        pdf = Pdf(work.blob(letter.blob), pages, title)
        if pdf.digest != letter.digest:
            raise Trouble("letters.damaged", number=letter.number)
        work.commit()
    return pdf


def office_number(year: int, running: int) -> str:
    """The number of an office letter, such as "T2026-0031"; no letter of a case has it."""
    return f"T{year}-{running:04}"


def _once(faults: Iterable[Refusal]) -> list[Refusal]:
    """What is wrong with many letters in the same way is said once."""
    return list({(fault.message.id, fault.field): fault for fault in faults}.values())


def _running(number: str) -> int:
    return int(number.partition("-")[2])


@dataclass(frozen=True, slots=True)
class _Draft:
    """One letter before it is drawn."""

    letter: OfficeLetter
    facts: LetterFacts
    paper: LetterPaper
    postal: bool
    faults: tuple[Refusal, ...]


class _Half:
    """Tells the progress of drawing everything twice: each letter by itself, then all."""

    def __init__(self, progress: Progress, letters: int) -> None:
        self._progress = progress
        self._letters = letters
        self._done = 0

    def drawn(self, press: Press, draft: _Draft) -> PreparedLetter:
        """One letter by itself."""
        pdf = press.draw(draft.paper)
        facts = to_json(draft.facts, pdf.pages)
        letter = replace(draft.letter, facts=facts, digest=pdf.digest)
        self._done += 1
        self._progress.step(self._done, 2 * self._letters)
        return PreparedLetter(letter, pdf, draft.postal)

    def step(self, done: int, total: int) -> None:
        """Report how much of the whole file is drawn."""
        self._progress.step(total + done, 2 * total)


class _Desk:
    """What the letters of one file share while they are put together."""

    def __init__(self, session: Session, reader: Reader, sender: Sender) -> None:
        self._session, self._reader, self._sender = session, reader, sender
        self._today = session.clock.today()
        self._head = reader.head().stamp
        self._highest = reader.ask(HighestOfficeLetter(self._today.year))

    def draft(self, request: OfficeRequest, place: int) -> _Draft:
        """One letter, numbered onwards from the highest number in the register."""
        recipient = request.recipient
        person_id = recipient if isinstance(recipient, str) else ""
        if isinstance(recipient, str):
            recipient = addressed(self._reader, recipient)
        template = self._template(request, recipient)
        number = office_number(self._today.year, self._highest + place)
        facts = self._facts(template, request, recipient, number)
        return _Draft(
            letter=self._letter(request, facts, person_id, number),
            facts=facts,
            paper=paper_of(template, facts, self._head),
            postal=recipient.postal,
            faults=tuple(_faults(template, facts)),
        )

    def _template(self, request: OfficeRequest, recipient: Recipient) -> Template:
        key = request.template
        language = letter_language(
            key, request.language, recipient.language, self._sender.language
        )
        template = template_for(self._reader, key, language)
        strange = request.values.keys() - {
            slot.key for slot in template.slots if slot.source == GIVEN
        }
        if template.belongs != OF_OFFICE or strange:
            msg = f"{key} is no letter of the office with {', '.join(sorted(strange))}"
            raise ValueError(msg)
        return template

    def _facts(
        self, template: Template, request: OfficeRequest, recipient: Recipient, number: str
    ) -> LetterFacts:
        known: dict[str, Value] = {
            "recipient_name": recipient.name,
            "recipient_address": recipient.lines if recipient.postal else (),
            "pupil_name": self._name(request.subject_id),
            "letter_number": number,
            **self._known(template.language),
        }
        return given_facts(template, known, request.values, self._sender, recipient.lines)

    def _known(self, language: str) -> dict[str, Value]:
        sender = self._sender
        return {
            "school_name": sender.letterhead.school,
            "school_contact": sender.contact,
            "letter_date": self._today,
            "letter_place": sender.place,
            "signer_name": sender.signer,
            "signer_function": function_of(sender.roles, language),
        }

    def _name(self, subject_id: str) -> str:
        if not subject_id:
            return ""
        known: Pupil | StaffMember | None = self._reader.find(Pupil, subject_id)
        known = known or self._reader.find(StaffMember, subject_id)
        return full_name(known.first_name, known.prefix, known.surname) if known else ""

    def _letter(
        self, request: OfficeRequest, facts: LetterFacts, person_id: str, number: str
    ) -> OfficeLetter:
        return OfficeLetter(
            id=new_id(),
            number=number,
            template=facts.template,
            template_version=facts.version,
            language=facts.language,
            recipient_id=person_id,
            subject_id=request.subject_id,
            facts="",
            addressee=facts.addressee[0] if facts.addressee else "",
            issued_on=self._today,
            signer=self._sender.signer,
            blob="",
            digest="",
            head=self._head,
            recorded_at=self._session.clock.now(),
            round_id=request.round_id,
        )


def _faults(template: Template, facts: LetterFacts) -> Iterator[Refusal]:
    for found in office_findings(template, facts):
        if found.blocks:
            yield Refusal(found.message.id, field=found.field or None, **found.message.values)
