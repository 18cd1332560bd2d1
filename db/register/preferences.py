"""Preferences of this user on this machine, in a small file that names nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.register.files import Files
from db.register.machine import config_folder

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "preferences.json"


class LocalPreferences:
    """Fulfils `app.ports.Preferences`."""

    def __init__(self, folder: Path | None = None, files: Files | None = None) -> None:
        self._path = (folder or config_folder()) / _FILE
        self._files = files or Files()

    def read(self) -> dict[str, str]:
        """All settings; a missing or damaged file counts as empty."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(name): value for name, value in found.items() if isinstance(value, str)}

    def write(self, values: dict[str, str]) -> None:
        """Replace all settings.

        Raises:
            Trouble: when the file cannot be written.
        """
        self._files.make_folder(self._path.parent)
        text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
        self._files.write(self._path, text.encode("utf-8"))
