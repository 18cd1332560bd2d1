"""The form of an adult: in words of adults, numbered, registered, and read back as any other."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import resources
from app.check.answer import check_pupil, find_people
from app.check.publish import keep_published
from app.consent.grid import answer_for
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import Answer, FormVersion, IssuedForm
from app.errors import Refusal
from app.forms.fill import Print
from app.forms.issue import (
    FormRequest,
    prepare_as,
    prepare_forms,
    register_issue,
    request_for_adult,
)
from app.forms.listing import issued_forms, takers_for_adult
from app.forms.papers import Signer
from app.forms.returned import Filled, find_returned, record_returned, returned_form
from app.forms.signed import signed_wording
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind, StaffMember
from app.record import Compartment
from reports.press import PaperPress
from tests.journeys.families import Place, add_family, settle
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.forms.issue import PreparedForms
    from app.ports import Session
    from tests.registers import School

USE = "photo:website"
ZOE = StaffDraft("Zoë", "Z.", "van der", "Wal", "leerkracht")
NO_DETRIMENT = {
    "nl": "geen gevolgen voor uw werk",
    "en": "no consequences for your work",
    "de": "keine Folgen für Ihre Arbeit",
    "fr": "aucune conséquence pour votre travail",
    "pl": "nie ma skutków dla Pani lub Pana pracy",
}
OF_PARENTS_AND_PUPILS = {
    "nl": ("uw kind", "het kind", "16 jaar", "gezag", "inschrijving"),
    "en": ("your child", "the child", "16 or older", "hold authority", "for enrolment"),
    "de": ("Ihr Kind", "das Kind", "16 Jahre", "Sorgerecht", "die Anmeldung oder"),
    "fr": ("votre enfant", "l'enfant", "16 ans", "J'ai l'autorité", "inscription"),
    "pl": ("dziecko", "16 lat", "władzę", "zapisu"),
}


@pytest.fixture
def session(school: School) -> Session:
    """The administrator, who publishes."""
    session = school.administrator()
    keep_published(session)
    return session


@pytest.fixture
def place(session: Session) -> Place:
    return settle(session)


@pytest.fixture
def zoe(session: Session, place: Place) -> StaffMember:
    return save_staff(session, ZOE)


def prepared(session: Session, member: StaffMember, how: Print | None = None) -> PreparedForms:
    requests = (request_for_adult(session, member.id),)
    return prepare_as(session, PaperPress(), requests, how or Print("nl"))


def said(forms: PreparedForms) -> str:
    return " ".join(" ".join(texts(forms.pdf)).split())


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", resources.PAPER_LANGUAGES)
def test_the_form_speaks_to_an_adult_and_says_that_refusing_costs_nothing(
    session: Session, zoe: StaffMember, language: str, large: bool
) -> None:
    words = said(prepared(session, zoe, Print(language, large)))
    assert "Zoë van der Wal" in words
    assert NO_DETRIMENT[language] in words
    assert [each for each in OF_PARENTS_AND_PUPILS[language] if each in words] == []


@pytest.mark.parametrize("language", resources.PAPER_LANGUAGES)
def test_the_form_of_a_one_off_use_speaks_to_an_adult_too(
    session: Session, zoe: StaffMember, language: str
) -> None:
    today = session.clock.today()
    draft = OneOffDraft("Reis", ("photo",), "parent_page", today, today + timedelta(days=7))
    one = save_one_off(session, draft)
    words = said(prepared(session, zoe, Print(language, one_off=one.key)))
    own = [each for each in OF_PARENTS_AND_PUPILS[language] if each in words]
    assert own == []
    assert NO_DETRIMENT[language] in words


def test_a_form_is_registered_under_the_adult_when_it_leaves(
    session: Session, zoe: StaffMember
) -> None:
    register_issue(session, prepared(session, zoe))
    with session.look(Compartment.CONSENT) as reader:
        (form,) = reader.all(IssuedForm)
    assert (form.pupil_id, form.guardian_id) == (zoe.id, zoe.id)
    (line,) = issued_forms(session)
    assert (line.pupil, line.guardian, line.adult) == (
        "Zoë van der Wal",
        "Zoë van der Wal",
        True,
    )


def test_forms_of_a_parent_and_an_adult_of_one_name_do_not_mix(
    session: Session, place: Place, zoe: StaffMember
) -> None:
    family = add_family(session, place, "Zoë")
    requests = (
        FormRequest(family.pupil.id, family.mother.id),
        request_for_adult(session, zoe.id),
    )
    found = prepare_forms(session, PaperPress(), requests, "nl")
    pages = texts(found.pdf)
    assert ("uw kind" in pages[0], "uw kind" in pages[2]) == (True, False)
    assert ("volwassene" in pages[1], "volwassene" in pages[3]) == (False, True)
    register_issue(session, found)
    number = found.issued[1].number
    (candidate,) = find_returned(session, number)
    assert (candidate.pupil_id, candidate.relation) == (zoe.id, "staff")


@pytest.mark.parametrize("kind", [AdultKind.STAFF, AdultKind.VOLUNTEER])
def test_what_came_back_reaches_the_teacher(
    session: Session, place: Place, kind: AdultKind
) -> None:
    member = save_staff(session, replace(ZOE, kind=kind))
    forms = prepared(session, member)
    register_issue(session, forms)
    (candidate,) = find_returned(session, forms.issued[0].number)
    form = returned_form(session, candidate, "nl")
    assert form.twins == ()
    filled = Filled(((USE, Answer.YES),), session.clock.today(), ("no_name",))
    ((done,),) = ((one.decisions for one in record_returned(session, form, filled)),)
    line = check_pupil(session, member.id).line(USE)
    assert line is not None
    assert (line.permits, line.conditions) == (True, ("no_name",))
    wording = signed_wording(session, done[0].id)
    assert (wording.signer, wording.form_number) == (Signer.ADULT, forms.issued[0].number)


def test_an_adult_is_found_by_name_after_the_children(
    session: Session, place: Place, zoe: StaffMember
) -> None:
    family = add_family(session, place, "Zoë")
    found = find_returned(session, "Zoë")
    assert [one.pupil_id for one in found] == [family.pupil.id, family.pupil.id, zoe.id]


def test_what_an_adult_signed_counts_for_no_child_of_the_name(
    session: Session, place: Place, zoe: StaffMember
) -> None:
    family = add_family(session, place, "Zoë")
    register_issue(session, prepared(session, zoe))
    (candidate,) = find_returned(session, "1")
    form = returned_form(session, candidate, "nl")
    record_returned(session, form, Filled(((USE, Answer.YES),), session.clock.today()))
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        child = answer_for(reader, family.pupil.id, USE, today, today=today)
    assert not child.verdict.permits
    assert [hit.id for hit in find_people(session, "zoe")] == [family.pupil.id, zoe.id]


@pytest.mark.parametrize("left", [True, False])
def test_who_is_no_longer_here_gets_no_form(
    session: Session, zoe: StaffMember, left: bool
) -> None:
    yesterday = session.clock.today() - timedelta(days=1)
    gone = replace(ZOE, id=zoe.id, left=left, end=None if left else yesterday)
    save_staff(session, gone)
    with pytest.raises(Refusal, match="adult_left"):
        takers_for_adult(session, zoe.id)


def test_a_version_without_words_for_adults_is_not_put_to_one(
    session: Session, zoe: StaffMember
) -> None:
    version = prepared(session, zoe).version
    plain = json.loads(version.wording)
    for tables in plain["languages"].values():
        del tables["adult_signs"]
    with session.work(Compartment.CONSENT, "form_frozen") as work:
        work.add(replace(version, wording=json.dumps(plain)))
        work.commit()
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(FormVersion)) == 1
    with pytest.raises(Refusal, match="not_for_adults"):
        prepared(session, zoe)
