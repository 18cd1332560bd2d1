"""This machine: its name, and where it keeps what belongs to it rather than to a register."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "boordboek"
_TITLE = "Boordboek"


def machine_name() -> str:
    """The machine's name on the network, or "?"."""
    import platform  # noqa: PLC0415 - slow, and not needed by the first window

    return platform.node() or "?"


def state_folder() -> Path:
    """Where this machine remembers heads of journals; outside every register, not roaming."""
    if sys.platform == "win32":
        return _windows("LOCALAPPDATA") / _TITLE
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / _TITLE
    return _xdg("XDG_STATE_HOME", ".local/state") / _NAME


def config_folder() -> Path:
    """Where this user's preferences stand."""
    if sys.platform == "win32":
        return _windows("APPDATA") / _TITLE
    if sys.platform == "darwin":
        return _home() / "Library" / "Preferences" / _TITLE
    return _xdg("XDG_CONFIG_HOME", ".config") / _NAME


def _xdg(variable: str, otherwise: str) -> Path:
    given = Path(os.environ.get(variable, ""))
    return given if given.is_absolute() else _home() / otherwise


def _windows(variable: str) -> Path:
    return Path(os.environ.get(variable) or _home())


def _home() -> Path:
    return Path.home()
