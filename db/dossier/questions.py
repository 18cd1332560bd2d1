"""Answers to what is asked of a dossier compartment."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from app.dossier.procedure import procedure_of
from app.dossier.questions import DossierLine, DossierLines, HighestNumber
from app.errors import Trouble
from app.names import fold

if TYPE_CHECKING:
    from db.store.reading import Reading

_LINES = """
SELECT d.id, d.subject_id, d.subject_name,
    (SELECT count(*) FROM entry AS e WHERE e.dossier_id = d.id),
    (SELECT max(e.happened_on) FROM entry AS e WHERE e.dossier_id = d.id)
FROM dossier AS d
"""
_CASES = """
SELECT c.dossier_id, c.procedure, c.version,
    (SELECT s.step FROM step AS s WHERE s.case_id = c.id ORDER BY s.position DESC LIMIT 1)
FROM "case" AS c
"""
_HIGHEST = {
    "case": 'SELECT number FROM "case" WHERE number BETWEEN ? AND ?',
    "letter": "SELECT number FROM letter WHERE number BETWEEN ? AND ?",
}


def dossier_lines(reader: Reading, question: DossierLines) -> tuple[DossierLine, ...]:
    """All dossiers by name; every typed word must begin a word of the name."""
    wanted = fold(question.search).split()
    open_cases = Counter(row[0] for row in reader.rows(_CASES) if _is_open(*row[1:]))
    found = []
    for dossier_id, subject_id, name, entries, latest in reader.rows(_LINES):
        folded = fold(name)
        if all(f" {word}" in f" {folded}" for word in wanted):
            day = date.fromisoformat(latest) if latest else None
            cases = open_cases[dossier_id]
            line = DossierLine(dossier_id, subject_id, name, entries, cases, day)
            found.append((folded, dossier_id, line))
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


def _is_open(procedure: str, version: int, last_step: str | None) -> bool:
    """Whether a case goes on after its last step; without its procedure it counts as open."""
    if last_step is None:
        return True
    try:
        known = procedure_of(procedure, version)
    except Trouble:
        return True
    step = known.step(last_step)
    state = known.state(step.to) if step else None
    return state is None or not state.final


def highest_number(reader: Reading, question: HighestNumber) -> int:
    """The highest running number of a year."""
    first = f"{question.year}-"
    rows = reader.rows(_HIGHEST[question.kind], (first, f"{question.year}."))
    tails = (number[len(first) :] for (number,) in rows)
    return max((int(tail) for tail in tails if tail.isdecimal()), default=0)


ANSWERS: dict[type[Any], Any] = {
    DossierLines: dossier_lines,
    HighestNumber: highest_number,
}
