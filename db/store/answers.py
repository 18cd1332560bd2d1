"""Which function answers which question, in which kind of file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.asking import questions as asking
from db.check import questions as check
from db.consent import questions as consent
from db.consent import then
from db.dossier import questions as dossier
from db.forms import questions as forms
from db.journal import questions as journal
from db.letters import questions as letters
from db.lists import questions as lists
from db.people import questions as people
from db.publications import questions as publications
from db.roster import questions as roster

if TYPE_CHECKING:
    from app.record import Question
    from db.store.reading import Reading

Answer = Callable[["Reading", Any], Any]

_ANSWERS: dict[str, dict[type[Question[Any]], Answer]] = {
    "check": dict(check.ANSWERS),
    "consent": {
        **people.ANSWERS,
        **asking.ANSWERS,
        **consent.ANSWERS,
        **then.ANSWERS,
        **forms.ANSWERS,
        **letters.ANSWERS,
        **lists.ANSWERS,
        **publications.ANSWERS,
        **roster.ANSWERS,
        **journal.ANSWERS,
    },
    "dossier": {**dossier.ANSWERS, **journal.ANSWERS},
}


def answer_to(question: type[Question[Any]], schema: str) -> Answer:
    """The function that answers a question.

    Raises:
        TypeError: when this kind of file does not know the answer.
    """
    found = _ANSWERS[schema].get(question)
    if found is None:
        msg = f"a {schema} file cannot answer {question.__name__}"
        raise TypeError(msg)
    return found
