"""Two records of one person become one: found, compared, chosen, confirmed, and gone on with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.consent.records import Decision
from app.people.people import GuardianDraft, PupilDraft, save_guardian, save_pupil
from app.people.records import Guardian, Pupil
from app.record import Compartment
from app.roster.merge import merge_guardians, merge_pupils
from tests.journeys.families import Family, add_family, says, settle
from tests.robots.guardian import GuardianRobot
from tests.robots.pupil import PupilRobot
from ui.kit import ask
from ui.kit.button import Danger
from ui.kit.table import Table

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from tests.robots.office import OfficeRobot


def two(session: Session) -> tuple[Family, Family]:
    """Zoë twice, once as Zoe; each record has an answer of its own mother."""
    place = settle(session)
    first, second = add_family(session, place), add_family(session, place, "Zoe")
    for family in (first, second):
        says(session, family.pupil, family.mother)
    return first, second


def find_other(robot: OfficeRobot, words: str) -> None:
    """Search for the other record and open the first hit with the keyboard."""
    robot.press("merge_with")
    table = robot.find(Table, "")
    with robot.qtbot.waitSignal(table.counted):
        robot.find(QLineEdit, "find_other").setText(words)
    robot.settle()
    table.view.setFocus()
    table.choose(table.model.ids[0])
    robot.keys(Qt.Key.Key_Return)


def answers_of(robot: OfficeRobot, pupil_id: str) -> int:
    def count(session: Session) -> int:
        with session.look(Compartment.CONSENT) as reader:
            return len(reader.all(Decision, subject_id=pupil_id))

    return robot.do(count)


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> PupilRobot:
    """An office without anybody in it."""
    return PupilRobot(qtbot, school)


def test_both_records_stand_side_by_side(robot: PupilRobot) -> None:
    first, _ = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    words = robot.page_words
    assert "Zoe van der Wal" in words
    assert "4 mei 2020" in words
    assert "1 antwoord vastgelegd" in words
    assert "telt het strengste" in words


def test_the_record_that_was_open_goes_on(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    with ask.scripted(True) as asked:
        robot.press("merge")
    assert asked.questions == ["Samenvoegen tot één kaart van Zoë van der Wal?"]
    assert robot.title == "Zoë van der Wal"
    assert "Samengevoegd" in robot.said
    assert robot.sheet_title == ""
    assert answers_of(robot, first.pupil.id) == 2
    assert merged_into(robot, second.pupil.id) == first.pupil.id


def test_the_record_that_was_found_goes_on(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    robot.choose_person("De gevonden kaart")
    with ask.scripted(True):
        robot.press("merge")
    assert robot.title == "Zoe van der Wal"
    assert "Samengevoegd" in robot.said
    robot.open(first.pupil.id)
    assert robot.title == "Zoe van der Wal"
    assert merged_into(robot, first.pupil.id) == second.pupil.id


def test_nothing_happens_without_a_yes(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    with ask.scripted(False):
        robot.press("merge")
    assert merged_into(robot, second.pupil.id) == ""
    assert answers_of(robot, first.pupil.id) == 1


def test_two_birth_dates_are_two_children(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    other = PupilDraft("Zoe", "van der", "Wal", date(2020, 5, 5), id=second.pupil.id)
    robot.do(lambda session: save_pupil(session, other))
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    assert "geboortedata verschillen" in robot.sheet_bar
    assert not robot.find(Danger, "merge").isEnabled()


def test_another_record_can_be_looked_for(robot: PupilRobot) -> None:
    first, _ = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    robot.press("merge_again")
    assert robot.sees("find_other")
    assert not robot.sees("merge")


def test_guardians_are_merged_on_their_own_page(qtbot: QtBot, school: School) -> None:
    robot = GuardianRobot(qtbot, school)

    def doubled(session: Session) -> tuple[Family, Guardian]:
        draft = GuardianDraft(first_name="M.", surname="Wal", phone="0612345678")
        return add_family(session, settle(session)), save_guardian(session, draft)

    family, other = robot.do(doubled)
    robot.open(family.mother.id)
    find_other(robot, "m. wal")
    assert "0612345678" in robot.page_words
    with ask.scripted(True):
        robot.press("merge")
    assert robot.title == "Marijke Wal"
    assert "0612345678" in robot.page_words
    robot.open(other.id)
    assert robot.title == "Marijke Wal"
    assert merged_into(robot, other.id, Guardian) == family.mother.id


def merged_into(robot: OfficeRobot, id: str, kind: type[Pupil | Guardian] = Pupil) -> str:
    def work(session: Session) -> str:
        with session.look(Compartment.CONSENT) as reader:
            return reader.get(kind, id).merged_into

    return robot.do(work)


def test_a_merger_is_taken_apart_right_after_it(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.open(first.pupil.id)
    find_other(robot, "zoe")
    with ask.scripted(True):
        robot.press("merge")
    robot.undo()
    assert merged_into(robot, second.pupil.id) == ""
    robot.open(second.pupil.id)
    assert robot.title == "Zoe van der Wal"
    assert "Samengevoegde kaarten" not in robot.page_words


def test_a_merger_is_taken_apart_later_from_the_page(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.do(lambda session: merge_pupils(session, first.pupil.id, second.pupil.id))
    robot.open(first.pupil.id)
    robot.settle()
    assert "samengevoegd op 22 nov 2026" in robot.page_words
    with ask.scripted(True) as asked:
        robot.press("undo_merger")
    assert asked.questions == ["Samenvoegen met Zoe van der Wal ongedaan maken?"]
    robot.settle()
    assert "staat weer op zichzelf" in robot.said
    assert merged_into(robot, second.pupil.id) == ""
    assert not robot.sees("undo_merger")


def test_a_merger_on_which_something_was_built_offers_no_undo(robot: PupilRobot) -> None:
    first, second = robot.do(two)
    robot.do(lambda session: merge_pupils(session, first.pupil.id, second.pupil.id))
    robot.do(lambda session: says(session, first.pupil, first.father))
    robot.open(first.pupil.id)
    robot.settle()
    assert "over Zoë van der Wal is daarna iets vastgelegd" in robot.page_words
    assert not robot.sees("undo_merger")


def test_a_merger_of_guardians_is_taken_apart(qtbot: QtBot, school: School) -> None:
    robot = GuardianRobot(qtbot, school)

    def doubled(session: Session) -> tuple[Family, Guardian]:
        family = add_family(session, settle(session))
        other = save_guardian(session, GuardianDraft(first_name="M.", surname="Wal"))
        merge_guardians(session, family.mother.id, other.id)
        return family, other

    family, other = robot.do(doubled)
    robot.open(family.mother.id)
    robot.settle()
    with ask.scripted(True):
        robot.press("undo_merger")
    robot.settle()
    assert merged_into(robot, other.id, Guardian) == ""
