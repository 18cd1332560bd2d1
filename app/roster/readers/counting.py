"""Rows of a list that are about nobody: totals, averages, headings between the rows.

What is plainly a count is told and left. Where it may be a child all the same (somebody is
called Som), a person decides: no child is lost because of its name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import resources
from app.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.roster.source.layout import Cell

_LEAST = 3
"""In a list of fewer columns it is usual that a row holds a name only."""


def may_count(own: Sequence[Cell]) -> bool:
    """A quick look: whether a word of counts stands there, also as a part of another."""
    text = "\n".join([cell for cell in own if isinstance(cell, str)]).lower()
    return any(stem in text for stem in _stems())


def is_count(own: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a row is plainly a count, such as "Totaal: 3" beside numbers and empty cells.

    Give it no row with a birth date: that is about a person.

    Args:
        own: the cells in which names and numbers of pupils stand.
        cells: the whole row.
    """
    labels = [words for words in _worded(own) if _is_label(words)]
    sure = any(words[0] in _words("sure") or _has_number(words) for words in labels)
    return sure and all(map(_is_about_counts, _worded(cells)))


def may_be_count(own: Sequence[Cell], *, named: bool) -> bool:
    """Whether a row without a birth date may be a count, though something else stands in it.

    Args:
        own: the cells in which names and numbers of pupils stand.
        named: given name and surname are both there.
    """
    return any(
        words[0] in _words("sure") or (_is_label(words) and not named) for words in _worded(own)
    )


def is_alone(cells: Sequence[Cell]) -> bool:
    """Whether one thing only stands in a row, where there is room for more or it has digits."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 1:
        return False
    return len(cells) >= _LEAST or any(map(str.isdigit, str(filled[0])))


def _worded(cells: Sequence[Cell]) -> list[list[str]]:
    """The words of the cells that hold more than numbers."""
    found = (fold(cell).split() for cell in cells if isinstance(cell, str) and cell)
    return [words for words in found if any(word.isalpha() for word in words)]


def _is_label(words: list[str]) -> bool:
    """Whether a cell says that something is counted."""
    counts = _words("sure") | _words("unsure")
    return not counts.isdisjoint(words) and _is_about_counts(words)


def _is_about_counts(words: list[str]) -> bool:
    """Whether a cell holds nothing but words of counts, what is counted, and numbers."""
    known = _words("sure") | _words("unsure") | _words("counted")
    return all(len(word) == 1 or word in known or not word.isalpha() for word in words)


def _has_number(words: list[str]) -> bool:
    return not all(word.isalpha() for word in words)


@cache
def _words(what: str) -> frozenset[str]:
    return frozenset(resources.column_names()["counts"][what])


@cache
def _stems() -> tuple[str, ...]:
    """The words of counts that hold no other one."""
    words = _words("sure") | _words("unsure")
    return tuple(one for one in words if not any(other in one for other in words - {one}))
