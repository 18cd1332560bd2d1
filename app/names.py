"""Names the Dutch way: shown, sorted, folded for search, and put at the head of a letter.

Sources: the government's example tables for salutation, name line and initials (Haal Centraal
BRP bevragen, features `aanhef`, `aanschrijfwijze`, `voorletters`), checked 2026-11-22. Nothing
is derived from sex.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_LETTERS = {
    "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
    "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe",
    "Œ": "oe", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ĳ": "ij", "Ĳ": "ij", "ŋ": "n", "Ŋ": "n",
}  # fmt: skip
_FOLD = str.maketrans(_LETTERS)
_APOSTROPHES = "'’‘ʼ`´"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_BREAKS = re.compile(r"[^0-9a-z]+")
_IN_ASCII = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
    | dict.fromkeys(filter(str.isascii, _APOSTROPHES))
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLD))
    if decomposed.isascii():
        return decomposed
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=8192)  # the same names and words come again and again
def fold(text: str) -> str:
    """Text without accents, case and punctuation, its words parted by single spaces."""
    kept = text if text.isascii() else _plain(text)
    if kept.isascii():
        if kept.isalnum():
            return kept.lower()
        if words := " ".join(kept.translate(_IN_ASCII).split()):
            return words
    kept = kept.translate(_NO_APOSTROPHES)
    words = _BREAKS.sub(" ", kept.casefold()).strip()
    return words or kept.casefold().strip()


def full_name(first_name: str, prefix: str, surname: str) -> str:
    """A name as shown on screens: "Zoë van der Wal", "Luca d'Ancona"."""
    return " ".join(part for part in (first_name, _family(prefix, surname)) if part)


def list_name(first_name: str, prefix: str, surname: str) -> str:
    """A name as shown in sorted lists: "Wal, Zoë van der"."""
    given = " ".join(part for part in (first_name, prefix) if part)
    return ", ".join(part for part in (surname, given) if part)


def sort_key(first_name: str, prefix: str, surname: str) -> str:
    """Key for the Dutch order: surname without prefix, then prefix, then first name.

    Who has no surname stands where the first name belongs.
    """
    first = fold(first_name)
    return "\x1f".join((fold(surname) or first, fold(prefix), first))


def search_text(*parts: str) -> str:
    """Folded words of everything a person can be found by."""
    return fold(" ".join(part for part in parts if part))


def tidy(text: str) -> str:
    """Text as stored: canonical Unicode, single spaces, none at the ends.

    Signs that turn the direction of what follows are left out: a name would turn the sentence
    around that it stands in. Names in Arabic or Hebrew need none.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _TURNS.sub("", text))).strip()


def initials(first_names: str) -> str:
    """Initials of given names: "Jo Rene" gives "J.R.", "Elise Q" gives "E.Q".

    One letter each, also for Th, Ph, Ch and IJ (Theo: T., Philip: P., IJsbrand: I.) and for a
    hyphened name; a name that is a single letter gets no dot. What is written with dots stays
    as somebody wrote it ("Th.J."), and so does the lone dot that stands for no given names.
    """
    return "".join(_initial(name) for name in tidy(first_names).split())


def _initial(name: str) -> str:
    if "." in name:
        return name
    letters = name.lstrip(_APOSTROPHES) or name
    first = "I" if letters[0] in "ĳĲ" else letters[0].upper()[:1]
    return first + ("." if len(letters) > 1 else "")


def at_start(prefix: str) -> str:
    """A prefix with the capital it gets when no name part precedes it; "'t" stays as it is."""
    if not prefix or prefix[0] in _APOSTROPHES:
        return prefix
    if prefix[:2] == "ij":
        return "IJ" + prefix[2:]
    return prefix[0].upper() + prefix[1:]


def name_line(initials_: str, first_name: str, prefix: str, surname: str) -> str:
    """First line of an address: initials or first name, then prefix and surname.

    What stands first begins with a capital ("Van Velzen" where there are no initials).
    """
    lead = initials_ or first_name
    family = _family(prefix, surname)
    return f"{lead} {family}".strip() if lead else at_start(family)


def formal_name(
    initials_: str, first_name: str, prefix: str, surname: str, *, titled: bool = False
) -> str:
    """Name that follows "Geachte": "R.M. van Puffelen", without initials "Van Puffelen".

    With `titled` the name that follows "Geachte mevrouw" or "Geachte heer", which has no
    initials and begins with a capital: "Van Puffelen". Whoever writes a title knows it from
    the person.
    """
    if titled and surname:
        return at_start(_family(prefix, surname))
    return name_line(initials_, first_name, prefix, surname)


class NameUse(StrEnum):
    """Which names somebody who has, or had, a partner goes by (BRP 61.10)."""

    OWN = "E"
    PARTNER = "P"
    PARTNER_OWN = "V"
    OWN_PARTNER = "N"


def family_name(
    own: tuple[str, str], partner: tuple[str, str], use: NameUse
) -> tuple[str, str]:
    """Prefix and surname somebody goes by: "van", "Velzen-in het Veld".

    Args:
        own: prefix and surname.
        partner: prefix and surname of the partner; without a surname the own name is used.
        use: which of the two, and in what order.
    """
    if not partner[1].strip() or use is NameUse.OWN:
        return tidy(own[0]), tidy(own[1])
    first, second = {
        NameUse.PARTNER: (partner, ("", "")),
        NameUse.PARTNER_OWN: (partner, own),
        NameUse.OWN_PARTNER: (own, partner),
    }[use]
    behind = tidy(_family(*second))
    surname = tidy(first[1])
    return tidy(first[0]), f"{surname}-{behind}" if behind else surname


def _family(prefix: str, surname: str) -> str:
    """Prefix and surname; one that ends in an apostrophe is written against the surname."""
    if prefix and surname and prefix[-1] in _APOSTROPHES:
        return prefix + surname
    return " ".join(part for part in (prefix, surname) if part)
