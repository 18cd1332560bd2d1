"""Office letters and objections are found by index, also under records that were merged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.consent.objections import ObjectionDraft, note_objection, objections
from app.letters.facts import Recipient
from app.letters.listing import office_letters
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.requests import OfficeRequest
from app.record import Compartment
from app.register.school import save_school, school_of
from app.roster.merge import merge_pupils
from db.consent import questions as consent
from db.letters import questions as letters
from db.store.reading import Reading
from reports.press import PaperPress
from tests.journeys.families import SIGNED, add_family, settle

if TYPE_CHECKING:
    from app.letters.facts import Value
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School

VALUES: dict[str, Value] = {
    "what": "een foto",
    "where": ("example.org/a",),
    "removal_by": date(2026, 12, 1),
}
OUTSIDE = Recipient("Weekblad De Kade", ("Weekblad De Kade",))


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


@pytest.fixture
def twice(session: Session) -> tuple[Family, Family]:
    """One child that was entered twice, in a school that says where it is."""
    place = settle(session)
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(session, replace(known, town="Dordrecht", email="kade@example.org"))
    return add_family(session, place), add_family(session, place)


def test_letters_and_objections_go_along_when_two_records_become_one(
    session: Session, twice: tuple[Family, Family]
) -> None:
    kept, given_up = twice[0].pupil.id, twice[1].pupil.id
    asked = OfficeRequest("takedown_request", OUTSIDE, given_up, VALUES)
    register_office_letters(session, prepare_office_letters(session, PaperPress(), (asked,)))
    draft = ObjectionDraft(given_up, "Nee.", SIGNED, "phone", person_name="oma Ria")
    note_objection(session, draft)
    merge_pupils(session, kept, given_up)
    assert len(office_letters(session, kept)) == 1
    with session.look(Compartment.CONSENT) as reader:
        assert [one.person_name for one in objections(reader, kept)] == ["oma Ria"]


@pytest.mark.parametrize(
    ("statement", "indexes"),
    [
        (
            letters._NEWEST.format(same="", letter="l.id", where=""),
            ("ix_office_letter_recorded_at_number",),
        ),
        (
            letters._NEWEST.format(same=letters._SAME, letter="l.id", where=letters._ABOUT),
            ("ix_office_letter_subject_id_recorded_at", "ix_pupil_merged_into"),
        ),
        (
            consent._SAME.format(objection="o.id"),
            ("ix_objection_subject_id", "ix_pupil_merged_into"),
        ),
        (letters._HIGHEST.replace("?", "''"), ("ix_office_letter_number",)),
    ],
)
def test_no_table_is_read_whole(
    session: Session, statement: str, indexes: tuple[str, ...]
) -> None:
    settle(session)
    values = {"subject_id": "p", "limit": 1, "id": "p"}
    with session.look(Compartment.CONSENT) as reader:
        assert isinstance(reader, Reading)
        plan = str(reader.rows(f"EXPLAIN QUERY PLAN {statement}", values))
    assert [index for index in indexes if index not in plan] == []
