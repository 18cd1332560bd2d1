"""All pages of the office at once: no flashing parts, names for screen readers, no cut words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.journeys.families import Family, add_family, says, settle
from tests.robots.pupil import PupilRobot
from tests.ui.people.test_merge import find_other
from ui.kit.sided import SidedPage
from ui.people.year import YearPage
from ui.theme import Theme, apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School

JULY = datetime(2027, 7, 1, 10, tzinfo=UTC)
SHEETS = (
    *("record", "withdraw", "add_guardian", "relate_guardian", "look_back"),
    *("move_pupil", "edit_pupil", "merge_with"),
)


class Visitor(PupilRobot):
    """Goes everywhere."""

    family: Family
    school: School

    def shut_sheet(self) -> None:
        """Leave a sheet as it is."""
        assert isinstance(self.page, SidedPage)
        self.page.shut_sheet()

    def places(self) -> Iterator[str]:
        """Every page and sheet of these rooms, one after another."""
        for page in ("today", "people", "consent"):
            self.goto(page)
            yield page
        self.goto("people", add="pupil")
        yield "people.add"
        self.open(self.family.pupil.id)
        yield "pupil"
        for name in SHEETS:
            self.press(name)
            yield name
            self.shut_sheet()
        self.goto("history", pupil_id=self.family.pupil.id)
        yield "history"
        self.goto("guardian", guardian_id=self.family.mother.id)
        yield "guardian"
        find_other(self, "wal")
        yield "guardian.merge"
        self.goto("consent")
        self.press("export_consent")
        yield "consent.export"
        self.goto("people")
        self.shut_sheet()
        self.deed("do_export")
        yield "people.export"
        self.school.clock.set(JULY)
        self.goto("year")
        yield "year"
        assert isinstance(self.page, YearPage)
        self.press(next(iter(self.page.rows.values())).unfold.objectName())
        yield "year.pupils"
        self.press("begin_year")
        yield "year.begun"


def answered(session: Session) -> Family:
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    return family


@pytest.fixture
def visitor(qtbot: QtBot, school: School) -> Visitor:
    """A school with a family that half answered."""
    robot = Visitor(qtbot, school)
    robot.school = school
    robot.family = robot.do(answered)
    return robot


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    """Everything twice as large."""
    apply_theme(qapp, Theme("light", 200))
    yield
    apply_theme(qapp, Theme("light", 100))


def test_no_part_is_a_window_of_its_own(visitor: Visitor) -> None:
    visitor.watch_windows()
    assert len(list(visitor.places())) == 21
    assert visitor.strays.names == []


def test_everything_that_can_be_used_has_a_name(visitor: Visitor) -> None:
    nameless = [
        f"{place}: {type(widget).__name__} {widget.objectName()}"
        for place in visitor.places()
        for widget in visitor.page.findChildren(QWidget)
        if widget.isVisible() and needs_name(widget) and not name_of(widget)
    ]
    assert nameless == []


def test_no_button_is_cut_at_twice_the_size(large: None, visitor: Visitor) -> None:
    cut = [
        f"{place}: {button.text()}"
        for place in visitor.places()
        for button in visitor.page.findChildren(QAbstractButton)
        if button.isVisible() and button.text()
        if button.width() < button.minimumSizeHint().width()
    ]
    assert cut == []


def needs_name(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    return isinstance(widget, kinds) and not widget.objectName().startswith("qt_")


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    inside = isinstance(widget.parentWidget(), QLineEdit | QComboBox)
    return widget.accessibleName() or text or ("part of a field" if inside else "")
