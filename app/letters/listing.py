"""The list of issued letters, over the dossiers that somebody can open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.records import Case, Letter
from app.letters.template import load_template
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.breach.data import Wording
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One issued letter, ready to show.

    Attributes:
        name: what kind of letter it is.
        replaced: a later letter corrects it.
    """

    compartment: Compartment
    id: str
    number: str
    addressee: str
    name: Wording
    issued_on: date
    signer: str
    case_id: str
    case_number: str
    replaced: bool


def letters(session: Session, *, again: bool = False) -> tuple[LetterRow, ...]:
    """All issued letters the user can open, newest first.

    The reading is recorded in the journal, but for `again`: the same list, looked at further.
    """
    found: list[LetterRow] = []
    for compartment in DOSSIERS:
        if session.opens(compartment):
            if not again:
                session.note(compartment, "letter_list_read")
            with session.look(compartment) as reader:
                found += _letters(reader, compartment)
    return tuple(sorted(found, key=lambda row: (row.issued_on, row.number), reverse=True))


def _letters(reader: Reader, compartment: Compartment) -> list[LetterRow]:
    every = reader.all(Letter)
    numbers = {case.id: case.number for case in reader.all(Case)} if every else {}
    replaced = {letter.replaces for letter in every}
    return [
        LetterRow(
            compartment=compartment,
            id=letter.id,
            number=letter.number,
            addressee=letter.addressee,
            name=load_template(letter.template, letter.language).name,
            issued_on=letter.issued_on,
            signer=letter.signer,
            case_id=letter.case_id,
            case_number=numbers.get(letter.case_id, ""),
            replaced=letter.id in replaced,
        )
        for letter in every
    ]
