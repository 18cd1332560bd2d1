"""Lists of letters: of cases, as far as somebody opens the dossiers, and of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.records import Case, Letter
from app.letters.questions import NewestOfficeLetters
from app.letters.template import load_template
from app.names import full_name
from app.people.records import Pupil, StaffMember
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.data import Wording
    from app.letters.records import OfficeLetter
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


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One letter of the consent office, ready to show.

    Attributes:
        name: what kind of letter it is.
        about: name of the pupil or member of staff it is about, or "".
        pupil_id: the pupil it is about, or "".
    """

    id: str
    number: str
    addressee: str
    name: Wording
    about: str
    pupil_id: str
    issued_on: date
    recorded_at: datetime
    signer: str


def office_letters(
    session: Session, subject_id: str = "", limit: int = 500
) -> tuple[OfficeRow, ...]:
    """The letters of the consent office that left last, perhaps about one subject only."""
    with session.look(Compartment.CONSENT) as reader:
        return office_rows(reader, reader.ask(NewestOfficeLetters(subject_id, limit)))


def office_rows(reader: Reader, found: tuple[OfficeLetter, ...]) -> tuple[OfficeRow, ...]:
    """Letters of the consent office as they are shown."""
    subjects = tuple({letter.subject_id for letter in found if letter.subject_id})
    pupils = {pupil.id: pupil for pupil in reader.all(Pupil, id=subjects)}
    members = {member.id: member for member in reader.all(StaffMember, id=subjects)}
    names = {
        **{id: full_name(p.first_name, p.prefix, p.surname) for id, p in pupils.items()},
        **{id: full_name(m.first_name, m.prefix, m.surname) for id, m in members.items()},
    }
    return tuple(
        OfficeRow(
            id=letter.id,
            number=letter.number,
            addressee=letter.addressee,
            name=load_template(letter.template, letter.language).name,
            about=names.get(letter.subject_id, ""),
            pupil_id=letter.subject_id if letter.subject_id in pupils else "",
            issued_on=letter.issued_on,
            recorded_at=letter.recorded_at,
            signer=letter.signer,
        )
        for letter in found
    )


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
