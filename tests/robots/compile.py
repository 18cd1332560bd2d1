"""A director who compiles a copy: purpose, pieces, names, and one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from tests.robots.pages import PageRobot
from ui.compile.page import CompilePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class CompileRobot(PageRobot):
    """Goes through the steps."""

    def __init__(self, qtbot: QtBot, desk: Desk, compartment: str, dossier_id: str) -> None:
        self.page = CompilePage(desk)
        self.page.arrive({"compartment": compartment, "dossier_id": dossier_id})
        super().__init__(qtbot, desk, self.page)

    def fill(self, **values: object) -> None:
        """Fill in the first step."""
        assert self.page.purpose is not None
        form = self.page.purpose.form
        if "purpose" in values:
            form.set_values({"purpose": values.pop("purpose")})
            form.changed.emit("purpose")
        form.set_values(values)

    def on(self) -> None:
        """Go on."""
        self.press("compile_onward")

    @property
    def step(self) -> str:
        """The step that is shown."""
        return self.page.steps.key

    def tick(self, name: str) -> None:
        """Tick a box by its name."""
        box = self.page.findChild(QCheckBox, name)
        assert box is not None, name
        assert box.isEnabled(), name
        box.click()
        self.settle()

    def agree(self) -> None:
        """Agree to every proposal; what has none is somebody else."""
        for group in self.page.names.groups:
            for editor in group._places.values():
                if not editor.value():
                    editor.set_value("third_party")
            if not group.agreed.isChecked():
                group.agreed.click()
        for box in self.page.names._sights.values():
            if not box.isChecked():
                box.click()
        self.settle()
