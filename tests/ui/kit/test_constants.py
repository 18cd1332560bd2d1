"""The work-around in `ui` for constants that the binding gives back once too often."""

import sys

import pytest
from PySide6.QtCore import QObject


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants cannot die there")
def test_the_binding_still_loses_references_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.property("nothing")
    lost = before - sys.getrefcount(None)
    assert lost > 900, "this version of PySide6 counts well: remove keep_constants_alive"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants cannot die there")
def test_none_has_more_references_than_a_long_day_can_lose() -> None:
    import ui

    assert ui.__doc__
    assert sys.getrefcount(None) > 1 << 40
