"""Answers to what is asked about consent."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.clock import school_day
from app.consent.questions import (
    AnswerCounts,
    AuthorityOpen,
    ChannelsThen,
    CountAnswers,
    FactsBefore,
    HighestForm,
    LastWritten,
    NewestDay,
    ObjectionsAbout,
    RecordedBy,
    SchoolThen,
    StaffAsKnown,
    SubjectFacts,
    SubjectsFacts,
    Touched,
    TouchedSince,
    UnclearAbout,
    WithoutGuardian,
)
from db.consent.facts import subject_facts, subjects_facts
from db.consent.past import (
    channels_then,
    facts_before,
    school_then,
    staff_as_known,
)
from db.consent.tables import OBJECTION
from db.consent.unclear import unclear_about

if TYPE_CHECKING:
    from app.consent.records import Objection
    from db.store.reading import Reading

_COUNTS = """
SELECT coalesce(sum(guardian_id <> ''), 0), coalesce(sum(answered), 0),
    coalesce(sum(unsettled), 0), coalesce(sum(guardian_id = ''), 0)
FROM pair_index WHERE :on BETWEEN start AND "end"
"""
_OPEN = """
SELECT pupil_id, guardian_id FROM pair_index
WHERE :on BETWEEN start AND "end" AND unsettled
ORDER BY sort_key, pupil_id, start, position LIMIT :limit
"""
_ALONE = """
SELECT pupil_id FROM pair_index
WHERE :on BETWEEN start AND "end" AND guardian_id = ''
ORDER BY sort_key, pupil_id, start LIMIT :limit
"""
_NEWEST = "SELECT max(signed_on), max(recorded_at) FROM decision WHERE subject_id = ?"
_HIGHEST_FORM = "SELECT coalesce(max(CAST(number AS INTEGER)), 0) FROM issued_form"
_TOUCHED = """
SELECT id FROM pupil WHERE seal > :number
UNION ALL SELECT id FROM staff_member WHERE seal > :number
UNION ALL SELECT pupil_id FROM relation WHERE seal > :number
UNION ALL SELECT pupil_id FROM authority WHERE seal > :number
UNION ALL SELECT pupil_id FROM enrolment WHERE seal > :number
UNION ALL SELECT pupil_id FROM safety_flag WHERE seal > :number
UNION ALL SELECT subject_id FROM decision WHERE seal > :number
UNION ALL SELECT subject_id FROM retraction WHERE seal > :number
UNION ALL SELECT r.pupil_id
    FROM guardian AS g CROSS JOIN relation AS r ON r.guardian_id = g.id WHERE g.seal > :number
"""
# Decisions are many and only ever added: the last row of somebody has the newest entry.
_LAST = """
WITH these (id) AS (SELECT value FROM json_each(:ids))
SELECT id, max(seal) FROM (
    SELECT id, seal FROM pupil WHERE id IN these
    UNION ALL SELECT id, seal FROM staff_member WHERE id IN these
    UNION ALL SELECT pupil_id, seal FROM relation WHERE pupil_id IN these
    UNION ALL SELECT pupil_id, seal FROM authority WHERE pupil_id IN these
    UNION ALL SELECT pupil_id, seal FROM enrolment WHERE pupil_id IN these
    UNION ALL SELECT pupil_id, seal FROM safety_flag WHERE pupil_id IN these
    UNION ALL SELECT id, (
        SELECT seal FROM decision WHERE subject_id = these.id ORDER BY rowid DESC LIMIT 1
    ) FROM these
    UNION ALL SELECT subject_id, seal FROM retraction WHERE subject_id IN these
    UNION ALL SELECT r.pupil_id, g.seal
        FROM relation AS r CROSS JOIN guardian AS g ON g.id = r.guardian_id
        WHERE r.pupil_id IN these
) WHERE seal IS NOT NULL GROUP BY id
"""
_RECORDED_BY = """
SELECT fact.id, j.user FROM (
    SELECT id, seal FROM decision WHERE subject_id = :id
    UNION ALL SELECT id, seal FROM retraction WHERE subject_id = :id
    UNION ALL SELECT id, seal FROM authority WHERE pupil_id = :id
    UNION ALL SELECT id, seal FROM safety_flag WHERE pupil_id = :id
    UNION ALL SELECT id, seal FROM enrolment WHERE pupil_id = :id
    UNION ALL SELECT id, seal FROM objection WHERE subject_id = :id
    UNION ALL SELECT id, seal FROM unclear_answer WHERE subject_id = :id
) AS fact JOIN journal AS j ON j.number = fact.seal
"""
_SAME = """
WITH RECURSIVE same (id) AS (
    SELECT :id
    UNION SELECT p.id FROM same JOIN pupil AS p
        ON p.merged_into = same.id AND p.merged_into != ''
)
SELECT {objection} FROM objection AS o WHERE o.subject_id IN (SELECT id FROM same)
ORDER BY o.id
"""
_SETTINGS = """
SELECT EXISTS (SELECT 1 FROM channel WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM "group" WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM site WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM school WHERE seal > :number)
    OR EXISTS (SELECT 1 FROM past_state WHERE seal > :number AND replaced_by = seal)
