"""Reads tables of `resources` into values, and names the place of whatever is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from app.text import LANGUAGES, PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")


class DataError(ValueError):
    """Data that came with the program does not say what it must.

    Attributes:
        where: file and place in it, such as "procedures/staff_written_warning: step warn".
        what: what is wrong there.
    """

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


@dataclass(frozen=True, slots=True)
class Wording:
    """A name or sentence in both languages.

    Attributes:
        others: the words in further languages of paper, each with its language.
    """

    nl: str
    en: str
    others: tuple[tuple[str, str], ...] = ()

    def said(self, language: str) -> str:
        """The words in a language; Dutch for one that is not known."""
        if language == "en":
            return self.en
        return dict(self.others).get(language, self.nl)


EMPTY = Wording("", "")


class Rows:
    """One table with the place where it stands; every question about it is checked.

    Attributes:
        where: file and place, for messages.
    """

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self._table = table
        self.where = where

    def has(self, key: str) -> bool:
        """Whether the table says anything under this key."""
        return key in self._table

    def empty(self, key: str) -> bool:
        """Whether the table names the key without saying anything there."""
        return self._table.get(key) is None

    def only(self, *keys: str) -> None:
        """Refuse keys that are none of these, such as a misspelt one.

        Raises:
            DataError: naming the strangers.
        """
        strangers = sorted(set(self._table) - set(keys))
        if strangers:
            raise DataError(self.where, f"unknown: {', '.join(strangers)}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless there is a default."""
        found = self._typed(key, str, default)
        if not found.strip() and default is None:
            raise DataError(self.where, f"{key} is empty")
        return found

    def whole(self, key: str) -> int:
        """A whole number, not below zero."""
        found = self._typed(key, int, None)
        if found < 0 or isinstance(found, bool):
            raise DataError(self.where, f"{key} is {found}")
        return found

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no."""
        return self._typed(key, bool, default)

    def day(self, key: str) -> date:
        """A day."""
        return self._typed(key, date, None)

    def day_or_none(self, key: str) -> date | None:
        """A day, or None when nothing is said."""
        return self._typed(key, date, None) if self.has(key) else None

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the words that are allowed."""
        found = self.text(key, default)
        if found not in (*allowed, default):
            raise DataError(self.where, f"{key} is {found!r}, not one of {', '.join(allowed)}")
        return found

    def words(self, key: str, default: Wording | None = None) -> Wording:
        """A wording; both languages must be there."""
        if default is not None and not self.has(key):
            return default
        inner = self.inner(key)
        more = (language for language in PAPER_LANGUAGES if language not in LANGUAGES)
        others = tuple((each, inner.text(each)) for each in more if inner.has(each))
        return Wording(inner.text("nl"), inner.text("en"), others)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when nothing is said."""
        found = self._typed(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise DataError(self.where, f"{key} holds something else than texts")
        return tuple(found)

    def rows(self, key: str, name: str) -> Iterator[Rows]:
        """The tables of a list, each under its own name (the value of `name` in it)."""
        for number, row in enumerate(self._typed(key, list, []), 1):
            if not isinstance(row, dict):
                raise DataError(self.where, f"{key} {number} is no table")
            yield Rows(row, f"{self.where}, {key} {row.get(name, number)}")

    def inner(self, key: str) -> Rows:
        """The table under a key."""
        return Rows(self._typed(key, dict, None), f"{self.where}, {key}")

    def named(self, key: str) -> Iterator[tuple[str, Rows]]:
        """The tables under a table, with their names."""
        for name, row in self._typed(key, dict, None).items():
            if not isinstance(row, dict):
                raise DataError(self.where, f"{key} {name} is no table")
            yield name, Rows(row, f"{self.where}, {key} {name}")

    def _typed(self, key: str, kind: type[T], default: T | None) -> T:
        found = self._table.get(key, default)
        if found is None:
            raise DataError(self.where, f"{key} is missing")
        if not isinstance(found, kind):
            raise DataError(self.where, f"{key} is no {kind.__name__}")
        return found
