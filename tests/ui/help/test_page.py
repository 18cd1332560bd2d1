"""Help without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

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
