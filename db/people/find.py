"""Finding guardians, and pupils and guardians together, by words of their names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.names import fold, full_name, list_name
from app.people.questions import FindPeople, GuardianIds, GuardianLine, GuardianLines, Hit

if TYPE_CHECKING:
    from db.store.reading import Reading

_GUARDIANS = "SELECT id FROM guardian_index"
_GUARDIAN_LINES = """
SELECT g.id, g.first_name, g.prefix, g.surname, g.institution, g.town, g.ship,
    p.first_name, p.prefix, p.surname
FROM json_each(:ids) AS wanted
JOIN guardian AS g ON g.id = wanted.value
LEFT JOIN relation AS r ON r.guardian_id = g.id AND r.ended = 0
LEFT JOIN pupil AS p ON p.id = r.pupil_id
ORDER BY wanted.key, p.birth_date IS NULL, p.birth_date, p.id
"""
_PUPILS = "SELECT DISTINCT id, sort_key FROM pupil_index"
_PUPIL_HITS = """
SELECT p.id, p.first_name, p.prefix, p.surname, coalesce(g.name, ''), coalesce(s.name, '')
FROM json_each(:ids) AS wanted
JOIN pupil AS p ON p.id = wanted.value
LEFT JOIN pupil_index AS i ON i.id = p.id AND :on BETWEEN i.start AND i."end"
LEFT JOIN "group" AS g ON g.id = i.group_id
LEFT JOIN site AS s ON s.id = i.site_id
ORDER BY wanted.key, i.start, i.enrolment_id
"""


def _matching(start: str, words: list[str]) -> tuple[str, dict[str, Any]]:
    """A statement narrowed to rows in which every word begins a word of the name."""
    where = " AND ".join(f"instr(words, :word{place})" for place in range(len(words)))
    values = {f"word{place}": f" {word}" for place, word in enumerate(words)}
    return (f"{start} WHERE {where}" if words else start) + " ORDER BY sort_key, id", values


def guardian_ids(reader: Reading, question: GuardianIds) -> tuple[str, ...]:
    """Ids of guardians in order of name; kept until the next commit."""
    kept = reader.kept_answer(question)
    if kept is None:
        statement, values = _matching(_GUARDIANS, fold(question.search).split())
        kept = tuple(row[0] for row in reader.rows(statement, values))
        reader.keep_answer(question, kept)
    return kept


def guardian_lines(reader: Reading, question: GuardianLines) -> tuple[GuardianLine, ...]:
    """Lines of guardians in the order of the ids."""
    lines: dict[str, GuardianLine] = {}
    for row in reader.rows(_GUARDIAN_LINES, {"ids": json.dumps(question.ids)}):
        guardian_id, first, prefix, surname, institution, town, ship, *child = row
        known = lines.get(guardian_id)
        children = known.children if known else ()
        if child[0] is not None:
            children = (*children, full_name(*child))
        name = list_name(first, prefix, surname)
        shown = ", ".join(part for part in (institution, name) if part)
        lines[guardian_id] = GuardianLine(guardian_id, shown, town, ship, children)
    return tuple(lines.values())


def find_people(reader: Reading, question: FindPeople) -> tuple[Hit, ...]:
    """Pupils first, then guardians, each in order of name."""
    words = fold(question.text).split()
    if not words:
        return ()
    statement, values = _matching(_PUPILS, words)
    limit = {**values, "limit": question.limit}
    pupils = [row[0] for row in reader.rows(statement + " LIMIT :limit", limit)]
    hits = _pupil_hits(reader, pupils, question)
    statement, values = _matching(_GUARDIANS, words)
    limit = {**values, "limit": question.limit - len(hits)}
    guardians = tuple(row[0] for row in reader.rows(statement + " LIMIT :limit", limit))
    lines = guardian_lines(reader, GuardianLines(guardians))
    return (*hits, *(_guardian_hit(line) for line in lines))


def _pupil_hits(reader: Reading, ids: list[str], question: FindPeople) -> tuple[Hit, ...]:
    values = {"ids": json.dumps(ids), "on": question.on.isoformat()}
    hits: dict[str, Hit] = {}
    for pupil_id, first, prefix, surname, group, site in reader.rows(_PUPIL_HITS, values):
        detail = " · ".join(part for part in (group, site) if part)
        hits[pupil_id] = Hit("pupil", pupil_id, full_name(first, prefix, surname), detail)
    return tuple(hits.values())


def _guardian_hit(line: GuardianLine) -> Hit:
    return Hit("guardian", line.id, line.name, ", ".join(line.children))


FOUND: dict[type[Any], Any] = {
    GuardianIds: guardian_ids,
    GuardianLines: guardian_lines,
    FindPeople: find_people,
}
