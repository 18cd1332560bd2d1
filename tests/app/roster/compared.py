"""A register in a line or two, and what a file would change in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.people.records import Group, Guardian, SchoolYear, Site, StaffMember
from app.roster.asking import Asking
from app.roster.compare import compare, proposal_of
from app.roster.proposal import About, Decided, Line, Proposal
from app.roster.questions import Known, KnownPupil, Standing
from tests.app.roster.made import BORN, roster

TODAY = date(2026, 11, 22)
LATER = date(2021, 6, 7)
DAY = timedelta(days=1)
YEAR = SchoolYear(id="y", name="2026-2027", start=date(2026, 8, 1), end=date(2027, 7, 31))
SITES = {"s": Site(id="s", name="De Kade"), "t": Site(id="t", name="Het Zwanejong")}
GROUPS = {
    key: Group(id=key, site_id=at, school_year_id="y", name=name)
    for key, at, name in (("g", "s", "Zeester"), ("h", "s", "Zeepaard"), ("k", "t", "Krab"))
}


def pupil(id: str = "p", first: str = "Zoë", surname: str = "Wal", **more: Any) -> KnownPupil:
    given = {
        "prefix": "", "birth_date": BORN, "number": "", "standing": Standing.ENROLLED,
        "site_id": "s", "group_id": "g", "start": date(2026, 8, 1), **more,
    }  # fmt: skip
    return KnownPupil(id=id, first_name=first, surname=surname, **given)


def register(*people: Any, keys: dict[str, str] | None = None, **more: Any) -> Known:
    """The register; keys as "about:key" to id."""
    named: dict[str, dict[str, str]] = {}
    for mark, id in (keys or {}).items():
        about, _, key = mark.partition(":")
        named.setdefault(about, {})[key] = id
    given = {
        "sites": {"s": SITES["s"]}, "groups": GROUPS, "years": {"y": YEAR}, "keys": named,
        "pupils": {p.id: p for p in people if isinstance(p, KnownPupil)},
        "guardians": {p.id: p for p in people if isinstance(p, Guardian)},
        "staff": {p.id: p for p in people if isinstance(p, StaffMember)},
        **more,
    }  # fmt: skip
    return Known(**given)


def proposed(
    known: Known, *people: Any, decided: dict[str, Decided] | None = None, **more: Any
) -> Proposal:
    values: dict[str, Any] = {"today": TODAY, "decided": decided or {}}
    values.update({name: more.pop(name) for name in ("site_id", "today") if name in more})
    asking = Asking(**values)
    made = roster(*people, **more)
    return proposal_of(made, known, compare(made, known, asking))


def lines(proposal: Proposal, about: About = About.PUPIL) -> list[Line]:
    return [line for line in proposal.lines if line.about is about]


def only(proposal: Proposal, about: About = About.PUPIL) -> Line:
    (line,) = lines(proposal, about)
    return line


def fields(line: Line) -> dict[str, tuple[str, str]]:
    return {change.field: (change.old, change.new) for change in line.fields}
