"""Publications: recorded as facts, tasks that follow from verdicts, steps that close them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.decide import lift_flag, raise_flag, retract
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer
from app.errors import Refusal
from app.letters.office import prepare_office_letters, register_office_letters
from app.people.people import StaffDraft, save_staff
from app.people.places import leave
from app.procedures.terms import last_day, term_on
from app.publications.board import find_publications, publication_view
from app.publications.now import verdict_then
from app.publications.offer import (
    find_persons,
    group_persons,
    publication_offer,
    takedown_letter,
)
from app.publications.record import (
    correct_publication,
    draft_of,
    noticed,
    record_publication,
    take_back_publication,
)
from app.publications.records import StepKind
from app.publications.state import REMOVAL, Stand
from app.publications.steps import (
    answer_breach,
    take_back_answer,
    take_back_steps,
)
from app.publications.tasks import open_tasks
from app.record import Compartment
from app.register.school import save_school, school_of
from app.roster.merge import merge_pupils
from reports.press import PaperPress
from tests.app.publications.deeds import TODAY, USED, told
from tests.journeys.families import add_family, says

if TYPE_CHECKING:
    from tests.app.publications.deeds import Told
    from tests.registers import School

PDF = b"%PDF-1.7 bewijs %%EOF"


@pytest.fixture
def at(school: School) -> Told:
    return told(school.administrator())


def withdraw(at: Told, signed_on: date = TODAY) -> None:
    family = at.family
    says(at.session, family.pupil, family.mother, Answer.WITHDRAWN, signed_on=signed_on)


# -- tasks follow from verdicts ------------------------------------------------------------------


def test_what_everybody_agreed_to_asks_nothing(at: Told) -> None:
    one = at.used()
    assert at.stand(one) is Stand.PERMITTED
    assert open_tasks(at.session) == ()
    assert at.view(one).question is None
    assert at.acts()[0] == "publication_recorded"


def test_a_withdrawal_opens_a_task_with_its_cause_day_and_term(at: Told) -> None:
    at.used()
    withdraw(at, TODAY - timedelta(days=3))
    (found,) = open_tasks(at.session)
    (task,) = found.tasks
    since = TODAY - timedelta(days=3)
    assert (task.cause, task.since, task.stand) == (Reason.WITHDRAWN, since, Stand.OPEN)
    assert task.due == last_day(term_on(REMOVAL, TODAY), since)
    assert found.urgent
    assert not task.overdue


def test_it_is_overdue_after_its_term(at: Told) -> None:
    at.used()
    withdraw(at, TODAY - timedelta(days=8))
    ((task,),) = (found.tasks for found in open_tasks(at.session))
    assert task.overdue


def test_a_safety_flag_opens_one_and_lifting_it_closes_it(at: Told) -> None:
    one = at.used()
    flag = raise_flag(at.session, at.pupil)
    ((task,),) = (found.tasks for found in open_tasks(at.session))
    assert (task.cause, task.since) == (Reason.SAFETY, TODAY)
    lift_flag(at.session, flag)
    assert at.stand(one) is Stand.PERMITTED


def test_a_departure_opens_one_that_does_not_press(at: Told) -> None:
    at.used()
    leave(at.session, at.pupil, TODAY - timedelta(days=2))
    (found,) = open_tasks(at.session)
    assert [task.cause for task in found.tasks] == [Reason.NOT_PRESENT]
    assert [task.since for task in found.tasks] == [TODAY - timedelta(days=1)]
    assert not found.urgent


def test_a_withdrawal_for_another_channel_asks_nothing(at: Told) -> None:
    at.used()
    family = at.family
    says(at.session, family.pupil, family.mother, Answer.NO, "photo:facebook")
    assert open_tasks(at.session) == ()


def test_a_withdrawal_that_was_a_mistake_closes_it(at: Told) -> None:
    one = at.used()
    family = at.family
    fact = says(at.session, family.pupil, family.father, Answer.WITHDRAWN, signed_on=TODAY)
    assert at.stand(one) is Stand.OPEN
    retract(at.session, (fact,), "Vergissing.")
    assert at.stand(one) is Stand.PERMITTED


def test_paper_that_was_handed_out_is_not_recalled_by_itself(at: Told) -> None:
    one = at.used(handed_out=True)
    withdraw(at)
    assert at.stand(one) is Stand.NOT_RECALLED
    assert open_tasks(at.session) == ()


def test_what_is_not_shown_any_more_asks_nothing(at: Told) -> None:
    one = at.used(until=TODAY - timedelta(days=1))
    withdraw(at)
    assert at.stand(one) is Stand.OVER
    assert open_tasks(at.session) == ()


def test_urgent_ones_come_first(at: Told) -> None:
    other = add_family(at.session, at.place, "Bram")
    says(at.session, other.pupil, other.mother)
    says(at.session, other.pupil, other.father)
    calm = at.used(subjects=(other.pupil.id,))
    pressing = at.used()
    leave(at.session, other.pupil.id, TODAY - timedelta(days=1))
    withdraw(at)
    found = [each.publication.publication_id for each in open_tasks(at.session)]
    assert found == [pressing, calm]


# -- steps ---------------------------------------------------------------------------------------


def test_removed_with_proof_closes_it_and_put_back_opens_it(at: Told) -> None:
    one = at.used()
    withdraw(at)
    (step,) = at.step(one, StepKind.REMOVED, proof=PDF)
    with at.session.look(Compartment.CONSENT) as reader:
        assert reader.blob(step.proof) == PDF
    assert at.stand(one) is Stand.REMOVED
    assert open_tasks(at.session) == ()
    at.step(one, StepKind.BACK)
    assert at.stand(one) is Stand.OPEN


def test_what_was_asked_stays_open_until_its_own_day(at: Told) -> None:
    one = at.used()
    withdraw(at)
    at.step(one, StepKind.ASKED, by=TODAY + timedelta(days=2))
    ((task,),) = (found.tasks for found in open_tasks(at.session))
    assert (task.stand, task.due) == (Stand.ASKED, TODAY + timedelta(days=2))


def test_a_letter_that_left_is_the_asking_until_it_is_gone(at: Told) -> None:
    one = at.used(keeper=("Havenkrant", "Kade 12", "3311 AA  DORDRECHT"))
    withdraw(at)
    request = takedown_letter(at.view(one).publication, TODAY)
    with at.session.look(Compartment.CONSENT) as reader:
        school = school_of(reader)
    save_school(at.session, replace(school, town="Dordrecht"))
    prepared = prepare_office_letters(at.session, PaperPress(), (request,))
    assert at.stand(one) is Stand.OPEN
    (letter,) = register_office_letters(at.session, prepared)
    ((task,),) = (found.tasks for found in open_tasks(at.session))
    by = last_day(term_on(REMOVAL, TODAY), TODAY)
    assert (task.stand, task.due) == (Stand.ASKED, by)
    assert at.view(one).letters == (letter,)
    at.step(one, StepKind.REMOVED)
    assert open_tasks(at.session) == ()


def test_no_letter_without_who_published_it(at: Told) -> None:
    one = at.used()
    with pytest.raises(Refusal) as refused:
        takedown_letter(at.view(one).publication, TODAY)
    assert refused.value.message.id == "publications.no_keeper"


def test_what_stays_for_a_reason_is_asked_again_when_something_new_forbids(at: Told) -> None:
    one = at.used()
    leave(at.session, at.pupil, TODAY - timedelta(days=2))
    at.step(one, StepKind.KEPT)
    assert at.stand(one) is Stand.KEPT
    raise_flag(at.session, at.pupil)
    assert at.stand(one) is Stand.OPEN


@pytest.mark.parametrize("answer", [Answer.WITHDRAWN, Answer.NO])
def test_the_other_parent_objects_after_it_was_kept(at: Told, answer: Answer) -> None:
    one = at.used()
    withdraw(at, TODAY - timedelta(days=1))
    at.step(one, StepKind.KEPT)
    family = at.family
    said = says(at.session, family.pupil, family.father, answer, signed_on=TODAY)
    assert at.stand(one) is Stand.OPEN
    retract(at.session, (said,), "verkeerd kind")
    assert at.stand(one) is Stand.KEPT


def test_it_stays_when_one_of_two_who_objected_changes_his_mind(at: Told) -> None:
    one, family = at.used(), at.family
    withdraw(at, TODAY - timedelta(days=1))
    no = says(at.session, family.pupil, family.father, Answer.NO, signed_on=TODAY)
    at.step(one, StepKind.KEPT)
    retract(at.session, (no,), "verkeerd kind")
    assert at.stand(one) is Stand.KEPT


def test_a_step_can_be_taken_back(at: Told) -> None:
    one = at.used()
    withdraw(at)
    steps = at.step(one, StepKind.REMOVED)
    take_back_steps(at.session, steps)
    take_back_steps(at.session, steps)
    assert at.stand(one) is Stand.OPEN
    assert at.view(one).steps == ()


def test_a_step_for_one_is_none_for_the_other(at: Told) -> None:
    other = add_family(at.session, at.place, "Bram")
    one = at.used(subjects=(at.pupil, other.pupil.id))
    withdraw(at)
    at.step(one, StepKind.REMOVED, subject_id=at.pupil)
    stands = {p.id: p.standing.stand for p in at.view(one).people if p.standing}
    assert stands == {at.pupil: Stand.REMOVED, other.pupil.id: Stand.OPEN}


# -- without consent -----------------------------------------------------------------------------


def test_without_consent_the_breach_question_is_asked_with_its_clock(
    at: Told, school: School
) -> None:
    other = add_family(at.session, at.place, "Bram")
    one = at.used(subjects=(at.pupil, other.pupil.id))
    question = at.view(one).question
    assert question is not None
    assert question.hours_left(at.session.clock.now()) == 72
    school.clock.move(timedelta(hours=73))
    assert question.hours_left(at.session.clock.now()) < 0
    (found,) = open_tasks(at.session)
    assert found.question == question
    answer = answer_breach(at.session, one, breach=False, reason="Alleen op de rug te zien.")
    assert at.acts()[0] == "publication_no_breach"
    assert [each.question for each in open_tasks(at.session)] == [None]
    take_back_answer(at.session, answer)
    assert [each.question for each in open_tasks(at.session)] == [question]


def without_consent(at: Told, **other: object) -> str:
    """A publication with somebody in it of whom nobody said yes."""
    bram = add_family(at.session, at.place, "Bram")
    return at.used(subjects=(at.pupil, bram.pupil.id), **other)


def test_the_time_runs_from_when_it_was_noticed(at: Told) -> None:
    now = at.session.clock.now()
    noticed_at = now - timedelta(hours=30)
    question = at.view(without_consent(at, found_at=noticed_at)).question
    assert question is not None
    assert question.found_at == noticed_at
    assert question.hours_left(now) == 42


@pytest.mark.parametrize(
    ("day", "typed", "found"),
    [
        (None, "", None),
        (date(2026, 11, 20), "14.05", datetime(2026, 11, 20, 13, 5, tzinfo=UTC)),
        (date(2026, 11, 20), "", datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),
    ],
)
def test_when_it_was_noticed_as_typed(
    day: date | None, typed: str, found: datetime | None
) -> None:
    assert noticed(day, typed) == found


def test_a_time_without_a_day_says_nothing() -> None:
    with pytest.raises(Refusal, match="found_no_day"):
        noticed(None, "14:05")


def test_somebody_noticed_later_has_a_time_of_his_own(at: Told, school: School) -> None:
    one = at.used()
    school.clock.move(timedelta(days=9))
    bram = add_family(at.session, at.place, "Bram").pupil.id
    correct_publication(at.session, one, at.draft(subjects=(at.pupil, bram)))
    question = at.view(one).question
    assert question is not None
    assert question.found_at == at.session.clock.now()


def test_when_it_was_noticed_can_be_put_right(at: Told, school: School) -> None:
    one = without_consent(at)
    ids = tuple(person.id for person in at.view(one).people)
    first = at.view(one).question
    school.clock.move(timedelta(hours=2))
    correct_publication(at.session, one, at.draft(subjects=ids, title="Herfst"))
    assert at.view(one).question == first
    earlier = at.session.clock.now() - timedelta(days=1)
    correct_publication(at.session, one, at.draft(subjects=ids, found_at=earlier))
    question = at.view(one).question
    assert question is not None
    assert question.found_at == earlier
    assert {person.id for person in at.view(one).people} == set(ids)


def test_an_answer_needs_its_reason(at: Told) -> None:
    one = at.used()
    with pytest.raises(Refusal) as refused:
        answer_breach(at.session, one, breach=True, reason="  ")
    assert refused.value.field == "reason"


def test_the_verdict_then_is_that_of_the_day_of_use_as_known(at: Told, school: School) -> None:
    one = at.used()
    school.clock.move(timedelta(minutes=1))
    withdraw(at, USED - timedelta(days=1))
    (person,) = at.view(one).people
    assert person.permitted_then
    with at.session.look(Compartment.CONSENT) as reader:
        days = (USED, TODAY)
        known = person.fact.recorded_at
        then = verdict_then(reader, at.pupil, "photo:website", days, known)
        now = verdict_then(reader, at.pupil, "photo:website", days)
    assert (then.outcome, then.reason) == (person.fact.outcome, person.fact.reason)
    assert now.outcome is Outcome.NO


# -- corrected, taken back, found ----------------------------------------------------------------


def test_a_correction_is_one_more_fact(at: Told) -> None:
    one = at.used()
    before = at.view(one).publication
    correct_publication(at.session, one, at.draft(title="Winter", channel="facebook"))
    view = at.view(one)
    assert (view.publication.title, view.publication.replaces) == ("Winter", before.id)
    assert not view.people[0].permitted_then
    correct_publication(at.session, one, draft_of(before, (at.pupil,)))
    assert at.view(one).people[0].permitted_then


def test_whoever_is_taken_off_is_in_it_no_more(at: Told) -> None:
    other = add_family(at.session, at.place, "Bram")
    one = at.used(subjects=(at.pupil, other.pupil.id))
    correct_publication(at.session, one, at.draft())
    assert [person.id for person in at.view(one).people] == [at.pupil]
    assert at.view(one).question is None
    assert find_publications(at.session, subject_id=other.pupil.id) == ()


def test_what_never_was_is_found_nowhere_until_it_stands_again(at: Told) -> None:
    one = at.used()
    withdraw(at)
    take_back_publication(at.session, one)
    assert publication_view(at.session, one) is None
    assert open_tasks(at.session) == ()
    assert find_publications(at.session) == ()
    correct_publication(at.session, one, at.draft())
    assert at.stand(one) is Stand.OPEN


@pytest.mark.parametrize("text", ["herfst", "WANDEL meerpaal", "example/herfst"])
def test_it_is_found_by_words_and_by_who_is_in_it(at: Told, text: str) -> None:
    one = at.used()
    assert [p.publication_id for p in find_publications(at.session, text)] == [one]
    found = find_publications(at.session, subject_id=at.pupil)
    assert [p.publication_id for p in found] == [one]
    assert find_publications(at.session, "zomer") == ()


def test_two_records_that_became_one_are_one_person(at: Told) -> None:
    other = add_family(at.session, at.place, "Zoe")
    says(at.session, other.pupil, other.mother)
    says(at.session, other.pupil, other.father)
    one = at.used(subjects=(other.pupil.id,))
    merge_pupils(at.session, at.pupil, other.pupil.id)
    withdraw(at)
    (person,) = at.view(one).people
    assert person.id == at.pupil
    assert [len(found.tasks) for found in open_tasks(at.session)] == [1]
    found = find_publications(at.session, subject_id=at.pupil)
    assert [each.publication_id for each in found] == [one]
    at.step(one, StepKind.KEPT)
    assert at.stand(one) is Stand.KEPT


def test_staff_decide_for_themselves(at: Told) -> None:
    member = save_staff(at.session, StaffDraft(first_name="Roos", surname="Smit"))
    one = at.used(subjects=(member.id,))
    (person,) = at.view(one).people
    assert (person.staff, person.name) == (True, "Roos Smit")
    assert at.stand(one) is Stand.OPEN
    assert [each.id for each in find_persons(at.session, "roos")] == [member.id]


def test_people_are_found_by_name_and_by_group(at: Told) -> None:
    add_family(at.session, at.place, "Bram")
    assert [person.id for person in find_persons(at.session, "zo wal")] == [at.pupil]
    assert find_persons(at.session, " ") == ()
    names = [person.name for person in group_persons(at.session, at.place.group_id)]
    assert names == ["Bram van der Wal", "Zoë van der Wal"]


def test_printed_matter_is_proposed_for_channels_on_paper(at: Told) -> None:
    offer = publication_offer(at.session)
    paper = [each.key for each in offer.channels if offer.is_paper(each.key)]
    assert paper == [each.key for each in offer.channels if each.audience == "print"]
    assert (at.place.group_id, "Schippersklas") in offer.groups


# -- bad input -----------------------------------------------------------------------------------

WRONG: list[tuple[dict[str, object], str]] = [
    ({"title": " "}, "title"),
    ({"used_on": TODAY + timedelta(days=1)}, "used_on"),
    ({"until": USED - timedelta(days=1)}, "until"),
    ({"found_at": datetime(2027, 1, 1, tzinfo=UTC)}, "found_on"),
    ({"found_at": datetime(2026, 11, 9, 12, tzinfo=UTC)}, "found_on"),
    ({"subjects": ()}, "subjects"),
    ({"subjects": tuple(str(n) for n in range(3000))}, "subjects"),
    ({"medium": "smell"}, "channel"),
    ({"channel": ""}, "channel"),
    ({"note": "bsn 111222333"}, "note"),
    ({"places": ("x" * 400,)}, "places"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_not_right_is_told_at_its_field(
    at: Told, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        record_publication(at.session, at.draft(**wrong))
    assert refused.value.field == field
    assert find_publications(at.session) == ()


@pytest.mark.parametrize("wrong", [{"subjects": ("0" * 32,)}, {"channel": "moon"}])
def test_nothing_is_stored_half(at: Told, wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        record_publication(at.session, at.draft(**wrong))
    assert find_publications(at.session) == ()


def test_a_step_of_tomorrow_or_of_before_it_was_used_is_refused(at: Told) -> None:
    one = at.used()
    for day in (TODAY + timedelta(days=1), USED - timedelta(days=1)):
        with pytest.raises(Refusal):
            at.step(one, StepKind.REMOVED, taken_on=day)


def test_to_keep_it_needs_a_reason(at: Told) -> None:
    one = at.used()
    with pytest.raises(Refusal):
        at.step(one, StepKind.KEPT, note="")


def test_a_withdrawal_of_what_was_never_given_opens_it_still(at: Told) -> None:
    other = add_family(at.session, at.place, "Bram")
    one = at.used(subjects=(other.pupil.id,))
    says(at.session, other.pupil, other.mother, Answer.NO, signed_on=TODAY)
    assert at.stand(one) is Stand.OPEN


def test_a_clock_that_was_set_back_hides_no_task(at: Told, school: School) -> None:
    one = at.used(used_on=TODAY)
    withdraw(at)
    at.step(one, StepKind.REMOVED)
    school.clock.move(timedelta(days=-3))
    (found,) = open_tasks(at.session)
    assert found.publication.publication_id == one
    assert at.stand(one) is Stand.OPEN
