"""The words of which names are made, as they are compared with the words of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING

from app.names import fold
from app.people.records import Guardian, Pupil
from app.record import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WORD = re.compile(r"[^\W_]+(?:[\N{COMBINING GRAVE ACCENT}-\u036f][^\W_]*)*")
LONGEST = 12
"""So many words of a name are compared."""

_OF = "s"
_NEAR = 6
"""As far as a prefix of five words parts a first name and a surname."""

_LETTERS = 2


@dataclass(frozen=True, slots=True)
class NamesIn(Question[tuple[Pupil | Guardian, ...]]):
    """Pupils and guardians whose names may stand in a text; far fewer than all.

    Everybody is there whose first name (or its letter) and surname stand near each other in it.
    Of those with a single name in it some stand for the others: more tell nothing more.

    Attributes:
        words: the folded words of the text, those that end in s also without it.
        near: two words that stand near each other, in either order.
        runs: single letters that follow each other, joined.
    """

    words: frozenset[str]
    near: frozenset[tuple[str, str]] = frozenset()
    runs: frozenset[str] = frozenset()


def name_words(name: str) -> tuple[str, ...]:
    """A name as the words that are compared: in the same way as those of a text."""
    return tuple(fold(found.group()) for found in WORD.finditer(name))[:LONGEST]


def given_letters(first_name: str, initials: str) -> tuple[str, ...]:
    """The letters of given names: the initials, or else the beginnings of the first names."""
    given = name_words(initials) or tuple(word[0] for word in name_words(first_name))
    return tuple(word[0] for word in given)


def bare(word: str) -> tuple[str, ...]:
    """A word, and without the s of whose it is ("Daans")."""
    if word.endswith(_OF) and len(word) > _LETTERS:
        return word, word[:-1]
    return (word,)


def names_in(said: Iterable[str]) -> NamesIn:
    """What to ask for the folded words of a text, in their order."""
    every = tuple(map(bare, said))
    near: set[tuple[str, str]] = set()
    for place, words in enumerate(every):
        for after in every[place + 1 : place + 1 + _NEAR]:
            for pair in product(words, after):
                near |= {pair, pair[::-1]}
    return NamesIn(
        words=frozenset(chain.from_iterable(every)),
        near=frozenset(near),
        runs=frozenset(_runs([words[0] for words in every])),
    )


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Two letters or more that follow each other, as long as a name can be."""
    for start in range(len(words)):
        run = ""
        for word in words[start : start + LONGEST]:
            if len(word) != 1:
                break
            run += word
            if len(run) > 1:
                yield run
