"""The school's own jurisdiction: it is chosen, kept, and followed by every answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.standing import open_pairs, setting_of
from app.check.answer import check_pupil
from app.check.publish import keep_published
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import answer_for
from app.consent.jurisdiction import (
    change_jurisdiction,
    give_notice,
    jurisdictions,
    take_back_notice,
)
from app.consent.outcome import Outcome, Reason
from app.consent.periods import birthday
from app.consent.profiles import profile_of
from app.consent.records import Answer, Channel
from app.errors import Refusal
from app.forms.issue import requests_for_pupil
from app.people.people import PupilDraft, save_pupil
from app.record import Compartment
from app.register.records import School
from app.register.school import save_school, school_of
from tests.journeys.families import WEBSITE, add_family, says, settle

if TYPE_CHECKING:
    from app.consent.verdict import Verdict
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School as School_


@pytest.fixture
def session(school: School_) -> Session:
    """The administrator, whose deeds reach the check list."""
    opened = school.administrator()
    save_school(opened, School(id="school", name="De Meerpaal"))
    keep_published(opened)
    return opened


@pytest.fixture
def family(session: Session) -> Family:
    return add_family(session, settle(session))


def answer(session: Session, family: Family, use: str = WEBSITE) -> Verdict:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return answer_for(reader, family.pupil.id, use, today, today=today).verdict


def listed(session: Session, family: Family) -> tuple[Outcome, Reason | None]:
    lines = {line.use: line for line in check_pupil(session, family.pupil.id).lines}
    return lines[WEBSITE].outcome, lines[WEBSITE].reason


def asked(session: Session, family: Family) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        found = open_pairs(reader, session.clock.today())
    return [one.decider_id for one in found if one.subject_id == family.pupil.id]


def born(session: Session, family: Family, years: int) -> None:
    day = birthday(session.clock.today(), -years)
    pupil = family.pupil
    draft = PupilDraft(
        pupil.first_name, pupil.prefix, pupil.surname, day, pupil.number, pupil.id
    )
    save_pupil(session, draft)


def test_a_register_lies_in_the_netherlands_until_another_country_is_chosen(
    session: Session, family: Family
) -> None:
    says(session, family.pupil, family.mother)
    assert answer(session, family).reason is Reason.INCOMPLETE
    assert listed(session, family) == (Outcome.ASK, Reason.INCOMPLETE)
    assert change_jurisdiction(session, "us").jurisdiction == "us"
    assert answer(session, family).reason is Reason.ONE_SUFFICES
    assert listed(session, family) == (Outcome.YES, Reason.ONE_SUFFICES)


def test_saving_the_letterhead_leaves_the_jurisdiction_alone(session: Session) -> None:
    change_jurisdiction(session, "de")
    assert save_school(session, School(id="school", name="Andere naam")).jurisdiction == "de"
    with session.look(Compartment.CONSENT) as reader:
        assert school_of(reader).jurisdiction == "de"


def test_looking_back_follows_the_rules_of_then(
    school: School_, session: Session, family: Family
) -> None:
    says(session, family.pupil, family.mother)
    then, today = school.clock.now(), session.clock.today()
    school.clock.move(timedelta(days=3))
    change_jurisdiction(session, "us")
    with session.look(Compartment.CONSENT) as reader:
        past = answer_for(reader, family.pupil.id, WEBSITE, today, then).verdict
        now = answer_for(reader, family.pupil.id, WEBSITE, today).verdict
    assert (past.reason, now.reason) == (Reason.INCOMPLETE, Reason.ONE_SUFFICES)


def test_pupils_who_join_are_asked_too_and_get_a_form(session: Session, family: Family) -> None:
    born(session, family, 13)
    parents = [family.mother.id, family.father.id]
    assert asked(session, family) == parents
    change_jurisdiction(session, "de")
    assert sorted(asked(session, family)) == sorted([*parents, family.pupil.id])
    forms = requests_for_pupil(session, family.pupil.id)
    assert [one.guardian_id for one in forms] == [family.pupil.id, *parents]
    own = DecisionsDraft(
        family.pupil.id,
        family.pupil.id,
        (UseAnswer(WEBSITE, Answer.YES),),
        session.clock.today(),
    )
    record_decisions(session, own)
    change_jurisdiction(session, "nl")
    assert asked(session, family) == parents
    with pytest.raises(Refusal, match="own_yes_early"):
        record_decisions(session, own)


def test_who_decides_is_worked_out_anew_when_the_rules_change(
    session: Session, family: Family
) -> None:
    born(session, family, 17)
    assert asked(session, family) == [family.pupil.id]
    change_jurisdiction(session, "us")
    assert asked(session, family) == [family.mother.id, family.father.id]


def test_a_yes_that_ran_out_is_asked_anew(
    school: School_, session: Session, family: Family
) -> None:
    change_jurisdiction(session, "uk")
    with session.look(Compartment.CONSENT) as reader:
        uses = [rule.use for rule in setting_of(reader, session.clock.today()).asked]
    for parent in (family.mother, family.father):
        record_decisions(session, all_said(session, family, parent.id, uses))
    assert asked(session, family) == []
    school.clock.move(timedelta(days=366))
    assert sorted(asked(session, family)) == sorted([family.mother.id, family.father.id])
    change_jurisdiction(session, "nl")
    assert asked(session, family) == []


def all_said(session: Session, family: Family, decider: str, uses: list[str]) -> DecisionsDraft:
    answers = tuple(UseAnswer(use, Answer.YES) for use in uses)
    return DecisionsDraft(family.pupil.id, decider, answers, session.clock.today())


def test_making_is_asked_where_it_is_apart_and_only_there(
    session: Session, family: Family
) -> None:
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    change_jurisdiction(session, "be")
    assert answer(session, family).reason is Reason.NOT_TAKEN
    assert listed(session, family) == (Outcome.ASK, Reason.NOT_TAKEN)
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent, use="photo:making")
    assert listed(session, family) == (Outcome.YES, Reason.ALL_SAID_YES)
    change_jurisdiction(session, "nl")
    with session.look(Compartment.CONSENT) as reader:
        (making,) = reader.all(Channel, key="making")
        assert (making.active, profile_of(reader).making) == (False, ())
    change_jurisdiction(session, "be")
    assert answer(session, family).permits


def test_a_notice_permits_after_its_days_until_somebody_objects(
    school: School_, session: Session, family: Family
) -> None:
    change_jurisdiction(session, "us")
    give_notice(session, ["website"], session.clock.today())
    school.clock.move(timedelta(days=30))
    assert answer(session, family).outcome is Outcome.ASK
    school.clock.move(timedelta(days=1))
    assert answer(session, family).reason is Reason.NOT_OBJECTED
    says(session, family.pupil, family.father, Answer.NO)
    assert answer(session, family).reason is Reason.REFUSED


def test_a_notice_covers_nothing_that_came_after_it(
    school: School_, session: Session, family: Family
) -> None:
    change_jurisdiction(session, "us")
    told = give_notice(session, ["website"], session.clock.today())
    school.clock.move(timedelta(days=40))
    save_channel(session, replace(told[0], position=3))
    assert answer(session, family).permits
    save_channel(session, told[0], widened=True)
    assert answer(session, family).reason is Reason.UNANSWERED


def test_a_notice_by_mistake_is_taken_back(session: Session, family: Family) -> None:
    today = session.clock.today()
    change_jurisdiction(session, "us")
    give_notice(session, ["website"], today - timedelta(days=60))
    give_notice(session, ["website"], today)
    take_back_notice(session, ["website"], today - timedelta(days=60))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Channel, key="website")[0].noticed_on == (today,)
    assert not answer(session, family).permits


def test_what_is_no_country_no_day_and_no_channel_is_refused(session: Session) -> None:
    today = session.clock.today()
    with pytest.raises(Refusal, match="unknown_jurisdiction"):
        change_jurisdiction(session, "atlantis")
    with pytest.raises(Refusal, match="notice_later"):
        give_notice(session, ["website"], today + timedelta(days=1))
    with pytest.raises(Refusal, match="notice_of_nothing"):
        give_notice(session, ["nowhere"], today)


def test_every_rule_that_is_shown_has_a_day_on_which_it_was_checked() -> None:
    found = jurisdictions()
    assert [one.key for one in found] == ["nl", "be", "de", "uk", "us"]
    assert all(rule.checked for one in found for rule in one.rules)
    named = {rule.key for rule in found[0].rules if rule.source}
    assert named >= {"pupil_decides_from", "deciders", "silence"}
