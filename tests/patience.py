"""How long a test of a screen waits for what it expects: a busy machine gets a minute.

What comes at once is still seen at once; only a test that fails takes longer to say so.

For the same reason an offer to take something back does not leave the screen meanwhile.

What a test shows is kept until Qt has deleted it: Python may not collect a page that nobody
holds while its parts still stand in one another (PySide 6.12 then deletes some of them twice).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.override import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.wait_signal import SignalBlocker

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """A robot's hands, with more patience than those that they are made of."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._kept: list[QWidget] = []

    @override
    def addWidget(self, widget: QWidget, **how: Any) -> None:
        self._kept.append(widget)
        super().addWidget(widget, **how)

    def let_go(self) -> None:
        """Have everything deleted that was closed, and hold it no longer."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._kept.clear()

    @override
    def waitUntil(
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(
        self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(
    qapp: QApplication, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[QtBot]:
    """The hands of a robot, for one test."""
    monkeypatch.setattr("ui.kit.bar.UNDO_MS", 10 * PATIENCE_MS)
    hands = PatientBot(request)
    yield hands
    hands.let_go()
