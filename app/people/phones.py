"""When two telephone numbers are one; what is stored stays as it was written."""

from __future__ import annotations

import re

_NO_DIGITS = re.compile(r"\D+")
_NATIONAL = re.compile(r"\(\s*0\s*\)")
_PLUS = re.compile(r"[\s(]*\+")
_ABROAD = re.compile(r"\A(00)+")
_DUTCH = "+31"


def plain_phone(text: str) -> str:
    """A number as it is compared: digits only, and a Dutch one with its zero.

    "06-12345678", "+31 6 12345678" and "0031 (0)6 1234 5678" are one.
    """
    digits = _NO_DIGITS.sub("", text)
    if not (_PLUS.match(text) or digits.startswith("00")):
        return digits
    abroad = _NO_DIGITS.sub("", _NATIONAL.sub("", text))
    number = "+" + _ABROAD.sub("", abroad)
    if number.startswith(_DUTCH):
        return "0" + number.removeprefix(_DUTCH).lstrip("0")
    return number


def same_phone(one: str, two: str) -> bool:
    """Whether two texts are one telephone number; without digits, whether they are equal."""
    first, second = plain_phone(one), plain_phone(two)
    if not (first.strip("+") and second.strip("+")):
        return one.strip() == two.strip()
    return first == second
