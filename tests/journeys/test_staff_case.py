"""A breach by a member of staff, from a teacher's report to the end of the term for appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.robots.casework import (
    CONTACT,
    FACTS,
    HEARING,
    MANDATE,
    choose_course,
    issue,
    on,
    record_views,
    send_decision,
    send_intention,
)
from tests.robots.program import ProgramRobot

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.sample import Sample

pytestmark = pytest.mark.screen

INSPECTED = "seksuele intimidatie of seksueel misbruik"
REPRIMAND = {
    "facts": "Op 19 november 2026 stond een foto van de les op een openbaar account.",
    "earlier": "geen",
    "grounds": "Een waarschuwing is eerder gegeven.",
    "agreement_article": "artikel 3.14, nagekeken op 23 november 2026",
    "mandate": MANDATE,
    "sending": "aangetekende post",
    "enclosures": "geen",
}
"""What the intention and the decision both say."""
COURSE = (
    "Afsluiten",
    "Verzending van het besluit vastleggen",
    "Besluit uitgeven",
    "Zienswijze vastleggen",
    "Verzending van het voornemen vastleggen",
    "Voornemen uitgeven",
    "Kiezen hoe het verder gaat",
    "Melding",
)
"""As in the dossier: the newest on top."""


def test_a_reprimand_from_report_to_close(
    qtbot: QtBot, qapp: QApplication, sample: Sample, tmp_path: Path
) -> None:
    on(sample, 23)
    robot = ProgramRobot(qtbot, qapp, sample)
    robot.sign_in("teacher")
    report(robot, tmp_path)
    robot.lock()
    robot.sign_in("director")
    file(robot)
    call_first(robot)
    intend(robot)
    robot.lock()

    on(sample, 1, 12)
    robot.sign_in("director")
    hear(robot)
    decide(robot)
    robot.lock()

    on(sample, 12, 1, 2027)
    robot.sign_in("director")
    assert "Volgende stap: Afsluiten" in robot.words
    assert robot.can("wait_2026-001")
    robot.lock()

    on(sample, 13, 1, 2027)
    robot.sign_in("director")
    close(robot)
    looks_back(robot, tmp_path)
    robot.lock()

    for role in ("administrator", "teacher"):
        robot.sign_in(role)
        opens_nothing(robot)
        robot.lock()
    robot.sign_in("teacher")
    robot.key(Qt.Key.Key_F8)
    robot.press("my_reports")
    assert "ontvangen op 23 nov 2026" in robot.row_words
    assert "2026-001" not in robot.words


def report(robot: ProgramRobot, folder: Path) -> None:
    """The teacher answers five questions and adds one file."""
    picture = folder / "scherm.png"
    picture.write_bytes(b"\x89PNG anything")
    robot.key(Qt.Key.Key_F8)
    robot.fill(actor_kind="medewerker")
    robot.fill(actor_name="Marit Dekker", occurred_on="19-11-2026")
    robot.fill(facts=FACTS, place="Instagram")
    robot.take_file("add_file", picture)
    robot.keys("schermafbeelding")
    robot.press_and_agree("report_send")
    assert "verzegeld" in robot.said
    assert robot.row_words.count("ontvangen") == 1


def file(robot: ProgramRobot) -> None:
    """The director reads it and puts it into the personnel dossier."""
    robot.nav("inbox")
    robot.press("inbox_open")
    assert FACTS in robot.page_words
    robot.fill(categories=INSPECTED)
    robot.tick("article_A5")
    robot.press_and_agree("inbox_file")
    assert robot.title == "Marit Dekker"
    assert "Marit Dekker" in robot.said


def call_first(robot: ProgramRobot) -> None:
    """No letter leaves before the inspector was called; then it can."""
    robot.press(*robot.names("case_"))
    choose_course(robot, "staff_reprimand", "Na twee eerdere gesprekken.")
    assert not robot.can("step_intend")
    robot.press("duty_inspector_consulted")
    robot.fill(with_whom="vertrouwensinspecteur van dienst", note="Melding besproken.")
    robot.press("sheet_save")
    assert robot.can("step_intend")


def intend(robot: ProgramRobot) -> None:
    """The intention is issued and sent; a decision has to wait for the term."""
    robot.press("step_intend")
    robot.fill(**REPRIMAND, **HEARING, contact=CONTACT)
    issue(robot)
    send_intention(robot)
    assert "14 dec 2026" in robot.page_words


def hear(robot: ProgramRobot) -> None:
    """The views are recorded, before the term is over."""
    record_views(robot, "De foto stond er per ongeluk en is dezelfde dag weggehaald.")


def decide(robot: ProgramRobot) -> None:
    """The decision is issued and sent; the term for an appeal runs."""
    robot.press("step_decide")
    robot.fill(
        **REPRIMAND,
        weighing="De foto is dezelfde dag weggehaald; dat telt mee.",
        expected="Geen opnamen meer zonder toestemming.",
    )
    issue(robot)
    send_decision(robot)
    assert not robot.can("step_close")
    assert "12 jan 2027" in robot.page_words


def close(robot: ProgramRobot) -> None:
    """After the last day for an appeal the case is closed, once nothing is open beside it."""
    robot.press("step_2026-001")
    robot.fill(outcome="Er kwam geen beroep.")
    assert "Eerst vastleggen" in robot.page_words
    assert not robot.can("sheet_save")
    robot.press("open_weighed")
    robot.fill(categories=INSPECTED)
    robot.fill(offence="nee", data_breach="nee", reason="Overlegd met de inspecteur.")
    robot.press("sheet_save")
    assert "Eerst vastleggen" not in robot.page_words
    robot.press("sheet_save")
    assert "Deze zaak is afgesloten." in robot.page_words
    robot.nav("today")
    assert "Zaak 2026-001" not in robot.page_words


def looks_back(robot: ProgramRobot, folder: Path) -> None:
    """The time line tells everything in its order, and a letter comes out as it was."""
    robot.nav("dossiers")
    robot.press("choice_staff_dossier")
    robot.open_line("Marit Dekker")
    places = [robot.page_words.index(line) for line in COURSE]
    assert places == sorted(places)
    robot.nav("letters")
    robot.open_line("2026-002")
    copies = []
    for name in ("a.pdf", "b.pdf"):
        robot.take_file("preview_save", folder / name)
        robot.qtbot.waitUntil((folder / name).exists)
        copies.append((folder / name).read_bytes())
    assert copies[0].startswith(b"%PDF")
    assert copies[0] == copies[1]


def opens_nothing(robot: ProgramRobot) -> None:
    """Nothing of the case can be seen or gone to."""
    for page in ("inbox", "dossiers", "cases"):
        assert not robot.offers(page)
    assert "2026-001" not in robot.words
    assert "Dekker" not in robot.words
