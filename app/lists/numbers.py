"""The number of a printed list, and the code on its pages.

The number is drawn from the id of the list, so that no machine has to count with another: nine
characters and one that checks them, as "4KX7N-92MQ3", none that looks like another. There are
26 million million of them, so two lists meet less than once in ten thousand registers. The last
one finds every misread character and every two that changed places (decision 0019).
"""

from __future__ import annotations

import hashlib

from app.forms.codes import check_of

PREFIX = "BL1"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
"""Thirty-one characters: a prime number of them makes the check find what it must."""

_LENGTH = 9
_HALF = 5


def list_number(id: str) -> str:
    """The number that the list with this id carries."""
    value = int.from_bytes(hashlib.sha256(f"list {id}".encode()).digest())
    drawn = []
    for _ in range(_LENGTH):
        value, place = divmod(value, len(ALPHABET))
        drawn.append(ALPHABET[place])
    text = "".join(drawn)
    return _parted(text + _check(text))


def read_number(typed: str) -> str:
    """A number as it was typed or read out, put right; "" when it cannot be one."""
    text = "".join(char for char in typed.upper() if char.isalnum())
    known = len(text) == _LENGTH + 1 and set(text) <= set(ALPHABET)
    return _parted(text) if known and _check(text[:-1]) == text[-1] else ""


def page_code(register: str, number: str, page: int, pages: int) -> str:
    """The code on one page of a list: `BL1:<register 8>:<number>:<page>/<pages>:<check 4>`."""
    body = f"{PREFIX}:{register[-8:]}:{number}:{page}/{pages}"
    return f"{body}:{check_of(body)}"


def _check(text: str) -> str:
    total = sum((place + 1) * ALPHABET.index(char) for place, char in enumerate(text))
    return ALPHABET[-total * _INVERSE % len(ALPHABET)]


_INVERSE = pow(_LENGTH + 1, -1, len(ALPHABET))
"""So that the sum over all ten characters, each times its place, is nought."""


def _parted(text: str) -> str:
    return f"{text[:_HALF]}-{text[_HALF:]}"
