"""A breach by a parent of two children, from report to the end of an access ban, and two copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt

from app.compile.verify import verify_compiled
from db.register.vouching import vouched
from reports.compile.binder import PaperBinder
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
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.sample import Sample

pytestmark = pytest.mark.screen

FATHER, MOTHER, CHILD, OTHER = "Johan van den Berg", "Marijke", "Sanne", "Maarten"
NOTE = "Leest vlot en helpt graag met opruimen."
BAN = {
    "facts": "Op 19 november 2026 stond een foto van de klas op een openbaar account.",
    "earlier": "geen",
    "premises": "het schoolgebouw en het schoolplein aan de Voorbeeldkade 1",
    "starts_on": "7-12-2026",
    "ends_on": "29-1-2027",
    "review_day": "8-1-2027",
    "collecting": "De andere ouder brengt en haalt; het kind wacht bij de juf.",
    "meetings": "Gesprekken gaan per telefoon.",
    "contact": CONTACT,
    "mandate": MANDATE,
    "sending": "aangetekende post",
    "enclosures": "geen",
}


def test_an_access_ban_from_report_to_end(
    qtbot: QtBot, qapp: QApplication, sample: Sample, tmp_path: Path
) -> None:
    on(sample, 23)
    robot = ProgramRobot(qtbot, qapp, sample)
    robot.sign_in("teacher")
    report(robot)
    robot.lock()
    robot.sign_in("director")
    file(robot)
    intend(robot)
    robot.lock()

    on(sample, 1, 12)
    robot.sign_in("director")
    hear(robot)
    decide(robot)
    robot.lock()

    on(sample, 29, 1, 2027)
    robot.sign_in("director")
    end(robot)
    add_note(robot)
    for purpose in (transfer, for_the_other):
        says_only(NOTE, copy(robot, tmp_path / f"{purpose.__name__}.pdf", purpose))


def report(robot: ProgramRobot) -> None:
    """The teacher reports what a parent put on the internet."""
    robot.key(Qt.Key.Key_F8)
    robot.fill(actor_kind="ouder/verzorger")
    robot.fill(actor_name=FATHER, occurred_on="19-11-2026")
    robot.fill(facts=FACTS, place="Facebook")
    robot.press("report_more")
    take_pupil(robot, CHILD)
    robot.press_and_agree("report_send")


def take_pupil(robot: ProgramRobot, letters: str) -> None:
    """Type letters of a name and take the first who is found."""
    robot.fill_named("pupil_name", letters)
    robot.qtbot.waitUntil(lambda: robot.sees("hit_0"))
    robot.press("hit_0")


def file(robot: ProgramRobot) -> None:
    """The director puts it into the dossiers of both children."""
    robot.press("task_inbox")
    robot.press("inbox_open")
    robot.tick("article_A5")
    robot.press("sibling_0")
    robot.press_and_agree("inbox_file")
    assert robot.title.startswith(CHILD)
    robot.press(*robot.names("case_"))
    assert len(robot.names("dossier_")) == 2
    choose_course(robot, "guardian_ban", "Het gebeurde op het plein, en vaker.")


def intend(robot: ProgramRobot) -> None:
    """The intention is issued and sent; a decision has to wait."""
    robot.press("step_intend")
    robot.fill(**BAN, **HEARING, grounds="Het kind houdt gewoon les; een gesprek hielp niet.")
    issue(robot)
    send_intention(robot)
    assert robot.course[-4:] == [
        "Zienswijze vastleggen",
        "Besluit uitgeven",
        "Vastleggen dat het besluit is meegedeeld",
        "Verzending van het besluit vastleggen",
    ]


def hear(robot: ProgramRobot) -> None:
    """The views are recorded, and that the police need no copy."""
    record_views(robot, "De foto is weggehaald.")
    assert not robot.can("step_decide")
    robot.press("step_settle_police")
    robot.fill(police="Geen afschrift; er is niets strafbaars gezien.")
    robot.press("sheet_save")


def decide(robot: ProgramRobot) -> None:
    """The ban is issued with its scope and days, told, and sent."""
    robot.press("step_decide")
    robot.fill(
        **BAN,
        grounds="Een gesprek hielp niet; het kind houdt gewoon les.",
        weighing="Dat de foto weg is, telt mee; daarom tot eind januari.",
        copies="het bestuur",
    )
    issue(robot)
    robot.press("step_tell_orally")
    robot.fill(told_on="1-12-2026", told_how="telefonisch, door de directeur")
    robot.press("sheet_save")
    send_decision(robot)
    assert "29 jan 2027" in robot.page_words


def end(robot: ProgramRobot) -> None:
    """It was looked at in between; the end is issued, and nothing stays open beside it."""
    robot.press("step_2026-001")
    assert robot.sheet_title == "Tussentijds bekijken"
    robot.fill(outcome="Het verbod bleef nodig tot de laatste dag.")
    robot.press("sheet_save")
    robot.press("step_end_ban")
    robot.press("open_weighed")
    robot.fill(offence="nee", data_breach="nee", reason="Er is niets strafbaars gezien.")
    robot.press("sheet_save")
    robot.press("page_back")
    robot.fill(
        ended_on="29-1-2027",
        grounds="De termijn is voorbij.",
        arrangements="Brengen, halen en ouderavonden gaan weer gewoon.",
        copies="het bestuur",
        contact=CONTACT,
    )
    issue(robot)
    assert "Deze zaak is afgesloten." in robot.page_words


def add_note(robot: ProgramRobot) -> None:
    """Something about the child itself stands in its dossier too."""
    robot.nav("dossiers")
    robot.open_line(CHILD)
    robot.press("entry_add")
    robot.fill(kind="note", title="Overstap", body=NOTE)
    robot.press("sheet_save")


def transfer(robot: ProgramRobot) -> None:
    """For another school."""
    robot.fill(purpose="overdracht naar een andere school")
    robot.fill(typed="Basisschool De Zwaan", why="Verhuizing.")


def for_the_other(robot: ProgramRobot) -> None:
    """For the mother."""
    robot.fill(purpose="afschrift voor de andere ouder")
    robot.choose_starting("recipient", MOTHER)
    robot.fill(why="De moeder vroeg erom.")


def copy(robot: ProgramRobot, path: Path, purpose: Callable[[ProgramRobot], None]) -> bytes:
    """A signed copy of the child's dossier."""
    robot.nav("dossiers")
    robot.open_line(CHILD)
    robot.press("dossier_compile")
    purpose(robot)
    robot.press("compile_onward")
    robot.press("compile_onward")
    for name in (*robot.names("agreed_"), *robot.names("looked_")):
        robot.tick(name)
    robot.press("compile_onward")
    robot.press("compile_onward")
    robot.take_file("preview_save", path)
    return path.read_bytes()


def says_only(words: str, content: bytes) -> None:
    """It is intact, holds these words, and nothing about the father or the ban."""
    assert verify_compiled(PaperBinder(), vouched, content).in_order
    pages = PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert words in " ".join(text.split())
    assert "Johan" not in text
    assert "toegang" not in text
