"""Marking what must go from a picture, with the mouse and with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.compile.papers import Area
from tests.app.compile.situations import TALK, picture_file, with_file
from tests.ui.compile.test_page import begun, lawyer
from ui.compile.marking import MarkSheet, MarkView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School

PICTURE = with_file("plein.png", picture_file(), "note")


@pytest.fixture
def sheet(qtbot: QtBot) -> MarkSheet:
    """A page of 400 by 300 dots, shown twice as large."""
    shown = MarkSheet()
    qtbot.addWidget(shown)
    shown.resize(800, 600)
    shown.show_picture(picture_file())
    shown.show()
    return shown


def drawn(sheet: MarkSheet) -> list[Area]:
    """What is marked from now on."""
    found: list[Area] = []
    sheet.drawn.connect(found.append)
    return found


def drag(sheet: MarkSheet, start: QPoint, end: QPoint) -> None:
    """Draw a place with the mouse."""
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(sheet, end)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=end)


def test_the_mouse_marks_a_place_in_parts_of_the_page(sheet: MarkSheet) -> None:
    found = drawn(sheet)
    drag(sheet, QPoint(600, 450), QPoint(200, 150))
    (area,) = found
    assert (area.left, area.top, area.right, area.bottom) == pytest.approx(
        (0.25, 0.25, 0.75, 0.75), abs=0.01
    )


def test_a_place_beside_the_page_or_without_size_is_none(sheet: MarkSheet) -> None:
    sheet.resize(1200, 600)
    found = drawn(sheet)
    drag(sheet, QPoint(2, 10), QPoint(60, 200))
    drag(sheet, QPoint(600, 300), QPoint(600, 300))
    assert found == []


def test_a_place_that_leaves_the_page_ends_at_its_edge(sheet: MarkSheet) -> None:
    found = drawn(sheet)
    drag(sheet, QPoint(400, 300), QPoint(799, 599))
    assert found[0].right <= 1.0
    assert found[0].bottom <= 1.0


def test_the_keyboard_alone_marks_a_place(sheet: MarkSheet) -> None:
    found = drawn(sheet)
    for _ in range(60):
        QTest.keyClick(sheet, Qt.Key.Key_Left)
        QTest.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    (area,) = found
    assert area.left == pytest.approx(0.0)
    assert area.bottom == pytest.approx(1.0)


def test_the_last_place_can_be_taken_back(qtbot: QtBot) -> None:
    view = MarkView()
    qtbot.addWidget(view)
    view.begin("a", "plein.png", (0, 2))
    view.show_picture(picture_file())
    view.sheet.drawn.emit(Area(0.1, 0.1, 0.2, 0.2))
    view.sheet.drawn.emit(Area(0.3, 0.3, 0.4, 0.4))
    view._take_back()
    view._turn_on()
    view.sheet.drawn.emit(Area(0.5, 0.5, 0.6, 0.6))
    assert [(each.page, each.area.left) for each in view.areas()] == [(0, 0.1), (2, 0.5)]
    view.begin("b", "ander.png", (0,))
    view._take_back()
    assert len(view.areas()) == 2


def test_what_was_marked_is_gone_from_the_copy(qtbot: QtBot, school: School) -> None:
    robot, _, _ = begun(qtbot, school, PICTURE, TALK)
    lawyer(robot)
    robot.on()
    robot.on()
    (piece_id,) = robot.page.names._sights
    robot.press(f"look_{piece_id}")
    assert not robot.page.marks.sheet.page_rect().isEmpty()
    robot.page.marks.sheet.drawn.emit(Area(0.0, 0.0, 1.0, 0.5))
    robot.agree()
    robot.on()
    robot.on()
    made = robot.page._made
    assert made is not None
    assert "Afgedekt: 1 vlak in plein.png." in made.entry.body
    with pypdfium2.PdfDocument(made.pdf.content) as document:
        dark = [np.array(page.render(scale=1).to_pil().convert("L")) < 20 for page in document]
    assert max(dots.sum() for dots in dark) > 20_000
