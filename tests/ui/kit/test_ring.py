"""The focus ring stands whole around what has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from tests.robots import part
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.editors import LineEditor
from ui.kit.form import Form, Line
from ui.kit.page import Page
from ui.theme.ring import FocusRing, _Frame

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page("Leerlingen")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    FocusRing(app, page)
    page.set_actions(Plain("Anders"), Main("Overnemen"))
    card = Card("Kaart")
    card.add(Plain("Binnenin"))
    card.add(Form([Line(key="name", label="people.name")]))
    page.add(card)
    page.resize(800, 400)
    qtbot.addWidget(page)
    page.show()
    # Another test may have pressed the mouse on something that was gone before the release.
    qtbot.mouseRelease(page, Qt.MouseButton.LeftButton)
    return page


def area(page: Page) -> QRect:
    frame = next(each for each in page.findChildren(_Frame) if each.isVisible())
    host = frame.parentWidget()
    assert host is not None
    assert host.rect().contains(frame.geometry())
    return QRect(frame.mapTo(page, frame.rect().topLeft()), frame.size())


@pytest.mark.parametrize("words", ["Anders", "Overnemen", "Binnenin", "field_name"])
def test_a_ring_is_whole_and_follows_its_button(page: Page, qtbot: QtBot, words: str) -> None:
    buttons = [*page.findChildren(Plain), *page.findChildren(Main)]
    found = [each for each in buttons if each.text() == words]
    button = found[0] if found else part(page, LineEditor, words)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    page.resize(700, 380)
    QApplication.processEvents()
    around = QRect(button.mapTo(page, button.rect().topLeft()), button.size())
    assert area(page) == around.adjusted(-4, -4, 4, 4)
