"""Pupils by the beginnings of the words of their names, in memory while lists are in use.

Searching a hundred thousand rows takes as long as painting ten lists; here a key costs as much
as what it finds. What is kept holds only for the edition of the index that it was read from.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from app.people.questions import Presence, PupilIds, PupilOrder
from db.people.index import edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.store.reading import Reading

_ON = ':on BETWEEN start AND "end"'
VISITS = "enrolment_id IN (SELECT id FROM enrolment WHERE kind = 'visiting')"
_WHERE = {
    Presence.PRESENT: f" WHERE {_ON}",
    Presence.VISITING: f" WHERE {_ON} AND {VISITS}",
    Presence.LEFT: f" GROUP BY sort_key, id HAVING NOT max({_ON})",
    Presence.ALL: "",
}
_DIGIT = re.compile(r"\d")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Beginnings:
    """The pupils of a list.

    Attributes:
        ids: in the order of the list.
        words: every word that stands in a name, sorted.
        places: for each word, where in `ids` those stand who have it.
    """

    ids: tuple[str, ...]
    words: Sequence[str]
    places: Sequence[array[int]]

    def found(self, beginnings: Iterable[str]) -> tuple[str, ...]:
        """Those in whose name every one of these begins a word, in the order of the list."""
        hits: set[int] | None = None
        for each in beginnings:
            own = self._places(each)
            hits = own if hits is None else hits & own
        return self.ids if hits is None else tuple(map(self.ids.__getitem__, sorted(hits)))

    def _places(self, beginning: str) -> set[int]:
        first = bisect_left(self.words, beginning)
        after = bisect_left(self.words, beginning + _LAST)
        return set(chain.from_iterable(self.places[first:after]))


def fits(question: PupilIds, words: Sequence[str]) -> bool:
    """Whether memory holds what is asked: a list by name, without numbers, groups or sites."""
    narrowed = question.group_id or question.site_id
    by_name = question.order is PupilOrder.NAME
    return by_name and not narrowed and not any(map(_DIGIT.search, words))


def beginnings(reader: Reading, question: PupilIds) -> Beginnings:
    """The pupils who are present on the day or not, as the question says."""
    presence = (question.on, question.presence)
    kept, found = reader.made.get(Beginnings, (None, None))
    now = (edition(reader), *presence)
    if kept != now or not isinstance(found, Beginnings):
        found = _read(reader, question)
        reader.made[Beginnings] = (now, found)
    return found


def _read(reader: Reading, question: PupilIds) -> Beginnings:
    statement = f"SELECT id, words FROM pupil_index{_WHERE[question.presence]}"
    values = {"on": question.on.isoformat()} if question.presence is not Presence.ALL else {}
    ids: list[str] = []
    places: dict[str, array[int]] = {}
    for pupil_id, words in reader.stream(f"{statement} ORDER BY sort_key, id", values):
        if ids and ids[-1] == pupil_id:
            continue  # another enrolment of the same pupil
        for word in words.split():
            known = places.get(word)
            if known is not None:
                known.append(len(ids))
            elif letters := _letters(word):
                places.setdefault(letters, array("I")).append(len(ids))
        ids.append(pupil_id)
    ordered = sorted(places)
    return Beginnings(tuple(ids), ordered, [places[word] for word in ordered])


def _letters(word: str) -> str:
    """A word up to its first digit: all that a beginning without digits can find of it."""
    if word.isalpha():
        return word
    digit = _DIGIT.search(word)
    return word[: digit.start()] if digit else word
