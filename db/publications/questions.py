"""Answers to what is asked about publications."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.duties.questions import Notice, NoticeOf
from app.names import fold
from app.publications.questions import (
    FactsAbout,
    FactsUp,
    FindPublications,
    PublicationsTouched,
    PublicationsUp,
    ToLookAt,
    Unpermitted,
)
from db.publications.tables import PUBLICATION, PUBLICATION_STEP, PUBLICATION_SUBJECT

if TYPE_CHECKING:
    from app.publications.records import Publication
    from db.store.reading import Reading, Row

_STANDS = (
    "p.taken_back = 0 AND NOT EXISTS (SELECT 1 FROM publication AS r WHERE r.replaces = p.id) "
)
_PUBLICATION = f"SELECT {PUBLICATION.listed('p')} FROM publication AS p WHERE {_STANDS}"
_NEWEST = "ORDER BY p.used_on DESC, p.id DESC"
_SHOWN = "AND (p.until IS NULL OR p.until >= :on) "
_AMONG = "AND p.publication_id IN (SELECT value FROM json_each(:among)) "
_UP = f"{_PUBLICATION} {_SHOWN} {{among}} {_NEWEST}"
_IN_SHOWN = (
    "SELECT {columns} FROM publication AS p CROSS JOIN {table} AS f "
    f"ON f.publication_id = p.publication_id WHERE {_STANDS} {_SHOWN}"
    "AND p.handed_out = 0 {{among}} ORDER BY +f.id"
)
_SUBJECTS_UP = _IN_SHOWN.format(
    columns=PUBLICATION_SUBJECT.listed("f"), table="publication_subject"
)
_STEPS_UP = _IN_SHOWN.format(columns=PUBLICATION_STEP.listed("f"), table="publication_step")
_STILL = "NOT EXISTS (SELECT 1 FROM publication_subject AS r WHERE r.replaces = s.id)"
_WITH = f"""
WITH RECURSIVE same (id) AS (
    SELECT :subject
    UNION SELECT m.id FROM same JOIN pupil AS m
        ON m.merged_into = same.id AND m.merged_into != ''
)
{_PUBLICATION} AND p.publication_id IN (
    SELECT s.publication_id FROM publication_subject AS s
    WHERE s.subject_id IN (SELECT id FROM same) AND s.there = 1 AND {_STILL}
) {_NEWEST}
"""
_WITHOUT = f"""
{_PUBLICATION} AND p.publication_id IN (
    SELECT s.publication_id FROM publication_subject AS s
    WHERE s.outcome IN ('no', 'ask') AND s.there = 1 AND {_STILL}
) AND NOT EXISTS (
    SELECT 1 FROM breach_answer AS a WHERE a.publication_id = p.publication_id
    AND a.taken_back = 0 AND (a.breach = 0 OR a.told_how != '')
    AND NOT EXISTS (SELECT 1 FROM breach_answer AS r WHERE r.replaces = a.id)
) {{among}} ORDER BY p.recorded_at, p.id
"""
_TO_LOOK_AT = f"""
SELECT p.publication_id FROM publication AS p WHERE {_STANDS} {_SHOWN} AND p.handed_out = 0
UNION
SELECT publication_id FROM ({_WITHOUT.format(among="")})
"""
_NOTICE = """
SELECT p.title, a.told_on, a.told_how, a.noted_by, a.recorded_at
FROM breach_answer AS a JOIN publication AS p ON p.publication_id = a.publication_id
WHERE a.publication_id = :publication AND a.breach = 1 AND a.taken_back = 0
AND a.told_how != '' AND p.taken_back = 0
AND NOT EXISTS (SELECT 1 FROM breach_answer AS r WHERE r.replaces = a.id)
AND NOT EXISTS (SELECT 1 FROM publication AS r WHERE r.replaces = p.id)
"""
_TOUCHED = """
WITH RECURSIVE same (id) AS (
    SELECT value FROM json_each(:people)
    UNION SELECT m.id FROM same JOIN pupil AS m
        ON m.merged_into = same.id AND m.merged_into != ''
)
SELECT s.publication_id FROM same JOIN publication_subject AS s ON s.subject_id = same.id
UNION SELECT publication_id FROM publication WHERE seal > :number
UNION SELECT publication_id FROM publication_subject WHERE seal > :number
UNION SELECT publication_id FROM publication_step WHERE seal > :number
UNION SELECT publication_id FROM breach_answer WHERE seal > :number
UNION SELECT subject_id FROM office_letter WHERE seal > :number
"""


def publications_up(reader: Reading, question: PublicationsUp) -> tuple[Publication, ...]:
    """What is shown on a day."""
    found = _rows(reader, _UP, question.among, on=question.on.isoformat())
    return tuple(map(PUBLICATION.read, found))


def facts_up(reader: Reading, question: FactsUp) -> FactsAbout:
    """Who is in what is shown on a day, and what was done."""
    among, on = question.among, question.on.isoformat()
    subjects = map(PUBLICATION_SUBJECT.read, _rows(reader, _SUBJECTS_UP, among, on=on))
    steps = map(PUBLICATION_STEP.read, _rows(reader, _STEPS_UP, among, on=on))
    return FactsAbout(tuple(subjects), tuple(steps))


def to_look_at(reader: Reading, question: ToLookAt) -> tuple[str, ...]:
    """Of what something may have to be done on a day."""
    found = reader.rows(_TO_LOOK_AT, {"on": question.on.isoformat()})
    return tuple(row[0] for row in found)


def touched(reader: Reading, question: PublicationsTouched) -> frozenset[str]:
    """The publications about which, or about whose people, something was written."""
    values = {"number": question.number, "people": json.dumps(question.people)}
    return frozenset(row[0] for row in reader.rows(_TOUCHED, values))


def _rows(
    reader: Reading, statement: str, among: tuple[str, ...] | None, **values: str
) -> list[Row]:
    where = "" if among is None else _AMONG
    return reader.rows(statement.format(among=where), {**values, "among": json.dumps(among)})


def find_publications(reader: Reading, question: FindPublications) -> tuple[Publication, ...]:
    """Publications in which every word stands, read no further than asked."""
    statement, values = f"{_PUBLICATION} {_NEWEST}", {}
    if question.subject_id:
        statement, values = _WITH, {"subject": question.subject_id}
    wanted = fold(question.text).split()
    if not wanted:
        found = reader.rows(f"{statement} LIMIT {int(question.limit)}", values)
        return tuple(map(PUBLICATION.read, found))
    hits = []
    for row in reader.stream(statement, values):
        one = PUBLICATION.read(row)
        if _holds(one, wanted):
            hits.append(one)
            if len(hits) == question.limit:
                break
    return tuple(hits)


def unpermitted(reader: Reading, question: Unpermitted) -> tuple[Publication, ...]:
    """What nobody has said of yet whether it was a data breach."""
    return tuple(map(PUBLICATION.read, _rows(reader, _WITHOUT, question.among)))


def notice_of(reader: Reading, question: NoticeOf) -> Notice | None:
    """What became of telling the authority, as it stands."""
    for title, on, how, by, at in reader.rows(
        _NOTICE, {"publication": question.publication_id}
    ):
        told_on = date.fromisoformat(on) if on else None
        return Notice(title, told_on, how, by, datetime.fromisoformat(at))
    return None


def _holds(one: Publication, wanted: list[str]) -> bool:
    text = fold(" ".join((one.title, *one.places, one.made_by, *one.keeper)))
    return all(word in text for word in wanted)


ANSWERS: dict[type[Any], Any] = {
    PublicationsTouched: touched,
    PublicationsUp: publications_up,
    FactsUp: facts_up,
    ToLookAt: to_look_at,
    FindPublications: find_publications,
    Unpermitted: unpermitted,
    NoticeOf: notice_of,
}
