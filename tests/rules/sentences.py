"""Which text ids the program uses, and which sentences the catalogues hold."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from tests.rules.tree import parsed, place, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("nl", "en")
SPEAKERS = {"Message", "Refusal", "Trouble", "has", "say", "t", "text", "words"}
"""Calls whose first argument is a text id, whatever underscore stands before their name."""

_ID = re.compile(r"[a-z]+(_[a-z]+)*(\.[a-z0-9_]+)+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text of one catalogue, in all its plural forms."""

    room: str
    id: str
    forms: tuple[str, ...]
    fuzzy: bool

    @property
    def values(self) -> set[str]:
        """The names of the values that the sentence asks for, in any of its forms."""
        return {name for form in self.forms for name in _names(form)}


@dataclass(frozen=True, slots=True)
class Use:
    """One call that says a text."""

    id: str
    where: str
    values: frozenset[str] | None


def catalogue(root: Path, language: str) -> dict[str, Sentence]:
    """All sentences of a language by id.

    Raises:
        ValueError: when an id stands in two catalogues, or twice in one.
    """
    found: dict[str, Sentence] = {}
    for path in sorted((root / "resources" / "locale" / language).glob("*.po")):
        for sentence in _sentences(path):
            if sentence.id in found:
                fault = f"{sentence.id} stands twice in {language}"
                raise ValueError(fault)
            found[sentence.id] = sentence
    return found


def uses(root: Path) -> Iterator[Use]:
    """Every call in the program that says a text by its literal id."""
    for path in programs(root, tests=False):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in SPEAKERS:
                for first in _choices(node.args[0]):
                    if _ID.fullmatch(first):
                        yield Use(first, place(path, root, node.lineno), _given(node))


def literals(root: Path) -> set[str]:
    """Every string in the program or in its data that has the form of a text id."""
    found = {
        node.value
        for path in programs(root, tests=False)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in (root / "resources").rglob("*.toml"):
        found.update(_strings(tomllib.loads(path.read_text("utf-8"))))
    return {text for text in found if _ID.fullmatch(text)}


def beginnings(root: Path) -> set[str]:
    """Every beginning of an id that the program completes with a value."""
    found = set()
    for path in programs(root, tests=False):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add(str(node.values[0].value))
    return found


def prefixes() -> dict[str, str]:
    """The agreed beginnings of ids that are put together, and where their values come from."""
    path = Path(__file__).with_name("prefixes.toml")
    agreed: dict[str, str] = tomllib.loads(path.read_text("utf-8"))["prefixes"]
    return agreed


def _sentences(path: Path) -> Iterator[Sentence]:
    with path.open("rb") as file:
        for message in read_po(file, abort_invalid=True):
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string
            forms = (
                (said,) if isinstance(said, str) else tuple(str(form) for form in said or ())
            )
            yield Sentence(path.stem, key, forms, message.fuzzy)


def _names(form: str) -> Iterator[str]:
    for _, name, _, _ in string.Formatter().parse(form):
        if name is not None:
            yield name


def _name(function: ast.expr) -> str:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return str(name).lstrip("_")


def _choices(first: ast.expr) -> Iterator[str]:
    if isinstance(first, ast.IfExp):
        yield from _choices(first.body)
        yield from _choices(first.orelse)
    elif isinstance(first, ast.Constant) and isinstance(first.value, str):
        yield first.value


def _given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values, or None where the call does not show them."""
    if len(call.args) > 1 or any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
