"""Answers to what is asked about form versions and issued forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.forms.questions import NewestForms, NewestVersion, VersionNumbers
from db.consent.tables import FORM_VERSION, ISSUED_FORM

if TYPE_CHECKING:
    from app.consent.records import FormVersion, IssuedForm
    from db.store.reading import Reading

# Numbers have a fixed width, so their order is that of the index.
_NEWEST = "SELECT {form} FROM issued_form AS f {where} ORDER BY f.number DESC LIMIT :limit"
_OF_PUPIL = "WHERE f.pupil_id = :pupil_id"
_VERSION = (
    "SELECT {version} FROM form_version AS v WHERE v.channel = :channel "
    "ORDER BY v.number DESC LIMIT 1"
)
_NUMBERS = "SELECT id, number FROM form_version"


def newest_forms(reader: Reading, question: NewestForms) -> tuple[IssuedForm, ...]:
    """The newest forms, read no further than asked."""
    where = _OF_PUPIL if question.pupil_id else ""
    statement = _NEWEST.format(form=ISSUED_FORM.listed("f"), where=where)
    values = {"pupil_id": question.pupil_id, "limit": question.limit}
    return tuple(map(ISSUED_FORM.read, reader.rows(statement, values)))


def newest_version(reader: Reading, question: NewestVersion) -> FormVersion | None:
    """The newest version of one form."""
    statement = _VERSION.format(version=FORM_VERSION.listed("v"))
    rows = reader.rows(statement, {"channel": question.channel})
    return next(map(FORM_VERSION.read, rows), None)


def version_numbers(reader: Reading, _: VersionNumbers) -> dict[str, int]:
    """The numbers of all versions, without their texts."""
    return {str(id): int(number) for id, number in reader.rows(_NUMBERS, {})}


ANSWERS: dict[type[Any], Any] = {
    NewestForms: newest_forms,
    NewestVersion: newest_version,
    VersionNumbers: version_numbers,
}
