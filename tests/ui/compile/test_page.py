"""Compiling a copy on the screen, from the purpose to the signed file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.compile.verify import verify_compiled
from app.dossier.dossiers import open_dossier
from app.dossier.entries import file_entry
from db.register.vouching import vouched
from reports.compile.binder import PaperBinder
from tests.app.compile.situations import (
    CALL,
    TALK,
    pdf_file,
    picture_file,
    situation,
    with_file,
)
from tests.app.dossier.situations import PUPILS, STAFF, settle_in
from tests.app.dossier.test_filing import acts
from tests.robots.compile import CompileRobot
from tests.ui.desks import desk_for, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.dossier.entries import NewEntry
    from app.dossier.records import Entry
    from app.ports import Session
    from tests.app.compile.situations import Situation
    from tests.registers import School
    from ui.shell.desk import Desk

LETTER = with_file("brief over Roos.pdf", pdf_file("Roos de Beer was erbij."))
PICTURE = with_file("plein.png", picture_file(), "note")


def begun(
    qtbot: QtBot, school: School, *entries: NewEntry
) -> tuple[CompileRobot, Situation, Desk]:
    """The page about Zoë's dossier, which holds these entries."""
    desk = desk_for(qtbot, school.director)
    made: Situation = run_here(desk, lambda session: situation(session, *entries))
    return CompileRobot(qtbot, desk, str(PUPILS), made.dossier_id), made, desk


def lawyer(robot: CompileRobot) -> None:
    """Fill in a copy for a lawyer."""
    robot.fill(purpose="legal", typed="advocatenkantoor Voorbeeld", why="Een procedure.")


def test_a_copy_is_made_from_purpose_to_signature(
    qtbot: QtBot, school: School, tmp_path: Path
) -> None:
    robot, case, desk = begun(qtbot, school, TALK, LETTER, PICTURE)
    lawyer(robot)
    robot.on()
    assert (robot.step, len(robot.page.pieces.chosen())) == ("pieces", 3)
    robot.on()
    assert robot.step == "names"
    assert {group._finds[0].text for group in robot.page.names.groups} >= {"Roos de Beer"}
    robot.agree()
    robot.on()
    assert robot.step == "preview"
    assert not robot.sees("preview_save")
    robot.on()
    assert robot.page._made is not None
    opened = run_here(
        desk, partial(open_dossier, compartment=PUPILS, dossier_id=case.dossier_id)
    )
    assert opened.timeline[-1].kind == "compiled"
    robot.page.preview.save_chosen.emit(tmp_path / "afschrift.pdf")
    robot.settle()
    content = (tmp_path / "afschrift.pdf").read_bytes()
    assert verify_compiled(PaperBinder(), vouched, content).in_order
    assert "compiled_saved" in run_here(desk, partial(acts, compartment=PUPILS))


def test_names_without_agreement_hold_the_page_back(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, TALK)
    lawyer(robot)
    robot.on()
    robot.on()
    robot.on()
    assert robot.step == "names"
    assert "zonder besluit" in robot.said


def test_what_is_missing_is_said_at_its_field(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, TALK)
    robot.fill(purpose="legal", why="Een procedure.")
    robot.on()
    assert robot.step == "purpose"
    assert robot.page.purpose is not None
    assert robot.page.purpose.form.error("typed")


def test_what_is_about_a_parent_cannot_be_ticked_for_another_school(
    qtbot: QtBot, school: School
) -> None:
    robot, case, desk = begun(qtbot, school, TALK)
    about = replace(CALL, about=case.people.father)
    entry = run_here(
        desk,
        partial(file_entry, compartment=PUPILS, subject=case.people.zoe, entry=about),
    )
    robot.fill(purpose="transfer", typed="De Zwaan", why="Verhuizing.")
    robot.on()
    assert entry.id not in robot.page.pieces.chosen()
    robot.press("take_all")
    assert entry.id not in robot.page.pieces.chosen()
    with pytest.raises(AssertionError):
        robot.tick(f"piece_{entry.id}")


def test_a_period_of_which_nothing_may_go_along_says_so(qtbot: QtBot, school: School) -> None:
    robot, case, desk = begun(qtbot, school, replace(TALK, happened_on=date(2026, 10, 1)))
    about = replace(CALL, about=case.people.father)
    run_here(
        desk,
        partial(file_entry, compartment=PUPILS, subject=case.people.zoe, entry=about),
    )
    robot.fill(purpose="transfer", typed="De Zwaan", why="Verhuizing.")
    robot.fill(start=date(2026, 11, 1))
    robot.on()
    robot.on()
    assert robot.step == "pieces"
    assert "mag mee voor dit doel" in robot.said


