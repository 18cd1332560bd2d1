"""Recording what a parent decided, by mouse and by keyboard, with proof and corrections."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.consent.records import Decision
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.record import Compartment
from reports.press import PaperPress
from tests.journeys.families import says
from ui.kit import ask

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session
    from tests.ui.consent.conftest import ConsentRobot

MOTHER, FATHER = "Marijke Wal (moeder)", "Piotr Wal (vader)"
PDF = b"%PDF-1.4\n%%EOF\n"


def decisions(robot: ConsentRobot) -> tuple[Decision, ...]:
    def work(session: Session) -> tuple[Decision, ...]:
        with session.look(Compartment.CONSENT) as reader:
            return reader.all(Decision)

    return robot.do(work)


def both_say_yes(robot: ConsentRobot) -> None:
    family = robot.family
    for parent in (family.mother, family.father):
        robot.do(partial(says, pupil=family.pupil, guardian=parent))


def test_two_answers_make_a_verdict(robot: ConsentRobot) -> None:
    assert robot.verdict("Website") == "VRAAG NA"
    for who in (MOTHER, FATHER):
        robot.press("record")
        robot.fill(decider=who, signed_on="1-10-2026")
        robot.answer("photo:website", "yes")
        robot.press("sheet_save")
        assert robot.said == "1 antwoord vastgelegd."
    assert robot.verdict("Website") == "JA"
    assert robot.line("Website")[-1] == "beiden, 1 okt 2026"


def test_a_form_is_recorded_by_keyboard_alone(robot: ConsentRobot) -> None:
    robot.tab_to("record")
    robot.keys(Qt.Key.Key_Space)
    robot.keys("mar", Qt.Key.Key_Tab, "1-10-2026")
    robot.tab_to("answer_photo:parent_page")
    robot.keys("j", "n", "j")
    robot.tab_to("sheet_save")
    robot.keys(Qt.Key.Key_Space)
    assert robot.said == "3 antwoorden vastgelegd."
    assert robot.clicks == 0
    answers = {d.channel: d.answer for d in decisions(robot)}
    assert answers == {"parent_page": "yes", "whatsapp": "no", "newsletter": "yes"}


def test_an_answer_can_be_taken_back_by_key(robot: ConsentRobot) -> None:
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.tab_to("answer_photo:parent_page")
    robot.keys("j", Qt.Key.Key_Up, Qt.Key.Key_Backspace, "n")
    robot.press("sheet_save")
    assert [d.answer for d in decisions(robot)] == ["no"]


@pytest.mark.parametrize(
    ("fields", "field", "part"),
    [
        ({"signed_on": "1-1-2019"}, "signed_on", "voor de geboorte"),
        ({"signed_on": "23-11-2026"}, "signed_on", "in de toekomst"),
        ({"signed_on": "1-10-2026", "received_on": "30-9-2026"}, "received_on", "ontvangen"),
        ({"signed_on": "1-10-2026", "note": "nr 111222333"}, "note", "burgerservicenummer"),
        ({"signed_on": ""}, "signed_on", "Ondertekend"),
        ({"signed_on": "1-10-2026", "valid_until": "1-9-2026"}, "valid_until", "latere dag"),
    ],
)
def test_a_wrong_form_is_told_at_the_field_and_stores_nothing(
    robot: ConsentRobot, fields: dict[str, str], field: str, part: str
) -> None:
    robot.press("record")
    robot.fill(decider=MOTHER, **fields)
    robot.press("all_yes")
    robot.press("sheet_save")
    assert part in robot.error(field)
    assert decisions(robot) == ()


def test_without_an_answer_nothing_is_recorded(robot: ConsentRobot) -> None:
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.press("sheet_save")
    assert "nog geen antwoord" in robot.sheet_bar
    assert decisions(robot) == ()


def test_a_scan_is_kept_with_the_answer(robot: ConsentRobot, tmp_path: Path) -> None:
    scan = tmp_path / "formulier.pdf"
    scan.write_bytes(PDF)
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.answer("photo:website", "no")
    with ask.scripted(scan):
        robot.press("choose_proof")
    robot.press("sheet_save")
    assert "scan 1 okt 2026" in robot.page_words
    robot.press("open_history")
    robot.press("see_proof")
    assert robot.sheet_title == "Bewijs"


def test_what_is_no_scan_is_refused(robot: ConsentRobot, tmp_path: Path) -> None:
    program = tmp_path / "scan.pdf"
    program.write_bytes(b"MZ not a scan")
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.answer("photo:website", "no")
    with ask.scripted(program):
        robot.press("choose_proof")
    robot.press("sheet_save")
    assert "geen PDF" in robot.sheet_bar
    assert decisions(robot) == ()


def test_a_scan_that_went_away_is_a_trouble_with_a_retry(
    robot: ConsentRobot, tmp_path: Path
) -> None:
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.answer("photo:website", "no")
    with ask.scripted(tmp_path / "weg.pdf"):
        robot.press("choose_proof")
    robot.press("sheet_save")
    assert "weg.pdf" in robot.sheet_bar
    (tmp_path / "weg.pdf").write_bytes(PDF)
    robot.press("bar_action")
    assert len(decisions(robot)) == 1


def issue_forms(robot: ConsentRobot) -> None:
    def work(session: Session) -> None:
        requests = requests_for_pupil(session, robot.family.pupil.id)
        register_issue(session, prepare_forms(session, PaperPress(), requests, "nl"))

    robot.do(work)


def test_the_number_of_an_issued_form_is_taken_with_a_press(robot: ConsentRobot) -> None:
    issue_forms(robot)
    robot.press("record")
    assert not robot.sees("form_000001")
    robot.fill(decider=MOTHER, signed_on="22-11-2026")
    assert not robot.sees("form_000002")
    robot.answer("photo:website", "yes")
    robot.press("form_000001")
    assert robot.text_of("form_number") == "000001"
    robot.press("sheet_save")
    assert decisions(robot)[0].form_version_id


def test_a_wrong_form_number_is_told_at_its_field(robot: ConsentRobot) -> None:
    issue_forms(robot)
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="22-11-2026", form_number="17")
    robot.answer("photo:website", "yes")
    robot.press("sheet_save")
    assert "Formulier 000017 is hier niet uitgegeven" in robot.error("form_number")
    robot.fill(form_number="2")
    robot.press("sheet_save")
    assert "andere ouder" in robot.error("form_number")
    robot.fill(how="phone")
    assert not robot.sees("field_form_number")
    robot.press("sheet_save")
    assert [decision.form_version_id for decision in decisions(robot)] == [""]


@pytest.mark.parametrize("stays", [True, False])
def test_the_chosen_proof_is_there_again_or_asked_for(
    robot: ConsentRobot, tmp_path: Path, *, stays: bool
) -> None:
    scan = tmp_path / "formulier.pdf"
    scan.write_bytes(PDF)
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026")
    robot.answer("photo:website", "no")
    with ask.scripted(scan):
        robot.press("choose_proof")
    robot.goto("today")
    if not stays:
        scan.unlink()
    robot.open(robot.family.pupil.id)
    assert ("formulier.pdf staat niet meer" in robot.sheet_bar) is not stays
    robot.press("sheet_save")
    assert bool(decisions(robot)[0].proof) is stays


def test_conditions_make_it_a_yes_if(robot: ConsentRobot) -> None:
    family = robot.family
    robot.do(partial(says, pupil=family.pupil, guardian=family.father))
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026", conditions="er staat geen naam bij")
    robot.answer("photo:website", "yes")
    robot.press("sheet_save")
    assert robot.verdict("Website") == "JA, mits"
    assert robot.line("Website")[-1].startswith("mits geen naam erbij")


def test_a_correction_replaces_and_its_undo_restores(robot: ConsentRobot) -> None:
    both_say_yes(robot)
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10-2026", corrects=True)
    robot.answer("photo:website", "no")
    robot.press("sheet_save")
    assert robot.verdict("Website") == "NEE"
    robot.undo()
    assert robot.verdict("Website") == "JA"


def test_what_was_typed_survives_leaving_the_page(robot: ConsentRobot) -> None:
    robot.press("record")
    robot.fill(decider=MOTHER, signed_on="1-10", note="ligt in map 3")
    robot.answer("photo:website", "no")
    robot.goto("today")
    robot.open(robot.family.pupil.id)
    assert robot.text_of("signed_on") == "1-10"
    assert robot.text_of("note") == "ligt in map 3"
    robot.fill(signed_on="1-10-2026")
    robot.press("sheet_save")
    assert [(d.decider_id, d.answer) for d in decisions(robot)] == [
        (robot.family.mother.id, "no")
    ]
    robot.goto("today")
    robot.open(robot.family.pupil.id)
    assert robot.sheet_title == ""


def test_a_cell_of_the_grid_opens_one_use(robot: ConsentRobot) -> None:
    robot.click_cell("Website", 1)
    assert robot.sheet_title == "Website · foto"
    robot.press("change_no")
    assert robot.line("Website")[1] == "nee"
    assert decisions(robot)[0].signed_on == date(2026, 11, 22)


def test_a_cell_opens_by_keyboard(robot: ConsentRobot) -> None:
    robot.grid.setFocus()
    robot.keys(Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert robot.sheet_title
    robot.keys(Qt.Key.Key_Escape)
    assert robot.sheet_title == ""
    assert robot.title == "Zoë van der Wal"


def test_a_call_names_who_took_it(robot: ConsentRobot) -> None:
    robot.click_cell("Website", 1)
    robot.fill(how="phone", note="belt terug", taken_by="")
    robot.press("change_no")
    assert "Aangenomen door" in robot.error("taken_by")
    robot.fill(taken_by="Anna van der Bos")
    robot.press("change_no")
    told = decisions(robot)[0]
    assert (told.taken_by, told.note) == ("Anna van der Bos", "belt terug")


def test_a_letter_is_taken_by_nobody(robot: ConsentRobot) -> None:
    robot.click_cell("Website", 1)
    robot.fill(how="letter")
    assert not robot.sees("field_taken_by")
    robot.press("change_no")
    assert decisions(robot)[0].taken_by == ""
