"""One dossier on the screen: what is about whom, corrections, readers, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.dossier.dossiers import open_dossier
from app.dossier.entries import file_entry
from tests.app.compile.situations import CALL, TALK, situation
from tests.app.dossier.situations import PUPILS
from tests.app.dossier.test_filing import acts
from tests.robots.dossier import DossierRobot
from tests.robots.pages import PageRobot
from tests.ui.desks import desk_for, run_here
from ui.dossier.entry import EntrySheet
from ui.dossier.readers import ReadersPage
from ui.kit.badge import Badge
from ui.shell.pages import page, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.app.compile.situations import Situation
    from tests.registers import School
    from ui.shell.desk import Desk


def opened(qtbot: QtBot, school: School) -> tuple[DossierRobot, Situation, Desk]:
    """Zoë's dossier: a talk, and a call about her father."""
    desk = desk_for(qtbot, school.director)

    def prepare(session: Session) -> Situation:
        case = situation(session, TALK)
        about = replace(CALL, about=case.people.father)
        file_entry(case.session, PUPILS, case.people.zoe, about)
        return case

    case = run_here(desk, prepare)
    what = {"compartment": str(PUPILS), "dossier_id": case.dossier_id}
    return DossierRobot(qtbot, desk, what), case, desk


def sheet_of(robot: DossierRobot) -> EntrySheet:
    """The sheet that is open."""
    assert isinstance(robot.page.sheet, EntrySheet)
    return robot.page.sheet


def test_what_is_about_a_parent_says_so(qtbot: QtBot, school: School) -> None:
    robot, _, _ = opened(qtbot, school)
    badges = [badge.text() for badge in robot.page.trail.findChildren(Badge)]
    assert "over Łukasz van der Wal" in badges


def test_an_entry_about_a_parent_is_added(qtbot: QtBot, school: School) -> None:
    robot, case, desk = opened(qtbot, school)
    robot.press("entry_add")
    robot.settle()
    sheet_of(robot).form.set_values(
        {
            "kind": "informed",
            "title": "Vader gebeld",
            "body": "Verteld.",
            "about": case.people.father.id,
        }
    )
    robot.press("sheet_save")
    last = run_here(
        desk, partial(open_dossier, compartment=PUPILS, dossier_id=case.dossier_id)
    ).timeline[-1]
    assert (last.kind, last.about_id) == ("informed", case.people.father.id)


def test_a_correction_asks_why(qtbot: QtBot, school: School) -> None:
    robot, _, desk = opened(qtbot, school)
    assert robot.page._opened is not None
    robot.page._correct(robot.page._opened.timeline[-1].id)
    robot.settle()
    robot.press("sheet_save")
    assert sheet_of(robot).form.error("reason")
    sheet_of(robot).form.set_values({"reason": "De dag klopte niet."})
    robot.press("sheet_save")
    assert "entry_corrected" in run_here(desk, partial(acts, compartment=PUPILS))
    assert robot.page._opened is not None
    assert "De dag klopte niet." in {item.reason for item in robot.page._opened.timeline}


@pytest.mark.parametrize(
    ("button", "page_id"),
    [("dossier_compile", "compile"), ("all_readers", "readers")],
)
def test_it_leads_on_with_the_dossier_it_shows(
    qtbot: QtBot, school: School, button: str, page_id: str
) -> None:
    robot, case, _ = opened(qtbot, school)
    robot.press(button)
    what = {"compartment": str(PUPILS), "dossier_id": case.dossier_id}
    assert robot.went[-1] == (page_id, what)


def test_the_list_of_readers_is_journaled_before_it_leaves(
    qtbot: QtBot, school: School, tmp_path: Path
) -> None:
    _, case, desk = opened(qtbot, school)
    shown = ReadersPage(desk)
    shown.arrive({"compartment": str(PUPILS), "dossier_id": case.dossier_id})
    robot = PageRobot(qtbot, desk, shown)
    assert shown.preview.page_count == 1
    shown.preview.save_chosen.emit(tmp_path / "lezers.pdf")
    robot.settle()
    assert (tmp_path / "lezers.pdf").read_bytes().startswith(b"%PDF")
    assert run_here(desk, partial(acts, compartment=PUPILS))[-1] == "readers_saved"


@pytest.mark.parametrize("name", ["compile", "post", "readers", "dossier"])
def test_nobody_else_comes_to_these_pages(school: School, name: str) -> None:
    for sign_in in (school.administrator, school.teacher):
        user = sign_in().user
        assert not page(name).open_to(user)
        assert name not in {spec.id for spec in pages_of(user)}
    assert page(name).open_to(school.director().user)
