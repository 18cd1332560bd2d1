"""Starting the window where there is no screen to open it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from main import _lacks_screen

ROOT = Path(__file__).parents[2]
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is a screen")


@on_linux
@pytest.mark.parametrize(("language", "words"), [("nl", "geen scherm"), ("en", "no screen")])
def test_a_start_without_a_screen_says_so(language: str, words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, env={**kept, "LC_ALL": language}, check=False,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3
    assert words in done.stderr
    assert "Qt" not in done.stderr


@on_linux
@pytest.mark.parametrize(
    ("lacks", "environment"),
    [
        (True, {}),
        (True, {"QT_QPA_PLATFORM": "xcb"}),
        (True, {"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ""}),
        (False, {"DISPLAY": ":0"}),
        (False, {"WAYLAND_DISPLAY": "wayland-0"}),
        (False, {"QT_QPA_PLATFORM": "offscreen"}),
        (False, {"QT_QPA_PLATFORM": "vnc:size=800x600"}),
        (False, {"QT_QPA_PLATFORM": "wayland;offscreen"}),
    ],
)
def test_what_counts_as_a_screen(lacks: bool, environment: dict[str, str]) -> None:
    assert _lacks_screen(environment) is lacks
