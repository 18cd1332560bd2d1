"""What the columns of a list probably are, from their headers, for a person to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.errors import Message
from app.names import fold
from app.roster.readers.mapping import (
    CHILDREN,
    GUARDIAN_FIELDS,
    MOST_GUARDIANS,
    PUPIL_FIELDS,
    Mapping,
    Shape,
    kept_out,
    target_label,
)
from app.roster.source.cells import DateOrder, find_order
from app.roster.source.kept_out import shown

if TYPE_CHECKING:
    from app.roster.source.tables import Row, Table

_CLOSE = 0.8
_SHORTEST_CLOSE = 5
_BORDER = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LOOK_ROWS = 200
_NAME_PARTS = ("first_name", "prefix", "surname", "initials")
_DAYS = ("birth_date", "entered", "left")


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """What one column probably is.

    Attributes:
        target: one of `app.roster.readers.mapping.TARGETS`, or "" when it is not read.
        sure: the header says so itself; otherwise a person should look.
        dropped: why it may not be read (a text id), or "".
    """

    header: str
    target: str = ""
    sure: bool = True
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """How a list is probably to be understood.

    Attributes:
        columns: one for every header, in order.
        order: how its days are written, or None when a person has to say.
        relations: what follows from headers such as "e-mail moeder".
        notes: what a person should look at.
    """

    columns: tuple[GuessedColumn, ...]
    shape: Shape
    order: DateOrder | None
    relations: tuple[tuple[int, str], ...]
    notes: tuple[Message, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the headers say it all themselves and nobody has to look."""
        read = [column for column in self.columns if column.target]
        return bool(read) and not self.notes and all(column.sure for column in read)

    def mapping(self, name: str, *, whole: bool = False) -> Mapping:
        """The mapping as guessed, under a name."""
        return Mapping(
            name=name,
            columns=tuple((c.header, c.target) for c in self.columns if c.target),
            shape=self.shape,
            order=self.order or DateOrder.DAY_FIRST,
            relations=self.relations,
            whole=whole,
        )


def guess(headers: tuple[str, ...], first_rows: tuple[Row, ...] = ()) -> Guess:
    """What the columns probably are, and how the days in the first rows are written."""
    guesser = _Guesser(headers)
    columns = guesser.columns()
    order = _order(columns, first_rows)
    notes = [*guesser.notes]
    if order is None:
        notes.append(Message("roster.order_unclear"))
    return Guess(columns, guesser.shape, order, guesser.relations(), tuple(notes))


def guess_table(table: Table) -> Guess:
    """What the columns of a table probably are, with a look at its first two hundred rows."""
    return guess(table.headers, table.first(_LOOK_ROWS))


@dataclass(slots=True)
class _Read:
    """A header taken apart: whom it is about, which of them, and what of him."""

    header: str
    who: str
    place: int
    phrase: str


