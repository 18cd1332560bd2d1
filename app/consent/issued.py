"""Which issued form somebody filled in: by the number printed on every page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.consent.records import IssuedForm
from app.errors import Refusal
from app.people.records import Guardian, Pupil

if TYPE_CHECKING:
    from app.ports import Reader

NUMBER_WIDTH = 6


def form_number(number: int) -> str:
    """The number of a form as it is printed, such as "000012"."""
    return f"{number:0{NUMBER_WIDTH}d}"


def form_filled_in(reader: Reader, typed: str, pupil_id: str, decider_id: str) -> IssuedForm:
    """The issued form with a number as typed, with or without its zeros.

    A pupil who decides fills in his own, or one that was made out to any of the guardians.

    Raises:
        Refusal: `consent.form_unknown`, `consent.form_of_other_pupil` or
            `consent.form_of_other_guardian`.
    """
    found = issued_form(reader, typed)
    number = found.number
    about, asked = meant_by(reader, found)
    if about != pupil_id:
        raise Refusal("consent.form_of_other_pupil", field="form_number", form=number)
    if decider_id not in (asked, pupil_id):
        raise Refusal("consent.form_of_other_guardian", field="form_number", form=number)
    return found


def issued_form(reader: Reader, typed: str) -> IssuedForm:
    """The issued form with a number as typed, with or without its zeros.

    Raises:
        Refusal: `consent.form_unknown`.
    """
    digits = "".join(typed.split())
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= NUMBER_WIDTH
    number = form_number(int(digits)) if plain else typed.strip()
    found = next(iter(reader.all(IssuedForm, number=number)), None) if plain else None
    if found is None:
        raise Refusal("consent.form_unknown", field="form_number", form=number)
    return found


def meant_by(reader: Reader, form: IssuedForm) -> tuple[str, str]:
    """Pupil and guardian of a form as they go on by now, after records were merged."""
    return _goes_on(reader, Pupil, form.pupil_id), _goes_on(reader, Guardian, form.guardian_id)


def _goes_on(reader: Reader, kind: type[Pupil | Guardian], id: str) -> str:
    """The record that a form means by now, after two that were one person were merged."""
    known = reader.find(kind, id)
    while known is not None and known.merged_into:
        known = reader.find(kind, known.merged_into)
    return id if known is None else known.id
