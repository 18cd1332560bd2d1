"""The receipt of one parent: two clicks from the pupil, noted before it leaves."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.journal.questions import JournalLines
from app.record import Compartment
from tests.journeys.families import add_family, says, settle
from tests.robots.pupil import PupilRobot
from ui.kit import ask
from ui.kit.preview import printing
from ui.receipts.page import ReceiptPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School


class ReceiptRobot(PupilRobot):
    """Somebody at the office who hands out receipts."""

    family: Family

    @property
    def receipt(self) -> ReceiptPage:
        """The page of the receipt."""
        assert isinstance(self.page, ReceiptPage)
        return self.page


@pytest.fixture
def robot(qtbot: QtBot, school: School) -> ReceiptRobot:
    """Zoë, about whom her mother has answered and her father has not."""
    robot = ReceiptRobot(qtbot, school)
    robot.family = robot.do(lambda session: add_family(session, settle(session)))
    family = robot.family
    robot.do(partial(says, pupil=family.pupil, guardian=family.mother))
    robot.open(family.pupil.id)
    return robot


def acts(session: Session) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return [line.act for line in reader.ask(JournalLines(limit=2))]


def test_a_receipt_is_printed_with_two_clicks(robot: ReceiptRobot, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    before = robot.clicks
    robot.press("open_receipt")
    with ask.scripted(printer):
        robot.press("preview_print")
    assert robot.clicks - before == 2
    robot.qtbot.waitUntil(lambda: (tmp_path / "out.pdf").exists() and not printing())
    assert robot.do(acts)[0] == "receipt_printed"


def test_only_who_answered_gets_one(robot: ReceiptRobot) -> None:
    robot.press("open_receipt")  # one link, for there is one who answered
    assert robot.receipt.prepared is not None
    assert robot.receipt.prepared.person == "Marijke Wal"
    assert robot.receipt.preview.page_count == 1


@pytest.mark.parametrize(("button", "field"), [("kantara", "services"), ("linked", "@context")])
def test_the_data_are_saved_by_themselves(
    robot: ReceiptRobot, tmp_path: Path, button: str, field: str
) -> None:
    robot.press("open_receipt")
    path = tmp_path / "keuzes.json"
    with ask.scripted(path):
        robot.press(f"save_{button}")
    assert field in json.loads(path.read_text())
    assert robot.do(acts)[0] == "receipt_saved"
    assert robot.said == "Het overzicht is opgeslagen, buiten het register."


def test_it_stands_in_the_history_of_the_pupil(robot: ReceiptRobot, tmp_path: Path) -> None:
    robot.press("open_receipt")
    with ask.scripted(tmp_path / "keuzes.pdf"):
        robot.press("preview_save")
    robot.goto("history", pupil_id=robot.family.pupil.id)
    assert "Overzicht van keuzes voor Marijke Wal" in robot.page_words
