"""Commands that list cases and letters, for who may open the dossiers they stand in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.cli.registers import FINE, signed_in
from app.dossier.overview import CaseRow, cases
from app.errors import Refusal
from app.letters.listing import letters, office_letters
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.cli.arguments import Given
    from app.cli.console import Console
    from app.cli.tools import Tools
    from app.ports import Session

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """One letter in the list.

    Attributes:
        place: the compartment in which it stands; case: number of its case, or "".
        replaced: a later letter corrects it.
    """

    issued_on: date
    number: str
    kind: str
    addressee: str
    signer: str
    place: str
    case: str = ""
    replaced: bool = False


def list_cases(tools: Tools, console: Console, given: Given) -> int:
    """List the cases that the user can open; the journal keeps that they were read."""
    with signed_in(tools, console, given) as session:
        if not any(session.opens(compartment) for compartment in DOSSIERS):
            raise Refusal("cli.no_dossier")
        rows = [row for row in cases(session) if not (given.flag("open") and row.closed)]
    words = console.words
    if not rows:
        console.say(words("cli.no_cases"))
    for row in rows:
        values = {"number": row.number, "subject": row.subject}
        state = row.state.said(words.language)
        if row.due_on is None:
            console.say(words("cli.case", state=state, **values))
        else:
            console.say(words("cli.case_due", state=state, due=row.due_on, **values))
    console.give({"cases": [_case(row, words.language) for row in rows]})
    return FINE


def list_letters(tools: Tools, console: Console, given: Given) -> int:
    """List the letters that the user can open, of cases and of the office, newest first."""
    language = console.words.language
    with signed_in(tools, console, given) as session:
        if not any(session.opens(place) for place in (*DOSSIERS, Compartment.CONSENT)):
            raise Refusal("cli.no_dossier")
        found = [*_of_cases(session, language), *_of_office(session, language)]
    first, last = given.day("from"), given.day("to")
    rows = [row for row in found if _within(row.issued_on, first, last)]
    rows.sort(key=lambda row: (row.issued_on, row.number), reverse=True)
    words = console.words
    if not rows:
        console.say(words("cli.no_letters"))
    for row in rows:
        text = "cli.letter_corrected" if row.replaced else "cli.letter"
        values = {"number": row.number, "kind": row.kind, "addressee": row.addressee}
        console.say(words(text, day=row.issued_on, **values))
    console.give({"letters": [asdict(row) for row in rows]})
    return FINE


def _case(row: CaseRow, language: str) -> dict[str, object]:
    return {
        "number": row.number,
        "dossier": row.compartment,
        "subject": row.subject,
        "procedure": row.procedure.said(language),
        "state": row.state.said(language),
        "closed": row.closed,
        "opened_on": row.opened_on,
        "due_on": row.due_on,
    }


def _of_cases(session: Session, language: str) -> Iterator[ListedLetter]:
    for row in letters(session):
        yield ListedLetter(
            issued_on=row.issued_on,
            number=row.number,
            kind=row.name.said(language),
            addressee=row.addressee,
            signer=row.signer,
            place=row.compartment,
            case=row.case_number,
            replaced=row.replaced,
        )


def _of_office(session: Session, language: str) -> Iterator[ListedLetter]:
    """Those of the consent office, for who reads consent; the reading is recorded too."""
    if not session.opens(Compartment.CONSENT):
        return
    session.note(Compartment.CONSENT, "letter_list_read")
    for row in office_letters(session, limit=_EVERY):
        yield ListedLetter(
            issued_on=row.issued_on,
            number=row.number,
            kind=row.name.said(language),
            addressee=row.addressee,
            signer=row.signer,
            place=Compartment.CONSENT,
        )


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
