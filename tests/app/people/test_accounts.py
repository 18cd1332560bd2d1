"""Which accounts are which people: recorded once, and by likeness of names where nothing was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.people.accounts import (
    OPEN,
    OTHER,
    SAME,
    Kinship,
    accounts,
    alike,
    say_account,
)
from app.people.people import GuardianDraft, StaffDraft, save_guardian, save_staff
from app.people.records import Guardian
from app.record import Compartment
from tests.registers import ADMINISTRATOR, DIRECTOR, TEACHER

if TYPE_CHECKING:
    from app.people.records import StaffMember
    from app.ports import Session
    from tests.registers import School


def member(session: Session, first: str = "Jan", surname: str = "Visser") -> StaffMember:
    return save_staff(session, StaffDraft(first, surname=surname))


def user_id(session: Session, name: str) -> str:
    return next(user.id for user in session.users() if user.name == name)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Jan de Wit", "J. de Wit", True),
        ("Jan de Wit", "J.A. de Wit", True),
        ("Jan de Wit", "Jan de Wit-Visser", True),
        ("Jan de Wit", "Wit, Jan de", True),
        ("Jan de Wit", "JAN DE WÍT", True),
        ("Jan", "Jan de Wit", True),
        ("Jan de Wit", "Janneke de Wit", False),
        ("Jan de Wit", "Jan de Boer", False),
        ("Jan van der Berg", "Jan van der Wal", False),
        ("Jan de Wit", "de directeur", False),
        ("", "", False),
    ],
)
def test_names_that_may_be_one_persons(one: str, two: str, *, same: bool) -> None:
    assert alike(one, two) is same
    assert alike(two, one) is same


def test_what_was_recorded_holds_whatever_the_name(school: School) -> None:
    session = school.administrator()
    visser, director = member(session), user_id(session, DIRECTOR.name)
    assert accounts(session).kinship(director, DIRECTOR.name, visser.id, "Jan Visser") == "none"
    say_account(session, director, "staff", visser.id, SAME)
    known = accounts(session)
    assert known.kinship(director, DIRECTOR.name, visser.id, "Jan Visser") is Kinship.RECORDED
    assert (known.users(visser.id), known.is_settled(director)) == ((director,), True)


def test_a_namesake_is_somebody_else_once_it_is_recorded(school: School) -> None:
    session = school.administrator()
    wit, director = member(session, surname="de Wit"), user_id(session, DIRECTOR.name)
    before = accounts(session).kinship(director, DIRECTOR.name, wit.id, "Jan de Wit")
    say_account(session, director, "staff", wit.id, OTHER)
    after = accounts(session).kinship(director, DIRECTOR.name, wit.id, "Jan de Wit")
    assert (before, after) == (Kinship.NAMED, Kinship.NONE)


def test_the_same_name_counts_until_somebody_says_otherwise(school: School) -> None:
    session = school.administrator()
    director = user_id(session, DIRECTOR.name)
    say_account(session, director, "staff", member(session).id, SAME)
    twice, short = member(session, surname="de Wit"), member(session, "J.", "de Wit")
    known = accounts(session)
    assert known.kinship(director, DIRECTOR.name, twice.id, "Jan de Wit") is Kinship.NAMED
    assert known.kinship(director, DIRECTOR.name, short.id, "J. de Wit") is Kinship.NONE


def test_nobody_says_of_himself_that_he_is_somebody_else(school: School) -> None:
    session = school.director()
    visser = member(session)
    say_account(session, session.user.id, "staff", visser.id, SAME)
    for said in (OTHER, OPEN):
        with pytest.raises(Refusal, match="account_own"):
            say_account(session, session.user.id, "staff", visser.id, said)
    assert accounts(session).word(session.user.id, visser.id) == SAME


def test_a_mistake_is_taken_back_by_another(school: School) -> None:
    session = school.director()
    visser, me = member(session), session.user.id
    say_account(session, me, "staff", visser.id, SAME)
    session = school.administrator()
    say_account(session, me, "staff", visser.id, OPEN)
    assert accounts(session).people(me) == ()


def test_what_counts_already_is_not_said_twice(school: School) -> None:
    session = school.administrator()
    visser, director = member(session), user_id(session, DIRECTOR.name)
    say_account(session, director, "staff", visser.id, SAME)
    with pytest.raises(Refusal, match="account_said"):
        say_account(session, director, "staff", visser.id, SAME)
    with pytest.raises(Refusal, match="account_unknown"):
        say_account(session, "f" * 32, "staff", visser.id, SAME)
    with pytest.raises(Refusal, match="not_found"):
        say_account(session, director, "guardian", visser.id, SAME)


def test_a_teacher_neither_reads_nor_says_who_an_account_is(school: School) -> None:
    visser = member(school.administrator())
    session = school.teacher()
    assert not accounts(session).known
    with pytest.raises(Refusal, match="no_grant"):
        say_account(session, user_id(session, ADMINISTRATOR.name), "staff", visser.id, SAME)
    assert user_id(session, TEACHER.name) == session.user.id


def test_a_parent_who_was_merged_is_still_the_same(school: School) -> None:
    session = school.administrator()
    old = save_guardian(session, GuardianDraft(first_name="Jan", surname="Visser"))
    new = save_guardian(session, GuardianDraft(first_name="Jan", surname="Vissers"))
    director = user_id(session, DIRECTOR.name)
    say_account(session, director, "guardian", old.id, SAME)
    with session.work(Compartment.CONSENT, "merged", old.id) as work:
        work.change(replace(work.get(Guardian, old.id), merged_into=new.id))
        work.commit()
    known = accounts(session, old.id, new.id)
    assert [known.word(director, id) for id in (old.id, new.id)] == [SAME, SAME]
