"""Other jurisdictions: a table for each, and what holds in all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.consent.facts import FlagFact, Subject
from app.consent.outcome import Outcome, Reason
from app.consent.periods import birthday, last_of
from app.consent.profiles import Profile, profile
from app.consent.records import Answer
from app.consent.verdict import UseRule, verdict, verdicts
from tests.app.consent.facts import DAY, NOW, RULE, USE, child, said
from tests.app.consent.test_verdict import (
    decisions,
    in_any_order,
    mixed,
    near,
    rules,
    subjects,
    tied_subjects,
)

if TYPE_CHECKING:
    from random import Random

D = timedelta(days=1)
BOTH = (said("m", "yes"), said("f", "yes"))
TWELVE, EIGHTEEN = birthday(DAY, -12), birthday(DAY, -18)
FLAG = FlagFact("x", DAY, DAY, NOW)
MAKING = "photo:making"
NOTICED = replace(RULE, noticed_on=(DAY - 31 * D,))
TOLD_TOO_LATE = replace(RULE, noticed_on=(DAY - 30 * D,))
BEFORE_SCHOOL = replace(RULE, noticed_on=(DAY - 301 * D,))


def made(who: str, answer: str = "yes", day: date = DAY - 9 * D, **more: object) -> Any:
    """What somebody said about making a recording."""
    return said(who, answer, day, id=f"making-{who}-{answer}", **more)._replace(use=MAKING)


TAKEN = (made("m"), made("f"))
PUPIL = child(birth_date=TWELVE)
GROWN = child(birth_date=EIGHTEEN)


def of(subject: Subject, *decisions: Any, **more: Any) -> Subject:
    return subject._replace(decisions=decisions, **more)


TABLES = {
    "be": [
        ("both parents, for making and for using", of(child(), *BOTH, *TAKEN), RULE, DAY, "yes", "all_said_yes"),
        ("using was allowed, making was never asked", of(child(), *BOTH), RULE, DAY, "ask", "not_taken"),
        ("one parent refuses the making", of(child(), *BOTH, made("m"), made("f", "no")), RULE, DAY, "no", "not_taken"),
        ("the making was withdrawn since", of(child(), *BOTH, *TAKEN, made("f", "withdrawn", day=DAY)), RULE, DAY, "no", "not_taken"),
        ("making is allowed, using was not asked", of(child(), *TAKEN), RULE, DAY, "ask", "unanswered"),
        ("making is allowed, one parent refuses the use", of(child(), *TAKEN, said("m", "no")), RULE, DAY, "no", "refused"),
        ("making itself", of(child(), *TAKEN), UseRule(MAKING), DAY, "yes", "all_said_yes"),
        ("making with a condition", of(child(), *BOTH, made("m", conditions=("group_only",)), made("f")), RULE, DAY, "yes_if", "all_said_yes"),
        ("teaching needs consent for neither", of(child()), replace(RULE, ground="lesson"), DAY, "not_needed", "ground"),
        ("twelve: the child is asked too", of(PUPIL, *BOTH, *TAKEN), RULE, DAY, "ask", "incomplete"),
        ("twelve tomorrow: not yet", of(PUPIL, *BOTH, *TAKEN), RULE, DAY - D, "yes", "all_said_yes"),
        ("twelve: the child and both parents", of(PUPIL, *BOTH, *TAKEN, said("k", "yes", DAY), made("k", day=DAY)), RULE, DAY, "yes", "all_said_yes"),
        ("silence after a notice", of(child()), NOTICED, DAY, "ask", "unanswered"),
        ("no image at all", of(child(flags=(FLAG,)), *BOTH, *TAKEN), RULE, DAY, "no", "safety"),
    ],
    "de": [
        ("both parents of a small child", of(child(), *BOTH), RULE, DAY, "yes", "all_said_yes"),
        ("one of two", of(child(), *BOTH[:1]), RULE, DAY, "ask", "incomplete"),
        ("twelve: the parents alone do not do", of(PUPIL, *BOTH), RULE, DAY, "ask", "incomplete"),
        ("twelve: child and both parents", of(PUPIL, *BOTH, said("k", "yes", DAY)), RULE, DAY, "yes", "all_said_yes"),
        ("twelve: the child alone does not do", of(PUPIL, said("k", "yes", DAY)), RULE, DAY, "ask", "incomplete"),
        ("twelve: the child refuses", of(PUPIL, *BOTH, said("k", "no", DAY)), RULE, DAY, "no", "refused"),
        ("twelve: a parent refuses", of(PUPIL, said("m", "no"), said("f", "yes"), said("k", "yes", DAY)), RULE, DAY, "no", "refused"),
        ("a yes of the child from before does not count", of(PUPIL, *BOTH, said("k", "yes", DAY - D)), RULE, DAY, "ask", "incomplete"),
        ("a child of twelve whose parents nobody knows", of(child(birth_date=TWELVE, guardians=(), authorities=()), said("k", "yes", DAY)), RULE, DAY, "ask", "nobody_decides"),
        ("one yes is enough here: the child's own is needed all the same", of(PUPIL, *BOTH), replace(RULE, lenient=True), DAY, "ask", "incomplete"),
        ("one yes is enough here: one parent and the child", of(PUPIL, said("m", "yes"), said("k", "yes", DAY)), replace(RULE, lenient=True), DAY, "yes", "one_suffices"),
        ("one yes is enough here: not the child's alone", of(PUPIL, said("k", "yes", DAY)), replace(RULE, lenient=True), DAY, "ask", "incomplete"),
        ("seventeen: the parents still count", of(child(birth_date=EIGHTEEN), *BOTH, said("k", "yes", DAY - D)), RULE, DAY - D, "yes", "all_said_yes"),
        ("eighteen: alone", of(GROWN, said("k", "yes", DAY - D), said("m", "no")), RULE, DAY, "yes", "all_said_yes"),
        ("silence after a notice", of(child()), NOTICED, DAY, "ask", "unanswered"),
    ],
    "uk": [
        ("both parents", of(child(), *BOTH), RULE, DAY, "yes", "all_said_yes"),
        ("on the last day of a year", of(child(), *BOTH), RULE, date(2027, 11, 12), "yes", "all_said_yes"),
        ("a year later", of(child(), *BOTH), RULE, date(2027, 11, 13), "ask", "unanswered"),
        ("renewed by one of them", of(child(), *BOTH, said("m", "yes", date(2027, 9, 1))), RULE, date(2027, 11, 13), "ask", "incomplete"),
        ("an end of its own comes first", of(child(), said("m", "yes", valid_until=DAY), said("f", "yes")), RULE, DAY + D, "ask", "incomplete"),
        ("an end of its own may lie later", of(child(), *(one._replace(valid_until=date(2030, 1, 1)) for one in BOTH)), RULE, date(2029, 12, 31), "yes", "all_said_yes"),
        ("a no never lapses", of(child(), said("m", "no"), said("f", "yes")), RULE, date(2030, 11, 13), "no", "refused"),
        ("twelve: the child is asked too", of(PUPIL, *BOTH), RULE, DAY, "ask", "incomplete"),
        ("not at school any more", of(child(presences=()), *BOTH), RULE, DAY, "no", "not_present"),
    ],
    "us": [
        ("either parent", of(child(), *BOTH[:1]), RULE, DAY, "yes", "one_suffices"),
        ("either parent, the other objects", of(child(), said("m", "yes"), said("f", "no")), RULE, DAY, "no", "refused"),
        ("silence without a notice", of(child()), RULE, DAY, "ask", "unanswered"),
        ("silence after a notice and its days", of(child()), NOTICED, DAY, "yes", "not_objected"),
        ("silence on the last day of a notice", of(child()), TOLD_TOO_LATE, DAY, "ask", "unanswered"),
        ("a notice from before the child came", of(child()), BEFORE_SCHOOL, DAY, "ask", "unanswered"),
        ("an objection within the days", of(child(), said("m", "no")), NOTICED, DAY, "no", "refused"),
        ("an objection after the days", of(child(), said("m", "no", DAY)), NOTICED, DAY, "no", "refused"),
        ("an objection, then a yes that ended: that is no silence", of(child(), said("m", "no", DAY - 60 * D), said("m", "yes", DAY - 50 * D, valid_until=DAY - D)), NOTICED, DAY, "ask", "unanswered"),
        ("a yes for a time that is over: that is no silence", of(child(), said("m", "yes", valid_until=DAY - D)), NOTICED, DAY, "ask", "unanswered"),
        ("nobody to give notice to", of(child(guardians=(), authorities=())), NOTICED, DAY, "ask", "nobody_decides"),
        ("what the school does not do", of(child()), replace(NOTICED, asked=False), DAY, "ask", "not_asked"),
        ("no image at all, notice or not", of(child(flags=(FLAG,))), NOTICED, DAY, "no", "safety"),
        ("not at school, notice or not", of(child(presences=())), NOTICED, DAY, "no", "not_present"),
        ("a member of staff is asked", of(child(adult=True)), NOTICED, DAY, "ask", "unanswered"),
        ("eighteen: the notice went to the parents", of(GROWN), NOTICED, DAY, "ask", "unanswered"),
        ("eighteen: told again and silent", of(GROWN), replace(RULE, noticed_on=(DAY,)), DAY + 31 * D, "yes", "not_objected"),
        ("seventeen: the parents alone", of(GROWN, *BOTH[:1]), RULE, DAY - D, "yes", "one_suffices"),
    ],
}  # fmt: skip
ROWS = [(country, *row) for country, rows in TABLES.items() for row in rows]


def ours(country: str) -> Profile:
    """A profile with a channel that asks for making photos, where making is apart."""
    found = profile(country)
    return replace(found, making=(UseRule(MAKING),)) if found.making else found


@pytest.mark.parametrize(
    ("country", "subject", "rule", "day", "outcome", "reason"),
    [(row[0], *row[2:]) for row in ROWS],
    ids=[f"{row[0]}: {row[1]}" for row in ROWS],
)
def test_each_jurisdiction_decides_as_its_profile_says(
    country: str, subject: Subject, rule: UseRule, day: date, outcome: str, reason: str
) -> None:
    result = verdict(subject, rule, day, ours(country))
    assert (result.outcome, result.reason) == (outcome, reason)


def test_every_profile_that_is_shipped_has_a_table() -> None:
    assert {"nl", *TABLES} == set(resources.profiles())


def test_what_makes_nothing_permits_nothing_where_making_is_apart() -> None:
    nobody_asks = profile("be")
    assert [rule.asked for rule in nobody_asks.making] == [False] * 3
    assert (
        verdict(of(child(), *BOTH, *TAKEN), RULE, DAY, nobody_asks).reason is Reason.NOT_TAKEN
    )


def test_the_answers_about_the_use_are_told_where_the_making_forbids_it() -> None:
    ends = made("f", valid_until=DAY + 3 * D)
    subject = of(child(), *BOTH, made("m"), ends)
    permitted = verdict(subject, RULE, DAY, ours("be"))
    assert (permitted.permits, permitted.until) == (True, DAY + 3 * D)
    forbidden = verdict(subject, RULE, DAY + 4 * D, ours("be"))
    assert [voice.decision for voice in forbidden.voices] == list(BOTH)


def test_the_answer_ends_before_the_pupil_is_asked_too() -> None:
    found = verdict(of(PUPIL, *BOTH), RULE, DAY - 9 * D, profile("de"))
    assert (found.permits, found.until) == (True, DAY - D)


@pytest.mark.parametrize(
    ("signed", "months", "last"),
    [
        (date(2026, 9, 1), 12, date(2027, 8, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 9, 1), 0, date(9999, 12, 31)),
        (date(9999, 9, 1), 12, date(9999, 12, 31)),
    ],
)
def test_so_many_months_end_before_the_day_on_which_they_began(
    signed: date, months: int, last: date
) -> None:
    assert last_of(signed, months) == last


profiles = st.sampled_from(sorted(resources.profiles())).map(ours) | st.builds(
    Profile,
    decides_from=st.sampled_from([12, 16, 18]),
    joins_from=st.sampled_from([0, 0, 6, 12]),
    any_holder=st.booleans(),
    notice_days=st.none() | st.integers(0, 20),
    expires_months=st.sampled_from([0, 0, 1, 12]),
    making=st.sampled_from([(), (UseRule(MAKING),), (UseRule(MAKING, asked=False),)]),
)
days = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
said_of_making = st.lists(decisions.map(lambda one: one._replace(use=MAKING)), max_size=4)
children = st.builds(
    lambda subject, more: subject._replace(decisions=(*subject.decisions, *more)),
    subjects,
    said_of_making,
)
tied_children = st.builds(
    lambda subject, more: subject._replace(decisions=(*subject.decisions, *more)),
    tied_subjects,
    said_of_making,
)
uses = st.builds(
    lambda rule, noticed: replace(rule, noticed_on=tuple(noticed)),
    rules,
    st.lists(days, max_size=2),
)


@given(children, uses, days, profiles)
def test_a_no_never_becomes_a_yes_by_silence(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    before = verdict(subject, rule, day, band)
    more = subject._replace(guardians=(*subject.guardians, "silent"))
    assert before.outcome is not Outcome.NO or not verdict(more, rule, day, band).permits


@given(children, uses, days, profiles, st.sampled_from(["m", "f", "k"]), st.booleans())
def test_withdrawing_forbids_at_once(
    subject: Subject, rule: UseRule, day: date, band: Profile, who: str, making: bool
) -> None:
    use = MAKING if making and band.making else USE
    last = said(who, "withdrawn", day, id="w")._replace(use=use)
    after = verdict(subject._replace(decisions=(*subject.decisions, last)), rule, day, band)
    decides = who in {voice.decider_id for voice in after.voices}
    assert not (decides and after.permits)


@given(tied_children, uses, near, profiles, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    subject: Subject, rule: UseRule, day: date, band: Profile, rng: Random
) -> None:
    noticed = replace(rule, noticed_on=rule.noticed_on[::-1])
    first = verdict(subject, rule, day, band, DAY)
    second = verdict(mixed(subject, rng), noticed, day, band, DAY)
    assert in_any_order(first) == in_any_order(second)


@given(children, uses, days, profiles)
def test_a_flag_always_wins(subject: Subject, rule: UseRule, day: date, band: Profile) -> None:
    flagged = subject._replace(flags=(FlagFact("z", day, None, NOW),))
    assert verdict(flagged, rule, day, band).reason is Reason.SAFETY


@given(children, uses, days, profiles)
def test_without_any_yes_only_a_ground_or_a_notice_permits(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    silent = subject._replace(
        decisions=tuple(d for d in subject.decisions if d.answer is not Answer.YES)
    )
    found = verdict(silent, rule, day, band)
    told = found.reason is Reason.NOT_OBJECTED and any(day > one for one in rule.noticed_on)
    assert not found.permits or found.reason is Reason.GROUND or told


@given(children, uses, days, profiles)
def test_a_pupil_who_decides_alone_is_the_only_one_asked(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    born = birthday(day, -band.decides_from)
    found = verdict(subject._replace(birth_date=born), rule, day, band)
    assert {voice.decider_id for voice in found.voices} <= {subject.id}


@given(children, uses, days, profiles)
def test_a_pupil_who_is_asked_beside_others_never_speaks_for_them(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    own = tuple(one for one in subject.decisions if one.decider_id == subject.id)
    alone = subject._replace(birth_date=day - 5 * D, decisions=own)
    joined = replace(band, joins_from=1, decides_from=18, notice_days=None)
    grown = alone._replace(birth_date=birthday(day, -2))
    for one in (alone, grown):
        found = verdict(one, rule, day, joined)
        assert not found.permits or found.reason is Reason.GROUND


@given(children, uses, days, profiles)
def test_the_answer_holds_until_the_day_it_names(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    now = verdict(subject, rule, day, band)
    ahead = (day + timedelta(days=step) for step in range(90))
    changed = [d for d in ahead if verdict(subject, rule, d, band).outcome is not now.outcome]
    assert not [d for d in changed[:1] if d <= now.until]


@given(children, uses, days, days, profiles)
def test_knowing_what_day_it_is_never_permits_more(
    subject: Subject, rule: UseRule, day: date, today: date, band: Profile
) -> None:
    believed = verdict(subject, rule, day, band)
    assert believed.permits or not verdict(subject, rule, day, band, today).permits


@given(children, uses, days, profiles)
def test_several_uses_together_are_answered_as_each_alone(
    subject: Subject, rule: UseRule, day: date, band: Profile
) -> None:
    asked = (rule, UseRule(MAKING), UseRule("film:website"))
    together = verdicts(subject, asked, day, band)
    assert together == tuple(verdict(subject, one, day, band) for one in asked)
