"""What the command line reads and writes; the only place that does."""

from __future__ import annotations

import json
import os
import sys
import warnings
from dataclasses import dataclass, field
from getpass import GetPassWarning, getpass
from typing import TYPE_CHECKING, TextIO

from app.errors import Refusal
from app.text import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASKED = ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG")


@dataclass(slots=True)
class Console:
    """Says sentences and data.

    Attributes:
        words: texts in the language that was asked for.
        data: whether data are wanted as JSON instead of sentences.
        password_stdin: whether secrets come line by line from standard input.
    """

    words: Words = field(default_factory=Words)
    data: bool = False
    password_stdin: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    read: TextIO = field(default_factory=lambda: sys.stdin)

    def say(self, text: str) -> None:
        """Say a sentence; quiet when data are wanted."""
        if not self.data:
            _write(self.out, text)

    def give(self, values: Mapping[str, object]) -> None:
        """Give data, when they are wanted."""
        if self.data:
            _write(self.out, json.dumps(values, ensure_ascii=False, default=str))

    def warn(self, text: str) -> None:
        """Say what is wrong."""
        _write(self.err, text)

    def secret(self, prompt: str) -> str:
        """A pass phrase or code: typed unseen, or the next line of standard input.

        Raises:
            Refusal: `cli.no_terminal` where nobody can type unseen.
        """
        if self.password_stdin:
            return self.read.readline().rstrip("\r\n")
        with warnings.catch_warnings():
            warnings.simplefilter("error", GetPassWarning)
            try:
                return getpass(f"{prompt}: ", stream=self.err)
            except (EOFError, GetPassWarning) as error:
                raise Refusal("cli.no_terminal") from error


class Shown:
    """Progress in one line, for a terminal only."""

    def __init__(self, console: Console, label: str) -> None:
        self._console, self._label, self._last = console, label, -1

    def step(self, done: int, total: int) -> None:
        """Show how far it is, in tenths."""
        tenth = 10 * done // total if total else 0
        if tenth != self._last and self._console.err.isatty():
            self._last = tenth
            _write(self._console.err, f"{self._label} {10 * tenth} %")


def language_of(environment: Mapping[str, str] | None = None) -> str:
    """The language of this machine's user, if the program speaks it; else Dutch."""
    given = os.environ if environment is None else environment
    for name in _ASKED:
        language = given.get(name, "")[:2].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _write(stream: TextIO, text: str) -> None:
    coding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(coding, "replace").decode(coding) + "\n")
    stream.flush()
