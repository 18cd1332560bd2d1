"""Rounds and who waits, on the screen: few clicks, everything noted at once and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from app.asking.ask import Whom, note_asked
from app.asking.forms import prepare_asking, round_requests
from app.asking.listing import AskingFilter, find_asking, rounds, split
from app.asking.records import RoundKind, Way
from app.asking.rounds import begin_round
from app.consent.decide import DecisionsDraft, record_papers
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import IssuedForm
from app.forms.issue import register_issue
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind
from app.record import Compartment
from app.register.records import School as SchoolSetting
from app.register.school import save_school
from reports.press import PaperPress
from tests.journeys.families import SIGNED, add_family, settle
from tests.robots.office import OfficeRobot
from ui.kit import ask
from ui.kit.editors import ChoiceEditor
from ui.kit.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.asking.records import Round
    from app.consent.records import Channel
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School


class AskingRobot(OfficeRobot):
    """Somebody at the page of asking, with one family that has not answered."""

    family: Family

    @property
    def rows(self) -> int:
        """How many lines the list has."""
        return len(self.find(Table, "").model.ids)

    def choose_first(self) -> None:
        """Choose the first line of the list."""
        table = self.find(Table, "")
        table.choose(table.model.ids[0])
        self.settle()

    def fill_filter(self, name: str, value: str) -> None:
        """Choose in one of the filters above the list."""
        editor = self.find(ChoiceEditor, name)
        editor.set_value(value)
        editor.changed.emit()
        self.settle()

    def waits_for(self, words: str) -> None:
        """Wait until something can be read on the page."""
        self._waits(lambda: words in self.page_words, words)

    def waits_until_gone(self, words: str) -> None:
        """Wait until something can be read on the page no more."""
        self._waits(lambda: words not in self.page_words, words)

    def waits_for_rows(self, rows: int) -> None:
        """Wait until the list has so many lines."""
        self._waits(lambda: self.rows == rows, f"{rows} rows")

    def waits_for_cell(self, words: str, *, there: bool = True) -> None:
        """Wait until something stands in the list, or no more."""
        self._waits(lambda: (words in self.row_words) is there, words)

    def waits_until_said(self, words: str) -> None:
        """Wait until the message bar begins with these words."""
        self._waits(lambda: self.said.startswith(words), words)

    def _waits(self, holds: Callable[[], bool], wanted: str) -> None:
        def check() -> None:
            assert holds(), wanted

        self.qtbot.waitUntil(check)


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> AskingRobot:
    robot = AskingRobot(qtbot, school)
    robot.family = robot.do(ready)
    robot.begin()
    robot.clicks = 0
    return robot


def ready(session: Session) -> Family:
    """A school that can print forms, with one family."""
    family = add_family(session, settle(session))
    with session.look(Compartment.CONSENT) as reader:
        known = reader.get(SchoolSetting, "school")
    save_school(session, replace(known, privacy_contact="kantoor", town="Nijmegen"))
    return family


def issued(session: Session) -> int:
    with session.look(Compartment.CONSENT) as reader:
        return len(reader.all(IssuedForm))


def hand_out(session: Session) -> Round:
    """A round whose forms were printed."""
    round_ = begin_round(session, RoundKind.OPEN)
    requests = round_requests(session, round_.id)
    register_issue(session, prepare_asking(session, PaperPress(), requests))
    return round_


def test_who_has_not_answered_is_one_click_from_the_start_page(robot: AskingRobot) -> None:
    robot.press("task_to_ask")
    assert robot.clicks == 1
    assert robot.title == "Vragen"
    robot.waits_for_cell("Piotr Wal")
    robot.waits_for_rows(2)


def test_a_rounds_forms_are_on_paper_in_two_clicks(robot: AskingRobot, tmp_path: Path) -> None:
    robot.do(lambda session: begin_round(session, RoundKind.NEW_PUPIL))
    robot.goto("asking")
    robot.clicks = 0
    robot.press("round_forms_new_pupil")
    robot.waits_for("2 formulieren voor 2 personen")
    with ask.scripted(tmp_path / "ronde.pdf"):
        robot.press("preview_save")
    assert robot.clicks == 2
    robot.waits_until_said("2 formulieren zijn genoteerd als uitgegeven; daarmee is gevraagd.")
    assert (tmp_path / "ronde.pdf").read_bytes().startswith(b"%PDF")
    assert robot.do(issued) == 2


def test_looking_at_forms_asks_nobody(robot: AskingRobot) -> None:
    robot.do(lambda session: begin_round(session, RoundKind.NEW_PUPIL))
    robot.goto("asking")
    robot.press("round_forms_new_pupil")
    robot.waits_for("2 formulieren")
    robot.press("choice_group")
    robot.waits_for("2 formulieren")
    robot.goto("asking")
    assert robot.do(issued) == 0
    robot.waits_for("2 te vragen · 0 wachten")


def test_a_round_is_begun_and_taken_back(robot: AskingRobot) -> None:
    robot.goto("asking")
    robot.waits_for("Er loopt geen ronde")
    robot.press("begin_round")
    assert robot.sheet_title == "Nieuwe ronde"
    robot.fill(kind="Iedereen met open vragen")
    robot.press("sheet_save")
    robot.waits_until_said("De ronde is begonnen.")
    robot.waits_for("2 te vragen · 0 wachten · 0 klaar")
    robot.press("bar_action")
    robot.waits_for("Er loopt geen ronde")


def test_the_same_round_is_not_begun_twice(robot: AskingRobot) -> None:
    robot.do(lambda session: begin_round(session, RoundKind.NEW_PUPIL))
    robot.goto("asking")
    robot.press("begin_round")
    robot.press("sheet_save")
    assert "Deze ronde loopt al" in robot.error("kind")


def test_a_round_is_ended_and_goes_on_again(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("asking")
    robot.press("round_end_open")
    robot.waits_for("Er loopt geen ronde")
    robot.press("bar_action")
    robot.waits_for("0 te vragen · 2 wachten · 0 klaar")


def test_a_call_is_one_press_and_can_be_taken_back(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("asking")
    robot.choose_first()
    robot.clicks = 0
    robot.press("note_phone")
    assert robot.clicks == 1
    robot.waits_until_said("Genoteerd dat vandaag is gebeld.")
    robot.waits_for_cell("1 ×")
    robot.press("bar_action")
    robot.waits_for_cell("1 ×", there=False)


def test_nothing_can_be_noted_without_a_line(robot: AskingRobot) -> None:
    robot.goto("asking")
    assert not robot.find(QPushButton, "note_phone").isEnabled()


def test_filters_narrow_the_list(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("asking")
    robot.press("choice_to_ask")
    robot.waits_for_rows(0)
    robot.waits_for("Niemand voldoet aan deze keuze")
    robot.press("choice_waiting")
    robot.waits_for_rows(2)
    robot.fill_filter("filter_longer", "28")
    robot.waits_for_rows(0)
    robot.fill_filter("filter_longer", "all")
    robot.fill_filter("filter_cause", "never")
    robot.waits_for_rows(0)


def test_reminder_letters_for_all_who_wait(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("asking")
    robot.clicks = 0
    robot.press("remind")
    assert robot.clicks == 1
    robot.waits_for("Herinnering")
    robot.waits_for("Piotr Wal")


def test_nobody_is_reminded_before_being_asked(robot: AskingRobot) -> None:
    robot.goto("asking")
    robot.press("remind")
    robot.waits_until_said("Niemand in deze lijst is al gevraagd")


def test_the_page_of_a_pupil_says_what_was_asked(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.do(_call_all)
    robot.goto("pupil", pupil_id=robot.family.pupil.id)
    robot.waits_for("met formulier 000001")
    robot.waits_for("1 keer herinnerd")


def test_a_line_opens_its_pupil(robot: AskingRobot) -> None:
    robot.goto("asking")
    robot.choose_first()
    robot.find(Table, "").opened.emit(robot.find(Table, "").chosen_id)
    robot.settle()
    assert "Wal" in robot.title


def test_english_is_complete(qtbot: QtBot, school: School) -> None:
    robot = AskingRobot(qtbot, school, language="en")
    robot.do(ready)
    robot.goto("asking")
    assert robot.title == "Asking"
    assert "asking." not in robot.page_words + robot.row_words


def _call_all(session: Session) -> None:
    whom = [Whom(*split(id)) for id in find_asking(session, AskingFilter())]
    note_asked(session, whom, Way.PHONE)


def test_the_screens_own_thread_cannot_read_the_list(robot: AskingRobot) -> None:
    """So whatever the page shows was read by the worker, however long the list is."""
    robot.goto("asking")
    robot.waits_for_rows(2)
    with pytest.raises(Exception, match="thread"):
        find_asking(robot.desk.session, AskingFilter())


def test_a_call_is_noted_on_the_page_of_the_pupil(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("pupil", pupil_id=robot.family.pupil.id)
    robot.waits_for("met formulier 000001")
    robot.press(f"call_{robot.family.pupil.id}:{robot.family.father.id}")
    robot.waits_for("1 keer herinnerd")
    robot.press("bar_action")
    robot.waits_until_gone("1 keer herinnerd")


def test_stopping_the_drawing_leaves_nothing(robot: AskingRobot) -> None:
    robot.do(lambda session: begin_round(session, RoundKind.NEW_PUPIL))
    round_id = robot.do(_first_round)
    robot.desk.goto("asking_forms", round_id=round_id)
    robot.desk.runner.cancel()
    robot.settle()
    assert robot.do(issued) == 0


def _first_round(session: Session) -> str:
    return rounds(session)[0].id


# -- one-off uses, and forms that nobody got ---------------------------------------------------


def _trip(session: Session) -> Channel:
    """A trip that everybody is asked about."""
    end = session.clock.today() + timedelta(days=9)
    draft = OneOffDraft(
        name="Schoolreis", media=("photo",), within="website", start=None, end=end
    )
    return save_one_off(session, draft)


def test_a_round_about_a_trip_is_begun_and_on_paper_in_two_clicks(
    robot: AskingRobot, tmp_path: Path
) -> None:
    robot.do(_trip)
    robot.goto("asking")
    robot.waits_for("Er loopt geen ronde")
    robot.press("begin_round")
    robot.fill(kind="Eenmalig gebruik", channel="Schoolreis")
    assert not robot.sees("field_part")
    robot.press("sheet_save")
    robot.waits_for("Eenmalig gebruik · Schoolreis")
    robot.clicks = 0
    robot.press("round_forms_one_off")
    robot.waits_for("2 formulieren voor 2 personen")
    with ask.scripted(tmp_path / "reis.pdf"):
        robot.press("preview_save")
    assert robot.clicks == 2
    robot.waits_until_said("2 formulieren zijn genoteerd")
    robot.goto("asking")
    robot.waits_for("0 te vragen · 2 wachten · 0 klaar")
    robot.waits_for("2 nog te vragen · 0 wachten op antwoord")


def test_a_one_off_use_is_no_kind_of_round_without_any(robot: AskingRobot) -> None:
    robot.goto("asking")
    robot.waits_for("Er loopt geen ronde")
    robot.press("begin_round")
    assert robot.sheet_title == "Nieuwe ronde"
    assert robot.sees("field_part")
    assert not robot.sees("field_channel")


def test_what_left_and_was_never_handed_out_is_undone_at_once(
    robot: AskingRobot, tmp_path: Path
) -> None:
    robot.do(lambda session: begin_round(session, RoundKind.OPEN))
    robot.goto("asking")
    robot.press("round_forms_open")
    robot.waits_for("2 formulieren")
    with ask.scripted(tmp_path / "ronde.pdf"):
        robot.press("preview_save")
    robot.waits_until_said("2 formulieren zijn genoteerd")
    robot.press("bar_action")
    robot.waits_until_said("Genoteerd: 2 formulieren zijn nooit uitgedeeld")
    robot.goto("asking")
    robot.waits_for("2 te vragen · 0 wachten")


def test_a_form_that_was_never_handed_out_is_one_press_with_undo(robot: AskingRobot) -> None:
    robot.do(hand_out)
    robot.goto("asking")
    robot.waits_for_rows(2)
    robot.choose_first()
    robot.waits_for("Formulier 000001 is nooit uitgedeeld")
    robot.press("not_handed_out")
    robot.waits_until_said("Genoteerd: 1 formulier is nooit uitgedeeld")
    robot.waits_for("1 te vragen · 1 wachten")
    robot.press("bar_action")
    robot.waits_for("0 te vragen · 2 wachten")


def test_what_nobody_can_read_says_who_entered_it(robot: AskingRobot) -> None:
    family = robot.family
    draft = DecisionsDraft(
        family.pupil.id, family.mother.id, (), SIGNED, unclear=("photo:website",)
    )
    robot.do(lambda session: record_papers(session, (draft,)))
    robot.goto("asking")
    robot.waits_for_cell("onduidelijk op papier")
    robot.choose_first()
    robot.waits_for("ingevoerd door Anna van der Bos")


def test_an_adult_of_the_list_is_opened_on_the_page_of_adults(robot: AskingRobot) -> None:
    adult = StaffDraft(first_name="Wim", surname="Bakker", kind=AdultKind.VOLUNTEER)
    member = robot.do(lambda session: save_staff(session, adult))
    robot.goto("asking")
    robot.waits_for_rows(3)
    robot.find(Table, "").opened.emit(f"{member.id}:{member.id}")
    robot.qtbot.waitUntil(lambda: robot.title == "Wim Bakker")
