"""What this machine remembers about the window: language, colours, text size, registers."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from app.errors import Trouble
from app.text import DEFAULT_LANGUAGE, LANGUAGES
from ui.theme import Theme
from ui.theme.dress import LARGEST, SMALLEST, PaletteName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Preferences

_MOST_REGISTERS = 8


class Known(NamedTuple):
    """A register that was open on this machine.

    Attributes:
        folder: where it stands.
        school: name of its school, for the list.
        pin: somebody may open it here with a PIN.
    """

    folder: Path
    school: str
    pin: bool = False


class Choices:
    """Reads and keeps the choices. What the disk refuses is only remembered until the end."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._values = preferences.read()

    @property
    def language(self) -> str:
        """The language of the window."""
        chosen = self._values.get("language", DEFAULT_LANGUAGE)
        return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE

    @property
    def was_chosen(self) -> bool:
        """Whether somebody chose a language here before."""
        return "language" in self._values

    @property
    def theme(self) -> Theme:
        """Palette and text size."""
        palette = self._values.get("palette", "")
        known = palette if palette in get_args(PaletteName) else "system"
        size = self._values.get("text_size", "")
        return Theme(
            cast("PaletteName", known),
            min(max(int(size), SMALLEST), LARGEST) if size.isdecimal() else SMALLEST,
        )

    @property
    def registers(self) -> tuple[Known, ...]:
        """The registers that were open here, the latest first."""
        with suppress(ValueError, KeyError, TypeError):
            rows = json.loads(self._values.get("registers", "[]"))
            return tuple(
                Known(Path(row["folder"]), str(row["school"]), bool(row.get("pin")))
                for row in rows
            )
        return ()

    def choose_language(self, language: str) -> None:
        """Remember the language."""
        self.keep("language", language)

    def choose_theme(self, theme: Theme) -> None:
        """Remember palette and text size."""
        self._values["palette"] = theme.palette
        self.keep("text_size", str(theme.text_size))

    def opened(self, folder: Path, school: str) -> None:
        """Put a register at the top of the list."""
        known = next((each for each in self.registers if each.folder == folder), None)
        first = Known(folder, school, known.pin if known else False)
        self._keep_registers([first, *(r for r in self.registers if r.folder != folder)])

    def forget(self, folder: Path) -> None:
        """Take a register off the list; its folder is left alone."""
        self._keep_registers(each for each in self.registers if each.folder != folder)

    def offer_pin(self, folder: Path, *, offered: bool) -> None:
        """Remember whether to offer a PIN when a register is opened here."""
        self._keep_registers(
            Known(each.folder, each.school, offered) if each.folder == folder else each
            for each in self.registers
        )

    def recall(self, key: str) -> str:
        """A measure of the window, or ""."""
        return self._values.get(key, "")

    def keep(self, key: str, value: str) -> None:
        """Keep a value."""
        self._values[key] = value
        with suppress(Trouble):
            self._preferences.write(dict(self._values))

    def _keep_registers(self, registers: Iterable[Known]) -> None:
        rows = [
            {"folder": str(each.folder), "school": each.school, "pin": each.pin}
            for each in list(registers)[:_MOST_REGISTERS]
        ]
        self.keep("registers", json.dumps(rows, ensure_ascii=False))
