"""Tables that refer to each other by `sourcedId`: what OneRoster and School Data Sync share.

A table is known by its headers and not by the name of its file: real sets hold roles in a file
of profiles, spell headers wrong, write them in any case, and add columns and empty ones.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import resources
from app.errors import Refusal
from app.roster.roster import Where
from app.roster.source import cells
from app.roster.source.cells import DateOrder
from app.roster.source.findings import Findings
from app.roster.source.kept_out import reason_to_drop
from app.roster.source.layout import Limits
from app.roster.source.limits import Limit, limit
from app.roster.source.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.jobs import Progress
    from app.roster.readers.reading import Reading
    from app.roster.source.files import Member
    from app.roster.source.tables import Row, Table

DELETED = "tobedeleted"

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_PARTS = re.compile(r"\s*[,;|]\s*")
_INSTANT = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_BATCH = 1000
_ROW = 64
_LOOK = 2000
_EMPTY = ("roster.header_only", "roster.file_empty")


class Kind(StrEnum):
    """The tables that are read, by the name of their usual file."""

    USERS = "users"
    ROLES = "roles"
    ORGS = "orgs"
    CLASSES = "classes"
    ENROLLMENTS = "enrollments"
    RELATIONSHIPS = "relationships"
    DEMOGRAPHICS = "demographics"
    SESSIONS = "academicsessions"
    MANIFEST = "manifest"
    FLAGS = "userflags"
    FORMER = "former"
    OTHER = "other"


_OF_CLASSES = (
    "classtype classcode coursesourcedid sessionsourcedids termsourcedids schoolsourcedid"
)
_NEEDED: tuple[tuple[Kind, frozenset[str], frozenset[str]], ...] = tuple(
    (kind, frozenset(all_of.split()), frozenset(one_of.split()))
    for kind, all_of, one_of in (
        (Kind.FORMER, "sisid", "schoolsisid studentsisid sectionsisid gradelow firstname name"),
        (Kind.RELATIONSHIPS, "usersourcedid relationshipusersourcedid", ""),
        (Kind.FLAGS, "usersourcedid flag", ""),
        (Kind.ENROLLMENTS, "classsourcedid usersourcedid", "role begindate schoolsourcedid"),
        (Kind.ROLES, "usersourcedid role", ""),
        (Kind.DEMOGRAPHICS, "birthdate", "sourcedid usersourcedid"),
        (Kind.USERS, "sourcedid", "givenname familyname"),
        (Kind.MANIFEST, "propertyname value", ""),
        (Kind.SESSIONS, "sourcedid startdate enddate", ""),
        (Kind.OTHER, "classsourcedid", ""),
        (Kind.CLASSES, "sourcedid title", _OF_CLASSES),
        (Kind.ORGS, "sourcedid name type", ""),
    )
)


_NAMES = frozenset({"givenname", "familyname"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a set: the member it stands in, what it is, and its plain headers."""

    member: Member
    kind: Kind
    headers: frozenset[str]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Columns that are missing or misspelt: of the names, or of the table its file is."""
        if self.kind is Kind.USERS:
            return tuple(sorted(_NAMES - self.headers))
        if self.kind is not Kind.OTHER or not self.headers:
            return ()
        named = _named(self.member)
        needed = (all_of for kind, all_of, _ in _NEEDED if kind is named is not Kind.OTHER)
        return tuple(sorted(next(needed, frozenset()) - self.headers))


def sheet_of(member: Member) -> Sheet:
    """What a table is; `Kind.OTHER` for one that is not read."""
    with ExitStack() as stack:
        table = _open(member, stack)
        if table is None:
            return Sheet(member, _named(member), frozenset())
        headers = frozenset(_header(each) for each in table.headers)
    kind = _kind(headers)
    if kind is Kind.ROLES and _named(member) is Kind.ENROLLMENTS:
        kind = Kind.OTHER  # its column of classes is missing or misspelt
    return Sheet(member, kind, headers)


def file_of(sheets: Iterable[Sheet], kind: Kind) -> str:
    """The file that holds the first table of a kind, or ""."""
    return next((sheet.member.name for sheet in sheets if sheet.kind is kind), "")


def rules() -> dict[str, Any]:
    """What the codes of these formats mean."""
    return _rules()


def word(code: str) -> str:
    """A code as it is compared: small letters and digits only."""
    return _NOT_A_LETTER.sub("", code.casefold())


def several(text: str) -> list[str]:
    """The parts of a cell that lists things."""
    return [part for part in _PARTS.split(text.strip()) if part]


class Sheets:
    """The tables of one set, read row by row into one `Reading`.

    Attributes:
        deletes, states: whether rows say that they are to be deleted, or say anything of that.
        changed: the newest day, as ISO, on which a row was changed; "" when none says it.
    """

    def __init__(self, sheets: Iterable[Sheet], reading: Reading, progress: Progress) -> None:
        self.reading = reading
        self._sheets = tuple(sheets)
        self._progress = progress
        self._done = 0
        self._total = sum(sheet.member.size for sheet in self._sheets)
        self.deletes = False
        self.states = False
        self.changed = ""

    def has(self, kind: Kind) -> bool:
        """Whether there is a table of this kind."""
        return any(sheet.kind is kind for sheet in self._sheets)

    def count(self, kind: Kind) -> int:
        """How many rows the tables of a kind have; nothing of them is looked at."""
        return sum(1 for sheet in self._sheets if sheet.kind is kind for _ in self._rows(sheet))

    def rows(self, kind: Kind) -> Iterator[Line]:
        """The rows of all tables of a kind; what may not be held is counted, not handed on."""
        for sheet in self._sheets:
            if sheet.kind is kind:
                yield from self._lines(sheet)

    def _lines(self, sheet: Sheet) -> Iterator[Line]:
        with ExitStack() as stack:
            table = _open(sheet.member, stack)
            if table is None:
                return
            for note in table.notes:
                if not note.where.column.startswith("["):
                    self.reading.fault(note.where, note.message)
            columns = _Columns(table, sheet.member.name, self.reading)
            size = max(sheet.member.size, 1)
            dated = "datelastmodified" in columns.at
            for number, row in enumerate(table.rows(self.reading.findings(sheet.member.name))):
                self.reading.count_row(sheet.member.name)
                if number % _BATCH == 0:
                    self._progress.step(self._done + min(number * _ROW, size), self._total)
                line = Line(columns, row)
                self._note_state(line)
                if dated:
                    self.changed = max(self.changed, _iso(line("datelastmodified")))
                yield line
            columns.end()
            self._done += size

    def _rows(self, sheet: Sheet) -> Iterator[Row]:
        with ExitStack() as stack:
            table = _open(sheet.member, stack)
            if table is not None:
                yield from table.rows(self.reading.findings(sheet.member.name))

    def _note_state(self, line: Line) -> None:
        state = line("status")
        if state:
            self.states = True
            self.deletes = self.deletes or line.deleted


class _Columns:
    """Where columns stand, how they write days, and which of them may not be held."""

    def __init__(self, table: Table, file: str, reading: Reading) -> None:
        self.file = file
        self.reading = reading
        self.headers = table.headers
        self.at: dict[str, int] = {}
        self.kept_out: list[tuple[int, str, str]] = []
        self.counts: dict[int, int] = {}
        for place, name in enumerate(table.headers):
            reason = reason_to_drop(name)
            if reason:
                self.kept_out.append((place, name, reason))
            else:
                self.at.setdefault(_header(name), place)
        self.orders = self._orders(table)

    def end(self) -> None:
        """Tell how often each column was filled that may not be held."""
        for place, name, reason in self.kept_out:
            if self.counts.get(place):
                self.reading.kept_out.drop(name, reason, self.counts[place])

    def _orders(self, table: Table) -> dict[str, DateOrder]:
        """How each column writes its days; the Dutch way when that cannot be told."""
        days = [name for name in self.at if name.endswith("date")]
        if not days:
            return {}
        look = [row.cells for row in islice(table.rows(Findings(self.file)), _LOOK)]
        found = ((name, cells.find_order(row[self.at[name]] for row in look)) for name in days)
        return {name: order or DateOrder.DAY_FIRST for name, order in found}


class Line:
    """One row, its cells by header."""

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: _Columns, row: Row) -> None:
        self._columns = columns
        self._row = row
        for place, _, _ in columns.kept_out:
            if row.cells[place]:
                columns.counts[place] = columns.counts.get(place, 0) + 1

    def __call__(self, name: str) -> str:
        """The raw text under a header, or ""; for codes and references only."""
        place = self._columns.at.get(name)
        if place is None:
            return ""
        cell = self._row.cells[place]
        return cell if isinstance(cell, str) else cell.isoformat()

    def text(self, name: str) -> str:
        """The text under a header as it may be kept."""
        return self._columns.reading.text(self(name), partial(self.where, name))

    def phone(self, *names: str) -> str:
        """The first telephone number under these headers."""
        for name in names:
            place = partial(self.where, name)
            written = self._columns.reading.text(self(name), place, phone=True)
            found, fault = cells.phone(written)
            if fault:
                self._columns.reading.fault(self.where(name), fault)
            if found:
                return found
        return ""

    def email(self, name: str) -> str:
        """The e-mail address under a header."""
        found, fault = cells.email(self.text(name))
        if fault:
            self._columns.reading.fault(self.where(name), fault)
        return found

    def day(self, name: str) -> date | None:
        """The day under a header, or None; one that cannot be read is told."""
        place = self._columns.at.get(name)
        if place is None or not self._row.cells[place]:
            return None
        order = self._columns.orders.get(name, DateOrder.DAY_FIRST)
        found, fault = cells.day(self._row.cells[place], order)
        if fault:
            self._columns.reading.fault(self.where(name), fault)
        return found

    def where(self, name: str = "") -> Where:
        """The place of the row, or of a cell in it."""
        place = self._columns.at.get(name)
        column = name if place is None else self._columns.headers[place]
        return Where(self._columns.file, self._row.number, column)

    def key_place(self) -> Where:
        """The place of the key in the row."""
        return self.where("sourcedid")

    @property
    def deleted(self) -> bool:
        """Whether the row says that what it is about is to be deleted."""
        return word(self("status")) == DELETED


def _iso(text: str) -> str:
    """The day of an instant as the standard writes it; anything else says nothing."""
    found = _INSTANT.match(text)
    return found[0] if found else ""


def _open(member: Member, stack: ExitStack) -> Table | None:
    """The table in a member, or None when it has headers only, or not even those."""
    limits = Limits(size=limit(Limit.FILE), unpacked=limit(Limit.TOTAL), rows=limit(Limit.ROWS))
    stream = stack.enter_context(member.open())
    try:
        return open_table(stream, member.name, limits=limits)
    except Refusal as refusal:
        if refusal.message.id in _EMPTY:
            return None
        raise


def _named(member: Member) -> Kind:
    """The table that a file is called after."""
    stem = word(member.name.rpartition(".")[0])
    return next((kind for kind in Kind if kind == stem), Kind.OTHER)


def _kind(headers: frozenset[str]) -> Kind:
    for kind, all_of, one_of in _NEEDED:
        if all_of <= headers and (not one_of or one_of & headers):
            return kind
    return Kind.OTHER


def _header(name: str) -> str:
    plain = word(name)
    spellings: dict[str, str] = _rules()["spellings"]
    return spellings.get(plain, plain)


@cache
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = resources.roster_rules()["sourced"]
    return found
