"""Somebody at the keyboard and mouse of the whole office; counts the clicks it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from app.override import override
from tests.ui.desks import desk_for, run_here, settle
from ui.app.office import Office
from ui.kit.form import Form
from ui.kit.page import Page
from ui.kit.sided import SidedPage
from ui.kit.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")
LEFT = Qt.MouseButton.LeftButton


class Strays(QObject):
    """Notes every part that is shown as a window of its own, be it for a moment.

    Such a part flashes on the screen and takes the keyboard away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() is QEvent.Type.Show
        if (
            shown
            and isinstance(watched, QWidget)
            and watched.windowType() is Qt.WindowType.Window
        ):
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class OfficeRobot:
    """The office of one user in a window of its own.

    Attributes:
        clicks: how often the mouse was pressed so far.
    """

    def __init__(
        self,
        qtbot: QtBot,
        school: School,
        sign_in: Callable[[], Session] | None = None,
        language: str = "nl",
    ) -> None:
        self.qtbot = qtbot
        self.clicks = 0
        self.strays = Strays()
        self.desk = desk_for(qtbot, sign_in or school.administrator, language=language)
        self.office = Office(self.desk, "1.0")
        self.frame = self.office.frame
        self.frame.resize(1280, 800)
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        qtbot._request.node.addfinalizer(self.office.close)

    def watch_windows(self) -> None:
        """Note from now on which parts are shown as windows."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self.strays)

    def begin(self) -> None:
        """Show the first page."""
        self.office.begin()
        self.settle()

    def do(self, work: Callable[[Session], T]) -> T:
        """Do work behind the screen, as another page would; the screen follows."""
        found = run_here(self.desk, work)
        self.settle()
        return found

    def goto(self, page: str, **what: str) -> None:
        """Go to a page."""
        self.desk.goto(page, **what)
        self.settle()

    def settle(self) -> None:
        """Wait until everything was read and shown."""
        settle(self.qtbot, self.desk)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        found = self.frame.page
        assert isinstance(found, Page)
        return found

    @property
    def sheet_title(self) -> str:
        """The title of the sheet that is open, "" for none."""
        assert isinstance(self.page, SidedPage)
        return self.page.sheet.accessibleName() if self.page.sheet else ""

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.page.head.title.text()

    @property
    def said(self) -> str:
        """What the message bar of the page says."""
        return self.page.bar.words

    @property
    def page_words(self) -> str:
        """Everything that can be read on the page."""
        labels = self.page.findChildren(QLabel) + self.page.findChildren(QPushButton)
        return " ".join(w.text() for w in labels if w.isVisible())

    @property
    def sheet_bar(self) -> str:
        """What the message bar of the open sheet says."""
        assert isinstance(self.page, SidedPage)
        return self.page.sheet.bar.words if self.page.sheet else ""

    @property
    def row_words(self) -> str:
        """Everything in the list that is shown."""
        table = self.find(Table, "")
        model = table.model
        cells = [
            str(model.index(line, column).data())
            for line in range(model.rowCount())
            for column in range(model.columnCount())
        ]
        return " ".join(cells)

    def deed(self, name: str) -> None:
        """Choose a deed from the menu of the page."""
        button = self.find(QPushButton, "more_deeds")
        self.click(button)
        menu = button.findChild(QMenu)
        assert menu is not None
        next(a for a in menu.actions() if a.objectName() == name).trigger()
        self.clicks += 1
        menu.close()
        self.settle()

    def choose_person(self, words: str) -> None:
        """Press the dot with these words."""
        dots = [dot for dot in self.page.findChildren(QRadioButton) if dot.isVisible()]
        dot = next(dot for dot in dots if dot.text() == words)
        self.click(dot, QPoint(10, dot.height() // 2))

    def find(self, kind: type[W], name: str) -> W:
        """The one visible widget with this name."""
        every = self.page.findChildren(kind, name) if name else self.page.findChildren(kind)
        found = [w for w in every if w.isVisible()]
        assert len(found) == 1, f"{len(found)} × {name}"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether a widget with this name can be seen."""
        return any(w.isVisible() for w in self.page.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Press the one visible widget with this name."""
        self.click(self.find(QWidget, name))

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click on a widget, in its middle or at a place."""
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, LEFT, pos=place or widget.rect().center())
        self.clicks += 1
        self.settle()

    def keys(self, *keys: Qt.Key | str) -> None:
        """Press keys, one after another, wherever the keyboard is."""
        for key in keys:
            target = QApplication.focusWidget() or self.frame
            if isinstance(key, str):
                self.qtbot.keyClicks(target, key)
            else:
                self.qtbot.keyClick(target, key)
        self.settle()

    def tab_to(self, name: str, most: int = 60) -> None:
        """Walk with Tab until the widget with this name has the keyboard."""
        for _ in range(most):
            focus = QApplication.focusWidget()
            if focus is not None and focus.objectName() == name:
                return
            self.keys(Qt.Key.Key_Tab)
        msg = f"Tab never came to {name}"
        raise AssertionError(msg)

    def fill(self, **values: Any) -> None:
        """Fill in fields of the open sheet by their keys."""
        for key, value in values.items():
            self._fill(self.find(QWidget, f"field_{key}"), value)
        self.settle()

    def text_of(self, key: str) -> str:
        """What stands in a field of the open sheet."""
        return self.find(QLineEdit, f"field_{key}").text()

    def error(self, key: str) -> str:
        """What is said under a field."""
        for form in self.page.findChildren(Form):
            if form.isVisible() and any(
                w.isVisible() for w in form.findChildren(QWidget, f"field_{key}")
            ):
                return form.error(key)
        msg = f"no field {key}"
        raise AssertionError(msg)

    def _fill(self, field: QWidget, value: Any) -> None:
        if isinstance(field, QLineEdit):
            field.setFocus()
            field.selectAll()
            QGuiApplication.clipboard().setText(str(value))
            field.paste() if value else field.clear()
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(str(value))
        elif isinstance(field, QComboBox):
            place = (
                field.findText(value) if field.findText(value) >= 0 else field.findData(value)
            )
            assert place >= 0, value
            field.setCurrentIndex(place)
            field.activated.emit(place)
        elif isinstance(field, QCheckBox):
            field.click() if field.isChecked() != value else None
        else:
            dots = [*field.findChildren(QRadioButton), *field.findChildren(QCheckBox)]
            next(dot for dot in dots if dot.text() == value).click()
