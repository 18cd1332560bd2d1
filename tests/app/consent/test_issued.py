"""Answers on an issued form: its number tells which wording was put."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.issued import form_filled_in
from app.consent.records import Answer, Channel, Decision, IssuedForm
from app.errors import Refusal, Refusals
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.record import Compartment
from reports.press import PaperPress
from tests.journeys.families import WEBSITE, Family, add_family, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

DAY = timedelta(days=1)


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """A pupil with both parents, who have both got a form."""
    family = add_family(session, settle(session))
    requests = requests_for_pupil(session, family.pupil.id)
    register_issue(session, prepare_forms(session, PaperPress(), requests, "nl"))
    return family


def yes(family: Family, number: str, session: Session) -> DecisionsDraft:
    return DecisionsDraft(
        family.pupil.id,
        family.mother.id,
        (UseAnswer(WEBSITE, Answer.YES),),
        session.clock.today(),
        form_number=number,
    )


def form_of(session: Session, number: str, pupil: str, decider: str) -> IssuedForm:
    with session.look(Compartment.CONSENT) as reader:
        return form_filled_in(reader, number, pupil, decider)


def test_the_form_says_which_wording_was_put(session: Session, family: Family) -> None:
    form = form_of(session, "1", family.pupil.id, family.mother.id)
    (decision,) = record_decisions(session, yes(family, " 000001 ", session))
    assert decision.form_version_id == form.form_version_id


def test_a_use_that_was_widened_after_the_form_is_not_covered(
    session: Session, family: Family
) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (website,) = reader.all(Channel, key="website")
    save_channel(session, website, widened=True)
    (on_form,) = record_decisions(session, yes(family, "1", session))
    (without,) = record_decisions(session, yes(family, "", session))
    assert (on_form.scope, without.scope) == (1, 2)


@pytest.mark.parametrize("number", ["12", "elf", "1234567", "²", "-1"])
def test_a_number_that_was_never_issued_is_refused_at_its_field(
    session: Session, family: Family, number: str
) -> None:
    draft = replace(yes(family, number, session), note="nr 111222333")
    with pytest.raises(Refusals) as caught:
        record_decisions(session, draft)
    found = {(each.message.id, each.field) for each in caught.value.found}
    assert found == {("consent.form_unknown", "form_number"), ("people.bsn", "note")}
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Decision) == ()


def test_the_form_of_somebody_else_is_refused(session: Session, family: Family) -> None:
    other = add_family(session, settle(session, "Zeester"), "Jesse")
    with pytest.raises(Refusal, match="form_of_other_pupil"):
        form_of(session, "1", other.pupil.id, other.mother.id)
    with pytest.raises(Refusal, match="form_of_other_guardian"):
        form_of(session, "2", family.pupil.id, family.mother.id)


def test_a_pupil_who_decides_fills_in_either_form(session: Session, family: Family) -> None:
    pupil = family.pupil.id
    assert form_of(session, "2", pupil, pupil).guardian_id == family.father.id


def issue_again(session: Session, family: Family) -> str:
    """The number of another form for the mother, made today."""
    requests = requests_for_pupil(session, family.pupil.id)
    prepared = prepare_forms(session, PaperPress(), requests, "nl")
    register_issue(session, prepared)
    return prepared.issued[0].number


def test_nobody_signed_a_form_before_it_was_made(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(5 * DAY)
    made, number = session.clock.today(), issue_again(session, family)
    no = replace(yes(family, number, session), answers=(UseAnswer(WEBSITE, Answer.NO),))
    with pytest.raises(Refusals) as caught:
        record_decisions(session, replace(no, signed_on=made - DAY))
    (found,) = caught.value.found
    assert (found.message.id, found.field) == ("consent.signed_before_issued", "signed_on")
    assert record_decisions(session, no)[0].signed_on == made


@pytest.mark.parametrize(("days", "number"), [(-3, "1"), (4, "3")])
def test_what_a_clock_dated_ahead_says_nothing_of_when_it_was_signed(
    school: School, session: Session, family: Family, days: int, number: str
) -> None:
    """The version itself, or a form of it, is dated later than today."""
    school.clock.move(7 * DAY)
    issue_again(session, family)
    school.clock.move((days - 7) * DAY)
    (decision,) = record_decisions(session, yes(family, number, session))
    assert decision.signed_on == session.clock.today()


def test_nobody_signed_a_version_before_it_was_made(session: Session, family: Family) -> None:
    day = session.clock.today() - DAY
    version = form_of(session, "1", family.pupil.id, family.mother.id).form_version_id
    draft = replace(yes(family, "", session), form_version_id=version, signed_on=day)
    with pytest.raises(Refusals, match="signed_before_version"):
        record_decisions(session, draft)
