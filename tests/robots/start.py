"""What somebody does at the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tests.robots import part
from ui.kit.form import Form
from ui.register.beginning import DirectorStep
from ui.register.start import StartFlow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.app.program import Program


class StartRobot:
    """Goes through the steps."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot, self._program = qtbot, program

    @property
    def flow(self) -> StartFlow:
        """The flow that is shown."""
        assert self._program.door is not None
        return part(self._program.door, StartFlow)

    @property
    def step(self) -> str:
        """The step that is shown."""
        return self.flow.wizard.key

    def fill(self, **values: str) -> None:
        """Fill fields of this step."""
        part(self.flow.wizard.page(self.step), Form).set_values(values)

    def error(self, key: str) -> str:
        """What is said at a field of this step."""
        return part(self.flow.wizard.page(self.step), Form).error(key)

    def take_proposal(self) -> str:
        """Type the proposed phrase over."""
        page = self.flow.wizard.page(self.step)
        assert isinstance(page, DirectorStep)
        page.phrase.form.set_values({"password": page.phrase.proposal})
        return page.phrase.proposal

    def go_on(self) -> None:
        """Press the main button, and wait."""
        part(self.flow, QPushButton, "wizard_next").click()
        self._qtbot.waitUntil(lambda: self._program.runner.is_idle)

    def make_register(self, folder: Path, school: str, director: str) -> str:
        """Go through everything up to the recovery sheet; returns the recovery code."""
        self.go_on()
        self.go_on()
        self.fill(folder=str(folder))
        self.go_on()
        self.fill(school=school, town="Dordrecht", group="Zeester")
        self.go_on()
        self.fill(director=director)
        self.take_proposal()
        self.go_on()
        begun = self.flow.making.begun
        assert begun is not None
        return begun.code.text
