"""Finds out what a person chose, and reads it: the one way in for files of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Message, Refusal
from app.jobs import SILENT, Part, awaited
from app.roster.calm import uncollected
from app.roster.readers import sourced
from app.roster.readers.edexml import kind_of, read_edexml
from app.roster.readers.lists import read_list
from app.roster.readers.oneroster import read_oneroster
from app.roster.readers.sds import is_sds, read_sds
from app.roster.roster import Fault, SourceKind, Where
from app.roster.source import files
from app.roster.source.kept_out import shown
from app.roster.source.sniff import Content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.jobs import Progress
    from app.roster.readers.mapping import Mapping
    from app.roster.roster import Roster
    from app.roster.source.files import Member

_FEWEST_FORMER = 2
_ALL = 1000
_OF_DIGEST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What a person chose, looked at and not read yet.

    Attributes:
        kind: what kind of source it is; a list needs a mapping.
        files: names of the files that will be read.
        members: the files themselves; a list has one.
        faults: what was passed over, and names that do not fit the content.
        sheets: the tables of a set, in the order of `members`.
    """

    kind: SourceKind
    files: tuple[str, ...]
    members: tuple[Member, ...]
    faults: tuple[Fault, ...] = ()
    sheets: tuple[sourced.Sheet, ...] = ()


def look_at(paths: Sequence[Path]) -> Found:
    """What the files, folder or zip hold, told from their content.

    Raises:
        Refusal: nothing of it is understood; the sentence says why and what to do.
        Trouble: a file cannot be opened.
    """
    chosen = files.gather(paths)
    found = _papers(chosen.members) or _tables(chosen.members)
    return replace(found, faults=chosen.faults + found.faults)


def read(
    source: Found | Sequence[Path], mapping: Mapping | None = None, progress: Progress = SILENT
) -> Roster:
    """Everything that the files say; what may not be held was dropped and is only counted.

    Args:
        source: what `look_at` found, or the files themselves.
        mapping: how the columns of a list are understood; other kinds need none.
        progress: is told how far it is, and may stop it.

    Raises:
        Refusal: nothing of it is understood, or a list has no mapping.
        Trouble: a file cannot be opened.
        CancelledError: the person stopped it.
    """
    found = source if isinstance(source, Found) else look_at(source)
    with uncollected(), awaited(progress, 0, _ALL) as told:
        digest = files.digest(found.members, Part(told, 0, _OF_DIGEST, _ALL))
        roster = _read(found, mapping, Part(told, _OF_DIGEST, _ALL, _ALL))
    left_out = any(fault.left_out for fault in found.faults)
    return replace(
        roster,
        files=found.files,
        digest=digest,
        whole=roster.whole and not left_out,
        whole_staff=roster.whole_staff and not left_out,
        faults=found.faults + roster.faults,
    )


def _read(found: Found, mapping: Mapping | None, progress: Progress) -> Roster:
    match found.kind:
        case SourceKind.EDEXML | SourceKind.UWLR:
            return read_edexml(found.members, found.kind, progress)
        case SourceKind.ONEROSTER:
            return read_oneroster(found.sheets, progress)
        case SourceKind.SDS:
            return read_sds(found.sheets, progress)
        case SourceKind.LIST:
            return _read_list(found, mapping, progress)


def _read_list(found: Found, mapping: Mapping | None, progress: Progress) -> Roster:
    member = found.members[0]
    if mapping is None:
        raise Refusal("roster.mapping_needed", file=member.name)
    with member.open() as stream:
        return read_list(stream, member.name, mapping, progress)


def _papers(members: tuple[Member, ...]) -> Found | None:
    """XML files, which have to be of one kind; tables beside them are passed over."""
    kinds: dict[Member, SourceKind | None] = {}
    refused: list[Fault] = []
    for member in members:
        if member.content is Content.XML:
            try:
                kinds[member] = kind_of(member)
            except Refusal as refusal:
                if len(members) == 1:
                    raise
                refused.append(Fault(Where(member.name), refusal.message, left_out=True))
    known = {kind for kind in kinds.values() if kind is not None}
    if len(known) > 1:
        raise Refusal("roster.several_kinds")
    if known:
        papers = tuple(member for member, kind in kinds.items() if kind is not None)
        told = {fault.where.file for fault in refused}
        others = tuple(member for member in members if member.name not in told)
        found = _found(known.pop(), papers, others)
        return replace(found, faults=found.faults + tuple(refused))
    if len(kinds) + len(refused) == len(members):
        raise Refusal("roster.xml_unknown", file=members[0].name)
    return None


def _tables(members: tuple[Member, ...]) -> Found:
    """A set of tables that refer to each other, or one list."""
    tables = tuple(member for member in members if member.content is not Content.XML)
    sheets, unreadable = _sheets(tables)
    kinds = [sheet.kind for sheet in sheets]
    if kinds.count(sourced.Kind.FORMER) >= _FEWEST_FORMER:
        raise Refusal("roster.sds_former")
    known = tuple(sheet for sheet in sheets if sheet.kind is not sourced.Kind.OTHER)
    if sourced.Kind.USERS in kinds and (len(sheets) > 1 or "role" in sheets[0].headers):
        kind = SourceKind.SDS if is_sds(sheets) else SourceKind.ONEROSTER
        found = _found(kind, tuple(sheet.member for sheet in sheets), members)
        return replace(found, faults=found.faults + _lacking(sheets), sheets=sheets)
    if unreadable is not None:
        raise unreadable
    if len(known) > 1:
        raise Refusal("roster.users_missing")
    if len(tables) != 1:
        raise Refusal("roster.several_lists", number=len(tables))
    return _found(SourceKind.LIST, tables, members)


def _sheets(tables: tuple[Member, ...]) -> tuple[tuple[sourced.Sheet, ...], Refusal | None]:
    """What each table is, and why the first that cannot be read cannot."""
    if len(tables) == 1 and tables[0].content is Content.ZIP:
        return (), None  # a workbook is opened when its mapping is made
    sheets: list[sourced.Sheet] = []
    refused: Refusal | None = None
    for member in tables:
        try:
            sheets.append(sourced.sheet_of(member))
        except Refusal as refusal:
            refused = refused or refusal
    return tuple(sheets), refused


def _lacking(sheets: tuple[sourced.Sheet, ...]) -> tuple[Fault, ...]:
    """What is told of tables with columns that are missing or misspelt."""
    found = []
    for sheet in sheets:
        for header in sheet.lacking:
            whole = sheet.kind is sourced.Kind.OTHER
            text = "roster.table_unread" if whole else "roster.column_missing_here"
            where = Where(sheet.member.name, 1)
            found.append(Fault(where, Message(text, {"header": header}), left_out=whole))
    return tuple(found)


def _found(kind: SourceKind, read_now: tuple[Member, ...], every: tuple[Member, ...]) -> Found:
    passed = tuple(
        Fault(Where(member.name), Message("roster.member_passed_over"))
        for member in every
        if member not in read_now
    )
    names = dict.fromkeys(shown(member.path.name) for member in read_now)
    return Found(kind, tuple(names), read_now, passed)
