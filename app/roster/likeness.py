"""When two names are the same person's, and how texts of a file are tidied quickly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from app import names
from app.names import fold
from app.roster.source.capitals import calm

if TYPE_CHECKING:
    from datetime import date

_APOSTROPHES = "'’‘`´ʼ"
_NO_LETTERS = re.compile(r"[^a-z]+")


class Called(Protocol):
    """Anybody with a first name, a prefix and a surname."""

    @property
    def first_name(self) -> str:
        """The name somebody is called by."""
        ...

    @property
    def prefix(self) -> str:
        """Prefix of the surname."""
        ...

    @property
    def surname(self) -> str:
        """Surname without prefix."""
        ...


class Born(Called, Protocol):
    """Somebody whose birth date may be known."""

    @property
    def birth_date(self) -> date | None:
        """The birth date, or None."""
        ...


class Lettered(Called, Protocol):
    """Somebody whose initials may be known."""

    @property
    def initials(self) -> str:
        """Initials."""
        ...


def neat(text: str) -> str:
    """Text as stored; quick for the texts that are tidy already, which stay one object."""
    if not text or (
        text.isascii()
        and text.isprintable()
        and "  " not in text
        and text[0] != " "
        and text[-1] != " "
    ):
        return text
    tidied = names.tidy(text)
    return text if tidied == text else tidied


def name_keys(who: Called) -> tuple[str, ...]:
    """The name folded: whole, and without the prefix where it has one."""
    if not who.prefix:
        return (fold(f"{who.first_name} {who.surname}"),)
    return (
        fold(f"{who.first_name} {_joined(who.prefix, who.surname)}"),
        fold(f"{who.first_name} {who.surname}"),
    )


def same_name(one: Called, two: Called) -> bool:
    """Whether two names are one, accents, capitals and a missing prefix aside."""
    return not set(name_keys(one)).isdisjoint(name_keys(two))


def shares_name(one: Called, two: Called) -> bool:
    """Whether the first name or the family name is the same."""
    first = fold(one.first_name)
    if first and first == fold(two.first_name):
        return True
    surname = fold(one.surname)
    return bool(surname) and surname == fold(two.surname)


def family_key(prefix: str, surname: str) -> str:
    """The family name folded, however it is divided into prefix and surname."""
    return fold(_joined(prefix, surname)) if prefix else fold(surname)


def _joined(prefix: str, surname: str) -> str:
    """Prefix and surname; "d'" stands against it, so that "d'Ancona" is one word."""
    return f"{prefix}{surname}" if prefix[-1] in _APOSTROPHES else f"{prefix} {surname}"


def may_be(one: Lettered, two: Lettered) -> bool:
    """Whether given names or initials do not contradict each other."""
    first, other = fold(one.first_name).split(), fold(two.first_name).split()
    if first and other:
        a, b = first[0], other[0]
        return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])
    letters, others = _letters(one), _letters(two)
    if not letters or not others:
        return True
    if first or other:
        return letters[0] == others[0]
    return letters.startswith(others) or others.startswith(letters)


def _letters(who: Lettered) -> str:
    """Initials, or the first letters of the given names."""
    given = fold(who.first_name)
    return _NO_LETTERS.sub("", fold(who.initials)) or "".join(word[0] for word in given.split())


def as_known(field: str, new: str, old: str) -> str:
    """A name as it becomes: the known one where the new one is what capitals make of it.

    A list in capitals does not take the second capital from McDonald or DeVito.
    """
    if new != old and old and fold(new) == fold(old) and calm(field, old.upper()) == new:
        return old
    return new


def family_name(new: Called, old: Called) -> tuple[str, str]:
    """Prefix and surname as they become: the file's, unless it only divides them differently.

    A file that has no prefixes does not take away the one that is known.
    """
    prefix, surname = neat(new.prefix), neat(new.surname)
    if not surname or (prefix == old.prefix and surname == old.surname):
        return old.prefix, old.surname
    if prefix == old.prefix:
        return prefix, as_known("surname", surname, old.surname)
    if prefix or not old.prefix:
        return prefix, surname
    folded = fold(surname)
    if folded == fold(old.surname):
        return old.prefix, surname
    if folded == family_key(old.prefix, old.surname):
        return old.prefix, old.surname
    return "", surname
