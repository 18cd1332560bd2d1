"""Answers to what is asked about consent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.consent.questions import (
    AnswerCounts,
    AuthorityOpen,
    CountAnswers,
    HighestForm,
    RecordedBy,
    SubjectFacts,
    SubjectsFacts,
    Touched,
    TouchedSince,
    Unanswered,
)
from db.consent.facts import subject_facts, subjects_facts

if TYPE_CHECKING:
    from db.store.reading import Reading

# A pair is a present pupil and a guardian whose relation has not ended. The guardian decides
# when authority is settled, or open: not known, not determinable, investigated, never noted.
_PAIRS = """
WITH present AS (
    SELECT DISTINCT id, sort_key FROM pupil_index WHERE :on BETWEEN start AND "end"
),
known AS (
    SELECT a.pupil_id, a.guardian_id,
        max(a.kind IN ('joint_parental', 'sole_parental', 'joint_with_third', 'guardianship')
            AND NOT a.investigated
            AND :on BETWEEN coalesce(a.start, '') AND coalesce(a."end", '9'))
            AS settled,
        max(:on BETWEEN coalesce(a.start, '') AND coalesce(a."end", '9')
            AND (a.kind IN ('not_known', 'undeterminable') OR (a.investigated AND a.kind IN
                ('joint_parental', 'sole_parental', 'joint_with_third', 'guardianship'))))
            AS doubtful,
        max(:on BETWEEN coalesce(a.start, '') AND coalesce(a."end", '9')) AS covered,
        max(a.kind IN ('joint_parental', 'sole_parental', 'joint_with_third', 'guardianship'))
            AS bounded
    FROM authority AS a
    WHERE NOT EXISTS (
        SELECT 1 FROM authority AS later
        WHERE later.pupil_id = a.pupil_id AND later.replaces = a.id)
    GROUP BY a.pupil_id, a.guardian_id
),
pair AS (
    SELECT r.pupil_id, r.guardian_id, p.sort_key, r.position,
        coalesce(k.settled, 0) AS settled,
        NOT coalesce(k.settled, 0) AND (coalesce(k.doubtful, 0)
            OR NOT (coalesce(k.covered, 0) OR coalesce(k.bounded, 0))) AS open
    FROM present AS p
    JOIN relation AS r ON r.pupil_id = p.id AND r.ended = 0
    LEFT JOIN known AS k ON k.pupil_id = r.pupil_id AND k.guardian_id = r.guardian_id
)
"""
_ANSWERED = """EXISTS (
    SELECT 1 FROM decision AS d
    WHERE d.subject_id = pair.pupil_id AND d.decider_id = pair.guardian_id AND NOT EXISTS (
        SELECT 1 FROM retraction AS r
        WHERE r.subject_id = d.subject_id AND r.decision_id = d.id))"""
_COUNTS = f"""{_PAIRS}
SELECT count(*), coalesce(sum({_ANSWERED}), 0), coalesce(sum(open), 0),
    (SELECT count(*) FROM present
     WHERE NOT EXISTS (
        SELECT 1 FROM relation AS r WHERE r.pupil_id = present.id AND r.ended = 0))
FROM pair WHERE settled OR open
"""
_UNANSWERED = f"""{_PAIRS}
SELECT pupil_id, guardian_id FROM pair WHERE (settled OR open) AND NOT {_ANSWERED}
ORDER BY sort_key, pupil_id, position LIMIT :limit
"""
_OPEN = f"""{_PAIRS}
SELECT pupil_id, guardian_id FROM pair WHERE open
ORDER BY sort_key, pupil_id, position LIMIT :limit
"""
_HIGHEST_FORM = "SELECT coalesce(max(CAST(number AS INTEGER)), 0) FROM issued_form"
_TOUCHED = """
SELECT id FROM pupil WHERE seal > :number
UNION SELECT pupil_id FROM relation WHERE seal > :number
UNION SELECT pupil_id FROM authority WHERE seal > :number
UNION SELECT pupil_id FROM enrolment WHERE seal > :number
UNION SELECT pupil_id FROM safety_flag WHERE seal > :number
UNION SELECT subject_id FROM decision WHERE seal > :number
UNION SELECT subject_id FROM retraction WHERE seal > :number
UNION SELECT r.pupil_id FROM relation AS r JOIN guardian AS g ON g.id = r.guardian_id
    WHERE g.seal > :number
"""
_RECORDED_BY = """
SELECT fact.id, j.user FROM (
    SELECT id, seal FROM decision WHERE subject_id = :id
    UNION ALL SELECT id, seal FROM retraction WHERE subject_id = :id
    UNION ALL SELECT id, seal FROM authority WHERE pupil_id = :id
    UNION ALL SELECT id, seal FROM safety_flag WHERE pupil_id = :id
    UNION ALL SELECT id, seal FROM enrolment WHERE pupil_id = :id
) AS fact JOIN journal AS j ON j.number = fact.seal
"""
_SETTINGS = """
SELECT EXISTS (SELECT 1 FROM channel WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM "group" WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM site WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM school WHERE seal > :number)
"""


def count_answers(reader: Reading, question: CountAnswers) -> AnswerCounts:
    """The counts of the start page; kept until the next commit."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = AnswerCounts(*reader.rows(_COUNTS, {"on": question.on.isoformat()})[0])
        reader.keep_answer(question, kept)
    return kept


def unanswered(reader: Reading, question: Unanswered) -> tuple[tuple[str, str], ...]:
    """Pairs without any decision."""
    values = {"on": question.on.isoformat(), "limit": question.limit}
    return tuple(reader.rows(_UNANSWERED, values))


def authority_open(reader: Reading, question: AuthorityOpen) -> tuple[tuple[str, str], ...]:
    """Pairs whose authority is to be settled."""
    values = {"on": question.on.isoformat(), "limit": question.limit}
    return tuple(reader.rows(_OPEN, values))


def highest_form(reader: Reading, question: HighestForm) -> int:
    """The highest number on an issued form."""
    del question
    return int(reader.rows(_HIGHEST_FORM)[0][0])


def touched_since(reader: Reading, question: TouchedSince) -> Touched:
    """The pupils whose answers may have changed since a journal entry."""
    values = {"number": question.number}
    pupils = tuple(row[0] for row in reader.rows(_TOUCHED, values))
    return Touched(pupils, everything=bool(reader.rows(_SETTINGS, values)[0][0]))


def recorded_by(reader: Reading, question: RecordedBy) -> dict[str, str]:
    """The user of the journal entry under which each fact was written."""
    return dict(reader.rows(_RECORDED_BY, {"id": question.pupil_id}))


ANSWERS: dict[type[Any], Any] = {
    SubjectFacts: subject_facts,
    SubjectsFacts: subjects_facts,
    CountAnswers: count_answers,
    Unanswered: unanswered,
    AuthorityOpen: authority_open,
    HighestForm: highest_form,
    TouchedSince: touched_since,
    RecordedBy: recorded_by,
}
