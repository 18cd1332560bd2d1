"""Making forms on the screen: who gets one, the same bytes on paper, and issued only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.forms.listing import form_groups, issued_forms, pupils_in_group
from tests.robots.forms import FormsRobot
from tests.ui.desks import desk_for, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def robot(qtbot: QtBot, sample: Sample) -> FormsRobot:
    """The office at the page of forms."""
    return FormsRobot(qtbot, desk_for(qtbot, sample.administrator))


def places(session: Session) -> tuple[str, str]:
    group = form_groups(session)[0].id
    return group, pupils_in_group(session, group)[0].id


def test_a_pupils_forms_are_shown_at_once(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    assert robot.pages > 0
    assert robot.page.maker.form.text("pupil_id") == pupil


def test_a_group_lists_everybody_first(robot: FormsRobot) -> None:
    group, _ = run_here(robot.desk, places)
    robot.choose(group_id=group)
    assert len(robot.takers) > 1
    assert robot.pages == 0
    robot.show()
    assert robot.pages >= len(robot.takers)


def test_nothing_is_issued_by_looking(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    assert robot.issued == []


def test_printing_issues_once(robot: FormsRobot, tmp_path: Path) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    count = len(robot.takers)
    robot.print()
    robot.save(tmp_path / "formulier.pdf")
    assert len(robot.issued) == count
    assert str(count) in robot.said or robot.said == ""


def test_what_is_saved_is_what_was_shown(robot: FormsRobot, tmp_path: Path) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    shown = robot.page.maker._prepared
    assert shown is not None
    robot.save(tmp_path / "formulier.pdf")
    assert (tmp_path / "formulier.pdf").read_bytes() == shown.pdf.content
    found = run_here(robot.desk, issued_forms)
    assert len(found) == len(shown.issued)


def test_another_choice_takes_the_old_preview_away(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    robot.page.maker.form.set_values({"pupil_id": ""})
    robot.page.maker._chosen("pupil_id")
    robot.settle()
    assert robot.pages == 0
    assert len(robot.takers) > 2


def test_leaving_takes_names_off_the_screen(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    robot.page.leave()
    assert robot.pages == 0


def test_large_print_and_english_are_drawn(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    robot.choose(pupil_id=pupil)
    normal = robot.pages
    robot.page.maker.form.set_values({"large": True, "language": "en"})
    robot.show()
    assert robot.pages > normal
    assert robot.page.maker._prepared is not None
    assert robot.page.maker._prepared.issued[0].language == "en"
