"""A reporter's program knows past whom a report must go, from the list that everybody reads."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.breach.guide import begin_report, standing
from app.breach.people import find_actors
from app.breach.report import report_breach
from app.breach.sealed import Involved
from app.check import listing
from app.check.accounts import who_is_who
from app.check.answer import board
from app.check.publish import keep_published, publish_due
from app.check.records import CheckHeader, CheckRow
from app.dossier.inbox import open_report, waiting
from app.people.accounts import OPEN, OTHER, SAME, say_account
from app.people.people import GuardianDraft, StaffDraft, save_guardian, save_staff
from app.record import Compartment
from tests.app.breach.test_route import SECOND, two, user_id
from tests.app.dossier.situations import ABOUT_STAFF, STAFF
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER

if TYPE_CHECKING:
    from app.breach.report import BreachDraft, SentReport
    from app.people.records import StaffMember
    from app.ports import Session
    from tests.registers import Login, School

__all__ = ["two"]

OTHER_NAME = replace(ABOUT_STAFF, actor_name="J. Visser", actor_user="", actor_id="")


def office(school: School) -> Session:
    """The office, whose deeds reach the check list at once."""
    session = school.administrator()
    keep_published(session)
    return session


def recorded(school: School, login: str = DIRECTOR.name) -> StaffMember:
    """A member of staff under another name than his account, which the office recorded."""
    session = office(school)
    visser = save_staff(session, StaffDraft("Jan", surname="Visser", function="leerkracht"))
    say_account(session, user_id(session, login), "staff", visser.id, SAME)
    return visser


def sent_by_teacher(school: School, draft: BreachDraft = OTHER_NAME) -> SentReport:
    return report_breach(school.teacher(), draft)


def accounts_on_list(school: School) -> dict[str, list[str]]:
    with school.teacher().look(Compartment.CHECK) as reader:
        header = reader.get(CheckHeader, listing.HEADER)
    found: dict[str, list[str]] = json.loads(header.content).get("accounts", {})
    return found


@pytest.mark.parametrize("name", ["J. Visser", "Jan Visser", "visser, jan", "Jan de Wit"])
def test_a_teachers_report_goes_past_a_director_under_every_name(
    two: School, name: str
) -> None:
    recorded(two)
    sent = sent_by_teacher(two, replace(OTHER_NAME, actor_name=name))
    assert sent.boxes == (SECOND.name,)
    assert waiting(two.director()) == ()
    assert two.director().waiting(STAFF) == ()


def test_a_director_is_chosen_by_the_name_on_the_list(two: School) -> None:
    visser = recorded(two)
    session = two.teacher()
    (found,) = find_actors(session, "staff", "visser")
    director = user_id(session, DIRECTOR.name)
    assert (found.name, found.id, found.user) == ("Jan Visser", visser.id, director)
    draft = replace(OTHER_NAME, actor_name=found.name, actor_id=found.id)
    assert report_breach(session, draft).boxes == (SECOND.name,)


def test_a_colleague_chosen_from_the_list_is_known_to_who_files(two: School) -> None:
    bo = save_staff(office(two), StaffDraft("Bo", surname="Riem", function="leerkracht"))
    session = two.teacher()
    (found,) = find_actors(session, "staff", "riem")
    assert (found.id, found.user) == (bo.id, "")
    draft = replace(OTHER_NAME, actor_name=found.name, actor_id=found.id)
    sent = report_breach(session, draft)
    assert sent.boxes == ()
    assert open_report(two.director(), STAFF, sent.id).report.actor_id == bo.id


def test_whoever_writes_is_told_that_it_goes_past_him(two: School) -> None:
    recorded(two)
    found = standing(begin_report(two.teacher()), OTHER_NAME, date(2026, 11, 22))
    assert (found.past, found.user and found.user.name) == (True, DIRECTOR.name)


def test_the_list_says_ids_of_those_who_open_dossiers_and_nothing_else(two: School) -> None:
    session = office(two)
    names = (DIRECTOR.name, ADMINISTRATOR.name, TEACHER.name)
    users = {name: user_id(session, name) for name in names}
    members = {
        name: save_staff(session, StaffDraft("Bo", surname=f"Nummer {place}"))
        for place, name in enumerate(names)
    }
    parent = save_guardian(session, GuardianDraft("Jan", surname="Wandelaar"))
    namesake = save_staff(session, StaffDraft("Jan", prefix="de", surname="Wit"))
    for name in names:
        say_account(session, users[name], "staff", members[name].id, SAME)
    say_account(session, users[DIRECTOR.name], "guardian", parent.id, SAME)
    say_account(session, users[DIRECTOR.name], "staff", namesake.id, OTHER)
    assert accounts_on_list(two) == {users[DIRECTOR.name]: [members[DIRECTOR.name].id]}


def test_a_mistake_that_was_taken_back_leaves_the_list(two: School) -> None:
    visser = recorded(two)
    session = office(two)
    say_account(session, user_id(session, DIRECTOR.name), "staff", visser.id, OPEN)
    assert accounts_on_list(two) == {}
    assert sent_by_teacher(two).boxes == ()


def test_what_did_not_reach_the_list_reaches_it_at_the_next_sign_in(two: School) -> None:
    publish_due(two.administrator())
    session = two.administrator()  # as after a failure: nobody follows what is written
    visser = save_staff(session, StaffDraft("Jan", surname="Visser"))
    say_account(session, user_id(session, DIRECTOR.name), "staff", visser.id, SAME)
    assert accounts_on_list(two) == {}
    publish_due(two.administrator())
    assert list(accounts_on_list(two).values()) == [[visser.id]]
    assert publish_due(two.administrator()) is None


@pytest.mark.parametrize(("login", "lists"), [(TEACHER, 0), (DIRECTOR, 1)])
def test_only_an_account_that_opens_dossiers_asks_for_a_new_list(
    two: School, login: Login, lists: int
) -> None:
    session = office(two)
    visser = save_staff(session, StaffDraft("Jan", surname="Visser"))
    before = board(session).freshness.number
    say_account(session, user_id(session, login.name), "staff", visser.id, SAME)
    assert board(session).freshness.number == before + lists


def test_a_list_that_nobody_signed_says_nothing(two: School) -> None:
    visser = recorded(two)
    session = two.teacher()
    with session.look(Compartment.CHECK) as reader:
        header = reader.get(CheckHeader, listing.HEADER)
    session = two.administrator()
    with session.work(Compartment.CHECK, "check_published") as work:
        content = header.content.replace(visser.id, "f" * 32)
        work.change(replace(header, content=content))
        work.commit()
    assert not who_is_who(two.teacher()).known


def test_a_row_that_nobody_signed_gives_no_name(two: School) -> None:
    visser = recorded(two)
    director = user_id(two.teacher(), DIRECTOR.name)
    assert who_is_who(two.teacher()).called(director, "") == ("", "Jan Visser")
    session = two.administrator()
    with session.work(Compartment.CHECK, "check_published") as work:
        work.change(replace(work.get(CheckRow, visser.id), name="Bo Riem"))
        work.commit()
    assert who_is_who(two.teacher()).called(director, "") == ("",)


def test_who_was_recorded_as_somebody_else_gets_the_report(two: School) -> None:
    session = office(two)
    wit = save_staff(session, StaffDraft("Jan", prefix="de", surname="Wit"))
    draft = replace(OTHER_NAME, actor_name="Jan de Wit", actor_id=wit.id)
    assert report_breach(session, draft).boxes == (SECOND.name,)
    say_account(session, user_id(session, DIRECTOR.name), "staff", wit.id, OTHER)
    assert report_breach(session, draft).boxes == ()


def test_one_who_took_part_is_known_by_the_name_that_was_typed(two: School) -> None:
    recorded(two)
    for name in ("Jan Visser", DIRECTOR.name):
        too = replace(ABOUT_STAFF, people=(Involved("actor", name),))
        assert sent_by_teacher(two, too).boxes == (SECOND.name,)
    seen = replace(ABOUT_STAFF, people=(Involved("witness", DIRECTOR.name),))
    assert sent_by_teacher(two, seen).boxes == ()
