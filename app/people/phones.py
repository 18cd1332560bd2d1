"""When two telephone numbers are one; what is stored stays as it was written."""

from __future__ import annotations

import re

_NO_DIGITS = re.compile(r"\D+")
_NATIONAL = re.compile(r"\(\s*0\s*\)")
_DUTCH = "+31"


def plain_phone(text: str) -> str:
    """A number as it is compared: digits only, and a Dutch one with its zero.

    "06-12345678", "+31 6 12345678" and "0031 (0)6 1234 5678" are one.
    """
    written = text.strip()
    abroad = written.startswith(("+", "00"))
    digits = _NO_DIGITS.sub("", _NATIONAL.sub("", written) if abroad else written)
    if not abroad:
        return digits
    number = "+" + digits.removeprefix("00")
    if number.startswith(_DUTCH):
        return "0" + number.removeprefix(_DUTCH).lstrip("0")
    return number


def same_phone(one: str, two: str) -> bool:
    """Whether two texts are one telephone number; without digits, whether they are equal."""
    first, second = plain_phone(one), plain_phone(two)
    if not (first.strip("+") and second.strip("+")):
        return one.strip() == two.strip()
    return first == second
