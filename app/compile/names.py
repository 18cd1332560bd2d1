"""Finds the names of people in texts: whole words only, each place by itself.

A name is looked for as the register has it and as people write it: "Zoë van der Wal", "Van der
Wal", "Wal, Zoë van der", "Z. v.d. Wal", "Zoë", "Zoës", "Z.v.d.W.". Accents and capitals make no
difference to being found; a word without a capital ("een beer") is found with a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from app.names import fold
from app.people.naming import LONGEST, WORD, bare, given_letters, name_words, names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from app.people.naming import NamesIn

    More: TypeAlias = Callable[[NamesIn], Iterable["Named"]]

_BETWEEN = re.compile(r"[\s.,/'’‘ʼ\-–\u00ad\u0002\ufffe]{0,6}")
_BROKEN = re.compile(r"[\-\u00ad\u0002\ufffe][ \t]*[\r\n]+[ \t]*|[\u00ad\u0002\ufffe]\s*")
_LETTERS = 2
_MOST = 50
"""So many people are kept for one way of writing; more of one name tell nothing more."""

LOWERCASE, SHARED, INITIALS = "lowercase", "shared", "initials"
"""Doubts: written without a capital; also a name of somebody who stays; initials only."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name is looked for.

    Attributes:
        id: of the person, or "" for a name that somebody typed.
        kind: pupil, guardian, staff or typed.
        stays: the person concerned or the recipient, whose name is left where it stands.
    """

    id: str
    kind: str
    name: str
    first: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a name stands.

    Attributes:
        start, end: characters of the text, the end not included.
        text: the words as they stand there.
        people: whose name it can be, those who stay left out.
        doubt: `LOWERCASE`, `SHARED`, `INITIALS` or "".
    """

    start: int
    end: int
    text: str
    people: tuple[Named, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write somebody's name.

    Attributes:
        whole: first name and surname together, which no other word can be.
        letters: initials only.
    """

    person: Named
    whole: bool = False
    letters: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    said: str


class Finder:
    """Looks for the names of many people at once.

    Args:
        people: everybody who may be named, those who stay included.
        more: gives further people whose names may stand in a text; not those who stay.
    """

    def __init__(self, people: Iterable[Named], more: More | None = None) -> None:
        self._forms: dict[tuple[str, ...], list[_Form]] = {}
        self._longest: dict[str, int] = {}
        everybody = tuple(people)
        self._own = frozenset(word for one in everybody if one.stays for word in _own(one))
        self._more, self._met = more, {person.id or person.name for person in everybody}
        for person in everybody:
            self._add(person)

    def matches(self, text: str) -> tuple[Match, ...]:
        """Every place in a text, in order; places never overlap."""
        words = tuple(_words(text))
        if self._more is not None and words:
            for person in self._more(names_in(word.said for word in words)):
                if (person.id or person.name) not in self._met:
                    self._met.add(person.id or person.name)
                    self._add(person)
        found: list[Match] = []
        place = 0
        while place < len(words):
            hit = self._hit(text, words, place)
            if hit is None:
                place += 1
                continue
            length, match = hit
            if match is not None:
                found.append(match)
            place += length
        return tuple(found)

    def _add(self, person: Named) -> None:
        for words, form in _forms(person):
            if not _is_own_word(person, words, self._own):
                self._learn(words, form)

    def _learn(self, words: tuple[str, ...], form: _Form) -> None:
        known = self._forms.setdefault(words, [])
        if len(known) >= _MOST and not form.person.stays:
            return
        if all(each.person is not form.person for each in known):
            known.append(form)
        longest = self._longest.get(words[0], 0)
        self._longest[words[0]] = max(longest, len(words))

    def _hit(
        self, text: str, words: tuple[_Word, ...], place: int
    ) -> tuple[int, Match | None] | None:
        """The longest name that begins at a word: its number of words, and what it is."""
        most = max(self._longest.get(word, 0) for word in bare(words[place].said))
        for length in range(min(most, len(words) - place), 0, -1):
            part = words[place : place + length]
            if not all(
                _BETWEEN.fullmatch(text, before.end, after.start)
                for before, after in pairwise(part)
            ):
                continue
            forms = self._known(part)
            if forms:
                return length, _match(text, part, forms)
        return None

    def _known(self, part: tuple[_Word, ...]) -> list[_Form]:
        *before, last = (word.said for word in part)
        for ending in bare(last):
            forms = self._forms.get((*before, ending))
            if forms:
                return forms
        return []


def _match(text: str, part: tuple[_Word, ...], forms: list[_Form]) -> Match | None:
    people = tuple(form.person for form in forms if not form.person.stays)
    stays = len(people) < len(forms)
    whole = any(form.whole for form in forms)
    if not people or (stays and whole):
        return None
    start, end = part[0].start, part[-1].end
    said = text[start:end]
    if all(form.letters for form in forms):
        doubt = INITIALS
    elif not whole and text[part[-1].start].islower():
        doubt = LOWERCASE
    else:
        doubt = SHARED if stays else ""
    return Match(start, end, said, people, doubt)


def _words(text: str) -> Iterator[_Word]:
    """The words of a text; one that is broken at the end of a line is one word."""
    before: _Word | None = None
    for found in WORD.finditer(text):
        word = _Word(found.start(), found.end(), fold(found.group()))
        if before is not None and _BROKEN.fullmatch(text, before.end, word.start):
            before = _Word(before.start, word.end, before.said + word.said)
            continue
        if before is not None:
            yield before
        before = word
    if before is not None:
        yield before


def _forms(person: Named) -> Iterator[tuple[tuple[str, ...], _Form]]:
    first, prefix = name_words(person.first), name_words(person.prefix)
    surname, letters = name_words(person.surname), _letters(person)
    part, whole = _Form(person), _Form(person, whole=True)
    if person.kind == "typed" and not first and not surname:
        yield from _as_typed(person)
        return
    for lead in filter(None, (prefix, _short(prefix))):
        if surname:
            yield from _both(first, letters, (*lead, *surname), whole)
            yield (*lead, *surname), part
    yield from _both(first, letters, surname, whole)
    if first and surname:
        yield (*surname, *first, *prefix), whole
    yield from _alone(first, surname, part)
    yield from _only_letters(person, letters)


def _alone(
    first: tuple[str, ...], surname: tuple[str, ...], part: _Form
) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """A surname or a first name by itself, and each longer word of a double first name."""
    for name in (surname, first):
        if len("".join(name)) > 1:
            yield name, part
    if len(first) > 1:
        yield from (((word,), part) for word in first if len(word) > _LETTERS)
    for half in part.person.surname.split("-")[: LONGEST if "-" in part.person.surname else 0]:
        if len("".join(name_words(half))) > _LETTERS:
            yield name_words(half), part


def _both(
    first: tuple[str, ...], letters: tuple[str, ...], family: tuple[str, ...], whole: _Form
) -> Iterator[tuple[tuple[str, ...], _Form]]:
    if not family:
        return
    if first:
        yield (*first, *family), whole
        if len(first) > 1:
            yield (first[0], *family), whole
    if letters:
        yield (*letters, *family), whole
        yield (letters[0], *family), whole
    if len(letters) > 1:
        yield ("".join(letters), *family), whole


def _only_letters(
    person: Named, letters: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """Z.v.d.W.: initials of everything; at least two letters, or every "a." is a name."""
    rest = tuple(word[0] for word in (*name_words(person.prefix), *name_words(person.surname)))
    if letters and rest:
        yield (*letters, *rest), _Form(person, letters=True)


def _as_typed(person: Named) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """A name that somebody typed: all of it, and its longer words with a capital."""
    words = name_words(person.name)
    if words:
        yield words, _Form(person, whole=len(words) > 1)
    if len(words) > 1:
        for word in re.findall(r"[^\W\d_]+", person.name):
            if word[0].isupper() and len(word) > _LETTERS:
                yield name_words(word), _Form(person)


def _own(person: Named) -> tuple[str, ...]:
    return name_words(person.first) + name_words(person.surname) or name_words(person.name)


def _is_own_word(person: Named, words: tuple[str, ...], own: frozenset[str]) -> bool:
    """Zoë in "the father of Zoë", where Zoë is whose dossier it is."""
    return person.kind == "typed" and not person.stays and len(words) == 1 and words[0] in own


def _short(prefix: tuple[str, ...]) -> tuple[str, ...]:
    """v.d. for "van der"; one word is not shortened."""
    return tuple(word[0] for word in prefix) if len(prefix) > 1 else ()


def _letters(person: Named) -> tuple[str, ...]:
    return given_letters(person.first, person.initials)
