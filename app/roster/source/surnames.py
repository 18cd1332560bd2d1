"""Surnames as other systems write them: with the prefix inside, behind, or apart."""

from __future__ import annotations

import re
from functools import cache

import resources
from app.names import tidy

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_LETTER = re.compile(r"[^\W\d_]\w*")


def split_surname(surname: str, prefix: str = "") -> tuple[str, str]:
    """Prefix and surname apart: "de Vries", "Vries, de" and "Vries de" give "de" and "Vries".

    A prefix that the source gives by itself is taken as it is, and the surname with it. In
    front of a surname only one in small letters is split off: "De Smet" is a Flemish surname.
    """
    name, given = tidy(surname), tidy(prefix)
    if given or not name:
        return given, _without(given, name)
    front, comma, behind = name.rpartition(",")
    if comma and front.strip() and is_prefix(behind):
        return behind.strip().casefold(), front.strip()
    words = name.split(" ")
    for count in range(min(longest_prefix(), len(words) - 1), 0, -1):
        lead = " ".join(words[:count])
        tail = " ".join(words[-count:])
        if lead == lead.lower() and is_prefix(lead):
            return lead, " ".join(words[count:])
        if name[0].isupper() and words[-1] == words[-1].lower() and is_prefix(tail):
            return tail.casefold(), " ".join(words[:-count])
    return _elided(name)


def _elided(name: str) -> tuple[str, str]:
    """A prefix that is written against the surname: "d'Ancona" gives "d'" and "Ancona"."""
    lead, mark, rest = name.translate(_APOSTROPHES).partition("'")
    if mark and lead and lead == lead.lower() and rest[:1].isupper() and is_prefix(f"{lead}'"):
        return f"{lead}'", name[len(lead) + 1 :]
    return "", name


def _without(prefix: str, surname: str) -> str:
    """A surname without the prefix that is also in it; some exports write it in both."""
    length, small = len(prefix), prefix.casefold()
    if prefix and surname[: length + 1].casefold() == f"{small} ":
        return surname[length + 1 :]
    front, comma, behind = surname.rpartition(",")
    return front.strip() if comma and prefix and behind.strip().casefold() == small else surname


def dotted(initials: str) -> str:
    """Initials with a dot after each: "IH" gives "I.H.", "ThJ" gives "Th.J."."""
    text = tidy(initials)
    if "." in text:
        return text.replace(" ", "")
    if not text.isupper():
        text = re.sub(r"(?<=[^\W\d_])(?=[A-Z])", " ", text)
        return "".join(f"{part}." for part in _LETTER.findall(text))
    return "".join(f"{char}." for char in text if char.isalpha())


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(resources.roster_rules()["prefixes"]["names"])


@cache
def longest_prefix() -> int:
    """How many words the longest prefix has."""
    return max(len(each.split(" ")) for each in _prefixes())


def is_prefix(text: str) -> bool:
    """Whether a text is a prefix of surnames and nothing else, in any capitals."""
    return tidy(text).casefold().translate(_APOSTROPHES) in _prefixes()
