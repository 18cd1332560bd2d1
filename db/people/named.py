"""Whose names may stand in a text, from an index of words in memory.

The index is made when it is first asked for, follows what was written since by the seals of
rows, and goes when the file is closed. Somebody who changed his name is still found under the
old one; whoever asks compares with the record.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from app.people.naming import NamesIn, name_words
from app.people.records import Guardian, Pupil

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.store.reading import Reading

_MOST = 20
"""So many stand for all of one first name, or of one surname with one prefix."""

_ROWS = {
    "pupil": "SELECT id, first_name, '', prefix, surname, '', seal FROM pupil",
    "guardian": (
        "SELECT id, first_name, initials, prefix, surname, institution, seal FROM guardian"
    ),
}
_SINCE = " WHERE seal > :seal"

Places = defaultdict[str, "array[int]"]


def _places() -> Places:
    return defaultdict(partial(array, "I"))


@dataclass(slots=True)
class _Index:
    """The names of one kind of people.

    Attributes:
        ids: 16 bytes each, by place; letters: the first letter of given names, by place.
        prefixes: number of the prefix, by place.
        first, family, runs: by word, the places of those who have it; institutions as family.
        seal: of the newest row that it holds.
    """

    ids: bytearray = field(default_factory=bytearray)
    letters: list[str] = field(default_factory=list)
    prefixes: array[int] = field(default_factory=lambda: array("H"))
    first: Places = field(default_factory=_places)
    family: Places = field(default_factory=_places)
    runs: Places = field(default_factory=_places)
    seal: int = -1

    def found(self, question: NamesIn) -> Iterator[str]:
        """The ids of those whose names may stand in the text."""
        keep = set(self._pairs(question.near))
        first = [self.first[word] for word in question.words & self.first.keys()]
        family = [self.family[word] for word in question.words & self.family.keys()]
        for places in first:
            keep.update(places[:_MOST])
        for places in family:
            keep.update(self._some(places))
        for run in question.runs & self.runs.keys():
            keep.update(self.runs[run][:_MOST])
        for place in sorted(keep):
            yield self.ids[place * 16 : place * 16 + 16].hex()

    def _pairs(self, near: Iterable[tuple[str, str]]) -> Iterator[int]:
        """Those who have two words of a name, or a letter and a surname, near each other."""
        for one, other in near:
            family = self.family.get(other)
            if family is None:
                continue
            if len(one) == 1:
                yield from (place for place in family if self.letters[place] == one)
            for places in (self.first.get(one), self.family.get(one)):
                if places is not None:
                    yield from set(places).intersection(family)

    def _some(self, places: Iterable[int]) -> Iterator[int]:
        seen: dict[int, int] = {}
        for place in places:
            prefix = self.prefixes[place]
            seen[prefix] = seen.get(prefix, 0) + 1
            if seen[prefix] <= _MOST:
                yield place


@dataclass(slots=True)
class KnownNames:
    """The indexes of a file, and words of names that were split before."""

    kinds: dict[str, _Index] = field(default_factory=lambda: {k: _Index() for k in _ROWS})
    prefixes: dict[str, int] = field(default_factory=dict)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def follow(self, reader: Reading) -> None:
        """Read what was written since."""
        for kind, index in self.kinds.items():
            newest = index.seal
            for row in reader.stream(_ROWS[kind] + _SINCE, {"seal": index.seal}):
                self._learn(index, row[:-1])
                newest = max(newest, row[-1])
            index.seal = newest
        self.split.clear()

    def _learn(self, index: _Index, row: tuple[Any, ...]) -> None:
        id, first_name, initials, prefix, surname, institution = row
        place = len(index.letters)
        first, family = self._words(first_name), self._words(surname)
        letters = self._letters(initials) if initials else tuple(word[0] for word in first)
        index.ids += bytes.fromhex(id)
        index.letters.append(letters[0] if letters else "")
        index.prefixes.append(self.prefixes.setdefault(prefix, len(self.prefixes)))
        joined = ("".join(letters),) if len(letters) > 1 else ()
        for word in (*first, *joined):
            index.first[word].append(place)
        for word in (*family, *self._words(institution)):
            index.family[word].append(place)
        rest = tuple(word[0] for word in (*self._words(prefix), *family))
        if letters and rest:
            index.runs["".join((*letters, *rest))].append(place)

    def _letters(self, initials: str) -> tuple[str, ...]:
        return tuple(word[0] for word in self._words(initials))

    def _words(self, name: str) -> tuple[str, ...]:
        known = self.split.get(name)
        if known is None:
            known = self.split[name] = name_words(name)
        return known


def people_named(reader: Reading, question: NamesIn) -> tuple[Pupil | Guardian, ...]:
    """Pupils, then guardians, whose names may stand in a text."""
    names = _names(reader)
    found: list[Pupil | Guardian] = []
    for kind, name in ((Pupil, "pupil"), (Guardian, "guardian")):
        found += reader.all(kind, id=tuple(names.kinds[name].found(question)))
    return tuple(found)


def _names(reader: Reading) -> KnownNames:
    if not reader.is_as_committed(Pupil, Guardian):  # what is not committed may come to nothing
        names = KnownNames()
        names.follow(reader)
        return names
    _, kept = reader.made.get(KnownNames, (None, None))
    if not isinstance(kept, KnownNames):
        kept = KnownNames()
        reader.made[KnownNames] = (None, kept)
    kept.follow(reader)
    return kept
