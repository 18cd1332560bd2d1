"""A command line for tests: what it is given and what it said."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from app.cli.console import Console
from app.cli.run import Tools, run
from db.register.vouching import vouched
from reports.compile.binder import PaperBinder
from reports.press import PaperPress
from tests.registers import vault_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers import School


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The answer as data."""
        found: dict[str, Any] = json.loads(self.out)
        return found


class CommandLine:
    """Plays commands on a test register."""

    def __init__(self, school: School) -> None:
        self._school = school
        self.toured: list[Path] = []

    def play(self, *words: str, secret: str = "") -> Said:
        """Do what the words ask; `secret` comes through standard input."""
        console = Console(out=io.StringIO(), err=io.StringIO(), read=io.StringIO(secret + "\n"))
        tools = Tools(
            vault=lambda: vault_for(self._school.clock, self._school.remembered),
            press=PaperPress(),
            tour=self._tour,
            components=lambda: (("Python", "3", "PSF-2.0"),),
            binder=PaperBinder,
            vouched=vouched,
        )
        given = (*words, "--password-stdin") if secret else words
        code = run(given, tools, console)
        assert isinstance(console.out, io.StringIO)
        assert isinstance(console.err, io.StringIO)
        return Said(code, console.out.getvalue(), console.err.getvalue())

    def _tour(self, to: Path) -> str:
        self.toured.append(to)
        return ""


@pytest.fixture
def command_line(school: School) -> CommandLine:
    """A command line on the test register."""
    return CommandLine(school)
