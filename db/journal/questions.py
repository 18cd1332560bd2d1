"""Answers to what is asked of a journal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.journal.questions import JournalLine, JournalLines, JournalOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store.reading import Reading

_LINES = """
SELECT number, at, user, device, act, subject, digest FROM journal
WHERE (:before = 0 OR number < :before)
    AND (:subject = '' OR subject = :subject) AND (:act = '' OR act = :act)
ORDER BY number DESC LIMIT :limit
"""
_OF = """
SELECT number, at, user, device, act, subject, digest FROM journal
WHERE subject IN (SELECT value FROM json_each(:subjects))
    AND act IN (SELECT value FROM json_each(:acts))
ORDER BY number DESC LIMIT :limit
"""
_ALL = -1


def journal_lines(reader: Reading, question: JournalLines) -> tuple[JournalLine, ...]:
    """Entries, newest first."""
    values = {
        "before": question.before,
        "subject": question.subject,
        "act": question.act,
        "limit": question.limit,
    }
    return tuple(_line(row) for row in reader.rows(_LINES, values))


def journal_of(reader: Reading, question: JournalOf) -> tuple[JournalLine, ...]:
    """Entries about several things, newest first."""
    values = {
        "subjects": json.dumps(question.subjects),
        "acts": json.dumps(question.acts),
        "limit": question.limit or _ALL,
    }
    return tuple(_line(row) for row in reader.rows(_OF, values))


def _line(row: Sequence[Any]) -> JournalLine:
    number, at, user, device, act, subject, digest = row
    return JournalLine(
        number, datetime.fromisoformat(at), user, device, act, subject, digest.hex()
    )


ANSWERS: dict[type[Any], Any] = {JournalLines: journal_lines, JournalOf: journal_of}
