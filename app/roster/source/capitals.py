"""Names that a list writes in capitals throughout, as they are written otherwise.

Prefixes get small letters, as in the government's tables of salutation and name line; what
stands after them, after a hyphen and after the IJ is written as there. Checked 2026-11-23.
Capitals tell nothing of a name like McDonald: after Mc a capital follows, after Mac none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.errors import Message
from app.names import tidy
from app.roster.source.limits import Limit, limit
from app.roster.source.surnames import is_prefix, longest_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.roster.source.layout import Cell

    Read = Callable[[Cell], tuple[str, Message | None]]

NAMES = frozenset({"name", "first_name", "prefix", "surname"})
_APOSTROPHES = "'’‘`´ʼ"
_VOWELS = frozenset("AEIOUYÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜ")
_NO_NAME = re.compile(r"[^\w\s.,'’‘`´ʼ-]|[\d_]")
_SHORT = 3
_MC = "MC"


def shouts(texts: Iterable[str]) -> bool:
    """Whether every name of a column is in capitals, small prefixes aside."""
    found = [text for text in texts if any(char.isalpha() for char in text)]
    loud = any(sum(map(str.isalpha, text)) >= _SHORT for text in found)
    return loud and all(map(_shouted, found))


def _shouted(text: str) -> bool:
    if _NO_NAME.search(text):
        return False
    words = tidy(text).split(" ")
    loud = [word for word in words if word == word.upper()]
    return any(map(_has_letter, loud)) and all(
        word in loud or (word == word.lower() and is_prefix(word)) for word in words
    )


def _has_letter(word: str) -> bool:
    return any(char.isalpha() for char in word)


def calm(name: str, text: str) -> str:
    """A name as it is written otherwise; one that is not in capitals stays as it is.

    Args:
        name: what it is: name (a whole one), first_name, prefix or surname.
        text: as it stands in the list.
    """
    if not _shouted(text):
        return text
    if name == "prefix":
        return text.lower() if is_prefix(text) else _calmed(text, 0)
    if name == "first_name":
        return _calmed(text, len(text))
    first, *behind = tidy(text).split(",")
    if not behind:
        return _calmed(first, 1 if name == "name" else 0)
    *between, last = [tidy(part) for part in behind]
    called = name == "name" and " " not in last  # "Jansen, Ben", although ben is a prefix
    end = _calmed(last, 1) if called else _behind(last)
    return ", ".join([_calmed(first, 0), *map(_behind, between), end])


def _behind(part: str) -> str:
    """What follows a comma: a prefix, or given names with the prefix at the end."""
    if is_prefix(part):
        return part.lower()
    words = part.split(" ")
    for start in range(1, len(words)):
        if is_prefix(" ".join(words[start:])):
            called = _calmed(" ".join(words[:start]), start)
            return " ".join([called, *map(str.lower, words[start:])])
    return _calmed(part, len(words))


def _calmed(text: str, start: int) -> str:
    """The words of a name; prefixes are looked for from the word with this number."""
    parts = text.split("-")
    first = _words(parts[0], start)
    return "-".join([first, *(_words(part, start) for part in parts[1:])])


def _words(text: str, start: int) -> str:
    words = text.split(" ")
    done: list[str] = []
    while len(done) < len(words):
        at = len(done)
        count = _prefix(words, at) if at >= start else 0
        if count:
            done += [word.lower() for word in words[at : at + count]]
        else:
            done.append(_word(words[at], given=at < start))
    return " ".join(done)


def _prefix(words: list[str], at: int) -> int:
    """How many words from here are a prefix of what follows."""
    most = min(longest_prefix(), len(words) - at - 1)
    for count in range(most, 0, -1):
        if is_prefix(" ".join(words[at : at + count])):
            return count
    return 0


def _word(word: str, *, given: bool) -> str:
    """One word; initials stay as they are."""
    letters = sum(map(str.isalpha, word))
    initials = given and letters <= _SHORT and not _VOWELS.intersection(word)
    if word != word.upper() or "." in word or initials:
        return word
    if letters <= 1:
        return word.lower() if word[:1] in _APOSTROPHES else word
    for mark in _APOSTROPHES:
        head, found, rest = word.partition(mark)
        if found and head and rest:
            return _around(head, mark, rest)
    return _capital(word)


def _around(head: str, mark: str, rest: str) -> str:
    """Both sides of an apostrophe: d'Ancona, O'Neill, Ta'eeb."""
    if is_prefix(f"{head}'"):
        return f"{head.lower()}{mark}{_capital(rest)}"
    return f"{_capital(head)}{mark}{_capital(rest) if len(head) == 1 else rest.lower()}"


def _capital(word: str) -> str:
    if word.startswith("IJ"):
        return "IJ" + word[2:].lower()
    if word.startswith(_MC) and len(word) > _SHORT:
        return f"Mc{word[2]}{word[3:].lower()}"
    lead = 1 if word[:1] not in _APOSTROPHES else 2
    return word[:lead] + word[lead:].lower()


class Calm:
    """Reads the cells of a column that shouts; the first name that changes is told."""

    def __init__(self, name: str, read: Read) -> None:
        self._name, self._read = name, read
        self._told = False

    def __call__(self, cell: Cell) -> tuple[str, Message | None]:
        """The text of a cell, and what is told of it."""
        text, message = self._read(cell)
        if len(text) > limit(Limit.TEXT):
            return text, message
        calmed = calm(self._name, text) if text else text
        if calmed == text or self._told or message is not None:
            return calmed, message
        self._told = True
        return calmed, Message("roster.capitals", {"written": text, "taken": calmed})
