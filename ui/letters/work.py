"""What the letter page asks for, to be done on the storage thread."""

from collections.abc import Callable
from dataclasses import dataclass

from app.data import Wording
from app.dossier.records import Case, Letter
from app.dossier.steps import read_case
from app.dossier.views import NONE, Views, views_in
from app.duties.steps import NOTHING, Beside
from app.letters.facts import ADDRESS, from_json
from app.letters.issue import (
    begin_letter,
    draft_letter,
    issue_letter,
    reprint,
)
from app.letters.lint import Finding
from app.letters.parts import OF_CASE, Slot
from app.letters.requests import LetterRequest
from app.letters.template import Template, load_template
from app.ports import Press, Session
from app.procedures.procedure import Ask
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Begun:
    """What has to be known before a letter can be written.

    Attributes:
        known: answers that were given before, by field.
        holes: slots which the register knows nothing about, with their names.
        case_number: of the case; "" for a letter of a dossier.
        subject: whose dossier it is.
        corrects: number of the letter that it corrects, or "".
        beside: what is open beside the case that is closed with it.
        views: what was brought forward in the case.
    """

    name: Wording
    case_number: str
    subject: str
    asks: tuple[Ask, ...]
    known: dict[str, object]
    holes: tuple[tuple[str, str], ...]
    language: str
    corrects: str = ""
    beside: Beside = NOTHING
    views: Views = NONE


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter as it would be now, drawn.

    Attributes:
        not_looked_at: texts that something is in order, which do not concern this letter.
    """

    number: str
    content: bytes
    findings: tuple[Finding, ...]
    ready: bool
    not_looked_at: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter as it was issued: the very bytes.

    Attributes:
        own: number of the school's own text that it was made from, 0 for the program's.
        corrects: the letter that it corrects; corrected_by: the one that corrects it.
    """

    letter: Letter
    name: Wording
    case_number: str
    content: bytes
    own: int
    corrects: Letter | None = None
    corrected_by: Letter | None = None


def begin(request: LetterRequest) -> Callable[[Session], Begun]:
    """Find out what a letter asks."""

    def work(session: Session) -> Begun:
        draft = begin_letter(session, request)
        with session.look(request.compartment) as reader:
            file = read_case(reader, request.case_id) if request.case_id else None
            old = reader.get(Letter, request.replaces) if request.replaces else None
        language = draft.paper.language
        template = draft.template
        asked = {ask.field for ask in draft.asks}
        missing = {found.field for found in draft.findings} - asked - {"recipient"}
        holes = tuple(
            (slot.key, slot.name.said(language))
            for slot in template.slots
            if slot.key in missing and _can_be_filled(slot, template)
        )
        return Begun(
            name=template.name,
            case_number=file.case.number if file else "",
            subject=draft.subject,
            asks=draft.asks,
            known={**draft.proposed, **draft.answers},
            holes=holes,
            language=language,
            corrects=old.number if old else "",
            beside=draft.beside,
            views=views_in(file) if file else NONE,
        )

    return work


def _can_be_filled(slot: Slot, template: Template) -> bool:
    """A line that the register does not know; of a letter of a case the address as well."""
    if slot.key == ADDRESS:
        return template.belongs == OF_CASE
    return slot.required and slot.kind in ("line", "text")


def draw(press: Press, request: LetterRequest) -> Callable[[Session], Drawn]:
    """Draw a letter as it would be now; nothing is stored."""

    def work(session: Session) -> Drawn:
        draft = draft_letter(session, request)
        content = press.draw(draft.paper).content
        unasked = draft.not_looked_at
        return Drawn(draft.number, content, draft.findings, draft.ready, unasked)

    return work


def issue(press: Press, request: LetterRequest) -> Callable[[Session], Letter]:
    """Issue a letter."""

    def work(session: Session) -> Letter:
        return issue_letter(session, press, request)

    return work


def look_up(compartment: Compartment, letter_id: str) -> Callable[[Session], Issued]:
    """Read an issued letter again."""

    def work(session: Session) -> Issued:
        content = reprint(session, compartment, letter_id).content
        with session.look(compartment) as reader:
            letter = reader.get(Letter, letter_id)
            case = reader.find(Case, letter.case_id) if letter.case_id else None
            old = reader.find(Letter, letter.replaces) if letter.replaces else None
            new = next(iter(reader.all(Letter, replaces=letter.id)), None)
        name = load_template(letter.template, letter.language or DEFAULT_LANGUAGE).name
        own, number = from_json(letter.facts)[0].own, case.number if case else ""
        return Issued(letter, name, number, content, own, old, new)

    return work
