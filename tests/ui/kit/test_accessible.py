"""Everything of the kit has a name, a place in the tab order, and says its answer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.robots import part
from tests.ui.kit.gallery import BOARDS, framed, table
from ui.frame import Frame
from ui.kit.badge import VerdictTile
from ui.kit.mark import Mark

ROLE = QAccessible.Role
SPEAKS = {
    ROLE.Button,
    ROLE.EditableText,
    ROLE.ComboBox,
    ROLE.CheckBox,
    ROLE.RadioButton,
    ROLE.Table,
    ROLE.List,
    ROLE.ProgressBar,
}
_MOST_CHILDREN = 60


def walk(thing: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A thing and everything in it that can be seen; of long tables only the first cells."""
    yield thing
    for place in range(min(thing.childCount(), _MOST_CHILDREN)):
        child = thing.child(place)
        if child.isValid() and not child.state().invisible:
            yield from walk(child)


def shown(qtbot: QtBot, board: str) -> Frame:
    """A board in its frame, on the screen."""
    frame = framed(board)
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    return frame


@pytest.mark.parametrize("board", BOARDS)
def test_every_control_has_a_name(qtbot: QtBot, board: str) -> None:
    frame = shown(qtbot, board)
    top = QAccessible.queryAccessibleInterface(frame)
    nameless = [
        f"{thing.role()} {thing.object()}"
        for thing in walk(top)
        if thing.role() in SPEAKS and not thing.text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_tile_says_use_answer_and_reason(qtbot: QtBot) -> None:
    tile = VerdictTile("Website", "NEE", "moeder trok in op 3 nov 2026", Mark.NO)
    qtbot.addWidget(tile)
    name = QAccessible.queryAccessibleInterface(tile).text(QAccessible.Text.Name)
    assert name == "Website: NEE. moeder trok in op 3 nov 2026"
    tile.show_answer("JA", "beide ouders", Mark.YES)
    name = QAccessible.queryAccessibleInterface(tile).text(QAccessible.Text.Name)
    assert name == "Website: JA. beide ouders"


def test_tab_goes_through_a_table_and_out_of_it(qtbot: QtBot) -> None:
    page = table()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    seen: list[QWidget | None] = []
    for _ in range(5):
        page.focusNextChild()
        seen.append(QApplication.focusWidget())
    buttons = [each for each in seen if isinstance(each, QPushButton)]
    assert len(set(map(id, buttons))) == 2
    assert seen[0] is seen[3]


def test_tab_key_leaves_a_table_at_once(qtbot: QtBot) -> None:
    page = table()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    view = part(page, QTableView, "rows")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not view


def test_tab_order_follows_the_eye(qtbot: QtBot) -> None:
    frame = shown(qtbot, "pupil")
    names = []
    for _ in range(4):
        frame.page.focusNextChild() if frame.page else None
        widget = QApplication.focusWidget()
        names.append(widget.text() if isinstance(widget, QPushButton) else "")
    assert names == ["Leerlingen", "Toestemming op datum…", "Formulier", "Vastleggen"]


def test_first_column_of_a_table_speaks_the_whole_row(qtbot: QtBot) -> None:
    page = table()
    qtbot.addWidget(page)
    view = part(page, QTableView, "rows")
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Zoë van der Wal, Zeester")
    assert "NEE" in spoken
