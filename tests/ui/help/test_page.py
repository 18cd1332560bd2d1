"""Help without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

import resources
from ui.help.page import HelpPage
from ui.words import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(params=["nl", "en"])
def page(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[HelpPage]:
    """The help page in a language."""
    speak(request.param)
    found = HelpPage()
    qtbot.addWidget(found)
    yield found
    speak("nl")


def test_every_topic_is_on_the_list(page: HelpPage) -> None:
    topics = [topic for topic, _ in resources.help_topics("nl")]
    shown = []
    for topic in topics:
        page.arrive({"topic": topic})
        shown.append(page.topic)
    assert shown == topics


def test_an_unknown_topic_shows_the_first_page(page: HelpPage) -> None:
    page.arrive({"topic": "nothing"})
    assert page.topic == "start"


def test_tables_become_tables(page: HelpPage) -> None:
    page.show_topic("keyboard")
    assert "|" not in page.text.toPlainText()
    assert "Ctrl+K" in page.text.toPlainText()


def test_nothing_is_fetched(page: HelpPage) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    assert page.text.loadResource(kind, QUrl("https://school.example/picture.png")) is None
    assert not page.text.openExternalLinks()


def test_every_procedure_has_its_picture(page: HelpPage) -> None:
    page.show_topic("courses")
    for key in resources.procedures():
        assert f'href="procedure:{key}"' in page.text.toHtml()
    page.text.anchorClicked.emit(QUrl("procedure:staff_order"))
    assert 'src="procedure:staff_order"' in page.text.toHtml()
    image = page.text.loadResource(2, QUrl("procedure:staff_order"))
    assert isinstance(image, QImage)
    assert image.width() > 600
    page.text.anchorClicked.emit(QUrl("procedure:"))
    assert 'href="procedure:guardian_ban"' in page.text.toHtml()


@pytest.mark.parametrize(
    "link", ["https://example.nl", "procedure:nothing", "file:///etc/hosts"]
)
def test_a_link_elsewhere_shows_nothing(page: HelpPage, link: str) -> None:
    page.show_topic("keyboard")
    before = page.text.toPlainText()
    page.text.anchorClicked.emit(QUrl(link))
    assert page.text.toPlainText() == before
    assert page.text.loadResource(2, QUrl(link)) is None


def test_a_picture_is_opened_from_the_keyboard(page: HelpPage, qtbot: QtBot) -> None:
    page.show_topic("courses")
    with qtbot.waitExposed(page):
        page.show()
    page.text.setFocus()
    qtbot.waitUntil(page.text.hasFocus)
    qtbot.keyClick(page.text, Qt.Key.Key_Tab)
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert "src=" in page.text.toHtml()
