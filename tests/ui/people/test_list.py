"""The lists of people: nothing, one, many; search, filter, sort, open, add."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.journal.questions import JournalLines
from app.people.admit import admit
from app.people.people import GuardianDraft, PupilDraft, save_guardian
from app.people.places import EnrolmentDraft, leave
from app.people.records import Pupil, Site
from app.record import Compartment
from tests.journeys.families import settle
from tests.robots import part
from tests.robots.pupils import PupilsRobot
from ui.kit.table import Table
from ui.shell.sheets import FormSheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.journeys.families import Place
    from tests.registers import School

MANY = ("Zoë van der Wal", "Noor d Hondt", "Jan van den Berg", "Łucja Żak")
RTL = "\u05e0\u05d5\u05e2\u05d4"
VISITS = "Op bezoek van een andere school of op proef"
BOAT = "\U0001f6a2"


def add_many(session: Session, place: Place) -> None:
    for number, name in enumerate(MANY):
        first, _, rest = name.partition(" ")
        prefix, _, surname = rest.rpartition(" ")
        draft = PupilDraft(first, prefix, surname, number=str(number))
        admit(session, draft, EnrolmentDraft("", place.site_id, place.group_id))


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> PupilsRobot:
    """A school with a site and a group, and nobody in it."""
    robot = PupilsRobot(qtbot, school)
    robot.do(settle)
    return robot


@pytest.fixture
def full(qtbot: QtBot, school: School) -> PupilsRobot:
    """A school with a few pupils."""
    robot = PupilsRobot(qtbot, school)
    robot.do(lambda session: add_many(session, settle(session)))
    return robot.open()


def stored(robot: PupilsRobot) -> list[str]:
    def names(session: Session) -> list[str]:
        with session.look(Compartment.CONSENT) as reader:
            return [pupil.first_name for pupil in reader.all(Pupil)]

    return robot.do(names)


def test_an_empty_list_offers_the_first_pupil(robot: PupilsRobot) -> None:
    robot.open()
    assert robot.face == "empty"
    assert robot.count == "0 leerlingen"
    assert robot.sees("add_first")
    robot.press("bring_first")
    assert robot.title == "Mensen inlezen"


def test_the_first_pupil_is_added_and_opened(robot: PupilsRobot) -> None:
    robot.open()
    robot.add(first_name="Zoë", prefix="van der", surname="Wal", birth_date="4-5-2021")
    assert robot.title == "Zoë van der Wal"
    assert "toegevoegd" in robot.said
    robot.open()
    assert robot.names == ["Wal, Zoë van der"]


def test_enter_twice_adds_one_pupil(robot: PupilsRobot) -> None:
    robot.open()
    robot.press("add_person")
    robot.fill(first_name="Zoë")
    sheet = robot.lists.sheet
    assert isinstance(sheet, FormSheet)
    for _ in range(2):
        sheet.form.submit()
    robot.settle()
    robot.goto("people")
    assert len(robot.names) == 1


def test_names_come_in_the_dutch_order(full: PupilsRobot) -> None:
    assert full.names == [
        *("Berg, Jan van den", "Hondt, Noor d", "Wal, Zoë van der", "Żak, Łucja"),
    ]
    assert full.count == "4 leerlingen"


def test_search_finds_without_accents(full: PupilsRobot) -> None:
    full.search("zak luc")
    assert full.names == ["Żak, Łucja"]
    assert full.count == "1 leerling"


def test_a_search_without_hits_says_so(full: PupilsRobot) -> None:
    full.search("zzz")
    assert full.face == "no_hits"
    full.search("")
    assert full.face == "rows"


def test_a_header_sorts_both_ways(full: PupilsRobot) -> None:
    full.sort(4)
    first = full.names
    full.sort(4)
    assert first == list(reversed(full.names))
    assert first[0] in {"Wal, Zoë van der", "Żak, Łucja"}


def test_enter_opens_the_pupil(full: PupilsRobot) -> None:
    full.open_row(2)
    assert full.title == "Zoë van der Wal"


def test_enter_in_the_search_field_opens_the_only_hit(full: PupilsRobot) -> None:
    full.search("noor")
    full.tab_to("list_search")
    full.keys(Qt.Key.Key_Return)
    assert full.title == "Noor d Hondt"


def test_who_left_is_in_another_list(full: PupilsRobot) -> None:
    def go(session: Session) -> None:
        with session.look(Compartment.CONSENT) as reader:
            zoe = reader.all(Pupil, first_name="Zoë")[0]
        leave(session, zoe.id, session.clock.today())

    full.do(go)
    full.press("choice_left")
    assert full.face == "empty"
    full.press("choice_all")
    assert len(full.names) == 4


def test_who_only_visits_is_listed_apart_and_leaves_by_itself(full: PupilsRobot) -> None:
    full.add(first_name="Gast", kind=VISITS)
    assert full.error("end")
    full.fill(end="24-11-2026")
    full.press("sheet_save")
    assert "op bezoek tot en met 24 nov 2026" in full.page.head.identity.text()
    full.open()
    assert len(full.names) == 5
    full.press("choice_visiting")
    assert full.names == ["Gast"]
    full.open_row()
    full.press("move_pupil")
    full.fill(kind="Bezoek eerder laten eindigen", last_day="23-11-2026")
    full.press("sheet_save")
    assert "op bezoek tot en met 23 nov 2026" in full.page.head.identity.text()


def test_a_group_can_be_chosen_alone(full: PupilsRobot) -> None:
    full.choose("filter_group", "Schippersklas")
    assert len(full.names) == 4


def test_what_another_page_adds_appears_at_once(full: PupilsRobot) -> None:
    def add(session: Session) -> None:
        with session.look(Compartment.CONSENT) as reader:
            site = reader.all(Site)[0]
        admit(session, PupilDraft("Bo", surname="Aa"), EnrolmentDraft("", site.id))

    full.do(add)
    assert full.names[0] == "Aa, Bo"


@pytest.mark.parametrize(
    "name", ["Seán O'Brien", 'Anne "Ans"', "<b>Jan</b>", "Zn. & Co", RTL, BOAT, "x" * 200]
)
def test_every_name_is_stored_and_shown_as_typed(robot: PupilsRobot, name: str) -> None:
    robot.open()
    robot.add(first_name=name)
    assert robot.title == name
    assert stored(robot) == [name]


@pytest.mark.parametrize(
    ("fields", "field", "part"),
    [
        ({"first_name": ""}, "first_name", "Roepnaam"),
        ({"first_name": "Zoë", "birth_date": "23-11-2026"}, "birth_date", "in de toekomst"),
        ({"first_name": "Zoë", "birth_date": "31-2-2021"}, "birth_date", "bestaat niet"),
        ({"first_name": "Zoë", "number": "111222333"}, "number", "burgerservicenummer"),
        ({"first_name": "Zoë", "surname": "Wal 111222333"}, "surname", "burgerservicenummer"),
        ({"first_name": "Zoë", "start": "gisteren"}, "start", "dag"),
    ],
)
def test_bad_input_is_told_at_its_field_and_stores_nothing(
    robot: PupilsRobot, fields: dict[str, str], field: str, part: str
) -> None:
    robot.open()
    robot.add(**fields)
    assert part in robot.error(field)
    assert stored(robot) == []
    assert robot.sheet_title == "Leerling toevoegen"


def test_what_was_typed_survives_leaving_the_page(robot: PupilsRobot) -> None:
    robot.open()
    robot.press("add_person")
    robot.fill(first_name="Zoë", birth_date="4-5")
    robot.goto("today")
    robot.open()
    assert robot.text_of("first_name") == "Zoë"
    assert robot.text_of("birth_date") == "4-5"


def test_a_sheet_that_was_closed_can_be_opened_again(robot: PupilsRobot) -> None:
    robot.open()
    robot.press("add_person")
    robot.fill(first_name="Zoë")
    robot.keys(Qt.Key.Key_Escape)
    assert robot.sheet_title == ""
    robot.press("bar_action")
    assert robot.text_of("first_name") == "Zoë"


def test_guardians_and_staff_are_one_press_away(full: PupilsRobot) -> None:
    add = partial(save_guardian, draft=GuardianDraft(first_name="Ada", surname="Wal"))
    full.do(add)
    full.press("choice_guardians")
    assert full.names == ["Wal, Ada"]
    full.press("choice_staff")
    assert full.face == "empty"
    full.press("add_person")
    full.fill(first_name="Kees", function="leerkracht")
    full.press("sheet_save")
    assert full.names == ["Kees"]


def test_a_teacher_does_not_come_here(qtbot: QtBot, school: School) -> None:
    robot = PupilsRobot(qtbot, school, school.teacher)
    robot.begin()
    before = robot.frame.page
    robot.goto("people")
    assert robot.frame.page is before


def test_copied_names_stand_in_the_journal_first(full: PupilsRobot) -> None:
    table = part(full.page, Table)
    table.view.selectAll()
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    full.settle()
    count = table.model.rowCount()

    def newest(session: Session) -> tuple[str, str]:
        with session.look(Compartment.CONSENT) as reader:
            line = reader.ask(JournalLines(limit=1))[0]
        return line.act, line.subject

    assert full.do(newest) == ("list_copied", f"people:{count}")
    assert len(QGuiApplication.clipboard().text().splitlines()) == count + 1
