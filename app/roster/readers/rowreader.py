"""What one row of a list says about a child and its guardians, as its mapping has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import resources
from app.errors import Message
from app.names import NameUse, family_name, fold
from app.roster.likeness import neat
from app.roster.readers.counting import is_alone, is_count, may_be_count, may_count
from app.roster.readers.mapping import CHILDREN, kept_out
from app.roster.source import cells
from app.roster.source.capitals import NAMES, Calm, shouts
from app.roster.source.kept_out import KeptOut
from app.roster.source.limits import Limit, limit
from app.roster.source.surnames import dotted, split_surname
from app.roster.source.wholenames import split_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.roster.readers.mapping import Mapping
    from app.roster.source.cells import DateOrder
    from app.roster.source.findings import Findings
    from app.roster.source.layout import Cell
    from app.roster.source.tables import Row

Texts: TypeAlias = dict[str, str]

_NOTHING = frozenset({"", "-", "--", "?", "n.v.t.", "n.v.t", "nvt"})  # no words: Null is a name
_LONGEST_NOTHING = max(map(len, _NOTHING))
_POSTCODE = re.compile(r"(\d{4})\s*([A-Za-z]{2})")
_MAY_BE_BSN = re.compile(r"\d(?:[ .\-]?\d){7}")  # the least that `app.bsn` looks for
_DUTCH_PHONE = re.compile(r"0\d{9}|0\d-\d{8}|0\d\d-\d{7}|0\d{3}-\d{6}")  # ten digits: no BSN
_MOST_KNOWN = 4_000
_LEVEL = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_DAYS = ("birth_date", "entered", "left")
_CODES = ("number", "house_number", "house_suffix")
_TELEPHONES = ("phone", "mobile")
_OWN = frozenset({"number", "name", "first_name", "prefix", "surname"})
_NAMED = ("first_name", "surname")
_WELL_NAMED = 3
"""A row with a number and two names is somebody's."""


