"""Names and address lines in a letter: as the government's tables have them, nothing guessed.

The rules are those of the example tables of Haal Centraal BRP bevragen (aanhef, aanschrijfwijze,
voorletters) for somebody whose sex is unknown, checked 2026-11-22; the names are our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.letters.facts import addressed
from app.people.people import GuardianDraft, save_guardian
from app.record import Compartment
from tests.app.dossier.situations import settle_in

if TYPE_CHECKING:
    from tests.registers import School


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (("Robin", "R.M.", "van", "Puffelen"), "R.M. van Puffelen"),
        (("Robin", "", "van", "Puffelen"), "Robin van Puffelen"),
        (("", "", "van", "Puffelen"), "Van Puffelen"),
        (("", "", "'t", "Wolkje"), "'t Wolkje"),
        (("Elise Q", "E.Q", "In den", "Groenen"), "E.Q In den Groenen"),
        (("Kim", "K.", "", "Bakker"), "K. Bakker"),
    ],
)
def test_the_first_line_is_the_name_as_the_tables_have_it(
    school: School, name: tuple[str, str, str, str], line: str
) -> None:
    session = school.director()
    people = settle_in(session)
    first, initials, prefix, surname = name
    draft = GuardianDraft(
        first, initials, prefix, surname, "", "Kade 1", "1234ab", "werkendam", "belgië"
    )
    saved = save_guardian(session, draft, people.zoe.id, "mother")
    with session.look(Compartment.CONSENT) as reader:
        recipient = addressed(reader, saved.id)
    assert (recipient.name, recipient.lines[0]) == (line, line)
    assert recipient.lines[-2:] == ("1234 AB  WERKENDAM", "BELGIË")
    assert recipient.postal
