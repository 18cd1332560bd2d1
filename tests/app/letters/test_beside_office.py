"""Letters about consent are not held back; who deals with cases is told what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.breach.report import report_breach
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, file_report, waiting
from app.letters.facts import Recipient
from app.letters.office import prepare_office_letters, waits_for_inspector
from app.letters.requests import OfficeRequest
from app.record import Compartment
from app.register.school import save_school, school_of
from reports.press import PaperPress
from tests.app.dossier.situations import ABOUT_STAFF, STAFF, settle_in
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_office import REMOVAL

if TYPE_CHECKING:
    from app.dossier.filer import Person
    from app.dossier.inbox import FiledReport
    from app.ports import Session
    from tests.registers import School

CALLED = NewEntry("inspector", date(2026, 11, 22), "Overleg", "Advies gekregen.")
OUTSIDE = Recipient("K. Smit", ("K. Smit", "Kade 2", "3300 AA  DORDRECHT"))


@pytest.fixture
def filed(school: School) -> tuple[Person, FiledReport]:
    """A case about Kees Smit that may come under the sexual category."""
    report_breach(school.teacher(), replace(ABOUT_STAFF, categories=("sexual",)))
    session = school.director()
    kees = settle_in(session).kees
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))
    (line,) = waiting(session)
    return kees, file_report(session, STAFF, line.id, Filing((kees,)))


def waits(session: Session, recipient: str | Recipient) -> tuple[str, ...]:
    request = OfficeRequest("takedown_request", recipient, values=REMOVAL)
    prepared = prepare_office_letters(session, PaperPress(), (request,))
    return waits_for_inspector(session, (request,), prepared)


def test_a_director_is_told_which_case_waits_until_the_inspector_was_consulted(
    school: School, filed: tuple[Person, FiledReport]
) -> None:
    kees, report = filed
    session = school.director()
    assert waits(session, kees.id) == ("2026-001",)
    assert acts(session, STAFF)[-1] == "case_read"
    case = report.case
    assert case is not None
    add_entry(session, STAFF, report.dossiers[0].id, replace(CALLED, case_id=case.id))
    assert waits(session, kees.id) == ()


def test_the_office_learns_nothing_and_its_letter_leaves(
    school: School, filed: tuple[Person, FiledReport]
) -> None:
    assert waits(school.administrator(), filed[0].id) == ()


def test_somebody_outside_is_known_by_his_name_only(
    school: School, filed: tuple[Person, FiledReport]
) -> None:
    session = school.director()
    assert waits(session, OUTSIDE) == ("2026-001",)
    other = Recipient("Weekblad De Kade", ("Weekblad De Kade", "Kade 2"))
    assert waits(session, other) == ()
