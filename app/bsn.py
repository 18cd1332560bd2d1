"""Finds numbers that may be citizen service numbers, so that none is stored.

A citizen service number (BSN) has nine digits (older ones eight, padded with a zero) and
passes the eleven-test: 9a+8b+7c+6d+5e+4f+3g+2h−1i is a multiple of eleven. The register has no
legal ground to hold one (UAVG art. 46; WPO art. 178a names the permitted uses). Checked
2026-11-22, to be checked.

A telephone number is no such number: one with a plus or 00 and a country in front, or a Dutch
one, which has ten digits and begins with a zero (Nummerplan telefoon- en ISDN-diensten, checked
2026-11-22, to be checked). Nine digits are never taken for a telephone number in running text,
not even when they begin with a zero. In a field for a telephone number nine digits that begin
with a zero (a Belgian line) or a six (a Dutch mobile whose zero a spreadsheet dropped) are.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from app.errors import Refusal

_PHONE = re.compile(
    r"(?<![\d+])(?:\+|00)(?:"
    r"31[ \-]?(?:\(0\))?(?:[ \-]?\d){9}(?!\d)"  # Dutch, as dialled from abroad
    r"|(?!31)\d(?:[ ()\-]{0,2}\d){7,13}(?!\d))"  # any other country, up to fifteen digits
    r"|(?<!\d)(?<!\d[ \-])0(?:[ \-]?\d){9}(?!\d)"  # Dutch: ten digits, the first a zero
)
_PHONE_ALONE = re.compile(r"\s*[06](?:[ \-]?\d){8}\s*")
_RUN = re.compile(
    r"(?<!\d)(?:\d{8,9}|\d{3}[ .\-]\d{3}[ .\-]\d{3}|\d{4}[ .\-]\d{2}[ .\-]\d{3}"
    r"|(?<!\d[ .\-])\d(?:[ .\-]\d){7,8}(?![ .\-]\d))(?!\d)"
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_ELEVEN = 11
_LENGTH = 9
_OLDEST, _NEWEST = 1900, 2100


def passes_eleven_test(digits: str) -> bool:
    """Whether eight or nine digits could be a citizen service number."""
    padded = digits.zfill(_LENGTH)
    if len(padded) != _LENGTH or not padded.isdecimal() or not padded.strip("0"):
        return False
    return sum(w * int(d) for w, d in zip(_WEIGHTS, padded, strict=True)) % _ELEVEN == 0


def holds_bsn(text: str, *, in_phone_field: bool = False) -> bool:
    """Whether a text holds a number that passes the eleven-test, spaced or dotted or not."""
    if in_phone_field and _PHONE_ALONE.fullmatch(text):
        return False
    numbers = (re.sub(r"\D", "", found) for found in _RUN.findall(_PHONE.sub(" ", text)))
    return any(passes_eleven_test(number) and not _is_day(number) for number in numbers)


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day without separators, such as 20260512 or 12052026."""
    return any(_parses(digits, form) for form in ("%Y%m%d", "%d%m%Y"))


def _parses(digits: str, form: str) -> bool:
    try:
        parsed = datetime.strptime(digits, form).replace(tzinfo=UTC)
    except ValueError:
        return False
    return _OLDEST <= parsed.year <= _NEWEST


def refuse_bsn(text: str, field: str) -> None:
    """Refuse a text that holds what may be a citizen service number.

    Raises:
        Refusal: `people.bsn`, naming the field.
    """
    if holds_bsn(text):
        raise Refusal("people.bsn", field=field)
