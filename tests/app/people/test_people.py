"""Adding and changing pupils, guardians and staff: what is kept, and what is refused."""

from __future__ import annotations

from dataclasses import fields as fields_in
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Refusals
from app.people.authority import HOLDERS, UNSETTLED, AuthorityDraft, record_authority
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    change_relation,
    checked_guardian,
    checked_pupil,
    checked_staff,
    end_relation,
    relate,
    restore_relation,
    save_guardian,
    save_pupil,
    save_staff,
)
from app.people.questions import ChildrenOf, GuardiansOf
from app.people.records import AuthorityKind, Guardian, Pupil, Relation
from app.record import Compartment

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from app.ports import Session
    from app.record import Record
    from tests.registers import School

BSN = "111222333"
RTL = "\u05e0\u05d5\u05e2\u05d4"
BOAT = "\U0001f6a2"


def kept(session: Session, kind: type[Record]) -> int:
    with session.look(Compartment.CONSENT) as reader:
        return len(reader.all(kind))


def note(
    session: Session, relation: Relation, kind: AuthorityKind, end: date | None = None
) -> None:
    draft = AuthorityDraft(relation.pupil_id, relation.guardian_id, kind, end=end, source="x")
    record_authority(session, draft)


def fields_of(kind: type[DataclassInstance]) -> dict[str, object]:
    return {each.name: each.default for each in fields_in(kind) if each.name != "id"}


def fields(refused: pytest.ExceptionInfo[Refusals]) -> dict[str | None, str]:
    return {each.field: each.message.id for each in refused.value.found}


@pytest.mark.parametrize(
    "name",
    ["Seán O'Brien", 'Anne "Ans"', "<b>Jan</b>", "& Zn.", RTL, BOAT, "x" * 200, "' OR 1=1 --"],
)
def test_a_name_is_kept_as_it_was_typed(school: School, name: str) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft(first_name=f"  {name} ", surname=name))
    with session.look(Compartment.CONSENT) as reader:
        found = reader.get(Pupil, pupil.id)
    assert (found.first_name, found.surname) == (name, name)


@pytest.mark.parametrize(
    ("draft", "field", "text"),
    [
        (PupilDraft(first_name=" "), "first_name", "people.name_missing"),
        (PupilDraft(first_name="x" * 201), "first_name", "people.too_long"),
        (PupilDraft("Zoë", surname="x" * 201), "surname", "people.too_long"),
        (PupilDraft("Zoë", number="9" * 201), "number", "people.too_long"),
        (PupilDraft("Zoë", number=BSN), "number", "people.bsn"),
        (PupilDraft("Zoë", surname=f"Wal {BSN}"), "surname", "people.bsn"),
        (PupilDraft("Zoë", birth_date=date(2026, 11, 23)), "birth_date", "people.born_later"),
        (PupilDraft("Zoë", birth_date=date(1990, 1, 1)), "birth_date", "people.born_long_ago"),
    ],
)
def test_a_wrong_pupil_is_refused_at_its_field(
    school: School, draft: PupilDraft, field: str, text: str
) -> None:
    session = school.administrator()
    with pytest.raises(Refusals) as refused:
        save_pupil(session, draft)
    assert fields(refused) == {field: text}
    assert kept(session, Pupil) == 0


def test_every_wrong_field_is_named_at_once(school: School) -> None:
    draft = PupilDraft("", number=BSN, birth_date=date(2030, 1, 1))
    with pytest.raises(Refusals) as refused:
        save_pupil(school.administrator(), draft)
    assert set(fields(refused)) == {"first_name", "number", "birth_date"}


def test_a_pupil_born_today_is_fine(school: School) -> None:
    session = school.administrator()
    assert save_pupil(session, PupilDraft("Zoë", birth_date=session.clock.today())).id


def test_a_number_belongs_to_one_pupil(school: School) -> None:
    session = school.administrator()
    first = save_pupil(session, PupilDraft("Zoë", number="2041"))
    with pytest.raises(Refusal, match="number_taken"):
        save_pupil(session, PupilDraft("Bo", number="2041"))
    save_pupil(session, PupilDraft("Zoë", number="2041", surname="Wal", id=first.id))
    assert kept(session, Pupil) == 1


@pytest.mark.parametrize(
    ("draft", "field", "text"),
    [
        (GuardianDraft(), "surname", "people.name_missing"),
        (GuardianDraft(surname="Wal", email="wal"), "email", "people.email_wrong"),
        (GuardianDraft(surname="Wal", email="a b@c.nl"), "email", "people.email_wrong"),
        (GuardianDraft(surname="Wal", street=f"Kade {BSN}"), "street", "people.bsn"),
        (GuardianDraft(surname="Wal", ship="x" * 201), "ship", "people.too_long"),
        (GuardianDraft(surname="Wal", phone=BSN), "phone", "people.bsn"),
    ],
)
def test_a_wrong_guardian_is_refused_at_its_field(
    school: School, draft: GuardianDraft, field: str, text: str
) -> None:
    session = school.administrator()
    with pytest.raises(Refusals) as refused:
        save_guardian(session, draft)
    assert fields(refused) == {field: text}
    assert kept(session, Guardian) == 0


