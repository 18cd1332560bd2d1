"""Answers to what is asked about people: lists in order, search, lines, guardians, groups."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from app.names import fold, list_name
from app.people.naming import NamesIn
from app.people.questions import (
    AlsoKnown,
    ChildrenOf,
    GonePerson,
    GroupPupils,
    GroupSize,
    GroupSizes,
    GuardianOf,
    GuardiansOf,
    Presence,
    PupilIds,
    PupilLine,
    PupilLines,
    PupilOrder,
)
from db.people import tables
from db.people.beginnings import VISITS, beginnings, fits
from db.people.find import FOUND
from db.people.named import people_named
from db.store.past import gone

if TYPE_CHECKING:
    from app.people.records import Guardian, Pupil, StaffMember
    from db.store.reading import Reading

_ON = ':on BETWEEN start AND "end"'
_NEEDED = {
    PupilOrder.NAME: "id",
    PupilOrder.GROUP: "id, group_id",
    PupilOrder.BIRTH: "id, birth_date",
    PupilOrder.NUMBER: "id, number",
}
_LEFT = ' GROUP BY sort_key, id HAVING NOT max(:on BETWEEN start AND "end")'
_IN_ORDER = " ORDER BY sort_key, id"
_GROUP_RANKS = """
SELECT g.id FROM "group" AS g JOIN site AS s ON s.id = g.site_id
ORDER BY s.name, g.position, g.name, g.id
"""
_LINES = """
SELECT p.id, p.first_name, p.prefix, p.surname, p.birth_date, p.number,
    coalesce(g.name, ''), coalesce(s.name, '')
FROM json_each(:ids) AS wanted
JOIN pupil AS p ON p.id = wanted.value
LEFT JOIN pupil_index AS i ON i.id = p.id AND :on BETWEEN i.start AND i."end"
LEFT JOIN "group" AS g ON g.id = i.group_id
LEFT JOIN site AS s ON s.id = i.site_id
ORDER BY wanted.key, i.start, i.enrolment_id
"""
_ALSO = """
WITH RECURSIVE up (id, far) AS (
    SELECT :id, 0
    UNION SELECT p.merged_into, up.far + 1 FROM up JOIN {table} AS p
        ON p.id = up.id AND p.merged_into != ''
), same (id, far) AS (
    SELECT id, 0 FROM (SELECT id FROM up ORDER BY far DESC LIMIT 1)
    UNION SELECT p.id, same.far + 1 FROM same JOIN {table} AS p
        ON p.merged_into = same.id AND p.merged_into != ''
)
SELECT id FROM same ORDER BY far, id
"""
_RELATIONS = """
SELECT {relation}, {guardian} FROM relation AS r JOIN guardian AS g ON g.id = r.guardian_id
WHERE r.pupil_id = ? AND r.ended = 0 ORDER BY r.position, r.id
"""
_CHILDREN = """
SELECT {pupil} FROM pupil AS p
WHERE p.id IN (SELECT pupil_id FROM relation WHERE guardian_id = ? AND ended = 0)
ORDER BY p.birth_date IS NULL, p.birth_date, p.id
"""
_AUTHORITIES = (
    "SELECT {authority} FROM authority AS a WHERE a.pupil_id = ? ORDER BY a.recorded_at, a.id"
)
_GROUP_PUPILS = """
SELECT DISTINCT id, sort_key FROM pupil_index
WHERE group_id = :group_id AND :on BETWEEN start AND "end" ORDER BY sort_key, id
"""
_GROUP_SIZES = """
SELECT group_id, count(DISTINCT id) FROM pupil_index
WHERE group_id <> '' AND :on BETWEEN start AND "end" GROUP BY group_id
"""
_STATES = """
SELECT row FROM past_state WHERE kind = ? AND id = ? ORDER BY seal DESC LIMIT 2
"""
_DIGITS = re.compile(r"(\d+)")


def pupil_ids(reader: Reading, question: PupilIds) -> tuple[str, ...]:
    """Ids in order; kept until the next commit, because a list asks again and again."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = _pupil_ids(reader, question)
        reader.keep_answer(question, kept)
    return kept


def _pupil_ids(reader: Reading, question: PupilIds) -> tuple[str, ...]:
    words = fold(question.search).split()
    if fits(question, words):
        found = beginnings(reader, question).found(words)
        return found[::-1] if question.descending else found
    where = [f"instr(words, :word{place})" for place in range(len(words))]
    where += [
        f"{name} = :{name}" for name in ("group_id", "site_id") if getattr(question, name)
    ]
    if question.presence in (Presence.PRESENT, Presence.VISITING):
        where.append(_ON)
    if question.presence is Presence.VISITING:
        where.append(VISITS)
    statement = f"SELECT {_NEEDED[question.order]} FROM pupil_index"
    statement += " WHERE " + " AND ".join(where) if where else ""
    statement += _LEFT if question.presence is Presence.LEFT else ""
    values = {f"word{place}": f" {word}" for place, word in enumerate(words)}
    values |= {"on": question.on.isoformat()}
    values |= {"group_id": question.group_id, "site_id": question.site_id}
    rows = reader.rows(statement + _IN_ORDER, values)
    rows = _ordered(reader, rows, question.order)
    if question.descending:
        rows.reverse()
    return tuple(dict.fromkeys(row[0] for row in rows))


