"""A whole name in one cell, taken apart: "Wal, Piet van der" and "Piet van der Wal"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.names import tidy
from app.roster.source.surnames import dotted, is_prefix, split_surname

_TITLES = re.compile(
    r"(?:(?:de|het)\s+)?(?:dhr|hr|heer|mevr|mevrouw|mw|mvr|mr|mrs|ms|miss|fam|familie|drs|ir|dr"
    r"|prof|ing)\b\.?[\s/]*",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\s*\(([^()]*)\)\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+-?(?:[^\W\d_]{1,2}\.?)*|[A-Z]{1,3}")
_LISTED = re.compile(r"[;/|\n]")
_TWO = re.compile(r"\s(?:en|and|&|\+|/)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WholeName:
    """A name taken apart.

    Attributes:
        sure: there was only one way to read it.
        two: it names two people, and nothing of it was taken.
    """

    first_name: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    sure: bool = True
    two: bool = False

    @property
    def whole(self) -> bool:
        """Whether given name and surname are both there, and the surname is no prefix."""
        return bool(self.first_name and self.surname) and not is_prefix(self.surname)


def names_in(text: str) -> list[str]:
    """The names or numbers that a cell lists, one by one; "Wal, Piet van der" is one name.

    With commas alone nothing tells "Wal, Piet" from the children Wal and Piet, so that these
    stay apart; a prefix behind a given name does tell.
    """
    found: list[str] = []
    for part in _LISTED.split(text):
        among = [tidy(one) for one in part.split(",") if one.strip()]
        found += [each for one in _turned(among) for each in _joined(one)]
    return found


def _turned(parts: list[str]) -> list[str]:
    """Parts between commas, as names: in twos where the surname goes before."""
    if parts[2:] and len(parts) % 3 == 0 and all(map(is_prefix, parts[1::3])):
        return [", ".join(parts[at : at + 3]) for at in range(0, len(parts), 3)]
    behind = [_ending(given.split())[1] for given in parts[1::2]]
    if len(parts) % 2 or not any(behind):
        return parts
    return [", ".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]


def _joined(part: str) -> list[str]:
    """Two whole names with "en" between them; "Tom en Zoë Bos" stays as it is."""
    names = _TWO.split(part)
    return names if all(split_name(name).whole for name in names) else [part]


def split_name(text: str) -> WholeName:
    """The parts of a whole name; titles are left aside, since nothing follows from them."""
    name = _without_titles(tidy(text))
    if _TWO.search(name):
        return WholeName(two=True)
    given = ""
    if called := _CALLED.search(name) if "(" in name else None:
        given = tidy(called.group(1))
        name = tidy(_CALLED.sub(" ", name))
    name = name.strip(", ")
    found = _surname_first(name) if "," in name else _first_name_first(name)
    first, letters = _given(found.first_name)
    return WholeName(given or first, letters, found.prefix, found.surname, found.sure)


def _without_titles(name: str) -> str:
    rest = name
    while (title := _TITLES.match(rest)) and title.end() < len(rest):
        rest = rest[title.end() :]
    return rest


def _given(text: str) -> tuple[str, str]:
    """First name and initials: "P.J." are initials, "Piet J." is a first name."""
    if text and _INITIALS.fullmatch(text.replace(" ", "")):
        return "", dotted(text)
    return text, ""


def _surname_first(name: str) -> WholeName:
    """Surname, then a comma: "Wal, Piet van der", "Wal, van der, Piet", "van der Wal, Piet"."""
    family, *rest = [tidy(part) for part in name.split(",")]
    prefix = ""
    if len(rest) > 1 and is_prefix(rest[0]):
        prefix, rest = rest[0], rest[1:]
    words = " ".join(rest).split()
    if not prefix:
        words, prefix = _ending(words)
    prefix, surname = split_surname(family, prefix.casefold())
    return WholeName(" ".join(words), "", prefix, surname)


def _ending(words: list[str]) -> tuple[list[str], str]:
    """Given names and the prefix behind them."""
    for start in range(len(words)):
        ending = " ".join(words[start:])
        if is_prefix(ending) and (start or ending == ending.lower()):
            return words[:start], ending
    return words, ""


def _first_name_first(name: str) -> WholeName:
    words = name.split()
    small = any(word[0].islower() or not word[0].isalpha() for word in words[1:-1])
    for start in range(1, len(words) - 1) if small else ():
        prefix, surname = split_surname(" ".join(words[start:]))
        if prefix:
            return WholeName(" ".join(words[:start]), "", prefix, surname)
    if not words[1:]:
        return WholeName(name, sure=False)
    prefix, surname = split_surname(name)
    if prefix:
        return WholeName(prefix=prefix, surname=surname, sure=False)
    start = 1
    while start < len(words) - 1 and _INITIALS.fullmatch(words[start]):
        start += 1
    sure = len(words) - start == 1 or is_prefix(words[start])
    return WholeName(" ".join(words[:start]), "", "", " ".join(words[start:]), sure=sure)
