"""Checks of people that come from a file: the rules are those for people who are typed.

Most rows have nothing that a rule could mind, which is seen at a glance; only the others are
checked field by field. Somebody whose name cannot be taken over is left out; another field that
is not right is left empty, and both are told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from app.bsn import holds_bsn
from app.errors import Refusal, Refusals
from app.people.people import (
    LONGEST_NAME,
    OLDEST_PUPIL,
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    checked_guardian,
    checked_pupil,
    checked_staff,
)
from app.people.records import Guardian, Pupil, StaffMember
from app.roster.roster import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.roster.roster import Where

R = TypeVar("R", Guardian, StaffMember)
_MANY_DIGITS = re.compile(r"\d(?:[ .\-]?\d){7}|\(")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_OPTIONAL = frozenset(
    {
        *("street", "postcode", "town", "country", "ship", "language", "email", "phone"),
        *("initials", "function"),
    }
)
_LANGUAGE = "nl"
_LONG_AGO = "people.born_long_ago"


def check_pupil(pupil: Pupil, where: Where, today: date) -> tuple[Pupil | None, list[Fault]]:
    """The pupil as it may be stored, or None when it has to be left out; and what is wrong.

    A birth date long ago is taken over and told.
    """
    born = pupil.birth_date
    likely = born is None or (born <= today and born.year >= today.year - OLDEST_PUPIL)
    texts = (pupil.first_name, pupil.prefix, pupil.surname, pupil.number)
    if likely and (pupil.first_name or pupil.surname) and _harmless(*texts):
        return pupil, []
    draft = PupilDraft(
        first_name=pupil.first_name,
        prefix=pupil.prefix,
        surname=pupil.surname,
        birth_date=born,
        number=pupil.number,
        id=pupil.id,
    )
    try:
        checked_pupil(draft, today)
    except Refusal as refusal:
        found = _several(refusal)
        mild = all(each.message.id == _LONG_AGO for each in found)
        return (pupil if mild else None), _told(found, where, left_out=not mild)
    return pupil, []


def check_guardian(guardian: Guardian, where: Where) -> tuple[Guardian | None, list[Fault]]:
    """The guardian as it may be stored, or None when it has to be left out."""
    named = guardian.surname or guardian.first_name or guardian.institution or guardian.initials
    texts = (
        *(guardian.first_name, guardian.initials, guardian.prefix, guardian.surname),
        *(guardian.institution, guardian.street, guardian.postcode, guardian.town),
        *(guardian.country, guardian.ship, guardian.language, guardian.email),
    )
    if named and _harmless(*texts) and _mail(guardian.email) and _phone(guardian.phone):
        return guardian, []

    def check(record: Guardian) -> None:
        values = {name: getattr(record, name) for name in GuardianDraft.__slots__}
        checked_guardian(GuardianDraft(**values))

    return _checked(guardian, where, check)


def check_staff(member: StaffMember, where: Where) -> tuple[StaffMember | None, list[Fault]]:
    """The member of staff as it may be stored, or None when it has to be left out."""

    def check(record: StaffMember) -> None:
        values = {name: getattr(record, name) for name in StaffDraft.__slots__}
        checked_staff(StaffDraft(**values))

    return _checked(member, where, check)


def _checked(
    record: R, where: Where, check: Callable[[R], None]
) -> tuple[R | None, list[Fault]]:
    try:
        check(record)
    except Refusal as refusal:
        found = _several(refusal)
        names = {each.field for each in found}
        if not names <= _OPTIONAL:
            return None, _told(found, where, left_out=True)
        empty: dict[str, Any] = {name: "" for name in names if name}
        if "language" in empty:
            empty["language"] = _LANGUAGE
        return replace(record, **empty), _told(found, where, left_out=False)
    return record, []


def _several(refusal: Refusal) -> tuple[Refusal, ...]:
    return refusal.found if isinstance(refusal, Refusals) else (refusal,)


def _told(found: tuple[Refusal, ...], where: Where, *, left_out: bool) -> list[Fault]:
    return [
        Fault(replace(where, column=each.field or where.column), each.message, left_out)
        for each in found
    ]


def _harmless(*texts: str) -> bool:
    """Whether no rule about length or numbers can mind any of these texts."""
    joined = "|".join(texts)
    return len(joined) <= LONGEST_NAME and _MANY_DIGITS.search(joined) is None


def _mail(email: str) -> bool:
    return not email or _EMAIL.fullmatch(email) is not None


def _phone(phone: str) -> bool:
    return len(phone) <= LONGEST_NAME and not holds_bsn(phone, in_phone_field=True)
