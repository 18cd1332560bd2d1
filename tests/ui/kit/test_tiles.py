"""Tiles and letters for fingers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.robots import part
from tests.ui.kit.invented import LONG
from ui.kit.mark import Mark
from ui.kit.tiles import LetterBar, Tile, TileGrid


@pytest.fixture
def grid(qtbot: QtBot) -> TileGrid:
    made = TileGrid(columns=3)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show_tiles([Tile(str(i), f"Naam {i}", "mag erop", Mark.YES) for i in range(7)])
    made.show()
    made.activateWindow()
    return made


def test_press_tells_which_tile(grid: TileGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.mouseClick(grid.button("4"), Qt.MouseButton.LeftButton)
    assert told.args == ["4"]


def test_arrows_walk_and_space_presses(grid: TileGrid, qtbot: QtBot) -> None:
    grid.button("0").setFocus()
    qtbot.keyClick(grid.button("0"), Qt.Key.Key_Down)
    qtbot.keyClick(grid.button("3"), Qt.Key.Key_Right)
    assert QApplication.focusWidget() is grid.button("4")
    with qtbot.waitSignal(grid.chosen) as told:
        qtbot.keyClick(grid.button("4"), Qt.Key.Key_Space)
    assert told.args == ["4"]


def test_tab_stops_at_one_tile(grid: TileGrid) -> None:
    stops = [
        key
        for key in map(str, range(7))
        if grid.button(key).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) == 1


def test_fewer_tiles_leave_none_behind(grid: TileGrid) -> None:
    grid.show_tiles([Tile("x", "Een")])
    assert grid.heightForWidth(900) == grid.button("x").height()
    assert sum(button.isVisible() for button in grid._buttons) == 1


def test_long_name_is_explained(grid: TileGrid) -> None:
    grid.show_tiles([Tile("x", LONG, "mag erop", Mark.YES)])
    assert LONG in grid.button("x").toolTip()
    assert grid.button("x").accessibleName() == f"{LONG}, mag erop"


def test_letters_without_names_cannot_be_pressed(qtbot: QtBot) -> None:
    bar = LetterBar()
    qtbot.addWidget(bar)
    bar.offer("AZ")
    with qtbot.waitSignal(bar.letter_chosen) as told:
        qtbot.mouseClick(part(bar, QPushButton, "letter_Z"), Qt.MouseButton.LeftButton)
    assert told.args == ["Z"]
    assert not part(bar, QPushButton, "letter_B").isEnabled()
    assert part(bar, QPushButton, "letter_all").isEnabled()
