"""Pass phrases: proposing good ones, and refusing what others would try first.

No rules about kinds of characters and no expiry (OWASP ASVS 5.0, 6.2, checked 2026-11-22):
length counts, and not being on anybody's list.
"""

from __future__ import annotations

import itertools
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

import resources
from app.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

_EDGES = " \t\r\n\N{NO-BREAK SPACE}"
_LOCAL_FROM = 4
_LEFT_OVER_FROM = 8
_DISTINCT_FROM = 5
_NUMBER = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+")


def propose_phrase(roles: Iterable[str]) -> str:
    """A fresh random pass phrase of Dutch words, as many as the most demanding role asks."""
    words = resources.word_list("nl")
    count = max(int(role["proposed_words"]) for role in _rules(roles))
    return " ".join(secrets.choice(words) for _ in range(count))


def shortest(roles: Iterable[str]) -> int:
    """Characters that a password of one's own needs at least, for somebody with these roles."""
    return max(int(role["min_length"]) for role in _rules(roles))


def normal_password(password: str) -> str:
    """A password in the one form that counts, whichever keyboard wrote it (NFC)."""
    return unicodedata.normalize("NFC", password)


def check_password(
    password: str, roles: Iterable[str], near: Iterable[str] = (), field: str = "password"
) -> None:
    """Let a password pass, or refuse it with the reason.

    Args:
        password: as it was typed.
        roles: roles of the user; the most demanding one counts.
        near: names that others would think of: the school, the ship, the user.
        field: name of the input, for the refusal.

    Raises:
        Refusal: `register.password_edges`, `register.password_short`, `register.password_long`,
            `register.password_common` or `register.password_near`.
    """
    chosen = normal_password(password)
    least, most = shortest(roles), int(resources.password_rules()["max_length"])
    if chosen != chosen.strip(_EDGES):
        raise Refusal("register.password_edges", field=field)
    if len(chosen) < least:
        raise Refusal("register.password_short", field=field, least=least, length=len(chosen))
    if len(chosen) > most:
        raise Refusal("register.password_long", field=field, most=most, length=len(chosen))
    if _is_common(chosen):
        raise Refusal("register.password_common", field=field)
    if _leans_on(chosen, near):
        raise Refusal("register.password_near", field=field)


def check_pin(pin: str, field: str = "pin") -> None:
    """Let the PIN for one machine pass, or refuse it with the reason.

    Raises:
        Refusal: `register.pin_short` or `register.pin_common`.
    """
    least = int(resources.password_rules()["device_pin_min_length"])
    if len(pin.strip(_EDGES)) < least:
        raise Refusal("register.pin_short", field=field, least=least)
    if len(set(pin)) == 1 or _is_run(pin) or pin.casefold() in resources.common_passwords():
        raise Refusal("register.pin_common", field=field)


def _rules(roles: Iterable[str]) -> list[resources.Table]:
    wanted = set(roles)
    return [role for role in resources.roles() if role["key"] in wanted] or resources.roles()


def _is_common(chosen: str) -> bool:
    known = resources.common_passwords()
    folded = chosen.casefold()
    bare = _NUMBER.sub("", folded)
    squeezed = re.sub(r"[\W_]+", "", folded)
    few = len(set(folded)) < _DISTINCT_FROM
    return few or _is_run(folded) or _repeats(folded) or bool(known & {folded, bare, squeezed})


def _is_run(text: str) -> bool:
    """Whether every character follows the one before: 123456, fedcba."""
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(text)}
    return steps in ({1}, {-1})


def _repeats(text: str) -> bool:
    """Whether the whole is one short piece again and again: "ahoy ahoy ahoy "."""
    return any(
        whole == (whole[:size] * len(whole))[: len(whole)]
        for whole in (text, text + " ")
        for size in range(1, len(whole) // 2 + 1)
    )


def _leans_on(chosen: str, near: Iterable[str]) -> bool:
    """Whether too little is left once the names around the school are taken out."""
    rest = chosen.casefold()
    words = {word for name in near for word in _WORD.findall(name.casefold())}
    long_words = [word for word in words if len(word) >= _LOCAL_FROM]
    for word in sorted(long_words, key=len, reverse=True):
        rest = rest.replace(word, "")
    found = rest != chosen.casefold()
    return found and len(re.sub(r"[\W\d_]+", "", rest)) < _LEFT_OVER_FROM
