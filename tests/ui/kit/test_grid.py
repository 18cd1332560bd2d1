"""The consent grid."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.kit.grid import ConsentGrid, GridLine, GridTitles
from ui.kit.mark import Mark

TITLES = GridTitles("Gebruik", ("Moeder", "Vader"), "Uitkomst", "Waarom")
YES, NO = ("ja", Mark.YES), ("nee", Mark.NO)
LINES = (
    GridLine("a", "Schoolgids", (YES, YES), ("JA", Mark.YES), "beide, 12 sep"),
    GridLine("b", "Website", (YES, NO), ("NEE", Mark.NO), "vader zei nee op 12 sep"),
)


@pytest.fixture
def grid(qtbot: QtBot) -> ConsentGrid:
    made = ConsentGrid()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.show_grid(TITLES, LINES)
    return made


def at(grid: ConsentGrid, row: int, column: int) -> None:
    """Bring the keyboard to a cell."""
    grid.setCurrentIndex(grid.model().index(row, column))


def test_model_keeps_the_rules(grid: ConsentGrid) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(grid.model(), mode)
    grid.show_grid(TITLES, LINES[:1])
    assert tester.model().rowCount() == 1


@pytest.mark.parametrize(("column", "decider"), [(0, -1), (1, 0), (2, 1), (3, -1), (4, -1)])
def test_enter_opens_at_the_decider(
    grid: ConsentGrid, qtbot: QtBot, column: int, decider: int
) -> None:
    at(grid, 1, column)
    with qtbot.waitSignal(grid.opened) as told:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == ["b", decider]


def test_first_cell_speaks_the_line(grid: ConsentGrid) -> None:
    spoken = grid.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Website: NEE. vader zei nee op 12 sep. Moeder ja, Vader nee"


def test_long_reason_makes_its_line_higher(grid: ConsentGrid) -> None:
    low = grid.rowHeight(1)
    long = GridLine("b", "Website", (YES, NO), ("NEE", Mark.NO), "omdat " * 60)
    grid.show_grid(TITLES, (LINES[0], long))
    assert grid.rowHeight(1) > low
    assert grid.rowHeight(0) == low


def test_keeps_the_place_of_the_keyboard(grid: ConsentGrid) -> None:
    at(grid, 1, 2)
    grid.show_grid(TITLES, LINES)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 2)


def test_tab_leaves_the_grid(grid: ConsentGrid) -> None:
    assert not grid.tabKeyNavigation()
