"""Answers to what is asked of a dossier compartment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.dossier.questions import DossierLine, DossierLines, HighestNumber
from app.names import fold

if TYPE_CHECKING:
    from db.store.reading import Reading

_LINES = """
SELECT d.id, d.subject_id, d.subject_name,
    (SELECT count(*) FROM entry AS e WHERE e.dossier_id = d.id),
    (SELECT count(*) FROM "case" AS c WHERE c.dossier_id = d.id),
    (SELECT max(e.happened_on) FROM entry AS e WHERE e.dossier_id = d.id)
FROM dossier AS d
"""
_HIGHEST = {
    "case": 'SELECT number FROM "case" WHERE number BETWEEN ? AND ?',
    "letter": "SELECT number FROM letter WHERE number BETWEEN ? AND ?",
}


def dossier_lines(reader: Reading, question: DossierLines) -> tuple[DossierLine, ...]:
    """All dossiers by name; every typed word must begin a word of the name."""
    wanted = fold(question.search).split()
    found = []
    for dossier_id, subject_id, name, entries, cases, latest in reader.rows(_LINES):
        folded = fold(name)
        if all(f" {word}" in f" {folded}" for word in wanted):
            day = date.fromisoformat(latest) if latest else None
            line = DossierLine(dossier_id, subject_id, name, entries, cases, day)
            found.append((folded, dossier_id, line))
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


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
