"""Making forms on the screen: who gets one, the same bytes on paper, and issued only once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.consent.channels import save_channel
from app.consent.records import EXAMPLE, Channel
from app.forms.listing import form_groups, issued_forms, pupils_in_group
from app.forms.versions import freeze_version
from app.record import Compartment
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


def test_a_draft_that_waits_is_told_beside_the_form(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    run_here(robot.desk, freeze_version)
    robot.choose(pupil_id=pupil)
    assert robot.said == ""
    run_here(robot.desk, renamed)
    robot.show()
    assert "versie 1" in robot.said


def renamed(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (site,) = reader.all(Channel, key="website")
    save_channel(session, replace(site, texts=site.texts.put("name", nl="Blog")))


def exemplified(session: Session) -> None:
    """So many words of example that they would take another sheet."""
    with session.look(Compartment.CONSENT) as reader:
        (site,) = reader.all(Channel, key="website")
    words = "een foto van het schip bij de sluis, met de kinderen op het dek; " * 40
    save_channel(session, replace(site, texts=site.texts.put(EXAMPLE, nl=words)))


def test_everybody_gets_the_own_language_unless_one_is_chosen(robot: FormsRobot) -> None:
    group, _ = run_here(robot.desk, places)
    robot.choose(group_id=group)
    robot.show()
    prepared = robot.page.maker._prepared
    assert prepared is not None
    assert {form.language for form in prepared.issued} > {"nl"}
    robot.page.maker.form.set_values({"language": "fr"})
    robot.show()
    chosen = robot.page.maker._prepared
    assert chosen is not None
    assert {form.language for form in chosen.issued} == {"fr"}


def test_examples_are_drawn_where_they_are_wanted(robot: FormsRobot) -> None:
    _, pupil = run_here(robot.desk, places)
    run_here(robot.desk, exemplified)
    robot.choose(pupil_id=pupil)
    robot.qtbot.waitUntil(lambda: robot.pages > 0)
    plain = robot.pages
    robot.page.maker.form.set_values({"examples": True})
    robot.show()
    robot.qtbot.waitUntil(lambda: robot.pages > plain)


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
