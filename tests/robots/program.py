"""Somebody at the real program: signs in, works with mouse and keyboard, locks it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from app.override import override
from tests.robots.office import OfficeRobot, Strays
from tests.robots.unlock import UnlockRobot
from tests.sample import login
from tests.ui.desks import MemoryPreferences, outside_of, program_for
from ui.kit import ask
from ui.kit.label import Strong
from ui.kit.table import Table
from ui.kit.timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.sample import Sample


class ProgramRobot(OfficeRobot):
    """The whole program in a window, for one person after the other."""

    def __init__(self, qtbot: QtBot, qapp: object, sample: Sample) -> None:
        self.qtbot, self.clicks, self.strays = qtbot, 0, Strays()
        rows = [{"folder": str(sample.folder), "school": "De Walvis"}]
        values = {"registers": json.dumps(rows), "palette": "light", "language": "nl"}
        self.program = program_for(qtbot, qapp, outside_of(sample, MemoryPreferences(values)))
        self.program.start()

    def sign_in(self, role: str) -> None:
        """Come in by name and phrase as the documented user with this role."""
        UnlockRobot(self.qtbot, self.program).sign_in(login(role))
        office = self.program.office
        assert office is not None
        self.office, self.desk, self.frame = office, office.desk, office.frame
        self.frame.resize(1280, 860)
        self.frame.activateWindow()
        self.qtbot.waitUntil(self.frame.isActiveWindow)
        self.settle()

    def lock(self) -> None:
        """Leave with F12; the door is shown again."""
        with self.qtbot.waitSignal(self.program.locked):
            self.qtbot.keyClick(self.frame, Qt.Key.Key_F12)
        self.qtbot.waitUntil(lambda: self.program.runner.is_idle)

    def key(self, key: Qt.Key) -> None:
        """Press a key of the window, and wait for what it brings."""
        self.qtbot.keyClick(self.frame, key)
        self.settle()

    def nav(self, page_id: str) -> None:
        """Press a line of the navigation."""
        self.click(self.named(f"nav_{page_id}"))

    def offers(self, page_id: str) -> bool:
        """Whether the navigation has a line for a page."""
        return bool(self.frame.findChildren(QPushButton, f"nav_{page_id}"))

    def named(self, name: str) -> QWidget:
        """The one visible widget of the window with this name."""
        found = [w for w in self.frame.findChildren(QWidget, name) if w.isVisible()]
        assert len(found) == 1, f"{len(found)} × {name}"
        return found[0]

    def names(self, start: str) -> list[str]:
        """The names of what can be seen on the page and pressed, that begin with this."""
        every = self.page.findChildren(QPushButton) + self.page.findChildren(QCheckBox)
        found = [w.objectName() for w in every if w.isVisible()]
        return [name for name in found if name.startswith(start)]

    def can(self, name: str) -> bool:
        """Whether a part of the page can be used."""
        return self.find(QWidget, name).isEnabled()

    def fill_named(self, name: str, value: str) -> None:
        """Fill in a field by its own name."""
        self._fill(self.find(QWidget, name), value)
        self.settle()

    def choose_starting(self, key: str, words: str) -> None:
        """Choose from a list what begins with these words."""
        box = self.find(QComboBox, f"field_{key}")
        found = [box.itemText(n) for n in range(box.count())]
        (one,) = [text for text in found if text.startswith(words)]
        self.fill(**{key: one})

    def open_line(self, start: str = "") -> None:
        """Open the first line of the list that begins with these words, with Enter."""
        table = self.find(Table, "")
        model = table.model
        lines = [str(model.index(n, 0).data()) for n in range(model.rowCount())]
        place = next(n for n, words in enumerate(lines) if words.startswith(start))
        table.choose(model.ids[place])
        table.view.setFocus()
        self.keys(Qt.Key.Key_Return)

    def tick(self, name: str) -> None:
        """Press a box."""
        box = self.find(QWidget, name)
        self.click(box, QPoint(10, box.height() // 2))

    def agree(self) -> None:
        """Answer the question in the window of its own with its verb."""
        questions = [q for q in self.frame.findChildren(ask.Question) if q.isVisible()]
        assert len(questions) == 1, f"{len(questions)} questions"
        (deed,) = questions[0].findChildren(QPushButton, "agree")
        self.click(deed)

    def press_and_agree(self, name: str) -> None:
        """Press what asks once more, and agree."""
        self.press(name)
        self.agree()

    def take_file(self, button: str, path: Path) -> None:
        """Press what opens the system's file chooser, and choose a file or place there."""
        with ask.scripted(path):
            self.press(button)

    @property
    def course(self) -> list[str]:
        """The steps on the road of a case, as its page shows them."""
        shown = self.find(Timeline, "").findChildren(Strong)
        return [one.text() for one in shown if one.isVisible()]

    @property
    def words(self) -> str:
        """Everything that can be read in the window."""
        labels = self.frame.findChildren(QLabel) + self.frame.findChildren(QPushButton)
        return " ".join(w.text() for w in labels if w.isVisible())

    @override
    def _fill(self, field: QWidget, value: Any) -> None:
        if isinstance(field, QPlainTextEdit):
            field.setFocus()
            field.selectAll()
            QGuiApplication.clipboard().setText(str(value))
            field.paste()
        else:
            super()._fill(field, value)
