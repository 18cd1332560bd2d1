"""Answers to what is asked about letters of the consent office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.letters.questions import HighestOfficeLetter, NewestOfficeLetters
from db.letters.tables import OFFICE_LETTER

if TYPE_CHECKING:
    from app.letters.records import OfficeLetter
    from db.store.reading import Reading

_HIGHEST = """
SELECT max(CAST(substr(number, 7) AS INTEGER)) FROM office_letter
WHERE number BETWEEN ? AND ?
"""
_NEWEST = """
{same}
SELECT {letter} FROM office_letter AS l {where}
ORDER BY l.recorded_at DESC, l.number DESC LIMIT :limit
"""
_SAME = """
WITH RECURSIVE same (id) AS (
    SELECT :subject_id
    UNION SELECT p.id FROM same JOIN pupil AS p
        ON p.merged_into = same.id AND p.merged_into != ''
)
"""
_ABOUT = "WHERE l.subject_id IN (SELECT id FROM same)"


def highest_office_letter(reader: Reading, question: HighestOfficeLetter) -> int:
    """The highest running number of a year."""
    first = f"T{question.year}-"
    ((highest,),) = reader.rows(_HIGHEST, (first, f"T{question.year}."))
    return int(highest or 0)


def newest_office_letters(
    reader: Reading, question: NewestOfficeLetters
) -> tuple[OfficeLetter, ...]:
    """The newest letters, read no further than asked."""
    same, where = (_SAME, _ABOUT) if question.subject_id else ("", "")
    listed = OFFICE_LETTER.listed("l")
    statement = _NEWEST.format(same=same, letter=listed, where=where)
    values = {"subject_id": question.subject_id, "limit": question.limit}
    return tuple(map(OFFICE_LETTER.read, reader.rows(statement, values)))


ANSWERS: dict[type[Any], Any] = {
    HighestOfficeLetter: highest_office_letter,
    NewestOfficeLetters: newest_office_letters,
}