def test_an_empty_period_says_so(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, TALK)
    lawyer(robot)
    robot.fill(end=date(2020, 1, 1))
    robot.on()
    assert robot.step == "pieces"
    robot.on()
    assert robot.step == "pieces"
    assert "geen enkel stuk" in robot.said


def test_another_name_is_looked_for_as_well(qtbot: QtBot, school: School) -> None:
    talk = replace(TALK, body="Buurman Pronk keek toe.")
    robot, _, _ = begun(qtbot, school, talk)
    lawyer(robot)
    robot.on()
    robot.on()
    texts = {group._finds[0].text for group in robot.page.names.groups}
    assert "Pronk" not in texts
    robot.page.names._more.set_value("Pronk")
    robot.press("more_add")
    texts = {group._finds[0].text for group in robot.page.names.groups}
    assert "Pronk" in texts


def test_a_picture_is_shown_before_it_is_agreed_to(qtbot: QtBot, school: School) -> None:
    robot, _, desk = begun(qtbot, school, PICTURE)
    lawyer(robot)
    robot.on()
    robot.on()
    (piece_id,) = robot.page.names._sights
    robot.press(f"look_{piece_id}")
    assert robot.page.marks.isVisible()
    assert not robot.page.marks.sheet.page_rect().isEmpty()
    assert "attachment_read" in run_here(desk, partial(acts, compartment=PUPILS))


def test_going_back_keeps_what_was_decided(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, TALK)
    lawyer(robot)
    robot.on()
    robot.on()
    robot.agree()
    decided = robot.page.names.decisions()
    robot.press("compile_back")
    assert robot.step == "pieces"
    robot.on()
    assert robot.page.names.decisions() == decided != {}


def test_a_file_that_is_no_picture_is_shown_as_any_other(qtbot: QtBot, school: School) -> None:
    sound = b"\0\0\0\x20ftypM4A " + bytes(500)
    robot, _, _ = begun(qtbot, school, with_file("stem.m4a", sound))
    lawyer(robot)
    robot.on()
    robot.on()
    (piece_id,) = robot.page.names._sights
    robot.press(f"look_{piece_id}")
    assert robot.page.file.content == sound
    assert not robot.page.marks.isVisible()


def test_the_only_one_it_can_be_for_is_chosen_already(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.director)

    def prepare(session: Session) -> Entry:
        return file_entry(session, STAFF, settle_in(session).kees, TALK)

    entry = run_here(desk, prepare)
    robot = CompileRobot(qtbot, desk, str(STAFF), entry.dossier_id)
    robot.fill(purpose="access", why="Verzoek om inzage.")
    robot.on()
    assert robot.step == "pieces"
    assert robot.page._request is not None
    assert robot.page._request.recipient.name == "Kees Smit"


def test_a_parent_is_chosen_from_those_of_the_pupil(qtbot: QtBot, school: School) -> None:
    robot, case, _ = begun(qtbot, school, TALK)
    robot.fill(purpose="other_parent", recipient="1", why="Verzoek van moeder.")
    robot.on()
    assert robot.page._request is not None
    assert robot.page._request.recipient.id == case.mother.id


def test_what_was_begun_is_there_after_leaving(qtbot: QtBot, school: School) -> None:
    robot, case, desk = begun(qtbot, school, TALK)
    lawyer(robot)
    robot.page.leave()
    robot.settle()
    again = CompileRobot(qtbot, desk, str(PUPILS), case.dossier_id)
    assert again.page.purpose is not None
    assert again.page.purpose.form.text("why") == "Een procedure."
    assert again.page.purpose.form.text("typed") == "advocatenkantoor Voorbeeld"


def test_a_name_of_another_in_the_reason_leads_back_to_it(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, TALK)
    robot.fill(purpose="legal", typed="kantoor", why="Omdat Roos de Beer dat vroeg.")
    robot.on()
    robot.on()
    assert robot.step == "purpose"
    assert robot.page.purpose is not None
    assert "Roos de Beer" in robot.page.purpose.form.error("why")
