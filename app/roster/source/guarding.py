"""Texts on their way into a CSV file, so that no spreadsheet takes one for a formula.

A spreadsheet computes what begins with =, +, - or @, also full-width or behind blanks and
quotation marks, and also what follows a separator when it parts the columns elsewhere. An
apostrophe in front keeps it text. Reading takes exactly that apostrophe away again.

Source: OWASP, CSV Injection; checked 2026-11-22.
"""

from __future__ import annotations

import re

TRIGGERS = (
    "=+-@"
    "\uff1d\uff0b\uff0d\uff20"  # full width
    "\ufe66\ufe62\ufe63\ufe6b"  # small
    "\u2212\u207a\u207b\u207c\u208a\u208b\u208c"  # the mathematical minus, raised, lowered
)
SEPARATORS = ";,|\t\r\n\v\f\x85\u2028\u2029"

_BLANKS = (
    "\\x00-\\x20\\x7f-\\xa0\\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffc\"\xab\xbb`\xb4\u2018-\u201f\u2032-\u2037\uff02\uff07'"
)
_AHEAD = f"(?=[{_BLANKS}]*[{re.escape(TRIGGERS)}])"
_START = f"(?:\\A|(?<=[{SEPARATORS}]))"
_GUARD = re.compile(f"{_START}{_AHEAD}")
_UNGUARD = re.compile(f"{_START}'{_AHEAD}")


def guard(text: str) -> str:
    """The text with an apostrophe wherever a formula could begin; others as they are."""
    return _GUARD.sub("'", text)


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return _UNGUARD.sub("", text) if "'" in text else text
