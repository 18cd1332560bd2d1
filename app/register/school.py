"""The school's own settings: name and letterhead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.names import tidy
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from app.ports import Reader, Session

SCHOOL = "school"
_LONGEST = 200


def school_of(reader: Reader) -> School:
    """The school's settings.

    Raises:
        Refusal: `register.not_found` before the register was equipped.
    """
    return reader.get(School, SCHOOL)


def save_school(session: Session, school: School) -> School:
    """Store the school's settings; letters and forms made from now on follow them.

    The jurisdiction stays as it is; `app.consent.jurisdiction` changes it.

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    texts = {
        name: getattr(school, name)
        for name in school.__slots__
        if isinstance(getattr(school, name), str)
    }
    found = [] if tidy(school.name) else [Refusal("register.school_name_missing", field="name")]
    for name, value in texts.items():
        if len(value) > _LONGEST:
            found.append(Refusal("people.too_long", field=name, longest=_LONGEST))
        if holds_bsn(value):
            found.append(Refusal("people.bsn", field=name))
    collect(found)
    kept = replace(
        school,
        id=SCHOOL,
        **{name: tidy(value) for name, value in texts.items() if name != "id"},
    )
    with session.work(Compartment.CONSENT, "school_saved", SCHOOL) as work:
        before = work.find(School, SCHOOL)
        if before is None:
            work.add(kept)
        else:
            kept = replace(kept, jurisdiction=before.jurisdiction)
            work.change(kept)
        work.commit()
    return kept
