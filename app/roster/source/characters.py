"""Which of the old sets of characters a text is in, told from how its words then look.

Nothing in such a text says it. Read in the wrong one "Müller" becomes "MŸller": a capital or a
sign in the middle of a word. The set in which words look least odd is the one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = "cp1252"
OTHERS = {"mac_roman": "Mac Roman", "cp850": "DOS (850)", "cp1250": "Windows (1250)"}
"""Sets that are found besides the usual one, and what they are called."""

_STRANGE = re.compile(r"[^\x00-\x7f]")
_FREQUENT = {
    "mac_roman": "ëéèïöüäáóçêñíßÉËÖÜ",
    "cp850": "ëéèïöüäáóçêñíßÉËÖÜ",
    "cp1250": "ëéïöüäáóçâíßąćęłńśźżŁŚŻ",
}
_MAY_LEAD, _MAY_FOLLOW = "‘’“„«¿¡–—·•", "’”™®©…°€»"
_SELDOM, _START, _ODD = 0.1, 0.5, 1.0


def likely(lines: Iterable[bytes]) -> str:
    """The set in which these lines, none of them UTF-8, look least odd; if equal, `USUAL`."""
    found = list(lines)
    costs = {name: sum(_cost(line, name) for line in found) for name in (USUAL, *OTHERS)}
    return min(costs, key=lambda name: round(costs[name], 3))


def _cost(line: bytes, name: str) -> float:
    """How odd the letters and signs look that are not plain ASCII."""
    text = line.decode(name, "replace")
    frequent = _FREQUENT.get(name)
    cost = 0.0
    for found in _STRANGE.finditer(text):
        at, char = found.start(), found[0]
        around = text[max(0, at - 2) : at], text[at + 1 : at + 2]
        if not char.isalpha():
            cost += _sign(char, *around)
            continue
        cost += _letter(char, *around)
        cost += _SELDOM if frequent is not None and char not in frequent else 0
    return cost


def _letter(char: str, before: str, after: str) -> float:
    last = before[-1:]
    if not last.isalpha():
        return _START if char.islower() and after.isalpha() else 0
    if char.islower():  # "ZOë", "MüLLER"
        within = after.isupper() or (len(before) > 1 and before.isalpha() and before.isupper())
        return _ODD if last.isupper() and within else 0
    return _ODD if last.islower() or after.islower() else 0


def _sign(char: str, before: str, after: str) -> float:
    """A sign belongs between words; an apostrophe also within one."""
    if not before[-1:].isalpha():
        return _ODD if after.isalpha() and not (char.isspace() or char in _MAY_LEAD) else 0
    if after.isalpha():
        return 0 if char == "’" else _ODD
    return 0 if char.isspace() or char in _MAY_FOLLOW else _ODD
