"""What every test of these screens gets: the house style, Dutch words, a place for widgets."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, apply_theme
from ui.words import speak


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Light, 100 per cent, Dutch."""
    speak("nl")
    apply_theme(qapp, Theme("light", 100))