class _Guesser:
    def __init__(self, headers: tuple[str, ...]) -> None:
        self._headers = headers
        self._taken: dict[str, str] = {}
        self._parents: dict[str, int] = {}
        self._last = 0
        self._after_guardian = False
        self._places: set[int] = set()
        self.notes: list[Message] = []
        reads = [_taken_apart(header) for header in headers]
        self._reads = reads
        listed = any(self._is_children(read) for read in reads)
        self.shape = Shape.LONG if listed else Shape.WIDE

    def columns(self) -> tuple[GuessedColumn, ...]:
        found = []
        for read in self._reads:
            found.append(self._column(read))
            self._after_guardian = found[-1].target.startswith("guardian")
        for place, read in enumerate(self._reads):
            if not found[place].target and not found[place].dropped:
                found[place] = self._weak(read)
        return tuple(self._apart(column) for column in found)

    def relations(self) -> tuple[tuple[int, str], ...]:
        """What the words mother and father in headers say, unless a column says it."""
        kinds = {"mother": "mother", "father": "father", "voogd": "guardian"}
        said = [(place, kinds[word]) for word, place in self._parents.items()]
        taken = self._taken
        return tuple(sorted(p for p in said if f"guardian{p[0]}.relation" not in taken))

    def _apart(self, column: GuessedColumn) -> GuessedColumn:
        """A name beside a first name is a surname, as Flemish lists have it."""
        who, _, name = column.target.partition(".")
        first, surname = f"{who}.first_name" in self._taken, f"{who}.surname" in self._taken
        if name != "name" or not first or surname:
            return column
        return GuessedColumn(column.header, f"{who}.surname", sure=False)

    def _column(self, read: _Read) -> GuessedColumn:
        target, sure = self._target(read)
        reason = kept_out(read.header)
        if reason and not (target and _is_exact(read)):
            return GuessedColumn(read.header, dropped=reason)
        if not target:
            return GuessedColumn(read.header)
        return self._take(read, target, sure=sure)

    def _take(self, read: _Read, target: str, *, sure: bool) -> GuessedColumn:
        if target in self._taken:
            other = self._beside(target)
            if not other:
                values = {
                    "first": shown(self._taken[target]),
                    "second": shown(read.header),
                    "target": target_label(target),
                }
                self.notes.append(Message("roster.guessed_twice", dict(values)))
                return GuessedColumn(read.header, sure=False)
            target, sure = other, False
        self._taken[target] = read.header
        if target.startswith("guardian"):
            self._last = int(target[8])
            self._places.add(self._last)
        return GuessedColumn(read.header, target, sure)

    def _beside(self, target: str) -> str:
        """Where a second column of one name belongs when guardians were spoken of before."""
        name = target.partition(".")[2]
        if target.startswith("pupil.") and self._last and name in GUARDIAN_FIELDS:
            other = f"guardian{self._last}.{name}"
        elif target == "guardian1.phone":
            other = "guardian1.mobile"
        else:
            return ""
        return "" if other in self._taken else other

    def _target(self, read: _Read) -> tuple[str, bool]:
        if self._is_children(read):
            return CHILDREN, True
        who = read.who or ("guardian" if self.shape is Shape.LONG else "")
        if who in ("", "pupil"):
            name, sure = _find("pupil", read.phrase) if read.phrase else ("name", True)
            if name in _NAME_PARTS and not who and self._after_guardian:
                return f"guardian{self._last}.{name}", False
            if name or who:
                return (f"pupil.{name}" if name else ""), sure
            name, sure = _find("guardian", read.phrase)
            return (f"guardian{read.place or 1}.{name}" if name else ""), False
        name, sure = _find("guardian", read.phrase) if read.phrase else ("name", True)
        if not name and self.shape is Shape.LONG and not read.who:
            name, sure = _find("pupil", read.phrase)
            return (f"pupil.{name}" if name else ""), False
        return (f"guardian{self._place(read)}.{name}" if name else ""), sure

    def _place(self, read: _Read) -> int:
        if read.place:
            return read.place
        if read.who in ("mother", "father", "voogd"):
            free = (n for n in range(1, MOST_GUARDIANS) if n not in self._places)
            return self._parents.setdefault(read.who, next(free, MOST_GUARDIANS))
        return 1

    def _is_children(self, read: _Read) -> bool:
        whole = " ".join(_words(read.header))
        return whole in _phrases("pupil")["children"] or (
            read.who == "pupil" and read.phrase in ("nummers", "codes", "namen")
        )

    def _weak(self, read: _Read) -> GuessedColumn:
        for who in ("pupil", "guardian"):
            if read.who in ("", who) or (who == "guardian" and read.who != "pupil"):
                name = _weak().get(who, {}).get(read.phrase, "")
                place = self._place(read) if who == "guardian" else 0
                target = f"{who}{place or ''}.{name}"
                if name and target not in self._taken:
                    self._taken[target] = read.header
                    return GuessedColumn(read.header, target, sure=False)
        return GuessedColumn(read.header)


