"""Answers to what is asked of a dossier compartment."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from app.dossier.case import fold as fold_case
from app.dossier.questions import DossierLine, DossierLines, HighestNumber
from app.dossier.records import Case, Step
from app.errors import Trouble
from app.names import fold
from app.procedures.procedure import procedure_of

if TYPE_CHECKING:
    from db.store.reading import Reading

_LINES = """
SELECT d.id, d.subject_id, d.subject_name,
    (SELECT count(*) FROM entry AS e WHERE e.dossier_id = d.id),
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
    open_cases = _open_cases(reader)
    found = []
    for dossier_id, subject_id, name, entries, latest in reader.rows(_LINES):
        folded = fold(name)
        if all(f" {word}" in f" {folded}" for word in wanted):
            day = date.fromisoformat(latest) if latest else None
            cases = open_cases[dossier_id]
            line = DossierLine(dossier_id, subject_id, name, entries, cases, day)
            found.append((folded, dossier_id, line))
    return tuple(line for _, _, line in sorted(found, key=lambda item: item[:2]))


def _open_cases(reader: Reading) -> Counter[str]:
    """How many cases go on, per dossier."""
    steps: dict[str, list[Step]] = {}
    for step in reader.all(Step):
        steps.setdefault(step.case_id, []).append(step)
    cases = reader.all(Case)
    return Counter(c.dossier_id for c in cases if _is_open(c, steps.get(c.id, [])))


def _is_open(case: Case, steps: list[Step]) -> bool:
    """Whether a case goes on; without its procedure it counts as open."""
    try:
        return not fold_case(procedure_of(case.procedure, case.version), case, steps).closed
    except Trouble:
        return True


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
