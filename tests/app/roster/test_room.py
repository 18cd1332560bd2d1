"""How much room a large list takes in memory, counted in bytes for each person in it."""

from __future__ import annotations

import tracemalloc
from datetime import date
from typing import TYPE_CHECKING

from app.roster.accept import spendable
from app.roster.asking import Asking
from app.roster.compare import compare, proposal_of
from app.roster.plan import Lines
from app.roster.questions import Known
from app.roster.read import read
from app.roster.readers.mapping import Mapping

if TYPE_CHECKING:
    from pathlib import Path

    from app.roster.proposal import Proposal

COLUMNS = {
    "Nr": "pupil.number", "Roepnaam": "pupil.first_name", "Achternaam": "pupil.surname",
    "Geboren": "pupil.birth_date", "Groep": "pupil.group", "Ouder 1": "guardian1.name",
    "Mail 1": "guardian1.email", "Telefoon 1": "guardian1.phone", "Straat": "guardian1.street",
    "Ouder 2": "guardian2.name", "Mail 2": "guardian2.email",
}  # fmt: skip
MAPPING = Mapping(name="lijst", columns=tuple(COLUMNS.items()), whole=True)
PUPILS = 1500


def written(path: Path, pupils: int) -> Path:
    """A list of children with two parents each."""
    rows = [";".join(COLUMNS)]
    for at in range(pupils):
        family = f"Wal{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}"
        child = f"{10**5 + at};Zoë;{family};{at % 28 + 1:02}-05-2020;Groep {at % 30}"
        mother = f"Anna {family};a{at}@post.example;06-{10**7 + at};Kade {at % 400}"
        rows.append(f"{child};{mother};Piotr Vis;p{at}@post.example")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def proposed(path: Path) -> Proposal:
    roster = spendable(read([path], MAPPING))
    known = Known()
    proposal = proposal_of(
        roster, known, compare(roster, known, Asking(today=date(2026, 9, 1)))
    )
    assert isinstance(proposal.lines, Lines)
    proposal.lines.put_in_order()
    return proposal


def test_a_proposal_takes_little_room_for_each_person(tmp_path: Path) -> None:
    proposed(written(tmp_path / "klein.csv", 5))  # what is loaded and kept once
    path = written(tmp_path / "lijst.csv", PUPILS)
    tracemalloc.start()
    try:
        proposal = proposed(path)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    people = len(proposal.lines)
    assert people > 3 * PUPILS
    assert held / people < 760, "what a proposal holds on to"
    assert most / people < 830, "what it took to make it"
