"""The pictures of the procedures, drawn from their files, for the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.registers import FINE
from app.procedures.picture import write_pictures

if TYPE_CHECKING:
    from app.cli.arguments import Given
    from app.cli.console import Console
    from app.cli.tools import Tools


def draw_procedures(_tools: Tools, console: Console, given: Given) -> int:
    """Draw every procedure in both languages into a folder."""
    folder = given.path("to")
    files = write_pictures(folder)
    values = {"count": len(files), "folder": str(folder.resolve())}
    console.say(console.words("cli.procedures_drawn", **values))
    console.give(values)
    return FINE
