"""What the things of a journal are called: by the names they have now, within the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.consent.records import Channel
from app.dossier.records import Breach, Case, Dossier
from app.people.people import PupilDraft, save_pupil
from app.people.records import Pupil
from app.record import Compartment
from app.search.called import called
from tests.app.dossier.situations import filed_about_staff

if TYPE_CHECKING:
    from tests.registers import School
    from tests.sample import Sample

CONSENT, STAFF = Compartment.CONSENT, Compartment.STAFF_DOSSIER


def test_people_and_channels_go_by_the_names_they_have_now(sample: Sample) -> None:
    session = sample.director()
    with session.look(CONSENT) as reader:
        pupil, channel = reader.all(Pupil)[0], reader.all(Channel)[0]
    save_pupil(session, PupilDraft("Zoë", "van der", "Wal", pupil.birth_date, id=pupil.id))
    found = called(session, CONSENT, frozenset({pupil.id, channel.id, "school", ""}), "en")
    assert found == {pupil.id: "Zoë van der Wal", channel.id: channel.short("en")}


def test_a_case_its_report_and_its_dossier_have_names(school: School) -> None:
    session, _, _ = filed_about_staff(school)
    with session.look(STAFF) as reader:
        (case,), (dossier,) = reader.all(Case), reader.all(Dossier)
        (breach,) = reader.all(Breach)
    ids = frozenset({case.id, dossier.id, breach.report_id})
    assert called(session, STAFF, ids, "nl") == {
        case.id: case.number, breach.report_id: case.number, dossier.id: dossier.subject_name,
    }  # fmt: skip


def test_one_compartment_never_names_the_things_of_another(school: School) -> None:
    session, people, _ = filed_about_staff(school)
    assert called(session, STAFF, frozenset({people.kees.id}), "nl") == {}
