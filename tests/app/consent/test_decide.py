"""Recording decisions: what is refused, which scope they cover, and a clock that stood wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions, withdraw_consent
from app.consent.grid import answer_for
from app.consent.periods import birthday
from app.consent.records import Answer, Channel, Decision, FormVersion
from app.errors import BoordboekError, Refusals
from app.ids import new_id
from app.people.people import PupilDraft, StaffDraft, save_pupil, save_staff
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, Family, add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

DAY = timedelta(days=1)
FILM = "film:website"


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """A pupil with both parents."""
    return add_family(session, settle(session))


def outcome(session: Session, family: Family, day: date, use: str = WEBSITE) -> str:
    with session.look(Compartment.CONSENT) as reader:
        return answer_for(reader, family.pupil.id, use, day).verdict.outcome


def website(session: Session) -> Channel:
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Channel, key="website")[0]


def refused(session: Session, draft: DecisionsDraft) -> set[str]:
    with pytest.raises(BoordboekError) as caught:
        record_decisions(session, draft)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Decision) == ()
    error = caught.value
    found = error.found if isinstance(error, Refusals) else (error,)
    return {each.message.id for each in found}


# -- the clock --------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [0, 1])
def test_a_withdrawal_forbids_even_when_the_clock_stands_back(
    school: School, session: Session, family: Family, years: int
) -> None:
    today = session.clock.today()
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent, signed_on=today)
    school.clock.move(-365 * years * DAY)
    while_wrong = session.clock.today()
    withdraw_consent(session, family.pupil.id, family.mother.id, [WEBSITE], how="phone")
    assert outcome(session, family, today) == "no"
    assert outcome(session, family, while_wrong) in ("no", "not_present")


def test_a_no_of_today_forbids_even_when_the_clock_stands_back(
    school: School, session: Session, family: Family
) -> None:
    today = session.clock.today()
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent, signed_on=today)
    school.clock.move(-30 * DAY)
    no = says(session, family.pupil, family.father, Answer.NO, signed_on=session.clock.today())
    assert no.signed_on == today
    assert outcome(session, family, today) == "no"


def test_an_older_no_keeps_its_day(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother)
    no = says(session, family.pupil, family.mother, Answer.NO, signed_on=SIGNED - DAY)
    assert no.signed_on == SIGNED - DAY


# -- what a yes covers ------------------------------------------------------------------------


def test_paper_from_before_a_widening_covers_what_it_said(
    school: School, session: Session, family: Family
) -> None:
    save_channel(session, website(session), widened=True)
    school.clock.move(2 * DAY)
    widened = session.clock.today() - 2 * DAY
    says(session, family.pupil, family.mother, signed_on=widened - DAY)
    says(session, family.pupil, family.father, signed_on=widened)
    assert outcome(session, family, session.clock.today()) == "ask"
    says(session, family.pupil, family.mother, signed_on=widened)
    assert outcome(session, family, session.clock.today()) == "yes"


def test_paper_between_two_widenings_covers_the_first(
    school: School, session: Session, family: Family
) -> None:
    save_channel(session, website(session), widened=True)
    school.clock.move(5 * DAY)
    save_channel(session, website(session), widened=True)
    between = session.clock.today() - DAY
    assert says(session, family.pupil, family.mother, signed_on=between).scope == 2
    assert says(session, family.pupil, family.mother, signed_on=SIGNED).scope == 1


def test_a_yes_to_what_the_form_did_not_ask_is_refused(
    session: Session, family: Family
) -> None:
    version = FormVersion(
        id=new_id(),
        number=1,
        frozen_on=SIGNED,
        uses=(f"{WEBSITE}:1",),
        wording="{}",
        digest="",
        recorded_at=session.clock.now(),
    )
    with session.work(Compartment.CONSENT, "form_frozen") as work:
        work.add(version)
        work.commit()
    draft = draft_of(family, form_version_id=version.id)
    assert refused(session, replace(draft, answers=(UseAnswer(FILM, Answer.YES),))) == {
        "consent.not_on_form"
    }
    both = (UseAnswer(WEBSITE, Answer.YES), UseAnswer(FILM, Answer.NO))
    assert len(record_decisions(session, replace(draft, answers=both))) == 2


# -- what is refused --------------------------------------------------------------------------


def draft_of(family: Family, **more: Any) -> DecisionsDraft:
    draft = DecisionsDraft(
        family.pupil.id, family.mother.id, (UseAnswer(WEBSITE, Answer.YES),), SIGNED
    )
    return replace(draft, **more)


def test_nobody_decides_for_an_unknown_subject(session: Session, family: Family) -> None:
    draft = draft_of(family, subject_id=new_id())
    assert "consent.unknown_subject" in refused(session, draft)


def test_a_member_of_staff_decides_alone(session: Session, family: Family) -> None:
    member = save_staff(session, StaffDraft("Kees"))
    draft = draft_of(family, subject_id=member.id)
    assert refused(session, draft) == {"consent.not_a_decider"}
    assert record_decisions(session, replace(draft, decider_id=member.id))


@pytest.mark.parametrize("use", ["audio:school_guide", "photo:class_photo"])
def test_a_yes_is_refused_where_nothing_is_asked(
    session: Session, family: Family, use: str
) -> None:
    with session.look(Compartment.CONSENT) as reader:
        for channel in reader.all(Channel, key="class_photo"):
            assert not channel.needs_consent or not channel.active
    draft = draft_of(family, answers=(UseAnswer(use, Answer.YES),))
    assert refused(session, draft) == {"consent.use_not_asked"}
    objection = replace(draft, answers=(UseAnswer(use, Answer.NO),))
    assert record_decisions(session, objection)


def test_an_unknown_condition_is_refused(session: Session, family: Family) -> None:
    answer = UseAnswer(WEBSITE, Answer.YES, ("only_on_sundays",))
    draft = draft_of(family, answers=(answer,))
    assert refused(session, draft) == {"consent.unknown_condition"}


def test_a_pupil_says_yes_only_from_coming_of_age(session: Session, family: Family) -> None:
    of_age = session.clock.today() - 9 * DAY
    pupil = replace(family.pupil, birth_date=birthday(of_age, -16))
    save_pupil(session, PupilDraft("Zoë", birth_date=pupil.birth_date, id=pupil.id))
    draft = draft_of(family, decider_id=pupil.id, signed_on=of_age - DAY)
    assert refused(session, draft) == {"consent.own_yes_early"}
    no = replace(draft, answers=(UseAnswer(WEBSITE, Answer.NO),))
    assert record_decisions(session, no)
    assert record_decisions(session, replace(draft, signed_on=of_age))
