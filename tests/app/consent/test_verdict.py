"""The verdict's rules: one row per rule and exception, and what holds whatever the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.consent.facts import (
    AuthorityFact,
    DecisionFact,
    FlagFact,
    PresenceFact,
    RetractionFact,
    Subject,
)
from app.consent.outcome import Outcome, Reason
from app.consent.periods import birthday
from app.consent.records import Answer
from app.consent.verdict import UseRule, Verdict, last_words, verdict
from app.people.authority import HOLDERS
from app.people.records import AuthorityKind
from tests.app.consent.facts import DAY, HERE, NL, NOW, RULE, USE, authority, child, said

if TYPE_CHECKING:
    from random import Random


def found(subject: Subject, rule: UseRule = RULE, day: date = DAY) -> tuple[Outcome, Reason]:
    result = verdict(subject, rule, day, NL)
    return result.outcome, result.reason


BOTH_YES = (said("m", "yes"), said("f", "yes"))
TODAY_ONLY = FlagFact("x", DAY, DAY, NOW)
LENIENT = replace(RULE, lenient=True)

RULES = [
    ("1 flag outranks two yeses", child(flags=(TODAY_ONLY,), decisions=BOTH_YES), "no", "safety"),
    ("1 lifted flag", child(flags=(TODAY_ONLY, FlagFact("y", DAY, DAY - timedelta(days=1), NOW, "x")), decisions=BOTH_YES), "yes", "all_said_yes"),
    ("2 not enrolled", child(presences=(), decisions=BOTH_YES), "no", "not_present"),
    ("2 left yesterday", child(presences=(HERE._replace(end=DAY - timedelta(days=1)),), decisions=BOTH_YES), "no", "not_present"),
    ("2 last day still counts", child(presences=(HERE._replace(end=DAY),), decisions=BOTH_YES), "yes", "all_said_yes"),
    ("2 begins tomorrow", child(presences=(HERE._replace(start=DAY + timedelta(days=1)),), decisions=BOTH_YES), "no", "not_present"),
    ("2 one that says it replaces itself", child(presences=(HERE._replace(replaces="p"),), decisions=BOTH_YES), "no", "not_present"),
    ("4 nobody decides", child(guardians=()), "ask", "nobody_decides"),
    ("4 no authority at all", child(authorities=(authority("m", "none"), authority("f", "temporarily_none"))), "ask", "nobody_decides"),
    ("4 parent without authority is not asked", child(authorities=(authority("m"), authority("f", "none")), decisions=(said("m", "yes"), said("f", "no"))), "yes", "all_said_yes"),
    ("4 unknown authority counts", child(authorities=(authority("m"),), decisions=(said("m", "yes"),)), "ask", "incomplete"),
    ("4 unknown authority may refuse", child(authorities=(authority("m"),), decisions=(said("m", "yes"), said("f", "no"))), "no", "refused"),
    ("4 authority from next month", child(authorities=(authority("m"), authority("f", start=DAY + timedelta(days=30))), decisions=(said("m", "yes"), said("f", "no"))), "yes", "all_said_yes"),
    ("4 authority ended yesterday", child(authorities=(authority("m"), authority("f", end=DAY - timedelta(days=1))), decisions=(said("m", "yes"), said("f", "no"))), "yes", "all_said_yes"),
    ("4 two holders and a voogd", child(guardians=("m", "f", "v"), authorities=(authority("m"), authority("f"), authority("v", "guardianship")), decisions=BOTH_YES), "ask", "incomplete"),
    ("4 held, then interrupted until yesterday: not known", child(authorities=(authority("m"), authority("f", end=DAY - timedelta(days=9)), authority("f", "temporarily_none", start=DAY - timedelta(days=8), end=DAY - timedelta(days=1))), decisions=(said("m", "yes"),)), "ask", "incomplete"),
    ("4 suspended until yesterday, then not known", child(authorities=(authority("m"), authority("f", "temporarily_none", end=DAY - timedelta(days=1))), decisions=(said("m", "yes"),)), "ask", "incomplete"),
    ("5 one refuses", child(decisions=(said("m", "yes"), said("f", "no"))), "no", "refused"),
    ("5 one withdraws today", child(decisions=(*BOTH_YES, said("m", "withdrawn", DAY))), "no", "withdrawn"),
    ("5 same day: the stricter", child(decisions=(*BOTH_YES, said("m", "no", DAY), said("m", "yes", DAY))), "no", "refused"),
    ("5 same day: the one with a condition", child(decisions=(said("m", "yes", id="z"), said("m", "yes", conditions=("no_name",), id="a"), said("f", "yes"))), "yes_if", "all_said_yes"),
    ("5 same day: withdrawn the day it was given", child(decisions=(said("m", "yes", DAY), said("m", "withdrawn", DAY), said("f", "yes"))), "no", "withdrawn"),
    ("4 signed on the day authority begins", child(authorities=(authority("m"), authority("f", start=DAY)), decisions=(said("m", "yes"), said("f", "yes", DAY))), "yes", "all_said_yes"),
    ("4 signed before authority begins", child(authorities=(authority("m"), authority("f", start=DAY)), decisions=BOTH_YES), "yes", "all_said_yes"),
    ("4 refused on the last day of authority", child(authorities=(authority("m"), authority("f", end=DAY)), decisions=(said("m", "yes"), said("f", "no", DAY))), "no", "refused"),
    ("4 two facts begin on one day, one without authority", child(authorities=(authority("m"), authority("f", start=DAY), authority("f", "none", start=DAY)), decisions=(said("m", "yes"), said("f", "no"))), "no", "refused"),
    ("5 withdrawal of nothing", child(decisions=(said("m", "withdrawn"),)), "no", "withdrawn"),
    ("5 refusal, later yes", child(decisions=(said("m", "no"), said("m", "yes", DAY), said("f", "yes"))), "yes", "all_said_yes"),
    ("5 renewal dated before the refusal", child(decisions=(said("m", "no", DAY), said("m", "yes", DAY - timedelta(days=3)), said("f", "yes"))), "no", "refused"),
    ("6 both", child(decisions=BOTH_YES), "yes", "all_said_yes"),
    ("6 conditions", child(decisions=(said("m", "yes", conditions=("no_name",)), said("f", "yes"))), "yes_if", "all_said_yes"),
    ("6 signed tomorrow does not count yet", child(decisions=(said("m", "yes"), said("f", "yes", DAY + timedelta(days=1)))), "ask", "incomplete"),
    ("6 last valid day", child(decisions=(said("m", "yes", valid_until=DAY), said("f", "yes"))), "yes", "all_said_yes"),
    ("6 expired", child(decisions=(said("m", "yes", valid_until=DAY - timedelta(days=1)), said("f", "yes"))), "ask", "incomplete"),
    ("7 one of two", child(decisions=(said("m", "yes"),)), "ask", "incomplete"),
    ("7 silence", child(), "ask", "unanswered"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "outcome", "reason"), [row[1:] for row in RULES], ids=[row[0] for row in RULES]
)
def test_each_rule_decides_as_the_design_says(
    subject: Subject, outcome: str, reason: str
) -> None:
    assert found(subject) == (Outcome(outcome), Reason(reason))


def test_what_either_of_two_yeses_of_one_day_asks_holds() -> None:
    first = said("m", "yes", conditions=("group_only", "no_name"), id="a")
    second = said("m", "yes", conditions=("no_name",), id="b", valid_until=DAY)
    result = verdict(child(decisions=(first, second, said("f", "yes"))), RULE, DAY, NL)
    assert result.conditions == ("group_only", "no_name")
    assert result.until == DAY


def test_a_ground_needs_no_consent_but_never_outranks_a_flag() -> None:
    lesson = replace(RULE, ground="lesson")
    assert found(child(), lesson) == (Outcome.NOT_NEEDED, Reason.GROUND)
    assert found(child(flags=(TODAY_ONLY,)), lesson) == (Outcome.NO, Reason.SAFETY)


def test_a_ground_holds_only_for_what_the_school_uses() -> None:
    unused = replace(RULE, ground="lesson", asked=False)
    assert found(child(), unused) == (Outcome.ASK, Reason.NOT_ASKED)
    assert found(child(decisions=BOTH_YES), unused)[0] is Outcome.ASK


def test_a_lenient_channel_does_not_take_a_lapsed_yes_for_a_forgotten_no() -> None:
    earlier = said("f", "no", DAY - timedelta(days=60))
    lapsed = said("f", "yes", DAY - timedelta(days=50), valid_until=DAY - timedelta(days=1))
    subject = child(decisions=(said("m", "yes"), earlier, lapsed))
    assert found(subject, LENIENT)[0] is Outcome.ASK


def test_taking_back_a_correction_that_was_corrected_changes_nothing() -> None:
    first, second = said("m", "yes", id="a"), said("m", "no", DAY, id="b", replaces="a")
    third = said("m", "no", DAY - timedelta(days=20), id="c", replaces="b")
    subject = child(
        decisions=(first, second, third, said("f", "yes")),
        retractions=(RetractionFact("b", NOW),),
    )
    assert found(subject)[0] is Outcome.NO


def test_a_lenient_channel_takes_one_yes_while_no_objection_is_known() -> None:
    assert found(child(decisions=(said("m", "yes"),)), LENIENT) == (
        Outcome.YES,
        Reason.ONE_SUFFICES,
    )
    assert found(child(decisions=(said("m", "yes"), said("f", "no"))), LENIENT)[0] is Outcome.NO
    assert found(child(), LENIENT)[0] is Outcome.ASK


def test_a_widened_use_asks_again_but_a_no_stays() -> None:
    wider = replace(RULE, scope=2)
    assert found(child(decisions=BOTH_YES), wider)[0] is Outcome.ASK
    assert found(child(decisions=(said("m", "no"),)), wider)[0] is Outcome.NO


def test_from_sixteen_the_pupil_decides_alone() -> None:
    pupil = child(birth_date=birthday(DAY, -16), decisions=BOTH_YES)
    assert found(pupil) == (Outcome.ASK, Reason.UNANSWERED)
    assert (
        found(pupil._replace(decisions=(said("k", "yes", DAY), said("m", "no"))))[0]
        is Outcome.YES
    )
    assert found(pupil, day=DAY - timedelta(days=1))[0] is Outcome.YES


def test_a_pupils_own_yes_counts_only_from_the_day_he_comes_of_age() -> None:
    of_age = DAY - timedelta(days=20)
    pupil = child(birth_date=birthday(of_age, -16))
    early, late = said("k", "yes", of_age - timedelta(days=1)), said("k", "yes", of_age)
    assert found(pupil._replace(decisions=(early,))) == (Outcome.ASK, Reason.UNANSWERED)
    assert found(pupil._replace(decisions=(late,)))[0] is Outcome.YES
    no = said("k", "no", of_age - timedelta(days=300))
    assert found(pupil._replace(decisions=(no, early))) == (Outcome.NO, Reason.REFUSED)


@pytest.mark.parametrize("answer", ["no", "withdrawn"])
def test_an_objection_dated_ahead_counts_from_the_day_it_was_recorded(answer: str) -> None:
    ahead = said("m", answer, DAY + timedelta(days=300), recorded_at=NOW)
    subject = child(decisions=(*BOTH_YES, ahead))
    assert found(subject)[0] is Outcome.NO
    before = verdict(subject, RULE, DAY - timedelta(days=1), NL)
    assert (before.outcome, before.until) == (Outcome.YES, DAY - timedelta(days=1))


def test_a_member_of_staff_decides_alone() -> None:
    assert found(child(adult=True, decisions=(said("k", "yes"),)))[0] is Outcome.YES


def test_a_correction_replaces_and_a_retraction_takes_back() -> None:
    slip = said("m", "no", DAY, id="slip")
    corrected = said("m", "yes", DAY, id="right", replaces="slip")
    assert found(child(decisions=(slip, corrected, said("f", "yes"))))[0] is Outcome.YES
    undone = child(decisions=(*BOTH_YES, slip), retractions=(RetractionFact("slip", NOW),))
    assert found(undone)[0] is Outcome.YES


def test_the_answer_names_who_decided_and_when() -> None:
    ago = DAY - timedelta(days=1)
    for f, m in ((("no", DAY), ("withdrawn", ago)), (("no", ago), ("no", DAY))):
        subject = child(guardians=("f", "m"), decisions=(said("f", *f), said("m", *m)))
        result = verdict(subject, RULE, DAY, NL)
        assert result.by is not None
        assert (result.by.decider_id, result.since_objection) == ("m", m[1])
    newest = verdict(child(decisions=(said("m", "yes", ago), said("f", "yes"))), RULE, DAY, NL)
    assert newest.since == ago


def test_looking_back_sees_only_what_was_known() -> None:
    late = said("m", "withdrawn", DAY - timedelta(days=5), recorded_at=NOW + timedelta(days=6))
    subject = child(decisions=(*BOTH_YES, late))
    assert found(subject)[0] is Outcome.NO
    assert found(subject.as_known(NOW))[0] is Outcome.YES


days = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
maybe_day = st.none() | days
decisions = st.builds(
    DecisionFact,
    id=st.uuids().map(str),
    decider_id=st.sampled_from(["m", "f", "x", "k"]),
    use=st.just(USE),
    answer=st.sampled_from(Answer),
    signed_on=days,
    recorded_at=st.integers(-40, 40).map(lambda n: NOW + timedelta(days=n)),
    conditions=st.sampled_from([(), ("no_name",), ("group_only", "no_name")]),
    scope=st.integers(1, 2),
    valid_until=maybe_day,
)
authorities = st.builds(
    AuthorityFact,
    id=st.uuids().map(str),
    guardian_id=st.sampled_from(["m", "f"]),
    kind=st.sampled_from(AuthorityKind),
    start=maybe_day,
    end=maybe_day,
    recorded_at=st.just(NOW),
)
presences = st.builds(
    PresenceFact, id=st.uuids().map(str), start=days, end=maybe_day, recorded_at=st.just(NOW)
)
flags = st.builds(
    FlagFact, id=st.uuids().map(str), start=days, end=maybe_day, recorded_at=st.just(NOW)
)
subjects = st.builds(
    child,
    birth_date=st.none() | st.dates(date(2008, 1, 1), DAY),
    presences=st.lists(presences, max_size=2).map(lambda more: (HERE, *more)),
    authorities=st.lists(authorities, max_size=4).map(tuple),
    flags=st.lists(flags, max_size=1).map(tuple),
    decisions=st.lists(decisions, max_size=6).map(tuple),
)
near = st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))
maybe_near = st.none() | near
OFTEN = max(120, settings().max_examples)
"""Ties are rare; a property of them is played more often."""

names = st.integers(0, 9).map(str)
replaced = st.just("") | st.just("") | names
moments = st.sampled_from([NOW, NOW, NOW + timedelta(days=1)])
tied_subjects = st.builds(
    child,
    birth_date=st.sampled_from([None, date(2021, 5, 4), birthday(DAY, -16)]),
    guardians=st.permutations(["m", "f"]).map(tuple),
    former=st.sampled_from([(), ("x",)]),
    presences=st.lists(
        st.builds(PresenceFact, names, near, maybe_near, moments, replaced),
        max_size=3,
        unique_by=attrgetter("id"),
    ).map(lambda more: (HERE, *more)),
    authorities=st.lists(
        st.builds(
            AuthorityFact,
            *(
                names,
                st.sampled_from(["m", "f", "x"]),
                st.sampled_from([*HOLDERS, *AuthorityKind]),
            ),
            *(maybe_near, maybe_near, moments, replaced, st.booleans()),
        ),
        max_size=4,
        unique_by=attrgetter("id"),
    ).map(tuple),
    flags=st.lists(
        st.builds(FlagFact, names, near, maybe_near, moments, replaced),
        max_size=3,
        unique_by=attrgetter("id"),
    ).map(lambda some: tuple(some) if len(some) > 1 else ()),
    decisions=st.lists(
        st.builds(
            DecisionFact,
            *(names, st.sampled_from(["m", "m", "f", "x", "k"]), st.just(USE)),
            *(st.sampled_from(Answer), near, moments),
            st.sampled_from([(), ("no_name",), ("group_only",), ("group_only", "no_name")]),
            *(st.integers(1, 2), maybe_near, replaced),
        ),
        min_size=2,
        max_size=8,
        unique_by=attrgetter("id"),
    ).map(tuple),
    retractions=st.lists(st.builds(RetractionFact, names, moments), max_size=2).map(tuple),
)
"""Facts that fall together: on one day, at one instant, replacing one another."""


def mixed(subject: Subject, rng: Random) -> Subject:
    """The same facts, read in another order."""
    turned: dict[str, Any] = {}
    for name in subject._fields:
        values = getattr(subject, name)
        if isinstance(values, tuple):
            turned[name] = tuple(rng.sample(values, len(values)))
    return subject._replace(**turned)


def in_any_order(found: Verdict) -> tuple[object, ...]:
    """Everything in a verdict; who decides has no order."""
    voices = frozenset(found.voices)
    assert len(voices) == len(found.voices)
    return found._replace(voices=()), voices


rules = st.builds(
    UseRule,
    use=st.just(USE),
    ground=st.sampled_from(["", "", "", "lesson"]),
    lenient=st.booleans(),
    scope=st.integers(1, 2),
)


@settings(max_examples=OFTEN)
@given(tied_subjects, rules, near, near, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    subject: Subject, rule: UseRule, day: date, today: date, rng: Random
) -> None:
    first = verdict(subject, rule, day, NL, today)
    second = verdict(mixed(subject, rng), rule, day, NL, today)
    assert in_any_order(first) == in_any_order(second)


@given(tied_subjects, st.randoms(use_true_random=False))
def test_the_last_words_are_the_same_in_any_order(subject: Subject, rng: Random) -> None:
    assert {*last_words(subject)} == {*last_words(mixed(subject, rng))}


@given(st.lists(decisions, min_size=2, max_size=4), rules, days)
def test_yeses_of_one_day_permit_no_more_than_each_of_them(
    some: list[DecisionFact], rule: UseRule, day: date
) -> None:
    plain = replace(rule, ground="", lenient=False)
    yeses = [one._replace(decider_id="m", answer=Answer.YES, signed_on=DAY) for one in some]
    alone = [
        verdict(child(guardians=("m",), decisions=(one,)), plain, day, NL) for one in yeses
    ]
    found = verdict(child(guardians=("m",), decisions=tuple(yeses)), plain, day, NL)
    assert found.permits == all(one.permits for one in alone)
    if found.permits:
        assert set(found.conditions) == {key for one in alone for key in one.conditions}


@given(subjects, rules, days)
def test_another_silent_decider_never_turns_a_no_into_a_yes(
    subject: Subject, rule: UseRule, day: date
) -> None:
    before = verdict(subject, rule, day, NL)
    after = verdict(subject._replace(guardians=(*subject.guardians, "silent")), rule, day, NL)
    assert before.permits or not after.permits


@given(subjects, rules, days, st.sampled_from(["m", "f"]))
def test_withdrawing_today_forbids_at_once_and_on_every_later_day_without_a_new_yes(
    subject: Subject, rule: UseRule, day: date, who: str
) -> None:
    before = verdict(subject, rule, day, NL)
    voices = {voice.decider_id for voice in before.voices}
    withdrawn = subject._replace(
        decisions=(*subject.decisions, said(who, "withdrawn", day, id="w"))
    )
    after = verdict(withdrawn, rule, day, NL)
    assert not (who in voices and after.permits)


@given(subjects, rules, days, days, st.sampled_from(["m", "f", "k"]))
def test_a_withdrawal_dated_after_everything_forbids_from_the_day_it_was_recorded(
    subject: Subject, rule: UseRule, day: date, recorded: date, who: str
) -> None:
    at = datetime(recorded.year, recorded.month, recorded.day, 12, tzinfo=UTC)
    last = said(who, "withdrawn", DAY + timedelta(days=50), id="w", recorded_at=at)
    after = verdict(
        subject._replace(decisions=(*subject.decisions, last)), rule, max(day, recorded), NL
    )
    voices = {voice.decider_id for voice in after.voices}
    assert not (who in voices and after.permits)


@given(subjects, rules, days)
def test_only_a_ground_permits_without_any_yes(
    subject: Subject, rule: UseRule, day: date
) -> None:
    silent = subject._replace(
        decisions=tuple(d for d in subject.decisions if d.answer is not Answer.YES)
    )
    result = verdict(silent, rule, day, NL)
    assert not result.permits or result.outcome is Outcome.NOT_NEEDED


@given(subjects, rules, days)
def test_the_answer_holds_until_the_day_it_names(
    subject: Subject, rule: UseRule, day: date
) -> None:
    now = verdict(subject, rule, day, NL)
    ahead = (day + timedelta(days=step) for step in range(90))
    changed = [d for d in ahead if verdict(subject, rule, d, NL).outcome is not now.outcome]
    assert not [d for d in changed[:1] if d <= now.until]


@pytest.mark.parametrize(
    ("subject", "until"),
    [
        (child(decisions=BOTH_YES), birthday(date(2021, 5, 4), 16) - timedelta(days=1)),
        (child(decisions=(said("m", "yes", valid_until=DAY), said("f", "yes"))), DAY),
        (
            child(presences=(HERE._replace(end=DAY + timedelta(days=2)),)),
            DAY + timedelta(days=2),
        ),
        (
            child(decisions=(said("f", "yes"), said("m", "yes", DAY + timedelta(days=4)))),
            DAY + timedelta(days=3),
        ),
    ],
)
def test_the_day_named_is_the_last_on_which_nothing_changes(
    subject: Subject, until: date
) -> None:
    assert verdict(subject, RULE, DAY, NL).until == until


@given(subjects, rules, days)
def test_a_flag_forbids_whatever_else_is_known(
    subject: Subject, rule: UseRule, day: date
) -> None:
    flagged = subject._replace(flags=(FlagFact("z", day, None, NOW),))
    assert verdict(flagged, rule, day, NL).outcome is Outcome.NO


def test_who_is_born_on_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)
    assert birthday(date(2012, 2, 29), 17) == date(2029, 3, 1)


AHEAD = NOW + timedelta(days=300)


@pytest.mark.parametrize("answer", ["no", "withdrawn"])
def test_an_objection_recorded_by_a_clock_that_ran_ahead_counts_today(answer: str) -> None:
    ahead = said("m", answer, AHEAD.date(), recorded_at=AHEAD)
    subject = child(decisions=(*BOTH_YES, ahead))
    assert verdict(subject, RULE, DAY, NL, today=DAY).outcome is Outcome.NO
    before = verdict(subject, RULE, DAY - timedelta(days=1), NL, today=DAY)
    assert (before.outcome, before.until) == (Outcome.YES, DAY - timedelta(days=1))


def test_a_flag_dated_ahead_forbids_from_the_day_it_was_recorded_and_from_today() -> None:
    later = FlagFact("x", AHEAD.date(), None, NOW)
    assert found(child(flags=(later,), decisions=BOTH_YES)) == (Outcome.NO, Reason.SAFETY)
    wrong = child(flags=(later._replace(recorded_at=AHEAD),), decisions=BOTH_YES)
    assert verdict(wrong, RULE, DAY, NL, today=DAY).reason is Reason.SAFETY
    lifted = later._replace(id="y", end=DAY - timedelta(days=1), replaces="x")
    undone = wrong._replace(flags=(*wrong.flags, lifted))
    assert verdict(undone, RULE, DAY, NL, today=DAY).outcome is Outcome.YES


def test_a_yes_recorded_by_a_clock_that_ran_ahead_does_not_count_yet() -> None:
    ahead = said("f", "yes", AHEAD.date(), recorded_at=AHEAD)
    subject = child(decisions=(said("m", "yes"), ahead))
    assert verdict(subject, RULE, DAY, NL, today=DAY).outcome is Outcome.ASK


@given(subjects, rules, days, days)
def test_knowing_what_day_it_is_never_permits_more(
    subject: Subject, rule: UseRule, day: date, today: date
) -> None:
    believed, known = verdict(subject, rule, day, NL), verdict(subject, rule, day, NL, today)
    assert believed.permits or not known.permits


@given(subjects, rules, days)
def test_whatever_is_recorded_ahead_forbids_today(
    subject: Subject, rule: UseRule, today: date
) -> None:
    withdrawn = [d for d in subject.decisions if d.answer is Answer.WITHDRAWN]
    result = verdict(subject, rule, today, NL, today)
    later = {d.decider_id for d in withdrawn if d.signed_on > today}
    assert not (result.permits and result.outcome is not Outcome.NOT_NEEDED) or not (
        later & {voice.decider_id for voice in result.voices}
    )


@given(subjects, rules, days, days)
def test_with_the_day_known_the_answer_holds_until_the_day_it_names(
    subject: Subject, rule: UseRule, day: date, today: date
) -> None:
    now = verdict(subject, rule, day, NL, today)
    ahead = (day + timedelta(days=step) for step in range(90))
    changed = [
        d for d in ahead if verdict(subject, rule, d, NL, today).outcome is not now.outcome
    ]
    assert not [d for d in changed[:1] if d <= now.until]
