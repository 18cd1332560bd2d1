"""Households: who can be asked with one envelope; a pure function over addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.people.records import Guardian


def home_of(guardian: Guardian) -> str:
    """The address of a guardian as one text that compares, or "" when none is known.

    The ship is the address of who has no other.
    """
    town = f"{guardian.postcode}{guardian.town}".replace(" ", "")
    address = f"{guardian.street} {town}" if guardian.street or town else guardian.ship
    return fold(address)


def households(
    pairs: Iterable[tuple[str, str]], homes: dict[str, str]
) -> dict[tuple[str, str], int]:
    """A number for the household of each pair of a pupil and a decider.

    Deciders of one child who live at one address are one household, with all their children;
    anybody else is a household of his own. Numbers follow the order of the pairs.

    Args:
        pairs: pupil and decider, in order.
        homes: addresses by decider; who is missing or has "" lives by himself.
    """
    listed = tuple(dict.fromkeys(pairs))
    root: dict[str, str] = {decider: decider for _, decider in listed}

    def top(decider: str) -> str:
        while root[decider] != decider:
            decider = root[decider]
        return decider

    first: dict[tuple[str, str], str] = {}
    for pupil, decider in listed:
        home = homes.get(decider, "")
        if home:
            other = first.setdefault((pupil, home), decider)
            root[top(decider)] = top(other)
    numbers: dict[str, int] = {}
    return {pair: numbers.setdefault(top(pair[1]), len(numbers)) for pair in listed}
