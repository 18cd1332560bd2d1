"""What a dossier says of somebody stays, also when the import that brought him is undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.dossier.dossiers import dossiers
from app.dossier.inbox import Filing, Person, file_report
from app.dossier.records import Entry
from app.errors import Refusal
from app.people.people import PupilDraft, save_pupil
from app.people.questions import GonePerson
from app.people.records import Guardian, Pupil
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.undo import imports, undo_import
from tests.app.dossier.situations import ABOUT_GUARDIAN, PUPILS, reported, settle_in
from tests.app.roster.made import child, family, parent, roster

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

FAMILY = (child("Ida", "Vos", key="i"), parent("Karel", "Vos"), *family(i=("Karel Vos",)))


def brought(session: Session) -> tuple[Person, Person]:
    """A child and its parent, whom a file brought."""
    made = roster(*FAMILY)
    accept(session, made, propose(session, made))
    with session.look(Compartment.CONSENT) as reader:
        (ida,) = (each for each in reader.all(Pupil) if each.first_name == "Ida")
        (karel,) = (each for each in reader.all(Guardian) if each.first_name == "Karel")
    return Person(ida.id, "Ida Vos"), Person(karel.id, "Karel Vos")


def undone(school: School) -> None:
    """The import is undone by who cannot look into dossiers."""
    session = school.administrator()
    undo_import(session, imports(session)[0][0].id)


def test_a_dossier_keeps_its_names_when_the_import_is_undone(school: School) -> None:
    first, second = reported(school, ABOUT_GUARDIAN), reported(school, ABOUT_GUARDIAN)
    session = school.director()
    settle_in(session)
    ida, karel = brought(session)
    filing = Filing((ida,), karel)
    dossier = file_report(session, PUPILS, first.id, filing).dossiers[0]
    undone(school)
    session = school.director()
    assert [line.subject_name for line in dossiers(session, PUPILS)] == ["Ida Vos"]
    with session.look(PUPILS) as reader:
        entries = reader.all(Entry, dossier_id=dossier.id)
    assert {entry.about_name for entry in entries} == {"Karel Vos"}
    again = file_report(session, PUPILS, second.id, filing)
    assert [each.id for each in again.dossiers] == [dossier.id]
    assert session.verify(PUPILS).in_order


def test_who_was_taken_out_is_found_by_id_only(school: School) -> None:
    session = school.administrator()
    settle_in(session)
    ida, karel = brought(session)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(GonePerson(ida.id)) is None
    undone(school)
    session = school.administrator()
    with session.look(Compartment.CONSENT) as reader:
        assert reader.find(Pupil, ida.id) is None
        pupil, guardian = (reader.ask(GonePerson(each.id)) for each in (ida, karel))
        assert isinstance(pupil, Pupil)
        assert isinstance(guardian, Guardian)
        assert (pupil.first_name, guardian.first_name) == ("Ida", "Karel")
        assert reader.ask(GonePerson("nobody")) is None


def test_somebody_whom_nobody_ever_knew_gets_no_dossier(school: School) -> None:
    sent = reported(school, ABOUT_GUARDIAN)
    session = school.director()
    people = settle_in(session)
    save_pupil(session, PupilDraft("Zo", id=people.zoe.id))
    stranger = replace(people.zoe, id="f" * 32)
    with pytest.raises(Refusal, match="subject_unknown"):
        file_report(session, PUPILS, sent.id, Filing((stranger,), people.father))
