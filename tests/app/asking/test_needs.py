"""Who has to be asked: one row for each cause, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asking.contacts import counts_from
from app.asking.needs import Cause, Setting, latest_birth, who_to_ask
from app.consent.facts import (
    AuthorityFact,
    DecisionFact,
    FlagFact,
    PresenceFact,
    RetractionFact,
    Subject,
)
from app.consent.periods import birthday
from app.consent.profiles import Profile
from app.consent.records import Answer, Medium, UnclearAnswer
from app.consent.verdict import UseRule, verdicts
from app.people.records import AuthorityKind

DAY = date(2026, 11, 23)
LONG_AGO = date(2024, 9, 1)
AT = datetime(2024, 9, 1, 12, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BAND = Profile(decides_from=16)
WEB, GUIDE = "photo:website", "photo:guide"
SETTING = Setting(DAY, (UseRule(WEB), UseRule(GUIDE)), year_start=date(2026, 8, 1))
MOTHER, FATHER = "mother", "father"


def said(
    use: str, who: str = MOTHER, answer: Answer = Answer.YES, **fields: Any
) -> DecisionFact:
    id = f"{use} {who} {fields.get('signed_on', LONG_AGO)} {answer}"
    fields = {"signed_on": LONG_AGO, "recorded_at": AT, **fields}
    return DecisionFact(id=id, decider_id=who, use=use, answer=answer, **fields)


def holds(
    who: str, kind: AuthorityKind = AuthorityKind.JOINT_PARENTAL, **fields: Any
) -> AuthorityFact:
    known = {"start": None, "end": None, "recorded_at": AT, **fields}
    return AuthorityFact(f"{who} {kind} {known['start']}", who, kind, **known)


PUPIL = Subject(
    "pupil",
    date(2021, 5, 1),
    (MOTHER, FATHER),
    (PresenceFact("stay", LONG_AGO, None, AT),),
    (holds(MOTHER), holds(FATHER)),
)
EVERYTHING = tuple(said(use, who) for use in (WEB, GUIDE) for who in (MOTHER, FATHER))
ANSWERED = PUPIL._replace(decisions=EVERYTHING)


def asked(subject: Subject, setting: Setting = SETTING) -> dict[str, tuple[Cause, ...]]:
    return {due.decider_id: due.causes for due in who_to_ask(subject, setting, BAND)}


def without(who: str) -> tuple[DecisionFact, ...]:
    return tuple(fact for fact in EVERYTHING if fact.decider_id != who)


def unreadable(use: str, who: str = MOTHER, **fields: Any) -> UnclearAnswer:
    known = {"signed_on": DAY - timedelta(9), "recorded_at": NOW, **fields}
    known.setdefault("id", f"{use} {who} {known['signed_on']}")
    return UnclearAnswer(
        subject_id="pupil", decider_id=who, medium=Medium.PHOTO, channel=use.partition(":")[2],
        how="paper", **known
    )  # fmt: skip


UNCLEAR = {
    "nothing else was ever said": (
        PUPIL,
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR, Cause.NEVER), FATHER: (Cause.NEVER,)},
    ),
    "an older yes is asked about again": (
        ANSWERED, [unreadable(WEB)], {MOTHER: (Cause.UNCLEAR,)}),
    "an older no is asked about again": (
        PUPIL._replace(decisions=(*without(MOTHER), said(GUIDE), said(WEB, answer=Answer.NO))),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "a later answer settles it": (
        PUPIL._replace(decisions=(*EVERYTHING, said(WEB, signed_on=DAY))),
        [unreadable(WEB)],
        {},
    ),
    "a later answer about something else does not": (
        PUPIL._replace(decisions=(*EVERYTHING, said(GUIDE, signed_on=DAY))),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "a later answer of somebody else does not": (
        PUPIL._replace(decisions=(*EVERYTHING, said(WEB, FATHER, signed_on=DAY))),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "entered later on the same day": (
        PUPIL._replace(decisions=(
            *EVERYTHING,
            said(WEB, signed_on=DAY - timedelta(9), recorded_at=NOW + timedelta(hours=1)),
        )),
        [unreadable(WEB)],
        {},
    ),
    "entered before on the same day": (
        PUPIL._replace(decisions=(
            *EVERYTHING,
            said(WEB, signed_on=DAY - timedelta(9), recorded_at=NOW - timedelta(hours=1)),
        )),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "an older paper that came in later settles nothing": (
        PUPIL._replace(decisions=(
            *EVERYTHING, said(WEB, signed_on=DAY - timedelta(30), recorded_at=NOW + timedelta(1)),
        )),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "the answer that settled it was taken back": (
        PUPIL._replace(
            decisions=(*EVERYTHING, said(WEB, signed_on=DAY)),
            retractions=(RetractionFact(said(WEB, signed_on=DAY).id, NOW),),
        ),
        [unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "it was entered by mistake": (
        ANSWERED,
        [unreadable(WEB, id="u"), unreadable(WEB, id="w", replaces="u", taken_back=True)],
        {},
    ),
    "of two only the newer was followed by nothing": (
        PUPIL._replace(decisions=(*EVERYTHING, said(WEB, signed_on=DAY - timedelta(20)))),
        [unreadable(WEB, signed_on=DAY - timedelta(40)), unreadable(WEB)],
        {MOTHER: (Cause.UNCLEAR,)},
    ),
    "under a safety flag nobody is asked": (
        ANSWERED._replace(flags=(FlagFact("f", DAY, None, AT),)), [unreadable(WEB)], {}),
    "who decides no more is not asked": (
        ANSWERED._replace(authorities=(holds(MOTHER, AuthorityKind.NONE), holds(FATHER))),
        [unreadable(WEB)],
        {},
    ),
    "a use that is not asked any more": (ANSWERED, [unreadable("photo:gone")], {}),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "facts", "expected"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_nobody_can_read_is_asked_again(
    subject: Subject, facts: list[UnclearAnswer], expected: dict[str, tuple[Cause, ...]]
) -> None:
    found = who_to_ask(subject, SETTING, BAND, facts)
    assert {due.decider_id: due.causes for due in found} == expected


def test_asking_again_counts_from_the_day_it_was_found_unreadable() -> None:
    (due,) = who_to_ask(ANSWERED, SETTING, BAND, [unreadable(WEB)])
    assert counts_from(due.needs, None) == NOW.date()


def test_what_was_left_open_beside_it_does_not_make_it_asked() -> None:
    (due, _) = who_to_ask(PUPIL, SETTING, BAND, [unreadable(WEB)])
    assert counts_from(due.needs, {WEB: 1, GUIDE: 1}) == NOW.date()


CASES = {
    "nobody said anything": (
        PUPIL,
        SETTING,
        {MOTHER: (Cause.NEVER,), FATHER: (Cause.NEVER,)},
    ),
    "came this school year": (
        PUPIL._replace(presences=(PresenceFact("stay", date(2026, 8, 1), None, AT),)),
        SETTING,
        {MOTHER: (Cause.NEW_PUPIL,), FATHER: (Cause.NEW_PUPIL,)},
    ),
    "everybody answered": (ANSWERED, SETTING, {}),
    "one of two answered": (
        PUPIL._replace(decisions=without(FATHER)),
        SETTING,
        {FATHER: (Cause.NEVER,)},
    ),
    "a no is an answer": (
        PUPIL._replace(decisions=tuple(f._replace(answer=Answer.NO) for f in EVERYTHING)),
        Setting(DAY, (UseRule(WEB, scope=3), UseRule(GUIDE, scope=3))),
        {},
    ),
    "a withdrawal is an answer": (
        PUPIL._replace(decisions=(*EVERYTHING, said(WEB, answer=Answer.WITHDRAWN, signed_on=DAY))),
        SETTING,
        {},
    ),
    "the wording was widened": (
        ANSWERED,
        Setting(DAY, (UseRule(WEB, scope=2), UseRule(GUIDE))),
        {MOTHER: (Cause.WIDENED,), FATHER: (Cause.WIDENED,)},
    ),
    "widening touches only who said yes": (
        PUPIL._replace(decisions=(*without(FATHER), *(said(u, FATHER, Answer.NO) for u in (WEB, GUIDE)))),
        Setting(DAY, (UseRule(WEB, scope=2), UseRule(GUIDE))),
        {MOTHER: (Cause.WIDENED,)},
    ),
    "a yes lapsed yesterday": (
        PUPIL._replace(decisions=(*without(MOTHER), said(GUIDE), said(WEB, valid_until=DAY - timedelta(1)))),
        SETTING,
        {MOTHER: (Cause.EXPIRED,)},
    ),
    "a yes holds until today": (
        PUPIL._replace(decisions=(*without(MOTHER), said(GUIDE), said(WEB, valid_until=DAY))),
        SETTING,
        {},
    ),
    "one use was left open": (
        PUPIL._replace(decisions=(*without(MOTHER), said(GUIDE))),
        SETTING,
        {MOTHER: (Cause.LEFT_OPEN,)},
    ),
    "renewed after the answers": (
        ANSWERED,
        replace(SETTING, renewed=DAY),
        {MOTHER: (Cause.RENEWAL,), FATHER: (Cause.RENEWAL,)},
    ),
    "answered on the day of renewal": (
        ANSWERED,
        replace(SETTING, renewed=LONG_AGO),
        {},
    ),
    "renewal dated before a refusal": (
        PUPIL._replace(
            decisions=(*without(MOTHER), *(said(u, answer=Answer.NO, signed_on=DAY) for u in (WEB, GUIDE))),
        ),
        replace(SETTING, renewed=DAY - timedelta(30)),
        {FATHER: (Cause.RENEWAL,)},
    ),
    "turned sixteen today": (
        ANSWERED._replace(birth_date=date(2010, 11, 23)),
        SETTING,
        {"pupil": (Cause.OF_AGE,)},
    ),
    "a yes of his own from the day before": (
        PUPIL._replace(
            birth_date=date(2010, 11, 23),
            decisions=tuple(
                said(use, "pupil", signed_on=DAY - timedelta(days)) for use, days in ((WEB, 1), (GUIDE, 0))
            ),
        ),
        SETTING,
        {"pupil": (Cause.LEFT_OPEN,)},
    ),
    "a no of his own from the day before": (
        PUPIL._replace(
            birth_date=date(2010, 11, 23),
            decisions=tuple(
                said(use, "pupil", Answer.NO, signed_on=DAY - timedelta(1)) for use in (WEB, GUIDE)
            ),
        ),
        SETTING,
        {},
    ),
    "nothing but a yes that was too early": (
        PUPIL._replace(
            birth_date=date(2010, 11, 23), decisions=tuple(said(use, "pupil") for use in (WEB, GUIDE))
        ),
        SETTING,
        {"pupil": (Cause.OF_AGE,)},
    ),
    "sixteen tomorrow": (ANSWERED._replace(birth_date=date(2010, 11, 24)), SETTING, {}),
    "authority since last month": (
        PUPIL._replace(
            authorities=(holds(MOTHER), holds(FATHER, start=date(2026, 10, 1))),
            decisions=without(FATHER),
        ),
        SETTING,
        {FATHER: (Cause.AUTHORITY,)},
    ),
    "authority only from next month": (
        PUPIL._replace(
            authorities=(holds(MOTHER), holds(FATHER, start=date(2026, 12, 1))),
            decisions=without(FATHER),
        ),
        SETTING,
        {},
    ),
    "authority ended yesterday": (
        PUPIL._replace(
            authorities=(holds(MOTHER), holds(FATHER, end=DAY - timedelta(1))),
            decisions=without(FATHER),
        ),
        SETTING,
        {},
    ),
    "no authority": (
        PUPIL._replace(authorities=(holds(MOTHER), holds(FATHER, AuthorityKind.NONE)), decisions=without(FATHER)),
        SETTING,
        {},
    ),
    "authority not known": (
        PUPIL._replace(authorities=(holds(MOTHER),), decisions=without(FATHER)),
        SETTING,
        {FATHER: (Cause.NEVER,)},
    ),
    "two holders and a guardian by court": (
        PUPIL._replace(
            guardians=(MOTHER, FATHER, "voogd"),
            authorities=(*PUPIL.authorities, holds("voogd", AuthorityKind.GUARDIANSHIP)),
            decisions=EVERYTHING,
        ),
        SETTING,
        {"voogd": (Cause.NEVER,)},
    ),
    "moved to another site": (
        ANSWERED._replace(
            presences=(
                PresenceFact("a", LONG_AGO, DAY - timedelta(1), AT),
                PresenceFact("b", DAY, None, AT),
            ),
        ),
        SETTING,
        {},
    ),
    "left the school": (
        PUPIL._replace(presences=(PresenceFact("a", LONG_AGO, DAY - timedelta(1), AT),)),
        SETTING,
        {},
    ),
    "under a safety flag": (PUPIL._replace(flags=(FlagFact("f", DAY, None, AT),)), SETTING, {}),
    "an answer that was taken back": (
        ANSWERED._replace(retractions=tuple(RetractionFact(f.id, AT) for f in without(MOTHER))),
        SETTING,
        {FATHER: (Cause.NEVER,)},
    ),
    "what needs no consent is not asked": (
        PUPIL,
        Setting(DAY, (UseRule(WEB, ground="administration"),)),
        {},
    ),
    "what is switched off is not asked": (PUPIL, Setting(DAY, (UseRule(WEB, asked=False),)), {}),
    "a member of staff": (
        Subject("juf", None, (), (PresenceFact("", date.min, None, AT),), adult=True),
        SETTING,
        {"juf": (Cause.NEVER,)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "setting", "expected"), CASES.values(), ids=CASES)
def test_who_is_asked_and_why(
    subject: Subject, setting: Setting, expected: dict[str, tuple[Cause, ...]]
) -> None:
    assert asked(subject, setting) == expected


def test_a_need_names_the_use_and_what_its_wording_must_cover() -> None:
    setting = Setting(DAY, (UseRule(WEB, scope=2), UseRule(GUIDE)))
    (first, _) = who_to_ask(ANSWERED, setting, BAND)
    assert [(need.use, need.scope) for need in first.needs] == [(WEB, 2)]
    assert first.partly


# -- what always holds ------------------------------------------------------------------------

DAYS = st.integers(-800, 20).map(lambda days: DAY + timedelta(days))
DECISIONS = st.builds(
    said,
    st.sampled_from([WEB, GUIDE]),
    st.sampled_from([MOTHER, FATHER, "pupil"]),
    st.sampled_from(list(Answer)),
    signed_on=DAYS,
    scope=st.integers(1, 2),
    valid_until=st.none() | DAYS,
)
AUTHORITIES = st.builds(
    holds,
    st.sampled_from([MOTHER, FATHER]),
    st.sampled_from(list(AuthorityKind)),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
)
SUBJECTS = st.builds(
    Subject,
    st.just("pupil"),
    st.none() | st.sampled_from([date(2021, 5, 1), date(2010, 11, 23), date(2008, 2, 29)]),
    st.just((MOTHER, FATHER)),
    st.lists(st.builds(PresenceFact, st.uuids().map(str), DAYS, st.none() | DAYS, st.just(AT)), max_size=2).map(tuple),
    st.lists(AUTHORITIES, max_size=4, unique_by=lambda fact: fact.id).map(tuple),
    st.just(()),
    st.lists(DECISIONS, max_size=8, unique_by=lambda fact: fact.id).map(tuple),
)  # fmt: skip
UNREADABLE = st.builds(
    unreadable,
    st.sampled_from([WEB, GUIDE]),
    st.sampled_from([MOTHER, FATHER, "pupil"]),
    signed_on=DAYS,
    id=st.uuids().map(str),
)
SETTINGS = st.builds(
    Setting,
    st.just(DAY),
    st.tuples(
        st.builds(UseRule, st.just(WEB), scope=st.integers(1, 2)),
        st.builds(UseRule, st.just(GUIDE), scope=st.integers(1, 2)),
    ),
    st.just(date(2026, 8, 1)),
    st.none() | DAYS,
)


@given(SUBJECTS, SETTINGS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    subject: Subject, setting: Setting, chance: Any
) -> None:
    mixed = list(subject.decisions)
    chance.shuffle(mixed)
    assert who_to_ask(subject._replace(decisions=tuple(mixed)), setting, BAND) == who_to_ask(
        subject, setting, BAND
    )


@given(SUBJECTS, SETTINGS, st.lists(UNREADABLE, max_size=4))
def test_what_nobody_can_read_only_adds_to_what_is_asked(
    subject: Subject, setting: Setting, facts: list[UnclearAnswer]
) -> None:
    plain = {
        (due.decider_id, need.use)
        for due in who_to_ask(subject, setting, BAND)
        for need in due.needs
    }
    found = who_to_ask(subject, setting, BAND, facts)
    needs = {(due.decider_id, need.use): need.cause for due in found for need in due.needs}
    said_unclear = {(fact.decider_id, f"photo:{fact.channel}") for fact in facts}
    added = {pair for pair, cause in needs.items() if cause is Cause.UNCLEAR}
    assert plain <= needs.keys() <= plain | added
    assert added <= said_unclear


@given(SUBJECTS, SETTINGS)
def test_who_answered_everything_now_is_not_asked(subject: Subject, setting: Setting) -> None:
    fresh = [
        said(rule.use, due.decider_id, signed_on=DAY + timedelta(30), scope=9)
        for due in who_to_ask(subject, setting, BAND)
        for rule in setting.rules
    ]
    answered = subject._replace(decisions=(*subject.decisions, *fresh))
    assert who_to_ask(answered, replace(setting, day=DAY), BAND) == ()


@given(SUBJECTS, SETTINGS)
def test_only_deciders_are_asked_and_only_where_the_verdict_wants_more(
    subject: Subject, setting: Setting
) -> None:
    plain = replace(setting, renewed=None)
    found = verdicts(subject, setting.rules, DAY, BAND, DAY)
    silent = {
        (voice.decider_id, verdict.use)
        for verdict in found
        for voice in verdict.voices
        if voice.decision is None
    }
    ahead = {(f.decider_id, f.use) for f in subject.decisions if f.signed_on > DAY}
    early = {("pupil", rule.use) for rule in setting.rules}
    asked_about = {
        (due.decider_id, need.use)
        for due in who_to_ask(subject, plain, BAND)
        for need in due.needs
    }
    assert asked_about - silent - ahead == set()
    assert silent - asked_about - ahead - early == set()


@given(
    st.dates(date(1990, 1, 1), date(2020, 12, 31)), st.dates(date(2000, 1, 1), date(2050, 1, 1))
)
def test_who_is_of_age_follows_from_the_birth_date(born: date, day: date) -> None:
    assert (born <= latest_birth(day, 16)) is (birthday(born, 16) <= day)