"""


def count_answers(reader: Reading, question: CountAnswers) -> AnswerCounts:
    """The counts of the start page; kept until the next commit."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = AnswerCounts(*reader.rows(_COUNTS, {"on": question.on.isoformat()})[0])
        reader.keep_answer(question, kept)
    return kept


def authority_open(reader: Reading, question: AuthorityOpen) -> tuple[tuple[str, str], ...]:
    """Pairs whose authority is to be settled."""
    values = {"on": question.on.isoformat(), "limit": question.limit}
    return tuple(reader.rows(_OPEN, values))


def without_guardian(reader: Reading, question: WithoutGuardian) -> tuple[str, ...]:
    """Present pupils without any guardian."""
    values = {"on": question.on.isoformat(), "limit": question.limit}
    return tuple(row[0] for row in reader.rows(_ALONE, values))


def newest_day(reader: Reading, question: NewestDay) -> date | None:
    """The last day of all days that decisions about a subject carry."""
    signed, recorded = reader.rows(_NEWEST, (question.subject_id,))[0]
    if signed is None:
        return None
    return max(date.fromisoformat(signed), school_day(datetime.fromisoformat(recorded)))


def highest_form(reader: Reading, question: HighestForm) -> int:
    """The highest number on an issued form."""
    del question
    return int(reader.rows(_HIGHEST_FORM)[0][0])


def touched_since(reader: Reading, question: TouchedSince) -> Touched:
    """The pupils and adults whose answers may have changed since a journal entry."""
    values = {"number": question.number}
    pupils = tuple(sorted({row[0] for row in reader.rows(_TOUCHED, values)}))
    return Touched(pupils, everything=bool(reader.rows(_SETTINGS, values)[0][0]))


def last_written(reader: Reading, question: LastWritten) -> dict[str, int]:
    """The newest entry about each of some people."""
    return dict(reader.rows(_LAST, {"ids": json.dumps(question.ids)}))


def recorded_by(reader: Reading, question: RecordedBy) -> dict[str, str]:
    """The user of the journal entry under which each fact was written."""
    return dict(reader.rows(_RECORDED_BY, {"id": question.pupil_id}))


def objections_about(reader: Reading, question: ObjectionsAbout) -> tuple[Objection, ...]:
    """What was objected, under every record that is this pupil by now."""
    statement = _SAME.format(objection=OBJECTION.listed("o"))
    return tuple(map(OBJECTION.read, reader.rows(statement, {"id": question.pupil_id})))


ANSWERS: dict[type[Any], Any] = {
    SubjectFacts: subject_facts,
    SubjectsFacts: subjects_facts,
    ChannelsThen: channels_then,
    FactsBefore: facts_before,
    SchoolThen: school_then,
    StaffAsKnown: staff_as_known,
    CountAnswers: count_answers,
    AuthorityOpen: authority_open,
    HighestForm: highest_form,
    NewestDay: newest_day,
    TouchedSince: touched_since,
    LastWritten: last_written,
    RecordedBy: recorded_by,
    ObjectionsAbout: objections_about,
    UnclearAbout: unclear_about,
    WithoutGuardian: without_guardian,
}
