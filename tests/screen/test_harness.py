"""The harness for real windows gives one that can be seen and has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.screen


def test_keys_reach_a_real_window(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    qtbot.keyClick(field, Qt.Key.Key_A)
    assert QGuiApplication.platformName() == "xcb"
    assert field.text() == "a"
    assert field.grab().width() > 0
