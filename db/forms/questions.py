"""Answers to what is asked about issued forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.forms.questions import NewestForms
from db.consent.tables import ISSUED_FORM

if TYPE_CHECKING:
    from app.consent.records import IssuedForm
    from db.store.reading import Reading

# Numbers have a fixed width, so their order is that of the index.
_NEWEST = "SELECT {form} FROM issued_form AS f {where} ORDER BY f.number DESC LIMIT :limit"
_OF_PUPIL = "WHERE f.pupil_id = :pupil_id"


def newest_forms(reader: Reading, question: NewestForms) -> tuple[IssuedForm, ...]:
    """The newest forms, read no further than asked."""
    where = _OF_PUPIL if question.pupil_id else ""
    statement = _NEWEST.format(form=ISSUED_FORM.listed("f"), where=where)
    values = {"pupil_id": question.pupil_id, "limit": question.limit}
    return tuple(map(ISSUED_FORM.read, reader.rows(statement, values)))


ANSWERS: dict[type[Any], Any] = {NewestForms: newest_forms}
