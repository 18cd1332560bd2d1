"""Garbage is collected on the screen's thread only."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.collector import Collector
from ui.runner import Runner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MANY = 20_000


class Ring:
    """Something that only a collector can take away; notes on which thread it was."""

    def __init__(self, gone: list[int]) -> None:
        self.itself, self.gone = self, gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_a_thread_that_works_collects_nothing(qtbot: QtBot) -> None:
    gone: list[int] = []
    owner, runner = QObject(), Runner()
    kept: list[list[int]] = []

    def work() -> None:
        kept.extend([number] for number in range(MANY))

    for _ in range(5):
        Ring(gone)
        runner.run(work, _nothing, owner)
    qtbot.waitUntil(lambda: len(gone) == 5)
    runner.close()
    assert set(gone) == {threading.get_ident()}


def test_python_collects_again_when_the_last_one_has_ended(qtbot: QtBot) -> None:
    assert gc.isenabled()
    owner = QObject()
    one, other = Collector(owner), Collector(owner)
    one.end()
    one.end()
    assert not gc.isenabled()
    other.end()
    assert gc.isenabled()


def test_the_data_of_a_large_job_is_not_looked_through(qtbot: QtBot) -> None:
    collector = Collector(owner := QObject())
    kept = [[number] for number in range(200_000)]
    collector.look()
    assert gc.get_freeze_count() > len(kept)
    assert gc.get_count()[0] < len(kept)
    collector.end()
    gc.unfreeze()
    assert owner is not None


def _nothing(_answer: None) -> None:
    """Nothing follows."""
