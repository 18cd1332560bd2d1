"""One-off uses: their period, what a longer one means, and the check list after the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.check.answer import check_pupil
from app.check.publish import keep_published, publish_due
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, raise_flag, record_decisions
from app.consent.facts import FlagFact
from app.consent.grid import answer_for, consent_grid
from app.consent.one_off import (
    OneOffDraft,
    drop_one_off,
    one_offs,
    open_uses,
    save_one_off,
)
from app.consent.outcome import Outcome, Reason
from app.consent.records import Answer, Channel, FormSetting
from app.consent.uses import SHOWN_AFTER, asked_uses, in_order
from app.consent.verdict import UseRule, verdict
from app.errors import Refusals
from app.forms.content import SETTING
from app.forms.versions import freeze_version, save_form_setting
from app.people.places import EnrolmentDraft, enrol
from app.people.questions import GuardiansOf, PupilIds
from app.people.records import Enrolment
from app.record import Compartment
from tests.app.consent.facts import DAY, NL, NOW, child, said

if TYPE_CHECKING:
    from app.consent.records import Decision, FormVersion
    from app.ports import Session
    from tests.sample import Sample

USE = "photo:website"
DAYS = timedelta(days=1)
BOTH_YES = (said("m", "yes"), said("f", "yes"))
BOTH = child(decisions=BOTH_YES)
REFUSED = child(decisions=(said("m", "yes"), said("f", "no")))
FLAGGED = BOTH._replace(flags=(FlagFact("x", DAY, DAY, NOW),))
GONE = BOTH._replace(presences=())


def period(start: int | None, end: int, **more: Any) -> UseRule:
    """A one-off use from so many days after the day until so many days after it."""
    first = None if start is None else DAY + start * DAYS
    return UseRule(USE, start=first, end=DAY + end * DAYS, **more)


@pytest.mark.parametrize(
    ("subject", "rule", "outcome", "reason", "turned"),
    [
        (BOTH, period(-2, 2), "yes", "all_said_yes", None),
        (BOTH, period(0, 0), "yes", "all_said_yes", None),
        (BOTH, period(None, 0), "yes", "all_said_yes", None),
        (BOTH, period(-9, -1), "no", "ended", -1),
        (REFUSED, period(-9, -1), "no", "ended", -1),
        (child(), period(-9, -1), "no", "ended", -1),
        (child(), period(-9, -1, ground="les"), "no", "ended", -1),
        (child(), period(-9, 1, ground="les"), "not_needed", "ground", None),
        (BOTH, period(1, 3), "ask", "not_begun", 1),
        (child(), period(1, 3), "ask", "unanswered", None),
        (REFUSED, period(1, 3), "no", "refused", None),
        (FLAGGED, period(-9, -1), "no", "safety", None),
        (GONE, period(-9, -1), "no", "not_present", None),
        (BOTH, period(-2, 2, asked=False), "ask", "not_asked", None),
    ],
)
def test_outside_its_period_a_one_off_use_is_over(
    subject: Any, rule: UseRule, outcome: str, reason: str, turned: int | None
) -> None:
    found = verdict(subject, rule, DAY, NL)
    assert (found.outcome, found.reason) == (Outcome(outcome), Reason(reason))
    assert found.turned == (None if turned is None else DAY + turned * DAYS)


spans = st.tuples(st.integers(-40, 40), st.integers(0, 40))
steps = st.integers(-60, 60)


@given(spans, steps, st.sampled_from([BOTH, REFUSED, child()]))
def test_a_yes_holds_on_no_day_outside_the_period(
    span: tuple[int, int], step: int, subject: Any
) -> None:
    rule = period(span[0], span[0] + span[1])
    found = verdict(subject, rule, DAY + step * DAYS, NL)
    always = verdict(subject, replace(rule, start=None, end=None), DAY + step * DAYS, NL)
    within = span[0] <= step <= span[0] + span[1]
    assert found.permits == (always.permits and within)
    assert found.voices == always.voices


@given(spans, steps)
def test_the_answer_holds_until_the_day_it_names(span: tuple[int, int], step: int) -> None:
    rule, day = period(span[0], span[0] + span[1]), DAY + step * DAYS
    now = verdict(BOTH, rule, day, NL)
    for ahead in range(100):
        later = day + ahead * DAYS
        if later <= now.until:
            assert verdict(BOTH, rule, later, NL).outcome is now.outcome


# -- made by the office ---------------------------------------------------------------------


def draft(session: Session, **more: Any) -> OneOffDraft:
    today = session.clock.today()
    values: dict[str, Any] = {
        "name": "Schoolreis naar de haven",
        "media": ("photo", "film"),
        "within": "parent_page",
        "start": today,
        "end": today + 7 * DAYS,
        **more,
    }
    return OneOffDraft(**values)


def somebody(session: Session) -> str:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilIds(on=session.clock.today()))[0]


def answered(session: Session, pupil_id: str, use: str, day: date) -> tuple[str, str]:
    with session.look(Compartment.CONSENT) as reader:
        found = answer_for(reader, pupil_id, use, day).verdict
    return found.outcome, found.reason


def test_a_trip_is_shown_where_it_is_shown_and_asked_apart(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    assert (trip.key, trip.audience, trip.position) == (
        "once_schoolreis_naar_de_haven", "closed", 10_000,
    )  # fmt: skip
    assert trip.explanation("de").startswith("Geschlossener Elternbereich: ")
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
    assert trip.key not in {channel.key for _, channel in asked_uses(channels)}
    assert {channel.key for _, channel in asked_uses(channels, trip.key)} == {trip.key}
    assert in_order(channels)[-1] == trip


def test_two_trips_of_one_name_are_two(sample: Sample) -> None:
    session = sample.administrator()
    keys = {save_one_off(session, draft(session)).key for _ in range(3)}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"name": " "}, "name", "one_off_name_missing"),
        ({"names": {"fr": "Nummer 111222333"}}, "name_fr", "people.bsn"),
        ({"media": ()}, "media", "one_off_media_missing"),
        ({"media": ("smell",)}, "media", "one_off_media_missing"),
        ({"within": "nowhere"}, "within", "one_off_place_missing"),
        ({"within": "classroom"}, "within", "one_off_place_missing"),
        ({"end": None}, "end", "one_off_end_missing"),
        ({"end": date(2020, 1, 1), "start": None}, "end", "one_off_over"),
        ({"end": date(2020, 1, 1)}, "end", "ends_before"),
    ],
)
def test_what_is_missing_is_said_at_the_field(
    sample: Sample, fields: dict[str, Any], field: str, text: str
) -> None:
    session = sample.administrator()
    with pytest.raises(Refusals) as refused:
        save_one_off(session, draft(session, **fields))
    assert [(one.field, one.message.id) for one in refused.value.found] == [
        (field, text if "." in text else f"consent.{text}")
    ]


@pytest.mark.parametrize(
    ("fields", "scope"),
    [({"end": 9}, 2), ({"end": 5}, 1), ({"start": -1}, 2), ({"start": 1}, 1)],
)
def test_only_a_longer_period_asks_again(
    sample: Sample, fields: dict[str, int], scope: int
) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    days = {name: session.clock.today() + days * DAYS for name, days in fields.items()}
    assert save_one_off(session, draft(session, id=trip.id, **days)).scope == scope


def test_a_trip_goes_where_its_channel_goes(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    with session.look(Compartment.CONSENT) as reader:
        (page,) = reader.all(Channel, key="parent_page")
    save_channel(session, replace(page, audience="public"))
    with session.look(Compartment.CONSENT) as reader:
        now = reader.get(Channel, trip.id)
    assert (now.audience, now.scope) == ("public", 2)


def test_a_group_sees_its_own_trips_until_they_end(sample: Sample) -> None:
    session = sample.administrator()
    mine = save_one_off(session, draft(session, group_ids=("g1",)))
    save_one_off(session, draft(session, group_ids=("g2",)))
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        assert one_offs(reader, today, "g1") == (mine,)
        assert len(one_offs(reader, today)) == 2
        assert one_offs(reader, today + 8 * DAYS) == ()


def test_the_answer_of_a_past_day_is_the_one_that_held_then(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    pupil, today = somebody(session), session.clock.today()
    use = f"photo:{trip.key}"
    assert answered(session, pupil, use, today)[0] == "ask"
    sample.clock.move(10 * DAYS)
    assert answered(session, pupil, use, session.clock.today()) == ("no", "ended")
    assert answered(session, pupil, use, today)[0] == "ask"


def test_a_trip_that_was_taken_away_is_not_asked(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    drop_one_off(session, trip)
    found = answered(session, somebody(session), f"photo:{trip.key}", session.clock.today())
    assert found == ("ask", "not_asked")


def test_a_group_answers_the_form_of_the_school_and_its_own_trips(sample: Sample) -> None:
    session = sample.administrator()
    today = session.clock.today()
    late = save_one_off(session, draft(session, group_ids=("g1",), end=today + 9 * DAYS))
    soon = save_one_off(session, draft(session, media=("photo",), end=today + DAYS))
    save_one_off(session, draft(session, group_ids=("g2",)))
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
    usual = asked_uses(channels)
    small = [(m, one.key) for m, one in open_uses(channels, today, "g1")[len(usual) :]]
    assert open_uses(channels, today, "g1")[: len(usual)] == usual
    assert small == [("photo", soon.key), ("photo", late.key), ("film", late.key)]
    assert open_uses(channels, today + 10 * DAYS, "g1") == usual


# -- the teacher ----------------------------------------------------------------------------


def told(session: Session, pupil: str, use: str) -> tuple[str, str] | None:
    answer = check_pupil(session, pupil)
    assert answer.doubt is None
    return next(((line.outcome, line.why.id) for line in answer.lines if line.use == use), None)


def test_the_list_shows_the_end_without_being_made_again(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    trip = save_one_off(session, draft(session, end=session.clock.today() + DAYS))
    pupil, use = somebody(session), f"photo:{trip.key}"
    assert told(session, pupil, use) == ("ask", "consent.reason_unanswered")
    sample.clock.move(2 * DAYS)
    assert told(session, pupil, use) == ("no", "consent.reason_ended")


def test_a_trip_of_other_groups_is_not_on_the_screen(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = somebody(session)
    group = check_pupil(session, pupil).group
    assert group is not None
    mine = save_one_off(session, draft(session, group_ids=(group.id,)))
    other = save_one_off(session, draft(session, group_ids=("elsewhere",)))
    assert told(session, pupil, f"photo:{mine.key}")
    assert told(session, pupil, f"photo:{other.key}") is None


def test_a_trip_of_long_ago_leaves_the_list_and_no_row_is_misread(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    trip = save_one_off(session, draft(session))
    pupil, use = somebody(session), f"photo:{trip.key}"
    sample.clock.move(SHOWN_AFTER + 8 * DAYS)
    raise_flag(session, pupil)
    assert told(session, pupil, use) == ("no", "consent.reason_safety")
    publish_due(session)
    assert told(session, pupil, use) is None
    assert told(session, pupil, "photo:website") == ("no", "consent.reason_safety")


# -- the pupil page -------------------------------------------------------------------------


def lines(session: Session, pupil: str, day: date) -> set[str]:
    with session.look(Compartment.CONSENT) as reader:
        return {line.use for line in consent_grid(reader, pupil, day).lines}


def group_of(session: Session, pupil: str) -> str:
    with session.look(Compartment.CONSENT) as reader:
        (stay,) = reader.all(Enrolment, pupil_id=pupil)
    return stay.group_id


def test_a_pupil_shows_the_trips_of_his_group_until_long_after_their_end(
    sample: Sample,
) -> None:
    session = sample.administrator()
    pupil, today = somebody(session), session.clock.today()
    mine = save_one_off(session, draft(session, group_ids=(group_of(session, pupil),)))
    other = save_one_off(session, draft(session, group_ids=("elsewhere",)))
    use, elsewhere = f"photo:{mine.key}", f"photo:{other.key}"
    assert {use, elsewhere} & lines(session, pupil, today) == {use}
    shown = today + 7 * DAYS + SHOWN_AFTER
    assert use in lines(session, pupil, shown)
    assert use not in lines(session, pupil, shown + DAYS)


def test_who_moved_to_another_group_sees_the_trips_of_that_one(sample: Sample) -> None:
    session = sample.administrator()
    pupil, today = somebody(session), session.clock.today()
    old = save_one_off(session, draft(session, group_ids=(group_of(session, pupil),)))
    new = save_one_off(session, draft(session, group_ids=("elsewhere",)))
    with session.look(Compartment.CONSENT) as reader:
        (stay,) = reader.all(Enrolment, pupil_id=pupil)
    enrol(session, EnrolmentDraft(pupil, stay.site_id, "elsewhere", start=today))
    both = {f"photo:{old.key}", f"photo:{new.key}"}
    assert both & lines(session, pupil, today) == {f"photo:{new.key}"}
    assert both & lines(session, pupil, today - DAYS) == {f"photo:{old.key}"}


def test_what_was_answered_as_a_guest_is_shown(sample: Sample) -> None:
    session = sample.administrator()
    pupil, today = somebody(session), session.clock.today()
    other = save_one_off(session, draft(session, group_ids=("elsewhere",)))
    use = f"photo:{other.key}"
    answer(session, pupil, use)
    assert use in lines(session, pupil, today)


def answer(session: Session, pupil: str, use: str, **more: Any) -> Decision:
    with session.look(Compartment.CONSENT) as reader:
        guardian = reader.ask(GuardiansOf(pupil))[0].guardian.id
    said_ = (UseAnswer(use, Answer.YES),)
    wanted = DecisionsDraft(pupil, guardian, said_, session.clock.today(), **more)
    return record_decisions(session, wanted)[0]


def frozen(session: Session, trip: Channel) -> FormVersion:
    return freeze_version(session, trip.key)


def test_a_yes_on_a_form_holds_as_long_as_the_form_says(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    version = frozen(session, trip)
    use = f"photo:{trip.key}"
    decision = answer(session, somebody(session), use, form_version_id=version.id)
    assert decision.valid_until == trip.end


def test_a_form_whose_period_is_over_takes_no_yes(sample: Sample) -> None:
    session = sample.administrator()
    trip = save_one_off(session, draft(session))
    version = frozen(session, trip)
    sample.clock.move(8 * DAYS)
    with pytest.raises(Refusals) as refused:
        answer(session, somebody(session), f"photo:{trip.key}", form_version_id=version.id)
    assert [one.message.id for one in refused.value.found] == ["consent.form_over"]


def test_the_form_of_the_school_can_hold_for_a_time(sample: Sample) -> None:
    session = sample.administrator()
    until = session.clock.today() + 200 * DAYS
    save_form_setting(session, FormSetting(id=SETTING, valid_until=until))
    version = freeze_version(session)
    pupil = somebody(session)
    decision = answer(session, pupil, "photo:website", form_version_id=version.id)
    assert decision.valid_until == until
    assert answer(session, pupil, "photo:website").valid_until is None
