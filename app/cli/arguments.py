"""The words after the program's name: what each command takes, as data."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.clock import local
from app.errors import Message, Refusal
from app.override import override
from app.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.cli.console import Console
    from app.cli.tools import Tools


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a command takes.

    Attributes:
        name: "DIR" for a place, "--user" for an option.
        required: it must be given.
        flag: it takes no value.
        many: it is every word that is left, a place each; at least one when required.
        read: turns what was typed into a value.
        otherwise: the value when it is not given.
    """

    name: str
    required: bool = False
    flag: bool = False
    many: bool = False
    read: Callable[[str], object] = str
    otherwise: object = ""

    @property
    def key(self) -> str:
        """Under which name the value is kept."""
        return self.name.lstrip("-").replace("-", "_").lower()

    @property
    def called(self) -> Message | str:
        """What a sentence calls it: an option as it is typed, a place in words."""
        return self.name if self.name.startswith("-") else Message(f"cli.place_{self.key}")


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `run` returns the exit code.

    Attributes:
        deeds: options of which at most one may be given.
    """

    name: str
    options: tuple[Option, ...]
    run: Callable[[Tools, Console, Given], int]
    deeds: tuple[str, ...] = ()


class Given:
    """What was given, by key."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def text(self, key: str) -> str:
        """A text, "" when it was not given."""
        return str(self._values.get(key) or "")

    def flag(self, key: str) -> bool:
        """Whether a flag was given."""
        return bool(self._values.get(key))

    def number(self, key: str) -> int:
        """A whole number."""
        value = self._values[key]
        return value if isinstance(value, int) else 0

    def path(self, key: str) -> Path:
        """A file or folder."""
        return Path(self.text(key)).expanduser().absolute()

    def paths(self, key: str) -> tuple[Path, ...]:
        """Several files or folders."""
        value = self._values.get(key)
        words = value if isinstance(value, list) else []
        return tuple(Path(str(word)).expanduser().absolute() for word in words)

    def day(self, key: str) -> date | None:
        """A day, or None when it was not given."""
        value = self._values.get(key)
        return value if isinstance(value, date) else None

    def instant(self, key: str) -> datetime | None:
        """An instant, or None when it was not given."""
        value = self._values.get(key)
        return value if isinstance(value, datetime) else None


EVERYWHERE = (
    Option("--language"),
    Option("--json", flag=True),
    Option("--password-stdin", flag=True),
    Option("--help", flag=True),
)


def read(command: Command, words: Sequence[str]) -> Given:
    """What a command was given.

    Raises:
        Refusal: `cli.unknown_option`, `cli.option_missing`, `cli.bad_value`, `cli.one_deed` and
            the like.
    """
    parser = _Parser(prog=command.name, add_help=False, allow_abbrev=False)
    options = (*command.options, *EVERYWHERE)
    for option in options:
        _declare(parser, option)
    found, rest = parser.parse_known_intermixed_args(list(words))
    if rest:
        raise Refusal("cli.unknown_option", option=rest[0])
    values: dict[str, Any] = vars(found)
    if values["help"]:
        return Given(values)
    for option in options:
        if not option.flag:
            values[option.key] = _value(option, values[option.key])
    if sum(bool(values[option.key]) for option in options if option.name in command.deeds) > 1:
        raise Refusal("cli.one_deed", options=", ".join(command.deeds))
    language = values["language"]
    if language and language not in LANGUAGES:
        raise Refusal("cli.bad_value", option="--language", value=language)
    return Given(values)


def read_day(typed: str) -> date:
    """A day as 2026-11-03 or 3-11-2026."""
    parts = typed.split("-")
    if len(parts) == 3 and len(parts[2]) == 4:  # noqa: PLR2004 - day, month, year
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    return date.fromisoformat(typed)


def read_instant(typed: str) -> datetime:
    """An instant as 2026-11-03T14:05, at the school unless an offset is given."""
    found = datetime.fromisoformat(typed)
    if found.tzinfo is None:
        zone = local(found.astimezone()).tzinfo
        found = found.replace(tzinfo=zone)
    return found


def _declare(parser: argparse.ArgumentParser, option: Option) -> None:
    if option.flag:
        parser.add_argument(option.name, action="store_true", dest=option.key)
    elif option.name.startswith("-"):
        parser.add_argument(option.name, default=None, dest=option.key)
    else:
        number = "*" if option.many else "?"
        parser.add_argument(option.key, nargs=number, default=None)


def _value(option: Option, typed: str | list[str] | None) -> object:
    if not typed and (typed is None or option.many):
        if option.required:
            raise Refusal("cli.option_missing", option=option.called)
        return option.otherwise
    if isinstance(typed, list):
        return typed
    try:
        return option.read(typed)
    except ValueError as error:
        raise Refusal("cli.bad_value", option=option.called, value=typed) from error


class _Parser(argparse.ArgumentParser):
    """Refuses in the house's own words instead of ending the program."""

    @override
    def error(self, message: str) -> NoReturn:
        raise Refusal("cli.wrong_use")
