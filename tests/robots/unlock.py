"""What somebody does at the door of a register that is known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.robots import part
from ui.kit.editors import SecretEditor
from ui.register.codes import CodeScreen, ForgottenScreen
from ui.register.unlock import UnlockScreen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import Login
    from ui.app.program import Program


class UnlockRobot:
    """Signs in, with a phrase or with a code."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot, self._program = qtbot, program

    @property
    def screen(self) -> UnlockScreen:
        """The lock screen."""
        assert self._program.door is not None
        return part(self._program.door, UnlockScreen)

    def sign_in(self, login: Login) -> None:
        """Type name and phrase, press Enter, and wait for the first page."""
        with self._qtbot.waitSignal(self._program.entered):
            self.try_phrase(login.name, login.password)
        self.settle()

    def try_phrase(self, name: str, phrase: str) -> None:
        """Type name and phrase, and press Enter in the last field."""
        form = self.screen.form
        form.set_values({"name": name, "password": phrase})
        secret = form.editor("password")
        assert isinstance(secret, SecretEditor)
        QTest.keyClick(secret.line, Qt.Key.Key_Return)
        self.settle()

    def said(self) -> str:
        """What stands in the message bar."""
        return self.screen.bar.words

    def sample_buttons(self) -> list[str]:
        """The users offered by name."""
        buttons = self.screen.findChildren(QPushButton)
        return [b.text() for b in buttons if b.objectName().startswith("sample_")]

    def enrol(self, name: str, code: str) -> None:
        """Come in for the first time with a code, taking the proposed phrase."""
        part(self.screen, QPushButton, "have_code").click()
        self._fill(name, code)

    def recover(self, name: str, code: str) -> None:
        """Come in with the recovery sheet, taking the proposed phrase."""
        part(self.screen, QPushButton, "forgot").click()
        assert self._program.door is not None
        part(part(self._program.door, ForgottenScreen), QPushButton, "have_sheet").click()
        self._fill(name, code)

    def code_error(self, key: str) -> str:
        """What is said at a field of the code screen."""
        assert self._program.door is not None
        return part(self._program.door, CodeScreen).form.error(key)

    def settle(self) -> None:
        """Wait until nothing is running."""
        self._qtbot.waitUntil(lambda: self._program.runner.is_idle)

    def _fill(self, name: str, code: str) -> None:
        assert self._program.door is not None
        screen = part(self._program.door, CodeScreen)
        screen.form.set_values({"name": name, "code": code})
        screen.phrase.form.set_values({"password": screen.phrase.proposal})
        screen.submit()
        self.settle()
