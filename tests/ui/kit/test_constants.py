"""The work-arounds in `ui`: constants given back too often, and sources read at each import."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[3]


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


_NAMED = "from PySide6.support import feature\nprint(*feature.pyside_feature_dict)"


def looked_into(first: str) -> set[str]:
    """The modules whose source the binding has read, in a program that begins with `first`."""
    code = f"{first}\nimport PySide6.QtCore\nimport colorsys\n{_NAMED}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return set(done.stdout.split())


def test_the_binding_still_reads_every_module_that_follows_it() -> None:
    read = looked_into("")
    assert "colorsys" in read, "PySide6 leaves imports alone: remove import_as_python_does"


def test_the_window_imports_without_being_read() -> None:
    assert "colorsys" not in looked_into("import ui")