@dataclass(slots=True)
class Said:
    """What a row says, text by text.

    Attributes:
        pupil: texts by the fields of `PUPIL_FIELDS`; a whole name is taken apart.
        days: birth date, first and last day, where they stand there.
        guardians: for each place the texts by the fields of `GUARDIAN_FIELDS`.
        children: a list of numbers or names, as written.
        counts: the row is a total or the like, and says nothing of anybody.
        heads: the row is that of the headers once more.
        alone: one thing only stands in the row.
        doubt: why it may be about nobody.
    """

    number: int
    counts: bool = False
    heads: bool = False
    alone: bool = False
    doubt: Message | None = None
    pupil: Texts = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    guardians: dict[int, Texts] = field(default_factory=dict)
    children: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that is read: where it stands, whose it is, and how its cells are read.

    Groups, towns and names come again and again; `known` holds what was made of them.
    """

    at: int
    header: str
    place: int
    name: str
    read: Callable[[Cell], tuple[str, Message | None]]
    known: dict[Cell, str] = field(default_factory=dict)


class RowReader:
    """Reads rows by a mapping.

    Args:
        mapping: what the columns are.
        headers: of the list.
        kept_out_: counts what may not be held.
        first: the first rows, which show whether a column is written in capitals.

    Attributes:
        kept_out: counts what may not be held.
    """

    def __init__(
        self,
        mapping: Mapping,
        headers: tuple[str, ...],
        kept_out_: KeptOut | None = None,
        first: Sequence[Row] = (),
    ) -> None:
        self.kept_out = kept_out_ or KeptOut()
        self._order: DateOrder = mapping.order
        self._longest = limit(Limit.TEXT)
        self._columns: list[_Column] = []
        self._days: list[tuple[int, str, str]] = []
        self._own: list[int] = []
        self._known_days: dict[Cell, date] = {}
        self._children: tuple[int, str] | None = None
        self._dropped: list[tuple[int, str, str]] = []
        self._whole: dict[int, str] = {}
        self._first = first
        self._headers = headers
        wanted = dict(mapping.columns)
        for at, header in enumerate(headers):
            self._sort(at, header, wanted.get(header, ""))

    def read(self, row: Row, findings: Findings) -> Said:
        """What a row says; what is not understood is told."""
        said = Said(row.number, heads=self._is_head(row))
        own = [cell for at in self._own if (cell := row.cells[at])]
        counted = len(own) < _WELL_NAMED and may_count(own) and not self._is_born(row)
        if counted and is_count(own, row.cells):
            said.counts = True
        if said.counts or said.heads:
            return said
        self._texts(row, said, findings)
        self._read_days(row, said, findings)
        for at, header, reason in self._dropped:
            if row.cells[at] != "":
                self.kept_out.drop(header, reason)
        self._finish(said, row.cells, findings)
        self._doubt(said, row, own, counted=counted)
        return said

    def _doubt(self, said: Said, row: Row, own: Sequence[Cell], *, counted: bool) -> None:
        """Say why a row may be about nobody, as far as it may."""
        names = [said.pupil[name] for name in _NAMED if name in said.pupil]
        if names and counted:
            named = len(names) == len(_NAMED) and not any(map(str.isdecimal, names))
            if may_be_count(own, named=named):
                said.doubt = Message("roster.doubt_count")
        if not (said.days or said.guardians) and len(said.pupil) <= len(_NAMED):
            said.alone = is_alone(row.cells)
        if names and said.alone:
            said.doubt = said.doubt or Message("roster.doubt_alone")

    def _is_head(self, row: Row) -> bool:
        """Whether a row repeats the headers, as a list in parts does."""
        found = [at for at in self._own if row.cells[at]]
        return bool(found) and all(row.cells[at] == self._headers[at] for at in found)

    def _is_born(self, row: Row) -> bool:
        """Whether a row says when somebody was born."""
        places = (at for at, _, name in self._days if name == "birth_date")
        return any(cells.day(row.cells[at], self._order)[0] is not None for at in places)

    def _texts(self, row: Row, said: Said, findings: Findings) -> None:
        found = row.cells
        for column in self._columns:
            cell = found[column.at]
            if not cell:
                continue
            text = column.known.get(cell) or self._text(row.number, column, cell, findings)
            if text:
                if column.place:
                    said.guardians.setdefault(column.place, {})[column.name] = text
                else:
                    said.pupil[column.name] = text

    def _read_days(self, row: Row, said: Said, findings: Findings) -> None:
        for at, header, name in self._days:
            cell = row.cells[at]
            day, message = self._known_days.get(cell), None
            if day is None:
                day, message = cells.day(cell, self._order)
            if day is not None:
                said.days[name] = day
                if len(self._known_days) < _MOST_KNOWN:
                    self._known_days[cell] = day
            if message is not None:
                findings.add(row.number, message, header)

    def header(self, place: int, name: str) -> str:
        """The column that says something of a guardian, or "" when several do."""
        also = {"phone": ("mobile",), "surname": ("name",), "prefix": ("name",)}.get(name, ())
        wanted = [
            c.header for c in self._columns if c.place == place and c.name in (name, *also)
        ]
        return wanted[0] if len(wanted) == 1 else ""

    def _sort(self, at: int, header: str, target: str) -> None:
        who, _, name = target.partition(".")
        if not target:
            if reason := kept_out(header):
                self._dropped.append((at, header, reason))
        elif target == CHILDREN:
            self._children = at, header
        elif name in _DAYS:
            self._days.append((at, header, name))
        else:
            place = 0 if who == "pupil" else int(who[-1])
            if not place and name in _OWN:
                self._own.append(at)
            if name == "name":
                self._whole[place] = header
            self._columns.append(_Column(at, header, place, name, self._reader(at, name)))

    def _reader(self, at: int, name: str) -> Callable[[Cell], tuple[str, Message | None]]:
        """How the cells of a column are read; names in capitals throughout are calmed."""
        read = _reader(name)
        part = name.removeprefix("partner_")
        if part in NAMES and shouts(read(row.cells[at])[0] for row in self._first):
            return Calm(part, read)
        return read

    def _text(self, number: int, column: _Column, cell: Cell, findings: Findings) -> str:
        text, message = column.read(cell)
        if message is not None:
            findings.add(number, message, column.header)
        if not text:
            return ""
        longest = limit(Limit.NUMBER) if column.name == "number" else self._longest
        if len(text) > longest:
            findings.add(number, Message("roster.text_long", {"limit": longest}), column.header)
            return ""
        if _MAY_BE_BSN.search(text):
            phone = column.name in _TELEPHONES
            if phone and _DUTCH_PHONE.fullmatch(text):
                return text
            return self.kept_out.keep(text, column.header, phone=phone)
        if message is None and len(column.known) < _MOST_KNOWN:
            column.known[cell] = text
        return text

    def _finish(self, said: Said, found: tuple[Cell, ...], findings: Findings) -> None:
        if said.pupil:
            self._name(said, said.pupil, 0, findings)
        for place, texts in said.guardians.items():
            self._name(said, texts, place, findings)
            _go_by(texts)
            _address(texts)
            mobile = texts.pop("mobile", "")
            if mobile:
                texts["phone"] = mobile
            if initials := texts.get("initials", ""):
                texts["initials"] = dotted(initials)
        if self._children is not None:
            at, header = self._children
            said.children = self.kept_out_list(cells.text(found[at]), header)

    def kept_out_list(self, text: str, header: str) -> str:
        """A list of children without the numbers that may not be held."""
        parts = re.split(r"([,;/|\n])", text) if text else []
        return "".join(self.kept_out.keep(part, header) for part in parts)

    def _name(self, said: Said, texts: Texts, place: int, findings: Findings) -> None:
        """Take a whole name apart, and a prefix from a surname."""
        whole = texts.pop("name", "")
        if whole:
            self._whole_name(said, texts, place, findings, whole)
        elif " " in (surname := texts.get("surname", "")) and "prefix" not in texts:
            prefix, texts["surname"] = split_surname(surname)
            if prefix:
                texts["prefix"] = prefix

    def _whole_name(
        self, said: Said, texts: Texts, place: int, findings: Findings, whole: str
    ) -> None:
        name = split_name(whole)
        header = self._whole.get(place, "")
        if name.two:
            findings.add(said.number, Message("roster.two_people"), header)
        elif not name.sure:
            findings.add(said.number, Message("roster.name_unsure"), header)
        first, surname = name.first_name, name.surname
        if place and not surname and not name.initials:  # one word: a child is called so,
            first, surname = "", first  # an adult is addressed by it
        parts = {"first_name": first, "prefix": name.prefix, "surname": surname}
        if place:
            parts["initials"] = name.initials
        elif not first:
            parts["first_name"] = name.initials
        for key, value in parts.items():
            if value and not texts.get(key):
                texts[key] = value


def _go_by(texts: Texts) -> None:
    """The surname somebody goes by, where the list says the partner's name and its use."""
    prefix, surname = texts.pop("partner_prefix", ""), texts.pop("partner_surname", "")
    use = texts.pop("name_use", "")
    own = texts.get("prefix", ""), texts.get("surname", "")
    if use and surname and own[1]:
        partner = split_surname(surname, prefix)
        texts["prefix"], texts["surname"] = family_name(own, partner, NameUse(use))


