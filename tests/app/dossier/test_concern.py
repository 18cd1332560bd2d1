"""Who a case is about deals with nothing of it, whatever he is called; a namesake may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.breach.people import find_actors
from app.breach.report import report_breach
from app.breach.sealed import Involved
from app.dossier.concern import Concern
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, Person, file_report, open_report, waiting
from app.dossier.steps import open_case
from app.errors import Refusal
from app.people.accounts import OTHER, SAME, say_account
from app.people.people import StaffDraft, save_staff
from tests.app.breach.test_route import SECOND, two, user_id
from tests.app.dossier.situations import ABOUT_STAFF, STAFF
from tests.registers import DIRECTOR

if TYPE_CHECKING:
    from app.breach.report import BreachDraft
    from app.dossier.inbox import FiledReport
    from app.ports import Session
    from tests.registers import School

__all__ = ["two"]


def person(session: Session, first: str = "Jan", surname: str = "Visser") -> Person:
    """A member of staff, added now."""
    found = save_staff(session, StaffDraft(first, surname=surname, function="leerkracht"))
    return Person(found.id, f"{first} {surname}")


def recorded(school: School, who: Person, said: str = SAME) -> None:
    """The office records who the first director is, or is not."""
    session = school.administrator()
    say_account(session, user_id(session, DIRECTOR.name), "staff", who.id, said)


def filed_by_second(school: School, draft: BreachDraft, subject: Person) -> FiledReport:
    """A report of the teacher, filed by the second director."""
    report_breach(school.teacher(), draft)
    session = school.unlock(SECOND)
    (line,) = waiting(session)
    return file_report(session, STAFF, line.id, Filing((subject,)))


def concern_of(session: Session, filed: FiledReport) -> Concern:
    assert filed.case is not None
    return open_case(session, STAFF, filed.case.id).concern


def test_another_name_in_the_register_holds_nobody_back_from_being_found(two: School) -> None:
    visser = person(two.administrator())
    recorded(two, visser)
    filed = filed_by_second(two, replace(ABOUT_STAFF, actor_name="Jan Visser"), visser)
    session = two.director()
    assert filed.breach.actor_user == session.user.id
    assert concern_of(session, filed) is Concern.RECORDED
    note = NewEntry("note", date(2026, 11, 22), "Eigen stuk", "Zo ging het niet.")
    with pytest.raises(Refusal, match="lacks_other_handler"):
        add_entry(session, STAFF, filed.dossiers[0].id, note)


def test_what_is_recorded_after_the_filing_counts_as_well(two: School) -> None:
    visser = person(two.administrator())
    filed = filed_by_second(two, replace(ABOUT_STAFF, actor_name="Jan Visser"), visser)
    session = two.director()
    assert concern_of(session, filed) is Concern.NONE
    assert filed.case is not None
    assert open_case(session, STAFF, filed.case.id).by_name
    recorded(two, visser)
    assert concern_of(two.director(), filed) is Concern.RECORDED


def test_a_report_about_his_other_name_is_not_opened_by_him(two: School) -> None:
    recorded(two, person(two.administrator()))
    sent = report_breach(two.teacher(), replace(ABOUT_STAFF, actor_name="J. Visser"))
    with pytest.raises(Refusal, match="concerns_you"):
        open_report(two.director(), STAFF, sent.id)
    assert open_report(two.unlock(SECOND), STAFF, sent.id).report.actor_name == "J. Visser"


def test_he_does_not_file_what_is_about_himself(two: School) -> None:
    visser = person(two.administrator())
    recorded(two, visser)
    sent = report_breach(two.teacher(), replace(ABOUT_STAFF, actor_name="iemand"))
    with pytest.raises(Refusal, match="concerns_you"):
        file_report(two.director(), STAFF, sent.id, Filing((visser,)))


def test_the_second_account_of_one_person_files_nothing_either(two: School) -> None:
    session = two.administrator()
    visser = person(session)
    for name in (SECOND.name, DIRECTOR.name):
        say_account(session, user_id(session, name), "staff", visser.id, SAME)
    sent = report_breach(two.teacher(), replace(ABOUT_STAFF, actor_name="iemand"))
    for login in (SECOND, DIRECTOR):
        with pytest.raises(Refusal, match="concerns_you"):
            file_report(two.unlock(login), STAFF, sent.id, Filing((visser,)))


def test_a_name_that_is_nearly_his_goes_past_him(two: School) -> None:
    sent = report_breach(two.teacher(), replace(ABOUT_STAFF, actor_name="J. de Wit"))
    assert sent.boxes == (SECOND.name,)


def test_an_office_that_knows_the_account_sends_it_past_him(two: School) -> None:
    visser = person(two.administrator())
    recorded(two, visser)
    session = two.administrator()
    (found,) = find_actors(session, "staff", "visser")
    assert (found.id, found.user) == (visser.id, user_id(session, DIRECTOR.name))
    draft = replace(ABOUT_STAFF, actor_name=found.name, actor_id=found.id, actor_user="")
    assert report_breach(session, draft).boxes == (SECOND.name,)


def test_a_namesake_is_not_shut_out_for_ever(two: School) -> None:
    wit = person(two.administrator(), surname="de Wit")
    draft = replace(ABOUT_STAFF, actor_name="Jan de Wit", actor_other=True)
    sent = report_breach(two.teacher(), draft)
    session = two.director()
    assert open_report(session, STAFF, sent.id).report.actor_other
    filed = file_report(session, STAFF, sent.id, Filing((wit,)))
    assert concern_of(session, filed) is Concern.NAMED
    recorded(two, wit, OTHER)
    assert concern_of(two.director(), filed) is Concern.NONE


def test_a_report_that_named_the_wrong_account_can_be_put_right(two: School) -> None:
    wit = person(two.administrator(), surname="de Wit")
    director = user_id(two.teacher(), DIRECTOR.name)
    draft = replace(ABOUT_STAFF, actor_name="Jan de Wit", actor_user=director)
    filed = filed_by_second(two, draft, wit)
    assert concern_of(two.director(), filed) is Concern.ACCOUNT
    recorded(two, wit, OTHER)
    assert concern_of(two.director(), filed) is Concern.NONE


def test_the_name_of_an_account_that_was_ended_says_nothing_for_the_next_one(
    two: School,
) -> None:
    session = two.unlock(SECOND)
    old = user_id(session, DIRECTOR.name)
    wit = person(session, surname="de Wit")
    draft = replace(ABOUT_STAFF, actor_name=DIRECTOR.name, actor_user=old)
    filed = filed_by_second(two, draft, wit)
    session = two.unlock(SECOND)
    session.revoke_user(old)
    code = session.add_user(DIRECTOR.name, DIRECTOR.roles)
    two.lock()
    again = two.keep(two.vault.enrol(two.folder, DIRECTOR.name, code, DIRECTOR.password))
    assert again.user.id != old
    assert concern_of(again, filed) is Concern.NAMED


def test_somebody_who_took_part_is_passed_by_as_before(two: School) -> None:
    session = two.teacher()
    director = user_id(session, DIRECTOR.name)
    too = Involved("actor", DIRECTOR.name, "staff", user=director)
    assert report_breach(session, replace(ABOUT_STAFF, people=(too,))).boxes == (SECOND.name,)
