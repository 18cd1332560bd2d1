"""A form that came back: found by number, code or name, and recorded as any other answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.consent.decide import DecisionsDraft, Recorded, UseAnswer, record_decisions
from app.consent.records import Answer, Decision
from app.errors import Refusal, Refusals
from app.forms.content import content_of
from app.forms.returned import (
    Filled,
    drafts_of,
    find_returned,
    outdone,
    record_returned,
    returned_form,
    take_back,
)
from app.forms.versions import current_version
from app.people.people import PupilDraft, save_pupil
from app.record import Compartment
from tests.journeys.families import Family, add_family, says, settle
from tests.robots.entering import issue

if TYPE_CHECKING:
    from app.forms.returned import Returned
    from app.ports import Session
    from tests.registers import School

CONDITIONS = ("no_name", "group_only")


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """A pupil with both parents, who both got a form."""
    family = add_family(session, settle(session))
    issue(session, family.pupil.id)
    return family


def form_of(session: Session, number: str) -> Returned:
    (found,) = find_returned(session, number)
    return returned_form(session, found, "nl")


def plain(decision: Decision) -> Decision:
    """A decision without what differs between two that say the same."""
    return replace(decision, id="", recorded_at=decision.recorded_at.min)


def test_the_questions_stand_in_the_order_of_the_paper(
    session: Session, family: Family
) -> None:
    form = form_of(session, "1")
    assert form.decider.id == family.mother.id
    with session.look(Compartment.CONSENT) as reader:
        version = current_version(reader)
    assert version is not None
    printed = [line.use for part in content_of(version).sections("nl") for line in part.lines]
    assert [line.use for line in form.lines] == printed


def test_a_name_finds_the_pupil_with_each_guardian_once(
    session: Session, family: Family
) -> None:
    found = find_returned(session, "Wal")
    assert {(one.decider_id, one.number) for one in found} == {
        (family.mother.id, "000001"),
        (family.father.id, "000002"),
    }
    (one,) = find_returned(session, "Marijke")
    assert one.pupil_id == family.pupil.id


def test_a_pupil_who_decides_is_found_with_his_own_form(session: Session) -> None:
    family = add_family(session, settle(session))
    drafted = PupilDraft(
        id=family.pupil.id, first_name="Zoë", surname="Wal", birth_date=date(2009, 5, 4)
    )
    save_pupil(session, drafted)
    issue(session, family.pupil.id)
    own = next(one for one in find_returned(session, "zoe") if one.relation == "self")
    assert (own.decider_id, own.number) == (family.pupil.id, "000001")
    form = returned_form(session, own, "nl")
    yes = Filled(((form.lines[0].use, Answer.YES),), session.clock.today())
    (done,) = record_returned(session, form, yes)
    (decision,) = done.decisions
    assert decision.decider_id == decision.subject_id
    assert form_of(session, "1").decider.relation == "self"


def test_without_a_version_there_is_nothing_to_enter(session: Session) -> None:
    family = add_family(session, settle(session))
    (found,) = find_returned(session, "Piotr")
    assert found.number == ""
    with pytest.raises(Refusal, match="no_version"):
        returned_form(session, found, "nl")
    assert family.father.id == found.decider_id


def test_what_was_said_before_stands_beside_the_question(
    session: Session, family: Family
) -> None:
    says(session, family.pupil, family.mother, Answer.NO)
    before = {line.use: line.before for line in form_of(session, "1").lines if line.before}
    assert [(use, fact.answer) for use, fact in before.items()] == [("photo:website", "no")]
    assert not any(line.before for line in form_of(session, "2").lines)


def test_a_refusal_stores_nothing_of_any_child(session: Session, family: Family) -> None:
    form = form_of(session, "1")
    today = session.clock.today()
    bad = Filled((("photo:website", Answer.YES),), today, note="nr 111222333")
    with pytest.raises(Refusals):
        record_returned(session, form, bad)
    assert form_of(session, "1").entered == ()
    assert family.pupil.id == form.pupil_id


def test_an_older_yes_is_told_where_a_later_no_stands(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother, Answer.NO, signed_on=session.clock.today())
    form = form_of(session, "1")
    yes = Filled((("photo:website", Answer.YES),), session.clock.today())
    assert [line.use for line in outdone(form, yes)] == ["photo:website"]
    assert outdone(form, replace(yes, answers=(("photo:website", Answer.NO),))) == ()


ANSWERS = st.dictionaries(
    st.integers(0, 11), st.sampled_from((Answer.YES, Answer.NO)), min_size=1, max_size=12
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=ANSWERS, conditions=st.sets(st.sampled_from(CONDITIONS)), corrects=st.booleans())
def test_what_is_entered_fast_is_what_would_be_recorded_slowly(
    session: Session,
    family: Family,
    picked: dict[int, Answer],
    conditions: set[str],
    corrects: bool,
) -> None:
    form = form_of(session, "1")
    ticked = tuple(sorted(conditions))
    answers = tuple(
        (line.use, picked[place]) for place, line in enumerate(form.lines) if place in picked
    )
    if not answers:
        return
    today = session.clock.today()
    fast = Filled(answers, today, ticked, "map 3", corrects=corrects)
    (quick,) = record_returned(session, form, fast)
    slow = DecisionsDraft(
        subject_id=family.pupil.id,
        decider_id=family.mother.id,
        answers=tuple(UseAnswer(u, a, ticked if a is Answer.YES else ()) for u, a in answers),
        signed_on=today,
        note="map 3",
        form_number="1",
        replaces=drafts_of(form, fast)[0].replaces,
    )
    by_hand = record_decisions(session, slow)
    assert [plain(one) for one in quick.decisions] == [plain(one) for one in by_hand]
    take_back(session, (quick, Recorded(by_hand)), "")
