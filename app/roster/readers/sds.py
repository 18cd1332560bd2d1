"""Reads Microsoft School Data Sync v2.1: pupils, parents with their children, staff, classes.

Source: the public examples of School Data Sync v2.1 and the headers in them, checked
2026-11-22. The flags of pupils (care, free meals) are counted and never read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.roster.readers.membership import Membership, Role
from app.roster.readers.reading import Reading
from app.roster.readers.sourced import Kind, Sheets, file_of, rules, word
from app.roster.roster import SourceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.jobs import Progress
    from app.roster.readers.sourced import Line, Sheet
    from app.roster.roster import Roster

_MARKS = frozenset(
    {
        "activedirectorymatchid",
        "rolestartdate",
        "sessionsourcedids",
        "relationshipusersourcedid",
    }
)
_FLAGS = "userFlags.csv"


def is_sds(sheets: Sequence[Sheet]) -> bool:
    """Whether a set of tables is of School Data Sync and not OneRoster."""
    return any(_MARKS & sheet.headers or sheet.kind is Kind.FLAGS for sheet in sheets)


def read_sds(sheets: Sequence[Sheet], progress: Progress) -> Roster:
    """What a set of tables says.

    Raises:
        Refusal: nobody is in it, or it cannot be read any further.
        CancelledError: the person stopped it.
    """
    reading = Reading(file_of(sheets, Kind.USERS))
    tables = Sheets(sheets, reading, progress)
    if flags := tables.count(Kind.FLAGS):
        reading.kept_out.drop(_FLAGS, "roster.dropped_flags", flags)
    members = Membership(tables)
    members.read()
    for line in tables.rows(Kind.RELATIONSHIPS):
        _note_kin(line, members)
    contacts = {guardian for _, guardian, _, _ in members.kin}
    parents = {guardian for pupil, guardian, _, _ in members.kin if pupil in members.roles}
    for line in tables.rows(Kind.USERS):
        user = line("sourcedid")
        roles: list[Role] = members.roles.get(user, [])
        if roles or user in parents or user not in members.others:
            members.add_user(line, roles, contact=user in contacts)
    members.finish()
    source = members.source or SourceKind.SDS.value
    year = members.school_year
    return reading.roster(SourceKind.SDS, source, school_year=year, whole=True)


def _note_kin(line: Line, members: Membership) -> None:
    """Note a parent or guardian; a doctor or an aide of a pupil is passed over."""
    pupil, contact = line("usersourcedid"), line("relationshipusersourcedid")
    kind = word(line("relationshiprole"))
    if kind and kind not in rules()["relations"]:
        members.reading.kept_out.drop("relationshipRole", "roster.dropped_contact")
        members.others.add(contact)
    elif pupil and contact:
        members.kin.append((pupil, contact, kind, line.where()))
