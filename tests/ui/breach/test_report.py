"""Reporting a breach: what must be there, what is kept, and what the reporter sees later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.breach.draft import KeptDraft, report_draft
from app.breach.report import my_reports
from app.breach.sealed import Affected
from tests.robots.report import FACTS, MineRobot, ReportRobot
from tests.ui.desks import desk_for, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.sample import Sample


def test_a_report_is_sealed_and_sent(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    robot.send()
    assert robot.went[-1][0] == "reports"
    (sent,) = run_here(robot.desk, my_reports)
    assert sent.report is not None
    assert sent.report.facts == FACTS
    assert sent.received_at is None


def test_nothing_is_sent_without_agreeing(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    robot.send(agree=False)
    assert run_here(robot.desk, my_reports) == ()


def test_what_is_missing_is_said_where_it_is_missing(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    robot.paper.what.set_values({"facts": ""})
    robot.paper.affected.set_value([Affected(" ")])
    robot.send()
    assert run_here(robot.desk, my_reports) == ()
    assert robot.paper.what.error("facts")
    assert robot.paper.affected.error
    assert not robot.paper.who.error("actor_kind")


def test_articles_follow_whom_it_is_about(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.choose_kind("staff")
    staff = {id for id, row in robot.paper.articles._rows.items() if not row.isHidden()}
    robot.choose_kind("guardian")
    guardian = {id for id, row in robot.paper.articles._rows.items() if not row.isHidden()}
    assert staff - guardian
    assert "A5" in staff & guardian


def test_an_article_that_is_not_meant_is_not_kept(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill(article="C2")
    assert robot.paper.articles.value() == ("C2",)
    robot.choose_kind("guardian")
    assert robot.paper.articles.value() == ()


def test_pupils_are_chosen_from_the_check_list(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    name = robot.take_pupil("zoe")
    (pupil,) = robot.paper.draft().affected
    assert pupil.name == name
    assert pupil.id


def test_a_name_that_is_not_on_the_list_goes_as_typed(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.paper.show_more()
    robot.paper.affected.typed.setText("Onbekend Kind")
    robot.paper.affected._search()
    robot.settle()
    robot.press("hit_typed")
    assert [pupil.id for pupil in robot.paper.draft().affected] == [""]


def test_a_file_travels_with_its_bytes(qtbot: QtBot, sample: Sample, tmp_path: Path) -> None:
    picture = tmp_path / "scherm.png"
    picture.write_bytes(b"\x89PNG anything")
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.add_file(picture)
    (file,) = robot.paper.draft().files
    assert (file.name, file.content) == ("scherm.png", b"\x89PNG anything")
    assert file.obtained == "schermafbeelding"


def test_a_file_that_is_gone_is_said(qtbot: QtBot, sample: Sample, tmp_path: Path) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.paper.files._read(tmp_path / "weg.png")
    robot.settle()
    assert "weg.png" in robot.said
    assert robot.paper.files.value() == ()


def test_a_draft_survives_a_lock(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    robot.page.leave()
    robot.settle()
    robot.desk.runner._storage.submit(sample.lock).result()
    again = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    assert again.paper.draft().facts == FACTS
    assert again.paper.draft().articles == ("A5",)


def test_what_is_typed_is_kept_by_itself(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.page._kept.setInterval(10)
    robot.fill()
    qtbot.waitUntil(lambda: not robot.page._kept.isActive())
    robot.settle()
    draft = run_here(robot.desk, report_draft).draft
    assert draft is not None
    assert draft.facts == FACTS


def test_a_sent_report_leaves_no_draft(qtbot: QtBot, sample: Sample) -> None:
    robot = ReportRobot(qtbot, desk_for(qtbot, sample.teacher))
    robot.fill()
    robot.page.leave()
    robot.send()
    assert run_here(robot.desk, report_draft) == KeptDraft()


def test_the_reporter_sees_his_words_and_no_more(qtbot: QtBot, sample: Sample) -> None:
    desk = desk_for(qtbot, sample.teacher)
    robot = ReportRobot(qtbot, desk)
    robot.fill()
    robot.send()
    mine = MineRobot(qtbot, desk)
    assert mine.states == ["nog niet ontvangen"]
