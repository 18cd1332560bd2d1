"""Rounds for one-off uses: exactly who is asked for it, apart from everything else, until its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ask import Whom, note_asked
from app.asking.forms import prepare_asking, round_requests
from app.asking.handed import note_not_handed_out, take_back_not_handed_out
from app.asking.listing import (
    AskingFilter,
    Stand,
    asking_counts,
    asking_lines,
    find_asking,
    rounds,
    split,
)
from app.asking.needs import Cause
from app.asking.records import RoundKind, Way
from app.asking.reminding import reminders
from app.asking.rounds import begin_round
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.one_off import OneOffDraft, drop_one_off, put_back_one_off, save_one_off
from app.consent.records import Answer, IssuedForm
from app.errors import Refusal
from app.forms.issue import register_issue
from app.letters.office import prepare_office_letters, register_office_letters
from app.people.questions import PupilIds
from app.people.records import Group, StaffMember
from app.record import Compartment
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.asking.listing import AskingLine
    from app.asking.rounds import RoundLine
    from app.consent.records import Channel
    from app.ports import Session
    from tests.registers import School
    from tests.sample import Sample

DAYS = timedelta(days=1)


@pytest.fixture
def school(sample: Sample) -> School:
    return sample


@pytest.fixture
def session(sample: Sample) -> Session:
    return sample.administrator()


@pytest.fixture
def group(session: Session) -> Group:
    """A group of which many were not asked yet about anything."""
    names = [
        line.group
        for line in asking_lines(session, find_asking(session, AskingFilter(Stand.TO_ASK)))
        if line.group
    ]
    most = max(names, key=names.count)
    with session.look(Compartment.CONSENT) as reader:
        return next(one for one in reader.all(Group, name=most))


@pytest.fixture
def trip(session: Session, group: Group) -> Channel:
    """A trip of one group, over in nine days."""
    return save_one_off(
        session,
        OneOffDraft(
            name="Schoolreis",
            media=("photo",),
            within="website",
            start=None,
            end=session.clock.today() + 9 * DAYS,
            group_ids=(group.id,),
        ),
    )


def begun(session: Session, trip: Channel) -> str:
    return begin_round(session, RoundKind.ONE_OFF, channel=trip.key).id


def line_of(session: Session, round_id: str) -> RoundLine:
    return next(line for line in rounds(session) if line.id == round_id)


def listed(session: Session, round_id: str, stand: Stand = Stand.ALL) -> tuple[AskingLine, ...]:
    found = find_asking(session, AskingFilter(stand, round_id=round_id))
    return asking_lines(session, found, round_id)


def hand_out(session: Session, round_id: str) -> tuple[IssuedForm, ...]:
    prepared = prepare_asking(session, PaperPress(), round_requests(session, round_id))
    register_issue(session, prepared)
    return prepared.issued


def in_group(session: Session, group: Group) -> set[str]:
    with session.look(Compartment.CONSENT) as reader:
        return set(reader.ask(PupilIds(on=session.clock.today(), group_id=group.id)))


def test_it_asks_exactly_those_whom_it_concerns(
    session: Session, group: Group, trip: Channel
) -> None:
    round_id = begun(session, trip)
    found = listed(session, round_id)
    assert {line.subject_id for line in found} == in_group(session, group)
    assert {line.causes for line in found} == {(Cause.ONE_OFF,)}
    assert line_of(session, round_id).to_ask == len(found)
    line = found[0]
    use = f"photo:{trip.key}"
    record_decisions(
        session,
        DecisionsDraft(
            line.subject_id,
            line.decider_id,
            (UseAnswer(use, Answer.NO),),
            session.clock.today(),
        ),
    )
    assert line.id not in {one.id for one in listed(session, round_id)}


def test_without_groups_everybody_is_asked_and_adults_get_their_form_last(
    session: Session, trip: Channel
) -> None:
    draft = OneOffDraft("Persdag", ("photo",), "website", None, trip.end)
    press_day = save_one_off(session, draft)
    round_id = begun(session, press_day)
    with session.look(Compartment.CONSENT) as reader:
        staff = {member.id for member in reader.all(StaffMember)}
    asked = {line.subject_id for line in listed(session, round_id)}
    assert asked & staff
    requests = round_requests(session, round_id)
    assert {request.pupil_id for request in requests[-len(asked & staff) :]} == asked & staff
    prepared = prepare_asking(session, PaperPress(), requests[-1:])
    assert prepared.version.channel == press_day.key


def test_its_forms_are_its_own_and_are_the_asking(session: Session, trip: Channel) -> None:
    before = find_asking(session, AskingFilter(Stand.TO_ASK))
    round_id = begun(session, trip)
    prepared = prepare_asking(session, PaperPress(), round_requests(session, round_id))
    assert prepared.version.channel == trip.key
    assert "Schoolreis" in " ".join(texts(prepared.pdf))
    register_issue(session, prepared)
    assert (line_of(session, round_id).to_ask, line_of(session, round_id).forms) == (0, 0)
    assert line_of(session, round_id).waiting == len(prepared.issued)
    assert find_asking(session, AskingFilter(Stand.TO_ASK)) == before


def test_a_call_about_it_asks_for_nothing_else_and_the_other_way_round(
    session: Session, trip: Channel
) -> None:
    round_id = begun(session, trip)
    mine = {line.id for line in listed(session, round_id)}
    both = [id for id in find_asking(session, AskingFilter(Stand.TO_ASK)) if id in mine]
    first, second = both[:2]
    note_asked(session, [Whom(*split(first), round_id)], Way.PHONE)
    note_asked(session, [Whom(*split(second))], Way.PHONE)
    assert first in find_asking(session, AskingFilter(Stand.TO_ASK))
    assert second not in find_asking(session, AskingFilter(Stand.TO_ASK))
    assert [line.id for line in listed(session, round_id, Stand.WAITING)] == [first]


def test_a_reminder_names_it_and_reminds_of_nothing_else(
    session: Session, trip: Channel
) -> None:
    round_id = begun(session, trip)
    hand_out(session, round_id)
    waiting = find_asking(session, AskingFilter(Stand.WAITING))
    letters = reminders(session, AskingFilter(Stand.WAITING, round_id=round_id))
    named = [one.values["uses"] for one in letters]
    assert all(isinstance(uses, tuple) and len(uses) == 1 for uses in named)
    assert all(str(uses).endswith(": Schoolreis',)") for uses in named)
    register_office_letters(session, prepare_office_letters(session, PaperPress(), letters[:1]))
    assert find_asking(session, AskingFilter(Stand.WAITING)) == waiting
    reminded = [one.reminders for one in listed(session, round_id) if one.reminders]
    assert reminded == [1]


def test_after_its_end_nobody_is_asked_or_reminded(
    session: Session, trip: Channel, school: School
) -> None:
    round_id = begun(session, trip)
    hand_out(session, round_id)
    school.clock.move(9 * DAYS)
    wanted = AskingFilter(Stand.WAITING, round_id=round_id)
    assert reminders(session, wanted)
    school.clock.move(1 * DAYS)
    assert round_id not in {line.id for line in rounds(session)}
    for late in (reminders, find_asking):
        with pytest.raises(Refusal, match="round_over"):
            late(session, wanted)
    with pytest.raises(Refusal, match="one_off_over"):
        begun(session, trip)


def test_one_that_was_dropped_is_not_asked_and_comes_back_with_it(
    session: Session, trip: Channel
) -> None:
    round_id = begun(session, trip)
    drop_one_off(session, trip)
    assert round_id not in {line.id for line in rounds(session)}
    put_back_one_off(session, trip)
    assert line_of(session, round_id).channel == trip


def test_the_same_round_is_begun_once_and_needs_a_use(session: Session, trip: Channel) -> None:
    begun(session, trip)
    with pytest.raises(Refusal, match="round_going"):
        begun(session, trip)
    with pytest.raises(Refusal, match="one_off_over"):
        begin_round(session, RoundKind.ONE_OFF)
    with pytest.raises(Refusal, match="one_off_over"):
        begin_round(session, RoundKind.OPEN, channel=trip.key)


def test_a_longer_period_asks_again(session: Session, trip: Channel) -> None:
    round_id = begun(session, trip)
    hand_out(session, round_id)
    assert line_of(session, round_id).to_ask == 0
    assert trip.end
    draft = OneOffDraft(
        trip.name("nl"),
        trip.media,
        "website",
        trip.start,
        trip.end + DAYS,
        trip.group_ids,
        trip.id,
    )
    save_one_off(session, draft)
    assert line_of(session, round_id).to_ask > 0


def test_the_counts_of_the_start_page_are_of_the_form_of_the_school(
    session: Session, trip: Channel
) -> None:
    def counts() -> object:
        with session.look(Compartment.CONSENT) as reader:
            return replace(asking_counts(reader, session.clock.today(), 42))

    before = counts()
    hand_out(session, begun(session, trip))
    assert counts() == before


# -- forms that nobody got ---------------------------------------------------------------------


def test_a_form_that_was_never_handed_out_asked_nobody(session: Session, trip: Channel) -> None:
    round_id = begun(session, trip)
    forms = hand_out(session, round_id)
    facts = note_not_handed_out(session, [forms[0].id])
    (line,) = [one for one in listed(session, round_id) if one.asked_on is None]
    assert (line.subject_id, line.decider_id) == (forms[0].pupil_id, forms[0].guardian_id)
    assert [r.pupil_id for r in round_requests(session, round_id)] == [forms[0].pupil_id]
    take_back_not_handed_out(session, facts)
    assert line_of(session, round_id).to_ask == 0


def test_it_can_be_said_again_after_undoing_but_not_twice(
    session: Session, trip: Channel
) -> None:
    forms = hand_out(session, begun(session, trip))
    for _ in range(2):
        facts = note_not_handed_out(session, [forms[0].id])
        with pytest.raises(Refusal, match="no_form"):
            note_not_handed_out(session, [forms[1].id, forms[0].id])
        take_back_not_handed_out(session, facts)
    with pytest.raises(Refusal, match="no_form"):
        note_not_handed_out(session, ["0" * 32])
    with pytest.raises(Refusal, match="no_form"):
        note_not_handed_out(session, [])


def test_a_form_before_it_is_the_asking_then(session: Session, school: School) -> None:
    round_id = begin_round(session, RoundKind.OPEN).id
    first = hand_out(session, round_id)[0]
    school.clock.move(30 * DAYS)
    whom = Whom(first.pupil_id, first.guardian_id)
    note_asked(session, [whom], Way.PHONE)
    note_not_handed_out(session, [first.id])
    (line,) = asking_lines(session, (f"{first.pupil_id}:{first.guardian_id}",))
    assert (line.how, line.reminders, line.form_id) == (Way.PHONE, 0, "")
