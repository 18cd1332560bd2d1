"""Saying who an account is in the register, from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton

from app.people.accounts import OTHER, SAME, accounts, say_account
from app.people.people import StaffDraft, save_staff
from tests.registers import TEACHER
from tests.robots import part
from tests.ui.desks import desk_for, run_here, settle
from ui.kit.form import Form
from ui.settings.persons import PersonsSheet, WhoCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.people.records import StaffMember
    from app.ports import Session, UserCard
    from tests.registers import School


def added(session: Session, first: str = "Pjotr", surname: str = "Żak") -> StaffMember:
    return save_staff(session, StaffDraft(first, surname=surname, function="leerkracht"))


def teacher(session: Session) -> UserCard:
    return next(user for user in session.users() if user.name == TEACHER.name)


def names(sheet: PersonsSheet) -> list[str]:
    """The object names of the buttons that are offered."""
    found = [button.objectName() for button in sheet.findChildren(QPushButton)]
    return [name for name in found if name.startswith("say_")]


def test_who_has_the_name_of_an_account_is_offered_and_recorded(
    qtbot: QtBot, school: School
) -> None:
    desk = desk_for(qtbot, school.administrator)
    zak = run_here(desk, added)
    user = run_here(desk, teacher)
    sheet = PersonsSheet(desk, user)
    qtbot.addWidget(sheet)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: names(sheet) == ["say_same", "say_other"])
    part(sheet, QPushButton, "say_other").click()
    settle(qtbot, desk)
    assert run_here(desk, lambda session: accounts(session).word(user.id, zak.id)) == OTHER
    qtbot.waitUntil(lambda: names(sheet) == ["say_same", "say_open"])


def test_somebody_with_another_name_is_looked_for(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)
    other = run_here(desk, lambda session: added(session, "Piotr", "Nowak"))
    user = run_here(desk, teacher)
    sheet = PersonsSheet(desk, user)
    qtbot.addWidget(sheet)
    settle(qtbot, desk)
    assert names(sheet) == []
    form = sheet.findChildren(Form)[0]
    form.set_values({"search": "nowak"})
    form.submit()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: "say_same" in names(sheet))
    part(sheet, QPushButton, "say_same").click()
    settle(qtbot, desk)
    assert run_here(desk, lambda session: accounts(session).word(user.id, other.id)) == SAME


def test_of_the_own_account_only_who_it_is_is_offered(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)
    run_here(desk, lambda session: added(session, "Anna", "Bos"))
    sheet = PersonsSheet(desk, desk.user)
    qtbot.addWidget(sheet)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: names(sheet) == ["say_same"])


def test_the_settings_say_who_is_who(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.administrator)
    zak = run_here(desk, added)
    user = run_here(desk, teacher)
    run_here(desk, lambda session: say_account(session, user.id, "staff", zak.id, SAME))
    card = WhoCard(desk)
    qtbot.addWidget(card)
    card.read()
    settle(qtbot, desk)
    said = [label.text() for label in card.findChildren(QLabel)]
    assert said.count("Niet vastgelegd") == 2
    assert "Pjotr Żak (medewerker)" in said
    asked: list[object] = []
    card.asked.connect(asked.append)
    card.findChildren(QPushButton, "who_is")[-1].click()
    assert asked == [user]
