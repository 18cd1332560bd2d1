"""Runs one command of the command line and returns its exit code.

0 fine, 1 no or findings, 2 wrong use, 3 trouble. Never a traceback.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.answers import check, forms
from app.cli.arguments import Command, Given, Option, read, read_day, read_instant
from app.cli.compiled import verify_copy
from app.cli.console import Console, language_of
from app.cli.dossiers import list_cases, list_letters
from app.cli.procedures import draw_procedures
from app.cli.registers import FINDINGS, demo_register, new_register, users, verify
from app.cli.rosters import import_roster
from app.cli.selftest import self_test
from app.cli.tools import Tools
from app.demo.school import SAMPLE_SIZE
from app.errors import Refusal, Refusals, Trouble
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_USE, TROUBLE = 2, 3
_WRONG = {"cli.bad_value", "cli.no_terminal"}
"""What only shows while a command runs, and is wrong use all the same."""
_MOST_PUPILS = 100_000
_PICTURES = Path("docs") / "procedures"

__all__ = ["COMMANDS", "Tools", "run"]


def run(arguments: Sequence[str], tools: Tools, console: Console | None = None) -> int:
    """Do what the arguments ask."""
    own = console or Console()
    own.words = Words(_language(arguments))
    own.data = "--json" in arguments
    own.password_stdin = "--password-stdin" in arguments
    try:
        return _run(arguments, tools, own)
    except Refusal as refusal:
        for each in refusal.found if isinstance(refusal, Refusals) else (refusal,):
            own.warn(own.words.of(each.message))
        return WRONG_USE if refusal.message.id in _WRONG else FINDINGS
    except Trouble as trouble:
        own.warn(own.words.of(trouble.message))
        return TROUBLE
    except KeyboardInterrupt:
        own.warn(own.words("cli.interrupted"))
        return TROUBLE
    except BrokenPipeError:
        return TROUBLE
    except Exception as error:  # noqa: BLE001 - the exception hook of the command line
        own.warn(own.words("cli.defect", kind=type(error).__name__))
        return TROUBLE


def _run(arguments: Sequence[str], tools: Tools, console: Console) -> int:
    name = arguments[0] if arguments else "--help"
    command = COMMANDS.get(name)
    if command is None:
        asked = name == "--help"
        (console.say if asked else console.warn)(console.words("cli.help"))
        return 0 if asked else WRONG_USE
    rest = arguments[1:]
    usage = console.words(f"cli.usage_{name.replace('-', '_')}")
    try:
        given = read(command, rest)
    except Refusal as refusal:
        console.warn(console.words.of(refusal.message))
        console.warn(usage)
        return WRONG_USE
    if given.flag("help"):
        console.say(usage)
        return 0
    return command.run(tools, console, given)


def _tour(tools: Tools, console: Console, given: Given) -> int:
    to = given.path("to")
    problem = tools.tour(to)
    if problem:
        console.warn(console.words("cli.tour_broke_off", place=problem))
        return TROUBLE
    left = {name: len(list(to.glob(f"*.{name}"))) for name in ("png", "pdf")}
    values = {"pictures": left["png"], "papers": left["pdf"], "folder": str(to.resolve())}
    console.say(console.words("cli.tour_left", **values))
    console.give(values)
    return 0


def _language(arguments: Sequence[str]) -> str:
    words = list(arguments)
    for place, word in enumerate(words):
        if word == "--language" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--language="):
            return word.partition("=")[2]
    return language_of()


def _between(least: int, most: int, typed: str) -> int:
    number = int(typed)
    if not least <= number <= most:
        raise ValueError(typed)
    return number


_DIR = Option("DIR", required=True)
_USER = Option("--user", required=True)
_ALL = (
    Command(
        "new-register",
        (
            _DIR,
            Option("--school", required=True),
            Option("--director", required=True),
            Option("--town"),
            Option("--group"),
            Option("--sheet"),
        ),
        new_register,
    ),
    Command(
        "demo-register",
        (
            _DIR,
            Option("--pupils", read=partial(_between, 1, _MOST_PUPILS), otherwise=SAMPLE_SIZE),
            Option("--seed", read=int, otherwise=1),
        ),
        demo_register,
    ),
    Command(
        "check",
        (
            _DIR,
            _USER,
            Option("--pupil", required=True),
            Option("--channel", required=True),
            Option("--medium", required=True),
            Option("--group"),
            Option("--on", read=read_day),
            Option("--known-at", read=read_instant),
        ),
        check,
    ),
    Command("forms", (_DIR, _USER, Option("--to", required=True), Option("--group")), forms),
    Command(
        "users",
        (
            _DIR,
            _USER,
            Option("--add"),
            Option("--role", otherwise="teacher"),
            Option("--reissue"),
            Option("--revoke"),
        ),
        users,
        deeds=("--add", "--reissue", "--revoke"),
    ),
    Command("verify", (_DIR, _USER), verify),
    Command(
        "verify-compiled",
        (Option("FILE", required=True), Option("DIR"), Option("--user")),
        verify_copy,
    ),
    Command(
        "import-roster",
        (
            _DIR,
            Option("FILE", required=True, many=True),
            _USER,
            Option("--mapping"),
            Option("--site"),
            Option("--dry-run", flag=True),
        ),
        import_roster,
    ),
    Command("cases", (_DIR, _USER, Option("--open", flag=True)), list_cases),
    Command(
        "letters",
        (_DIR, _USER, Option("--from", read=read_day), Option("--to", read=read_day)),
        list_letters,
    ),
    Command("procedures", (Option("--to", otherwise=str(_PICTURES)),), draw_procedures),
    Command("self-test", (), self_test),
    Command("tour", (Option("--to", otherwise=str(Path("tour"))),), _tour),
)
COMMANDS = {command.name: command for command in _ALL}
