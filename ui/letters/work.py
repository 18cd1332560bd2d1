"""What the letter page asks for, to be done on the storage thread."""

from collections.abc import Callable
from dataclasses import dataclass

from app.breach.data import Wording
from app.dossier.procedure import Ask
from app.dossier.records import Case, Letter
from app.dossier.steps import read_case
from app.errors import Refusal
from app.letters.issue import (
    LetterRequest,
    begin_letter,
    draft_letter,
    issue_letter,
    reprint,
)
from app.letters.lint import Finding
from app.letters.template import load_template
from app.ports import Press, Session
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Begun:
    """What has to be known before a letter can be written.

    Attributes:
        known: answers that were given before, by field.
        holes: slots which the register knows nothing about, with their names.
    """

    name: Wording
    case_number: str
    asks: tuple[Ask, ...]
    known: dict[str, object]
    holes: tuple[tuple[str, str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter as it would be now, drawn."""

    number: str
    content: bytes
    findings: tuple[Finding, ...]
    ready: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter as it was issued: the very bytes."""

    letter: Letter
    name: Wording
    case_number: str
    content: bytes


def begin(compartment: Compartment, case_id: str, step_id: str) -> Callable[[Session], Begun]:
    """Find out what a letter asks."""

    def work(session: Session) -> Begun:
        draft = begin_letter(session, LetterRequest(compartment, case_id, step_id))
        with session.look(compartment) as reader:
            file = read_case(reader, case_id)
        step = file.state.procedure.step(step_id)
        if step is None or not step.letter:
            raise Refusal("letters.no_letter")
        template = load_template(step.letter, draft.paper.language)
        asked = {ask.field for ask in step.asks}
        missing = {found.field for found in draft.findings} - asked
        known = {key: value for key, value in file.state.answers.items() if key in asked}
        holes = tuple(
            (slot.key, slot.name.said(draft.paper.language))
            for slot in template.slots
            if slot.key in missing and slot.required and slot.kind in ("line", "text")
        )
        return Begun(
            template.name, file.case.number, step.asks, dict(known), holes, draft.paper.language
        )

    return work


def draw(press: Press, request: LetterRequest) -> Callable[[Session], Drawn]:
    """Draw a letter as it would be now; nothing is stored."""

    def work(session: Session) -> Drawn:
        draft = draft_letter(session, request)
        content = press.draw(draft.paper).content
        return Drawn(draft.number, content, draft.findings, draft.ready)

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
        name = load_template(letter.template, letter.language or DEFAULT_LANGUAGE).name
        return Issued(letter, name, case.number if case else "", content)

    return work
