"""Answers to what is asked of a journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.journal.questions import JournalLine, JournalLines

if TYPE_CHECKING:
    from db.store.reading import Reading

_LINES = """
SELECT number, at, user, device, act, subject, digest FROM journal
WHERE (:before = 0 OR number < :before)
    AND (:subject = '' OR subject = :subject) AND (:act = '' OR act = :act)
ORDER BY number DESC LIMIT :limit
"""


def journal_lines(reader: Reading, question: JournalLines) -> tuple[JournalLine, ...]:
    """Entries, newest first."""
    values = {
        "before": question.before,
        "subject": question.subject,
        "act": question.act,
        "limit": question.limit,
    }
    return tuple(
        JournalLine(
            number, datetime.fromisoformat(at), user, device, act, subject, digest.hex()
        )
        for number, at, user, device, act, subject, digest in reader.rows(_LINES, values)
    )


ANSWERS: dict[type[Any], Any] = {JournalLines: journal_lines}
