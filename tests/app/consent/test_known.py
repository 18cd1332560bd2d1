"""Looking back: settings, relations and birth dates count as they were known at the moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.asof import AsOf, end_of
from app.consent.channels import save_channel
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    lift_flag,
    raise_flag,
    record_decisions,
)
from app.consent.grid import answer_for, consent_grid, group_verdicts
from app.consent.overview import person_consent, pupil_consent
from app.consent.records import Answer, Channel, SafetyFlag
from app.ids import new_id
from app.people.authority import AuthorityDraft, AuthorityState, record_authority
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    end_relation,
    save_guardian,
    save_pupil,
    save_staff,
)
from app.people.records import Authority, AuthorityKind, Relation
from app.record import Compartment
from tests.journeys.families import WEBSITE, Family, add_family, says, settle

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import Session
    from tests.registers import School

PAGE = "photo:parent_page"


def grounded(channel: Channel) -> Channel:
    """The channel as one that needs no consent."""
    return replace(channel, texts=channel.texts.put("ground", nl="les"))


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Both parents said yes to the website, one of them to the page."""
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father)
    says(session, family.pupil, family.mother, use=PAGE)
    return family


def later(school: School) -> datetime:
    """The moment that will be looked back at; what follows is five days later."""
    before = school.clock.now()
    school.clock.move(timedelta(days=5))
    return before


def outcome(
    session: Session, family: Family, at: datetime | None = None, use: str = WEBSITE
) -> str:
    with session.look(Compartment.CONSENT) as reader:
        day = session.clock.today() - timedelta(days=5)
        return answer_for(reader, family.pupil.id, use, day, at).verdict.outcome


def channel(session: Session, key: str) -> Channel:
    with session.look(Compartment.CONSENT) as reader:
        return reader.all(Channel, key=key)[0]


def test_a_channel_made_lenient_since_was_strict(
    school: School, session: Session, family: Family
) -> None:
    save_channel(session, replace(channel(session, "parent_page"), lenient=False))
    before = later(school)
    save_channel(session, replace(channel(session, "parent_page"), lenient=True))
    assert outcome(session, family, use=PAGE) == "yes"
    assert outcome(session, family, before, PAGE) == "ask"


def test_a_channel_widened_twice_since_was_covered(
    school: School, session: Session, family: Family
) -> None:
    before = later(school)
    for _ in range(2):
        save_channel(session, channel(session, "website"), widened=True)
        school.clock.move(timedelta(minutes=1))
    assert outcome(session, family) == "ask"
    assert outcome(session, family, before) == "yes"


def test_a_ground_given_since_was_no_ground(
    school: School, session: Session, family: Family
) -> None:
    before = later(school)
    save_channel(session, grounded(channel(session, "parent_page")))
    assert outcome(session, family, use=PAGE) == "not_needed"
    assert outcome(session, family, before, PAGE) != "not_needed"


def test_a_channel_that_was_not_there_yet_was_not_asked(
    school: School, session: Session, family: Family
) -> None:
    before = later(school)
    fresh = grounded(replace(channel(session, "website"), id=new_id(), key="fresh"))
    save_channel(session, fresh)
    assert outcome(session, family, use="photo:fresh") == "not_needed"
    assert outcome(session, family, before, "photo:fresh") == "ask"
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, family.pupil.id, session.clock.today(), before)
    assert "photo:fresh" not in {line.use for line in grid.lines}


def test_a_birth_date_corrected_since_was_another(
    school: School, session: Session, family: Family
) -> None:
    before = later(school)
    drafted = PupilDraft("Zoë", birth_date=date(2008, 1, 1), id=family.pupil.id)
    save_pupil(session, drafted)
    assert outcome(session, family) == "ask"
    assert outcome(session, family, before) == "yes"


def test_a_guardian_added_since_was_not_known(
    school: School, session: Session, family: Family
) -> None:
    before = later(school)
    other = save_guardian(session, GuardianDraft(surname="Vos"), family.pupil.id, "guardian")
    kind = AuthorityKind.GUARDIANSHIP
    record_authority(session, AuthorityDraft(family.pupil.id, other.id, kind, source="court"))
    says(session, family.pupil, other, Answer.NO)
    assert outcome(session, family) == "no"
    assert outcome(session, family, before) == "yes"


def test_a_relation_that_ended_since_leaves_the_no_standing(
    school: School, session: Session, family: Family
) -> None:
    pair = (family.pupil.id, family.father.id)
    says(session, family.pupil, family.father, Answer.NO, signed_on=session.clock.today())
    before = later(school)
    yesterday = session.clock.today() - timedelta(days=1)
    with session.look(Compartment.CONSENT) as reader:
        (relation,) = reader.all(Relation, guardian_id=family.father.id)
        (known,) = reader.all(Authority, guardian_id=family.father.id)
    ended = AuthorityDraft(
        *pair, known.kind, end=yesterday, source=known.source, replaces=known.id
    )
    record_authority(session, ended)
    end_relation(session, relation.id)
    assert outcome(session, family) == "no"
    assert outcome(session, family, before) == "no"
    with session.look(Compartment.CONSENT) as reader:
        day = session.clock.today()
        assert answer_for(reader, family.pupil.id, WEBSITE, day).verdict.permits
        then = consent_grid(reader, family.pupil.id, yesterday)
    assert [decider.relation for decider in then.deciders] == ["mother", "father"]


