"""Rounds in the sample school: who gets a form, in which order, and what is noted when."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ask import Whom, note_asked, take_back
from app.asking.forms import Sorting, prepare_asking, reminder_requests, round_requests
from app.asking.listing import (
    AskingFilter,
    AskingLine,
    ListOrder,
    Stand,
    asking_counts,
    asking_lines,
    filter_of,
    find_asking,
    rounds,
    split,
    written,
)
from app.asking.needs import Cause
from app.asking.questions import Selection
from app.asking.records import Request, RoundKind, Way
from app.asking.reminding import reminders
from app.asking.rounds import RoundLine, begin_round, end_round, take_back_end
from app.asking.story import asking_story
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.grid import consent_grid
from app.consent.records import Answer, Channel, IssuedForm
from app.consent.staff import relation_of
from app.consent.uses import asked_uses, use_key
from app.errors import Refusal
from app.forms.issue import FormRequest, PreparedForms, register_issue
from app.jobs import CancelledError
from app.letters.office import prepare_office_letters, register_office_letters
from app.people.people import StaffDraft, save_staff
from app.people.records import AdultKind, Group, Guardian, Site
from app.record import Compartment
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session
    from tests.sample import Sample

ALL = AskingFilter()


@pytest.fixture
def session(unasked: Session) -> Session:
    return unasked


def lines(session: Session, wanted: AskingFilter = ALL) -> tuple[AskingLine, ...]:
    return asking_lines(session, find_asking(session, wanted))


def drawn(
    session: Session, round_id: str, sorting: Sorting = Sorting.HOUSEHOLD
) -> PreparedForms:
    return prepare_asking(session, PaperPress(), round_requests(session, round_id, sorting))


def handed_out(session: Session, kind: RoundKind = RoundKind.OPEN) -> str:
    """A round whose forms left; its id."""
    round_ = begin_round(session, kind)
    register_issue(session, drawn(session, round_.id))
    return round_.id


def answers(session: Session, line: AskingLine, answer: Answer = Answer.NO) -> None:
    """Somebody answers everything."""
    with session.look(Compartment.CONSENT) as reader:
        asked = asked_uses(reader.all(Channel))
    said = tuple(UseAnswer(use_key(medium, channel.key), answer) for medium, channel in asked)
    today = session.clock.today()
    record_decisions(
        session, DecisionsDraft(line.subject_id, line.decider_id, said, signed_on=today)
    )


def only(session: Session, kind: RoundKind) -> RoundLine:
    return next(line for line in rounds(session) if line.kind is kind)


def refusal(work: Callable[..., object], *args: object) -> str:
    with pytest.raises(Refusal) as caught:
        work(*args)
    return caught.value.message.id


# -- a round ----------------------------------------------------------------------------------


def test_a_round_counts_who_is_to_be_asked_and_who_waits(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    before = only(session, RoundKind.OPEN)
    assert (before.waiting, before.done) == (0, 0)
    assert before.to_ask == len(lines(session)) == before.forms > 0
    register_issue(session, drawn(session, round_.id))
    after = only(session, RoundKind.OPEN)
    assert (after.to_ask, after.forms) == (before.to_ask - before.forms, 0)
    assert (after.waiting, after.done) == (before.forms, 0)


def test_an_answer_makes_a_round_complete(session: Session) -> None:
    handed_out(session)
    waiting = lines(session, AskingFilter(Stand.WAITING))
    answers(session, waiting[0])
    assert only(session, RoundKind.OPEN).done == 1
    assert only(session, RoundKind.OPEN).waiting == len(waiting) - 1


def test_who_was_asked_gets_no_second_form_in_the_round(session: Session) -> None:
    round_id = handed_out(session)
    assert round_requests(session, round_id) == ()
    assert refusal(prepare_asking, session, PaperPress(), ()) == "asking.nobody"


def test_who_comes_later_belongs_in_the_round_as_well(session: Session) -> None:
    """A round is no list made once: it follows what is open."""
    round_id = handed_out(session)
    with session.look(Compartment.CONSENT) as reader:
        web = next(c for c in reader.all(Channel) if c.key == "website")
    save_channel(session, web, widened=True)
    assert len(round_requests(session, round_id)) > 0


def test_a_round_of_one_group(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        group = next(g for g in reader.all(Group) if g.name == "Roer")
    round_ = begin_round(session, RoundKind.OPEN, Selection(group_id=group.id))
    requests = round_requests(session, round_.id)
    found = asking_lines(session, tuple(f"{r.pupil_id}:{r.guardian_id}" for r in requests))
    assert {line.group for line in found} == {"Roer"}
    assert only(session, RoundKind.OPEN).place == "Roer"


def test_a_round_of_one_site(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        sites = reader.all(Site)
    counts = []
    for site in sites:
        round_ = begin_round(session, RoundKind.OPEN, Selection(site_id=site.id))
        counts.append(len(round_requests(session, round_.id)))
    assert sum(counts) == only_forms(session)


def only_forms(session: Session) -> int:
    return sum(1 for line in lines(session) if line.relation not in ("staff", "adult"))


def test_new_pupils_only(session: Session) -> None:
    begin_round(session, RoundKind.NEW_PUPIL)
    found = lines(session, AskingFilter(round_id=only(session, RoundKind.NEW_PUPIL).id))
    assert {line.causes[0] for line in found} == {Cause.NEW_PUPIL}


def test_new_wording_reaches_only_whom_the_widening_touches(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        web = next(c for c in reader.all(Channel) if c.key == "website")
    everybody = lines(session)
    silent = {line.id for line in everybody if not line.partly}
    partly = {line.id for line in everybody if line.partly}
    save_channel(session, web, widened=True)
    begin_round(session, RoundKind.NEW_WORDING)
    found = lines(session, AskingFilter(round_id=only(session, RoundKind.NEW_WORDING).id))
    assert silent.isdisjoint(line.id for line in found)
    assert {line.causes for line in found if line.id not in partly} == {(Cause.WIDENED,)}
    assert {line.id for line in found if Cause.LEFT_OPEN in line.causes} == partly


def test_a_renewal_asks_everybody_and_changes_no_verdict(session: Session) -> None:
    pupil = lines(session)[0].subject_id
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        before = consent_grid(reader, pupil, today)
    few = len(lines(session))
    begin_round(session, RoundKind.RENEWAL)
    assert len(lines(session)) > few
    with session.look(Compartment.CONSENT) as reader:
        assert consent_grid(reader, pupil, today) == before


def test_a_renewal_that_ended_asks_nobody_any_more(session: Session) -> None:
    few = find_asking(session, ALL)
    round_ = begin_round(session, RoundKind.RENEWAL)
    ended = end_round(session, round_.id)
    assert find_asking(session, ALL) == few
    take_back_end(session, ended)
    assert [line.id for line in rounds(session)] == [round_.id]
    assert len(find_asking(session, ALL)) > len(few)


def test_a_yearly_reminder_tells_those_who_answered(session: Session) -> None:
    round_ = begin_round(session, RoundKind.REMINDER)
    told = AskingFilter(Stand.TO_ASK, round_.id)
    first = lines(session, told)[0]
    assert first.causes == ()
    assert refusal(round_requests, session, round_.id) == "asking.reminds_only"
    note_asked(session, [Whom(first.subject_id, first.decider_id, round_.id)], Way.MESSAGE)
    assert first.id not in find_asking(session, told)
    assert find_asking(session, AskingFilter(Stand.DONE, round_.id)) == (first.id,)
    assert only(session, RoundKind.REMINDER).waiting == 0


def test_no_forms_for_who_has_answered(session: Session) -> None:
    yearly = begin_round(session, RoundKind.REMINDER).id
    round_id = handed_out(session)
    answers(session, lines(session, AskingFilter(Stand.WAITING))[0])
    done, told = AskingFilter(Stand.DONE, round_id), AskingFilter(Stand.TO_ASK, yearly)
    assert len(find_asking(session, done)) == 1
    assert refusal(reminder_requests, session, done) == "asking.nobody"
    assert refusal(reminder_requests, session, told) == "asking.reminds_only"


def test_a_yearly_letter_goes_to_who_was_not_told(session: Session) -> None:
    round_ = begin_round(session, RoundKind.REMINDER)
    wanted = AskingFilter(Stand.TO_ASK, round_.id)
    letters = reminders(session, wanted)
    assert {one.template for one in letters} == {"consent_yearly", "own_yearly"}
    prepared = prepare_office_letters(session, PaperPress(), letters[:2])
    register_office_letters(session, prepared)
    assert len(reminders(session, wanted)) == len(letters) - 2
    assert only(session, RoundKind.REMINDER).done == 2


def test_the_same_round_is_not_begun_twice(session: Session) -> None:
    begin_round(session, RoundKind.OPEN)
    assert refusal(begin_round, session, RoundKind.OPEN) == "asking.round_going"


def test_a_round_that_ended_is_over(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    end_round(session, round_.id)
    assert rounds(session) == ()
    assert refusal(end_round, session, round_.id) == "asking.round_over"
    assert refusal(round_requests, session, round_.id) == "asking.round_over"


# -- its forms --------------------------------------------------------------------------------


def test_forms_of_one_household_lie_together(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    requests = round_requests(session, round_.id)
    deciders = [request.guardian_id for request in requests]
    changes = sum(one != other for one, other in itertools.pairwise(deciders))
    assert changes == len(set(deciders)) - 1  # who has two children gets both at once
    assert len(set(deciders)) < len(deciders)


def test_forms_by_group_follow_the_groups(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    requests = round_requests(session, round_.id, Sorting.GROUP)
    ids = tuple(f"{request.pupil_id}:{request.guardian_id}" for request in requests)
    groups = [line.group for line in asking_lines(session, ids)]
    assert len(set(groups)) == 1 + sum(a != b for a, b in itertools.pairwise(groups))
    assert sorted(requests, key=_key) == sorted(round_requests(session, round_.id), key=_key)


def _key(request: FormRequest) -> tuple[str, str]:
    return request.pupil_id, request.guardian_id


def test_each_form_speaks_the_language_of_its_guardian(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    requests = round_requests(session, round_.id)
    first = requests[0].guardian_id
    with session.work(Compartment.CONSENT, "guardian_changed", first) as work:
        work.change(replace(work.get(Guardian, first), language="en", large_print=True))
        work.commit()
    prepared = drawn(session, round_.id)
    languages = {form.guardian_id: form.language for form in prepared.issued}
    assert languages.pop(first) == "en"
    assert set(languages.values()) == {"nl"}
    pages = texts(prepared.pdf)
    assert any("Consent" in page for page in pages[:4])
    assert any("Toestemming" in page for page in pages[-3:])


def test_drawing_that_is_stopped_leaves_nothing(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    requests = round_requests(session, round_.id)
    with session.look(Compartment.CONSENT) as reader:
        head = reader.head()
    with pytest.raises(CancelledError):
        prepare_asking(session, PaperPress(), requests, Stopping(after=2))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(IssuedForm) == ()
        assert reader.head() == head
    assert round_requests(session, round_.id) == requests


class Stopping:
    """A person who stops the work after some forms."""

    def __init__(self, after: int) -> None:
        self._after = after

    def step(self, done: int, total: int) -> None:
        """Stop when it was enough."""
        if done > self._after:
            raise CancelledError


def test_forms_again_as_a_reminder(sample: Sample, session: Session) -> None:
    round_id = handed_out(session)
    sample.clock.move(timedelta(days=50))
    wanted = AskingFilter(Stand.WAITING, round_id, longer_than=42)
    requests = reminder_requests(session, wanted)
    assert requests
    register_issue(session, prepare_asking(session, PaperPress(), requests))
    assert {line.reminders for line in lines(session, AskingFilter(Stand.WAITING))} == {1}
    assert find_asking(session, wanted) == ()


# -- calls ------------------------------------------------------------------------------------


def test_a_call_reminds_and_can_be_taken_back(session: Session) -> None:
    handed_out(session)
    first = lines(session, AskingFilter(Stand.WAITING))[0]
    requests = note_asked(session, [Whom(first.subject_id, first.decider_id)], Way.PHONE)
    (again,) = asking_lines(session, (first.id,))
    assert (again.reminders, again.how, again.number) == (1, "form", first.number)
    take_back(session, requests)
    assert asking_lines(session, (first.id,)) == (first,)
    with session.look(Compartment.CONSENT) as reader:
        noted = [one for one in reader.all(Request) if one.subject_id == first.subject_id]
    assert len([one for one in noted if one.replaces == requests[0].id]) == 1


FAULTS = {
    "nobody": ((), Way.PHONE, None, "asking.nobody"),
    "a form is no call": (("own",), Way.FORM, None, "asking.unknown_way"),
    "tomorrow": (("own",), Way.PHONE, date(2027, 1, 1), "asking.asked_later"),
    "a stranger": (("stranger",), Way.PHONE, None, "asking.not_a_decider"),
}


@pytest.mark.parametrize(("who", "how", "day", "expected"), FAULTS.values(), ids=FAULTS)
def test_what_is_not_noted(
    session: Session, who: tuple[str, ...], how: Way, day: date | None, expected: str
) -> None:
    first = lines(session)[0]
    people = {"own": first.decider_id, "stranger": "f" * 32}
    whom = [Whom(first.subject_id, people[one]) for one in who]
    assert refusal(note_asked, session, whom, how, day) == expected


def test_staff_are_asked_in_person(session: Session) -> None:
    juf = next(line for line in lines(session) if line.relation == "staff")
    note_asked(session, [Whom(juf.subject_id, juf.subject_id)], Way.IN_PERSON)
    (line,) = asking_lines(session, (juf.id,))
    assert (line.how, line.waits) == ("in_person", 0)


def test_an_adult_is_called_by_kind_as_everywhere(session: Session) -> None:
    for kind in (AdultKind.VOLUNTEER, AdultKind.STAFF):
        member = save_staff(session, StaffDraft(first_name="Ria", surname="Bos", kind=kind))
        line = next(line for line in lines(session) if line.subject_id == member.id)
        assert line.relation == relation_of(member)


# -- the list ---------------------------------------------------------------------------------


def test_counts_of_the_start_page(sample: Sample, session: Session) -> None:
    def counts() -> tuple[int, int, int]:
        with session.look(Compartment.CONSENT) as reader:
            found = asking_counts(reader, session.clock.today(), 42)
        return found.to_ask, found.waiting, found.overdue

    every = sum(not line.partly for line in lines(session))
    assert counts() == (every, 0, 0)
    handed_out(session)
    to_ask, waiting, _ = counts()
    assert (to_ask + waiting, waiting > 0) == (every, True)
    sample.clock.move(timedelta(days=43))
    assert counts()[1:] == (waiting, waiting)


def test_who_left_something_open_is_counted_apart(session: Session) -> None:
    first, *others = lines(session)
    before = sum(line.partly for line in (first, *others))
    draft = DecisionsDraft(
        first.subject_id,
        first.decider_id,
        (UseAnswer("photo:website", Answer.YES),),
        signed_on=session.clock.today(),
    )
    record_decisions(session, draft)
    with session.look(Compartment.CONSENT) as reader:
        assert asking_counts(reader, session.clock.today(), 42).partly == before + 1
    (line,) = asking_lines(session, (first.id,))
    assert (line.causes, line.partly) == ((Cause.LEFT_OPEN,), True)


def test_orders_and_search(session: Session) -> None:
    names = [line.name for line in lines(session)]
    assert names != []
    by_group = asking_lines(session, find_asking(session, ALL, ListOrder.GROUP))
    assert by_group[-1].relation == "staff"
    found = lines(session, AskingFilter(search="kooiman"))
    assert found
    assert all("Kooiman" in line.name + line.decider for line in found)
    assert lines(session, AskingFilter(cause=Cause.NEW_PUPIL.value))


def test_a_filter_travels_as_text() -> None:
    wanted = AskingFilter(Stand.WAITING, "r", "never", Selection("s", "g"), 42, "zoë")
    assert filter_of(written(wanted)) == wanted


# -- letters and the page of a pupil ----------------------------------------------------------


def test_a_letter_for_each_who_waits(session: Session) -> None:
    assert refusal(reminders, session, ALL) == "asking.nobody_waits"
    handed_out(session)
    letters = reminders(session, ALL)
    waiting = lines(session, AskingFilter(Stand.WAITING))
    assert [(one.subject_id, one.recipient) for one in letters] == [
        split(line.id) for line in waiting
    ]
    assert letters[0].values["asked_on"] == session.clock.today()
    assert "uses" not in letters[0].values


def test_a_letter_that_left_is_the_reminder(session: Session) -> None:
    handed_out(session)
    prepared = prepare_office_letters(session, PaperPress(), reminders(session, ALL)[:1])
    assert {line.reminders for line in lines(session)} == {0}
    register_office_letters(session, prepared)
    assert max(line.reminders for line in lines(session)) == 1


def test_a_reminder_names_what_is_still_open(session: Session) -> None:
    handed_out(session)
    first = lines(session, AskingFilter(Stand.WAITING))[0]
    with session.look(Compartment.CONSENT) as reader:
        medium, channel = asked_uses(reader.all(Channel))[0]
    said = (UseAnswer(use_key(medium, channel.key), Answer.YES),)
    today = session.clock.today()
    record_decisions(
        session, DecisionsDraft(first.subject_id, first.decider_id, said, signed_on=today)
    )
    letter = next(one for one in reminders(session, ALL) if one.recipient == first.decider_id)
    named = letter.values["uses"]
    assert isinstance(named, tuple)
    assert f"Foto: {channel.name('nl')}" not in named
    assert len(named) > 1


def test_the_story_of_a_pupil(session: Session) -> None:
    handed_out(session)
    first = lines(session, AskingFilter(Stand.WAITING))[0]
    (story, *_) = asking_story(session, first.subject_id)
    assert story.line == first
    assert [contact.number for contact in story.contacts] == [first.number]
    for one in asking_story(session, first.subject_id):
        answers(session, one.line)
    again = asking_story(session, first.subject_id)
    assert all(one.line.causes == () and one.contacts for one in again)