def _ordered(
    reader: Reading, rows: list[tuple[Any, ...]], order: PupilOrder
) -> list[tuple[Any, ...]]:
    """Rows that come by name, in another order; equal ones stay by name."""
    if order is PupilOrder.GROUP:
        ranks = {row[0]: rank for rank, row in enumerate(reader.rows(_GROUP_RANKS))}
        rows.sort(key=lambda row: ranks.get(row[1], len(ranks)))
    elif order is PupilOrder.BIRTH:
        rows.sort(key=lambda row: row[1] or "9999")
    elif order is PupilOrder.NUMBER:
        rows.sort(key=lambda row: (not row[1], _natural(row[1])))
    return rows


def _natural(number: str) -> list[tuple[int, str]]:
    """A number such as "A9" before "A10"."""
    if number.isdecimal():
        return [(int(number), "")]
    parts = _DIGITS.split(number)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


def pupil_lines(reader: Reading, question: PupilLines) -> tuple[PupilLine, ...]:
    """Lines in the order of the ids; of several enrolments, the one that began last counts."""
    values = {"ids": json.dumps(question.ids), "on": question.on.isoformat()}
    lines: dict[str, PupilLine] = {}
    for pupil_id, first, prefix, surname, born, number, group, site in reader.rows(
        _LINES, values
    ):
        birth = date.fromisoformat(born) if born else None
        name = list_name(first, prefix, surname)
        lines[pupil_id] = PupilLine(pupil_id, name, group, site, birth, number)
    return tuple(lines.values())


def guardians_of(reader: Reading, question: GuardiansOf) -> tuple[GuardianOf, ...]:
    """The guardians of a pupil with relation and authority."""
    relation, guardian, authority = tables.RELATION, tables.GUARDIAN, tables.AUTHORITY
    found = _RELATIONS.format(relation=relation.listed("r"), guardian=guardian.listed("g"))
    facts = reader.rows(
        _AUTHORITIES.format(authority=authority.listed("a")), (question.pupil_id,)
    )
    known = [authority.read(row) for row in facts]
    width = len(relation.columns)
    pairs = [
        (relation.read(row[:width]), guardian.read(row[width:]))
        for row in reader.rows(found, (question.pupil_id,))
    ]
    return tuple(
        GuardianOf(person, link, tuple(fact for fact in known if fact.guardian_id == person.id))
        for link, person in pairs
    )


def children_of(reader: Reading, question: ChildrenOf) -> tuple[Pupil, ...]:
    """The pupils of a guardian."""
    found = reader.rows(
        _CHILDREN.format(pupil=tables.PUPIL.listed("p")), (question.guardian_id,)
    )
    return tuple(map(tables.PUPIL.read, found))


def also_known(reader: Reading, question: AlsoKnown) -> tuple[str, ...]:
    """The ids of one person; a merger joins two pupils or two guardians, never one of each."""
    for table in ("pupil", "guardian"):
        rows = reader.rows(_ALSO.format(table=table), {"id": question.id})
        found = tuple(row[0] for row in rows)
        if len(found) > 1:
            return found
    return (question.id,)


def group_pupils(reader: Reading, question: GroupPupils) -> tuple[str, ...]:
    """The pupils of a group on a day."""
    values = {"group_id": question.group_id, "on": question.on.isoformat()}
    return tuple(row[0] for row in reader.rows(_GROUP_PUPILS, values))


def group_sizes(reader: Reading, question: GroupSizes) -> tuple[GroupSize, ...]:
    """How many pupils each group has on a day."""
    kept = reader.kept_answer(question)
    if kept is None:
        rows = reader.rows(_GROUP_SIZES, {"on": question.on.isoformat()})
        kept = tuple(GroupSize(*row) for row in rows)
        reader.keep_answer(question, kept)
    return kept


def gone_person(reader: Reading, question: GonePerson) -> Pupil | Guardian | StaffMember | None:
    """The last state of somebody who was taken out."""
    for kind in (tables.PUPIL, tables.GUARDIAN, tables.STAFF_MEMBER):
        states = [row[0] for row in reader.rows(_STATES, (kind.name, question.id))]
        if len(states) > 1 and states[0] == gone(question.id):
            person: Pupil | Guardian | StaffMember = kind.past(states[1])
            return person
    return None


ANSWERS: dict[type[Any], Any] = {
    PupilIds: pupil_ids,
    AlsoKnown: also_known,
    PupilLines: pupil_lines,
    GuardiansOf: guardians_of,
    ChildrenOf: children_of,
    GroupPupils: group_pupils,
    GroupSizes: group_sizes,
    GonePerson: gone_person,
    NamesIn: people_named,
    **FOUND,
}