def _address(texts: Texts) -> None:
    number, suffix = texts.pop("house_number", ""), texts.pop("house_suffix", "")
    street = texts.get("street", "")
    if number and not street.endswith(f" {number}"):
        street = f"{street} {number}".strip()
    if suffix and number:
        street = f"{street}{'-' if suffix[0].isdigit() else ''}{suffix}"
    if street:
        texts["street"] = street


def _reader(name: str) -> Callable[[Cell], tuple[str, Message | None]]:
    special = {
        "email": cells.email,
        "phone": cells.phone,
        "mobile": cells.phone,
        "relation": _relation,
        "language": _language,
        "name_use": _name_use,
        "postcode": _postcode,
        "level": _level,
        "group": _group,
    }
    return special.get(name, _code if name in _CODES else _plain)


def _plain(cell: Cell) -> tuple[str, None]:
    text = neat(cell) if isinstance(cell, str) else cell.isoformat()
    return ("" if len(text) <= _LONGEST_NOTHING and text.casefold() in _NOTHING else text), None


def _code(cell: Cell) -> tuple[str, None]:
    if isinstance(cell, str) and cell.isalnum() and cell[0].isdecimal():
        return cell, None
    text = cells.code(cell)
    return ("" if text.casefold() in _NOTHING else text), None


def _postcode(cell: Cell) -> tuple[str, None]:
    text, _ = _code(cell)
    dutch = _POSTCODE.fullmatch(text)
    return (f"{dutch.group(1)} {dutch.group(2).upper()}" if dutch else text), None


def _group(cell: Cell) -> tuple[str, Message | None]:
    """A group; a spreadsheet makes 3 April of group 3-4."""
    if isinstance(cell, str):
        return _code(cell)
    first, last = sorted((cell.day, cell.month))
    name = f"{first}-{last}"
    return name, Message("roster.group_was_day", {"group": name})


def _level(cell: Cell) -> tuple[str, None]:
    found = _LEVEL.search(cells.code(cell))
    return (found.group(1) if found else ""), None


def _relation(cell: Cell) -> tuple[str, None]:
    word = fold(cells.text(cell))
    return (_words("relations").get(word, "other") if word else ""), None


def _name_use(cell: Cell) -> tuple[str, Message | None]:
    word = fold(cells.text(cell))
    known = _words("name_use").get(word, "")
    return known, None if known or not word else Message("roster.name_use_unknown")


def _language(cell: Cell) -> tuple[str, Message | None]:
    word = fold(cells.text(cell))
    known = _words("languages").get(word, "")
    return known, None if known or not word else Message("roster.language_unknown")


@cache
def _words(what: str) -> dict[str, str]:
    table = resources.column_names()[what]
    return {fold(word): key for key, words in table.items() for word in words}