@pytest.fixture
def put_right(school: School, session: Session, family: Family) -> Family:
    """A withdrawal and a flag recorded while the clock stood a year ahead; it was put right."""
    school.clock.move(timedelta(days=365))
    day = session.clock.today()
    says(session, family.pupil, family.mother, Answer.WITHDRAWN, signed_on=day)
    raise_flag(session, family.pupil.id)
    school.clock.move(timedelta(days=-365))
    return family


def test_what_was_recorded_with_a_clock_that_ran_ahead_counts_once_it_is_put_right(
    session: Session, put_right: Family
) -> None:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        seen = pupil_consent(reader, put_right.pupil.id, AsOf(today, today=today))
        tonight = pupil_consent(
            reader, put_right.pupil.id, AsOf(today, end_of(today), today=today)
        )
        then = AsOf(today, session.clock.now(), today)
        before = pupil_consent(reader, put_right.pupil.id, then)
    assert seen.flag is not None
    assert seen.notices[0].what.id == "consent.notice_flag_ahead"
    assert {line.verdict.outcome for line in seen.grid.lines} == {"no"}
    assert (seen.flag, seen.grid.lines) == (tonight.flag, tonight.grid.lines)
    assert before.flag is None


def test_an_objection_dated_ahead_says_so(session: Session, put_right: Family) -> None:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        flag = reader.all(SafetyFlag, pupil_id=put_right.pupil.id)[-1]
    lift_flag(session, flag)
    with session.look(Compartment.CONSENT) as reader:
        line = answer_for(reader, put_right.pupil.id, WEBSITE, today, today=today)
    assert line.verdict.outcome == "no"
    assert line.why.id == "consent.reason_withdrawn_ahead"
    assert line.why.values["day"] == today + timedelta(days=365)


def test_what_a_clock_that_ran_ahead_dated_counted_on_the_day_it_was_put_right(
    school: School, session: Session, put_right: Family
) -> None:
    """The next day that day is another one; looked back at, it is the present one again."""
    pupil = put_right.pupil
    says(session, pupil, put_right.father, use=PAGE)  # by which the register can tell
    at, day = session.clock.now(), session.clock.today()
    for days in (0, 1, 40):
        school.clock.move(timedelta(days=days))
        today = session.clock.today()
        with session.look(Compartment.CONSENT) as reader:
            line = answer_for(reader, pupil.id, WEBSITE, day, at, today)
            grid = consent_grid(reader, pupil.id, day, at, today)
            group = dict(group_verdicts(reader, (pupil.id,), day, at, today))
        assert line.verdict.reason == "safety"
        assert {one.verdict.reason for one in grid.lines} == {"safety"}
        assert {one.reason for one in group[pupil.id]} == {"safety"}


def test_a_flag_that_was_known_is_shown_though_the_clock_was_set_back(
    school: School, session: Session, family: Family
) -> None:
    raise_flag(session, family.pupil.id)
    school.clock.move(-timedelta(days=1))
    says(session, family.pupil, family.mother)
    at, today = session.clock.now(), session.clock.today()
    school.clock.move(timedelta(days=5))
    with session.look(Compartment.CONSENT) as reader:
        seen = pupil_consent(
            reader, family.pupil.id, AsOf(today, at, today + timedelta(days=5))
        )
    assert {line.verdict.outcome for line in seen.grid.lines} == {"no"}
    assert seen.flag is not None


def test_what_the_card_says_was_known_is_what_the_answers_rest_on(
    school: School, session: Session, family: Family
) -> None:
    """The clock is set back a day after authority was noted, and put right afterwards."""
    pair = family.pupil.id, family.father.id
    record_authority(session, AuthorityDraft(*pair, AuthorityKind.NONE, source="court"))
    school.clock.move(-timedelta(days=1))
    says(session, family.pupil, family.mother)
    at, day = session.clock.now(), session.clock.today() + timedelta(days=1)
    school.clock.move(timedelta(days=5))
    with session.look(Compartment.CONSENT) as reader:
        seen = pupil_consent(reader, family.pupil.id, AsOf(day, at, session.clock.today()))
    assert [decider.holds for decider in seen.grid.deciders] == [True, False]
    assert [tie.state for tie in seen.card.ties] == [AuthorityState.HOLDS, AuthorityState.NONE]


def test_who_left_since_was_there_as_it_was_known_then(
    school: School, session: Session, family: Family
) -> None:
    member = save_staff(session, StaffDraft("Kees"))
    draft = DecisionsDraft(
        member.id, member.id, (UseAnswer(WEBSITE, Answer.YES),), session.clock.today()
    )
    record_decisions(session, draft)
    before = later(school)
    save_staff(session, StaffDraft("Kees", id=member.id, left=True))
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        then = person_consent(reader, member.id, AsOf(today, before, today))
        now = person_consent(reader, member.id, AsOf(today, today=today))
    assert (then.card.present, now.card.present) == (True, False)
    assert "left" not in {notice.key for notice in then.notices}
    website = next(line for line in then.grid.lines if line.use == WEBSITE)
    assert website.verdict.permits
