"""Keeps out of the register what it may not hold, while a file is being read.

What is dropped is counted by the name of its field, so that a person sees it in the result; the
content itself is kept nowhere, in no message either.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache, lru_cache

import resources
from app.bsn import holds_bsn
from app.roster.roster import Dropped

LOOKS_LIKE_BSN = "roster.dropped_eleven"

_DIGIT = re.compile(r"\d")
_ENOUGH = re.compile(r"\d(?:[ .\-]?\d){7}")
_UUID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_LONGEST_SHOWN = 60
_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


class KeptOut:
    """Counts what was dropped from one source."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def drop(self, name: str, reason: str, count: int = 1) -> None:
        """Note that a field, or somebody, was dropped: its name and the text that says why."""
        key = shown(name), reason
        self._counts[key] = self._counts.get(key, 0) + count

    def keep(self, text: str, name: str, *, phone: bool = False) -> str:
        """The text, or "" (and counted) when it holds what may be a citizen service number."""
        if not looks_like_bsn(text, phone=phone):
            return text
        self.drop(name, LOOKS_LIKE_BSN)
        return ""

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What was dropped, by the name of the field."""
        found = (Dropped(name, reason, n) for (name, reason), n in self._counts.items())
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.reason)))


def looks_like_bsn(text: str, *, phone: bool = False) -> bool:
    """Whether a text may hold a citizen service number; a UUID, drawn at random, is none."""
    if not _ENOUGH.search(text) or _UUID.fullmatch(text):
        return False
    return holds_bsn(text, in_phone_field=phone)


def reason_to_drop(field: str) -> str:
    """Why the content of a field of this name is dropped (a text id), or "" when it is not."""
    return _reason(field)


def shown(text: str) -> str:
    """A text out of a file as a message may repeat it: short, plain, without such numbers."""
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    if not short.isprintable():  # it would turn the sentence around, or could not be kept
        short = "".join(each if each.isprintable() else _UNSHOWN for each in short)
    return _DIGIT.sub("•", short) if looks_like_bsn(text) else short


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    lists = resources.roster_rules()["kept_out"]
    return tuple((name, each["reason"]) for each in lists for name in each["names"])


@lru_cache(maxsize=4096)
def _reason(name: str) -> str:
    plain = name.strip().casefold()
    return next((why for pattern, why in _patterns() if fnmatchcase(plain, pattern)), "")
