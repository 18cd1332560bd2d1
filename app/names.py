"""Names the Dutch way: shown, sorted, folded for search, and put at the head of a letter.

Sources: the government's example tables for salutation and name line (Haal Centraal BRP
    bevragen,
features `aanhef`, `aanschrijfwijze`, `voorletters`), checked 2026-11-22. Nothing is derived
from sex.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
    "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe",
    "Œ": "oe", "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "ĳ": "ij", "Ĳ": "ij", "ŋ": "n", "Ŋ": "n",
}  # fmt: skip
_FOLD = str.maketrans(_LETTERS)
_APOSTROPHES = "'’‘ʼ`´"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_BREAKS = re.compile(r"[^0-9a-z]+")
_SPACES = re.compile(r"\s+")


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_FOLD))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Text without accents, case and punctuation, its words parted by single spaces."""
    if text.isascii():
        if text.isalnum():
            return text.lower()
        kept = text
    else:
        kept = _plain(text)
    kept = kept.translate(_NO_APOSTROPHES)
    words = _BREAKS.sub(" ", kept.casefold()).strip()
    return words or kept.casefold().strip()


def full_name(first_name: str, prefix: str, surname: str) -> str:
    """A name as shown on screens: "Zoë van der Wal"."""
    return " ".join(part for part in (first_name, prefix, surname) if part)


def list_name(first_name: str, prefix: str, surname: str) -> str:
    """A name as shown in sorted lists: "Wal, Zoë van der"."""
    given = " ".join(part for part in (first_name, prefix) if part)
    return ", ".join(part for part in (surname, given) if part)


def sort_key(first_name: str, prefix: str, surname: str) -> str:
    """Key for the Dutch order: surname without prefix, then prefix, then first name."""
    return "\x1f".join((fold(surname), fold(prefix), fold(first_name)))


def search_text(*parts: str) -> str:
    """Folded words of everything a person can be found by."""
    return fold(" ".join(part for part in parts if part))


def tidy(text: str) -> str:
    """Text as stored: canonical Unicode, single spaces, none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def initials(first_names: str) -> str:
    """Initials of given names: "Jo Rene" gives "J.R.", "Elise Q" gives "E.Q".

    One letter each, also for Th, Ph and IJ (Thomas: T., Philip: P., IJsbrand: I.) and for a
    hyphened name; a name that is a single letter gets no dot.
    """
    return "".join(
        name[0].upper() + ("." if len(name) > 1 else "") for name in first_names.split()
    )


def at_start(prefix: str) -> str:
    """A prefix with the capital it gets when no name part precedes it; "'t" stays as it is."""
    if not prefix or prefix[0] in _APOSTROPHES:
        return prefix
    return prefix[0].upper() + prefix[1:]


def name_line(initials_: str, first_name: str, prefix: str, surname: str) -> str:
    """First line of an address: initials or first name, then prefix and surname."""
    lead = initials_ or first_name
    family = " ".join(part for part in (prefix if lead else at_start(prefix), surname) if part)
    return " ".join(part for part in (lead, family) if part)


def formal_name(initials_: str, first_name: str, prefix: str, surname: str) -> str:
    """Name for "Geachte …": the name line, so that nothing is derived from sex."""
    return name_line(initials_, first_name, prefix, surname)