def test_an_institution_needs_no_person(school: School) -> None:
    guardian = save_guardian(school.administrator(), GuardianDraft(institution="Jeugd Zuid"))
    assert guardian.institution == "Jeugd Zuid"


def test_two_guardians_may_have_one_name(school: School) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft("Zoë"))
    one, other = (
        save_guardian(session, GuardianDraft(surname="Wal"), pupil.id, kind)
        for kind in ("mother", "mother")
    )
    with session.look(Compartment.CONSENT) as reader:
        found = reader.ask(GuardiansOf(pupil.id))
    assert [item.guardian.id for item in found] == [one.id, other.id]


def test_a_guardian_of_two_children_is_stored_once(school: School) -> None:
    session = school.administrator()
    zoe, bo = (save_pupil(session, PupilDraft(name)) for name in ("Zoë", "Bo"))
    mother = save_guardian(session, GuardianDraft(surname="Wal"), zoe.id, "mother")
    relate(session, bo.id, mother.id, "mother")
    with session.look(Compartment.CONSENT) as reader:
        children = reader.ask(ChildrenOf(mother.id))
    assert {child.id for child in children} == {zoe.id, bo.id}
    assert kept(session, Guardian) == 1


def test_nobody_is_related_twice(school: School) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft("Zoë"))
    mother = save_guardian(session, GuardianDraft(surname="Wal"), pupil.id, "mother")
    with pytest.raises(Refusal, match="related_already"):
        relate(session, pupil.id, mother.id, "mother")


def test_a_relation_ends_and_comes_back(school: School) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft("Zoë"))
    save_guardian(session, GuardianDraft(surname="Wal"), pupil.id, "other")
    with session.look(Compartment.CONSENT) as reader:
        relation = reader.all(Relation)[0]
    assert change_relation(session, relation.id, "father").kind == "father"
    note(session, relation, AuthorityKind.NONE)
    assert end_relation(session, relation.id).ended
    back = restore_relation(session, relation.id)
    assert (back.ended, back.kind) == (False, "father")


@pytest.mark.parametrize("kind", [None, *sorted({*HOLDERS, *UNSETTLED})])
def test_a_relation_stays_while_authority_counts(
    school: School, kind: AuthorityKind | None
) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft("Zoë"))
    save_guardian(session, GuardianDraft(surname="Wal"), pupil.id, "other")
    with session.look(Compartment.CONSENT) as reader:
        relation = reader.all(Relation)[0]
    if kind:
        note(session, relation, kind)
    with pytest.raises(Refusal, match="authority_first"):
        end_relation(session, relation.id)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Relation) == (relation,)


def test_a_relation_ends_once_authority_has_ended(school: School) -> None:
    session = school.administrator()
    pupil = save_pupil(session, PupilDraft("Zoë"))
    save_guardian(session, GuardianDraft(surname="Wal"), pupil.id, "other")
    with session.look(Compartment.CONSENT) as reader:
        relation = reader.all(Relation)[0]
    note(session, relation, AuthorityKind.GUARDIANSHIP, end=session.clock.today())
    school.clock.move(timedelta(days=1))
    assert end_relation(session, relation.id).ended


def test_staff_are_kept_and_leave(school: School) -> None:
    session = school.administrator()
    member = save_staff(session, StaffDraft("Kees", function="leerkracht"))
    gone = save_staff(session, StaffDraft("Kees", left=True, id=member.id))
    assert gone.left


def test_a_teacher_changes_nobody(school: School) -> None:
    with pytest.raises(Refusal, match="no_grant"):
        save_pupil(school.teacher(), PupilDraft("Zoë"))


def test_a_draft_can_be_checked_without_a_register() -> None:
    guardian = checked_guardian(GuardianDraft("  Ada ", surname="Wal", phone="012345672"))
    assert (guardian.first_name, guardian.phone, guardian.language) == (
        "Ada",
        "012345672",
        "nl",
    )
    assert checked_staff(StaffDraft(" Kees ", left=True)).left
    assert checked_pupil(PupilDraft(" Zoë "), date(2026, 11, 22)).first_name == "Zoë"


def test_a_guardian_is_typed_in_the_fields_that_are_kept() -> None:
    typed, stored = fields_of(GuardianDraft), fields_of(Guardian)
    assert typed == {name: kept for name, kept in stored.items() if name != "merged_into"}
