"""Answers whether anything was built on an import since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.names import full_name
from app.roster.questions import Built, BuiltOn
from db.roster.tables import ROSTER_IMPORT
from db.store.past import seal_of

if TYPE_CHECKING:
    from db.store.reading import Reading

_MOST = 50
_TOUCHED = """
WITH touched (id) AS (
    SELECT id FROM pupil WHERE seal = :seal
    UNION SELECT id FROM guardian WHERE seal = :seal
    UNION SELECT id FROM staff_member WHERE seal = :seal
    UNION SELECT pupil_id FROM enrolment WHERE seal = :seal
    UNION SELECT pupil_id FROM relation WHERE seal = :seal)
"""
_BOTH = "WITH touched (id) AS (SELECT :one UNION SELECT :two)"
_LATER = {
    "decision": ("decision", "subject_id", "decider_id"),
    "authority": ("authority", "pupil_id", "guardian_id"),
    "safety_flag": ("safety_flag", "pupil_id", "pupil_id"),
    "retraction": ("retraction", "subject_id", "subject_id"),
    "issued_form": ("issued_form", "pupil_id", "guardian_id"),
    "request": ("request", "subject_id", "decider_id"),
    "unclear_answer": ("unclear_answer", "subject_id", "decider_id"),
    "objection": ("objection", "subject_id", "person_id"),
    "leave": ("leave", "staff_id", "staff_id"),
    "issued_receipt": ("issued_receipt", "subject_id", "person_id"),
    "publication_subject": ("publication_subject", "subject_id", "subject_id"),
    "office_letter": ("office_letter", "subject_id", "recipient_id"),
    "enrolment": ("enrolment", "pupil_id", "pupil_id"),
    "relation": ("relation", "pupil_id", "guardian_id"),
}
_ANY_LATER = "SELECT 1 FROM {table} WHERE seal > :seal LIMIT 1"
_ABOUT = """
SELECT t.{one}, count(*) FROM {table} AS t
WHERE t.seal > :seal AND (t.{one} IN touched OR t.{two} IN touched) GROUP BY t.{one} LIMIT 50
"""
_PLACED = """
SELECT g.name, count(*) FROM enrolment AS e JOIN "group" AS g ON g.id = e.group_id
WHERE e.seal > :seal AND g.seal = :seal GROUP BY g.id
UNION ALL SELECT s.name, count(*) FROM enrolment AS e JOIN site AS s ON s.id = e.site_id
WHERE e.seal > :seal AND s.seal = :seal GROUP BY s.id
UNION ALL SELECT g.name, 1 FROM round AS r JOIN "group" AS g ON g.id = r.group_id
WHERE r.seal > :seal AND g.seal = :seal
UNION ALL SELECT s.name, 1 FROM round AS r JOIN site AS s ON s.id = r.site_id
WHERE r.seal > :seal AND s.seal = :seal
UNION ALL SELECT s.name, count(*) FROM staff_member AS m JOIN site AS s ON s.id = m.site_id
WHERE m.seal > :seal AND s.seal = :seal GROUP BY s.id
UNION ALL SELECT g.name, count(*) FROM channel AS c JOIN "group" AS g
    ON instr(c.group_ids, g.id) > 0
WHERE c.seal > :seal AND g.seal = :seal GROUP BY g.id
UNION ALL SELECT g.name, 1 FROM "group" AS g WHERE g.seal > :seal AND (
    g.site_id IN (SELECT id FROM site WHERE seal = :seal)
    OR g.school_year_id IN (SELECT id FROM school_year WHERE seal = :seal))
"""
_CHANGED = """
SELECT p.kind, p.id, count(*) FROM past_state AS p
WHERE p.seal = :seal AND p.replaced_by > p.seal AND p.kind <> 'roster_import'
GROUP BY p.kind, p.id LIMIT 50
"""
_PEOPLE = {
    "pupil": "SELECT first_name, prefix, surname FROM pupil WHERE id = ?",
    "guardian": """SELECT coalesce(nullif(first_name, ''), initials), prefix,
        coalesce(nullif(surname, ''), institution) FROM guardian WHERE id = ?""",
    "staff_member": "SELECT first_name, prefix, surname FROM staff_member WHERE id = ?",
    "group": "SELECT name, '', '' FROM \"group\" WHERE id = ?",
    "site": "SELECT name, '', '' FROM site WHERE id = ?",
    "relation": """SELECT p.first_name, p.prefix, p.surname FROM relation AS r
        JOIN pupil AS p ON p.id = r.pupil_id WHERE r.id = ?""",
}


def built_on(reader: Reading, question: BuiltOn) -> tuple[Built, ...]:
    """What was done since with anything that an import wrote."""
    values: dict[str, object] = {"seal": seal_of(reader, ROSTER_IMPORT, question.import_id)}
    found = _later(reader, _TOUCHED, values)
    found += [Built("enrolment", name, count) for name, count in reader.rows(_PLACED, values)]
    return tuple((found + _changed(reader, values))[:_MOST])


def built_on_merger(reader: Reading, seal: int, ids: tuple[str, str]) -> tuple[Built, ...]:
    """What was done with two records since an entry that merged them."""
    values: dict[str, object] = {"seal": seal, "one": ids[0], "two": ids[1]}
    return tuple((_later(reader, _BOTH, values) + _changed(reader, values))[:_MOST])


def _later(reader: Reading, touched: str, values: dict[str, object]) -> list[Built]:
    """Facts that were recorded since about anybody who was touched."""
    found = []
    for what, (table, one, two) in _LATER.items():
        if not reader.rows(_ANY_LATER.format(table=table), {"seal": values["seal"]}):
            continue
        statement = touched + _ABOUT.format(table=table, one=one, two=two)
        for id, count in reader.rows(statement, values):
            found.append(Built(what, _name(reader, id), count))
    return found


def _changed(reader: Reading, values: dict[str, object]) -> list[Built]:
    """What was changed since of that which an entry wrote."""
    rows = reader.rows(_CHANGED, {"seal": values["seal"]})
    return [Built("changed", _name(reader, id, kind), count) for kind, id, count in rows]


def _name(reader: Reading, id: str, kind: str = "") -> str:
    """The name of somebody or something, for a person to find it."""
    for name in (kind,) if kind in _PEOPLE else ("pupil", "guardian", "staff_member"):
        rows = reader.rows(_PEOPLE[name], (id,))
        if rows:
            return full_name(*rows[0])
    return ""


BUILT: dict[type[Any], Any] = {BuiltOn: built_on}