def _order(columns: tuple[GuessedColumn, ...], rows: tuple[Row, ...]) -> DateOrder | None:
    places = [n for n, c in enumerate(columns) if c.target.partition(".")[2] in _DAYS]
    return find_order(row.cells[place] for place in places for row in rows)


def _words(header: str) -> list[str]:
    """The words of a header, numbers apart, without the little ones."""
    plain = _BORDER.sub(" ", fold(_CAMEL.sub(" ", header)))
    filler = _filler()
    return [word for word in plain.split() if word not in filler]


def _taken_apart(header: str) -> _Read:
    words = _words(header)
    known, joined = _known_phrases(), " ".join(words)
    if joined in known:  # "naam leerling" is one thing, "leerlingnummer" another
        return _Read(header, "", 0, joined)
    who, words = _who(words)
    place = 0 if who == "pupil" else _ordinal(words)
    if place and not who and words[:1] in (["v"], ["o"]):  # "V1 e-mail"
        who, words = "guardian", words[1:]
    return _Read(header, who, place, " ".join(words))


def _ordinal(words: list[str]) -> int:
    """Which guardian the words say, 0 when they do not; the word that says it is taken out."""
    for word in sorted(words, key=str.isdecimal, reverse=True):  # "first name 2" is the second
        number = _ordinals().get(word, 0)
        if number and " ".join(words) not in _fields("guardian"):
            words.remove(word)
            return number
    return 0


def _who(words: list[str]) -> tuple[str, list[str]]:
    """Whom the words are about, and the words that say something else."""
    found, rest = "", list(words)
    for who, phrases in _whom().items():
        for phrase in phrases:
            parts = phrase.split()
            if all(part in rest for part in parts):
                if found == "pupil" or not found or who in ("mother", "father", "voogd"):
                    found = who
                rest = [word for word in rest if word not in parts]
    return found, rest


def _find(who: str, phrase: str) -> tuple[str, bool]:
    """The field that a phrase names, and whether it is spelt as it should be."""
    table = _fields(who)
    if phrase in table:
        return table[phrase], True
    together = phrase.replace(" ", "")
    if together in table:
        return table[together], True
    if len(phrase) < _SHORTEST_CLOSE:
        return "", False
    close = get_close_matches(phrase, table, 1, _CLOSE)
    return (table[close[0]], False) if close else ("", False)


def _is_exact(read: _Read) -> bool:
    return read.phrase in _fields("guardian") or read.phrase in _fields("pupil")


@cache
def _filler() -> frozenset[str]:
    return frozenset(resources.column_names()["filler"])


@cache
def _whom() -> dict[str, tuple[str, ...]]:
    """Words for people, the longest first."""
    table = resources.column_names()["who"]
    return {who: tuple(sorted(words, key=len, reverse=True)) for who, words in table.items()}


@cache
def _ordinals() -> dict[str, int]:
    table = resources.column_names()["order"]
    return {word: int(number) for number, words in table.items() for word in words}


@cache
def _phrases(who: str) -> dict[str, frozenset[str]]:
    table = resources.column_names()[who]
    return {
        name: frozenset(" ".join(_words(one)) for one in each) for name, each in table.items()
    }


@cache
def _fields(who: str) -> dict[str, str]:
    allowed = PUPIL_FIELDS if who == "pupil" else GUARDIAN_FIELDS
    return {
        phrase: name
        for name, phrases in _phrases(who).items()
        if name in allowed
        for phrase in phrases
    }


@cache
def _known_phrases() -> frozenset[str]:
    """Phrases in which a word for a person is part of one thing."""
    every = (*_phrases("pupil").values(), *_phrases("guardian").values())
    people = {word for phrases in _whom().values() for one in phrases for word in one.split()}
    return frozenset(
        phrase for each in every for phrase in each if people & set(phrase.split())
    )


@cache
def _weak() -> dict[str, dict[str, str]]:
    table = resources.column_names()["weak"]
    return {
        who: {" ".join(_words(one)): name for name, each in fields.items() for one in each}
        for who, fields in table.items()
    }
