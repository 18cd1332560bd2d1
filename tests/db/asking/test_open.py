"""Finding who has to be asked: as the rule says, whatever was stored in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.asking.contacts import asked
from app.asking.needs import Cause, Setting, who_to_ask
from app.asking.questions import (
    AskingCounts,
    ContactsOf,
    CountOpen,
    NameParts,
    OpenPair,
    OpenPairs,
    Renewal,
    Selection,
)
from app.asking.records import Request, Round, RoundKind, Way
from app.consent.profiles import profile
from app.consent.questions import SubjectFacts, UnclearAbout
from app.consent.records import (
    Answer,
    Channel,
    FormVersion,
    IssuedForm,
    Medium,
    Retraction,
    SafetyFlag,
    UnclearAnswer,
)
from app.consent.verdict import UseRule
from app.languages import Texts
from app.people.records import (
    Authority,
    AuthorityKind,
    Group,
    Guardian,
    Relation,
    SchoolYear,
    Site,
    StaffMember,
)
from tests.db.store.hand import START, TODAY, Shelf, decision, enrolment, pupil, put, raw_of

if TYPE_CHECKING:
    from app.record import Record
    from db.store.compartment import CompartmentFile

LONG_AGO = date(2025, 9, 1)
USUAL = (0, 42, 400)
"""Days after which waiting is longer than usual."""
WEB, GUIDE = "photo:website", "photo:guide"
SETTING = Setting(TODAY, (UseRule(WEB), UseRule(GUIDE)), year_start=date(2026, 8, 1))


def channel(key: str) -> Channel:
    return Channel(id=f"c-{key}", key=key, texts=Texts(""), audience="public", media=("photo",))


def relation(id: str, guardian: str, position: int, pupil_id: str = "p1") -> Relation:
    return Relation(
        id=id, pupil_id=pupil_id, guardian_id=guardian, kind="parent", position=position
    )


def answer(id: str, use: str = WEB, **fields: Any) -> Record:
    return replace(
        decision(id), channel=use.partition(":")[2], **{"signed_on": LONG_AGO, **fields}
    )


def form(number: str, guardian: str = "m1", **fields: Any) -> IssuedForm:
    known = {"form_version_id": "v1", "issued_on": LONG_AGO, "pupil_id": "p1", **fields}
    return IssuedForm(
        id=f"form-{number}", number=number, guardian_id=guardian, language="nl", head="", digest="", **known
    )  # fmt: skip


def unreadable(id: str, use: str = WEB, decider: str = "m1", **fields: Any) -> UnclearAnswer:
    known = {"signed_on": LONG_AGO, "recorded_at": START, **fields}
    return UnclearAnswer(
        id=id, subject_id="p1", decider_id=decider, medium=Medium.PHOTO, channel=use.partition(":")[2], how="paper", **known
    )  # fmt: skip


def call(id: str, day: date, **fields: Any) -> Request:
    known = {"subject_id": "p1", "decider_id": "m1", "how": Way.PHONE, **fields}
    return Request(id=id, asked_on=day, recorded_at=START, **known)


def version(number: int, *uses: str) -> FormVersion:
    return FormVersion(
        id=f"v{number}", number=number, frozen_on=LONG_AGO, uses=uses, wording="", digest="", recorded_at=START
    )  # fmt: skip


BASE: tuple[Record, ...] = (
    Site(id="s1", name="Nijmegen"),
    SchoolYear(id="y1", name="2026-2027", start=date(2026, 8, 1), end=date(2027, 7, 31)),
    Group(id="g1", site_id="s1", school_year_id="y1", name="Zeester"),
    channel("website"),
    channel("guide"),
    replace(pupil("p1"), birth_date=date(2021, 1, 1)),
    Guardian(id="m1", first_name="Anna"),
    Guardian(id="m2", first_name="Bert"),
    relation("r1", "m1", 1),
    relation("r2", "m2", 2),
    version(1, f"{WEB}:1", f"{GUIDE}:1"),
    version(2, f"{WEB}:2", f"{GUIDE}:1"),
)
HERE = replace(enrolment("e1"), start=LONG_AGO)


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    put(file, *BASE, HERE)
    return file


def found(
    file: CompartmentFile, setting: Setting = SETTING, **fields: Any
) -> tuple[OpenPair, ...]:
    with file.look() as reader:
        return reader.ask(OpenPairs(setting, profile().decides_from, **fields))


def who(pairs: tuple[OpenPair, ...]) -> list[tuple[str, str]]:
    return [(pair.subject_id, pair.decider_id) for pair in pairs]


def test_both_parents_are_open_and_nobody_was_asked(file: CompartmentFile) -> None:
    assert found(file) == (
        OpenPair("p1", "m1", (Cause.NEVER,)),
        OpenPair("p1", "m2", (Cause.NEVER,)),
    )


def test_an_answer_closes_what_it_answers(file: CompartmentFile) -> None:
    put(file, answer("d1"), answer("d2", GUIDE))
    assert who(found(file)) == [("p1", "m2")]
    put(file, Retraction(id="x", decision_id="d2", subject_id="p1", recorded_at=START))
    (first, _) = found(file)
    assert (first.causes, first.partly) == ((Cause.LEFT_OPEN,), True)


def test_a_form_is_the_request_and_what_follows_reminds(file: CompartmentFile) -> None:
    put(file, call("call", TODAY), form("000001"))
    (first, second) = found(file)
    assert first.asked
    assert first.last
    assert (first.asked.how, first.asked.number, first.asked.version) == ("form", "000001", 1)
    assert (first.last.how, first.reminders) == ("phone", 1)
    assert second.asked is None


def test_a_request_that_was_taken_back_never_was(file: CompartmentFile) -> None:
    put(file, call("call", TODAY))
    put(file, replace(call("undo", TODAY), replaces="call", taken_back=True))
    assert found(file)[0].asked is None


def test_telling_that_one_can_withdraw_asks_for_nothing(file: CompartmentFile) -> None:
    put(
        file,
        Round(id="yearly", kind=RoundKind.REMINDER, started_on=TODAY, recorded_at=START),
        call("told", TODAY, round_id="yearly"),
    )
    assert found(file)[0].asked is None


def test_a_form_with_narrower_wording_is_no_request_after_a_widening(
    file: CompartmentFile,
) -> None:
    put(file, answer("d1"), answer("d2", GUIDE), form("000001"))
    wider = Setting(TODAY, (UseRule(WEB, scope=2), UseRule(GUIDE)))
    (first, _) = found(file, wider)
    assert (first.causes, first.asked) == ((Cause.WIDENED,), None)
    put(file, form("000002", form_version_id="v2", issued_on=TODAY))
    again = found(file, wider)[0].asked
    assert again
    assert again.number == "000002"


def test_a_renewal_asks_anew_and_older_forms_do_not_count(file: CompartmentFile) -> None:
    put(file, answer("d1"), answer("d2", GUIDE), form("000001"))
    (first, _) = found(file, renewals=(Renewal(TODAY),))
    assert (first.causes, first.asked) == ((Cause.RENEWAL,), None)
    assert who(found(file, renewals=(Renewal(TODAY, Selection(group_id="other")),))) == [
        ("p1", "m2")
    ]
    assert len(found(file, renewals=(Renewal(TODAY, Selection(site_id="s1")),))) == 2


def test_since_when_somebody_decides_is_told_child_by_child(file: CompartmentFile) -> None:
    begun, kind = date(2026, 10, 1), AuthorityKind.SOLE_PARENTAL
    put(
        file,
        pupil("p2"),
        relation("r3", "m2", 1, "p2"),
        replace(enrolment("e2", "p2"), start=LONG_AGO),
        Authority(
            id="a1", pupil_id="p2", guardian_id="m2", kind=kind, start=begun, recorded_at=START
        ),
    )
    causes = {(pair.subject_id, pair.decider_id): pair.causes for pair in found(file)}
    assert causes["p1", "m2"] == (Cause.NEVER,)
    assert causes["p2", "m2"] == (Cause.AUTHORITY,)


def test_a_form_of_before_an_answer_lapsed_is_no_request_for_another(
    file: CompartmentFile,
) -> None:
    put(
        file,
        form("000001"),
        answer("d1", valid_until=TODAY - timedelta(1)),
        answer("d2", GUIDE),
    )
    (first, _) = found(file)
    assert (first.causes, first.asked) == ((Cause.EXPIRED,), None)
    put(file, call("c", TODAY))
    again = found(file)[0].asked
    assert again
    assert again.how == "phone"


def test_one_pupil_only(file: CompartmentFile) -> None:
    put(
        file,
        pupil("p2"),
        relation("r3", "m2", 1, "p2"),
        StaffMember(id="juf", first_name="Els"),
    )
    put(file, enrolment("e2", "p2"))
    assert who(found(file, pupil_id="p2")) == [("p2", "m2")]
    assert len(found(file)) == 4


def test_staff_decide_for_themselves(file: CompartmentFile) -> None:
    put(
        file,
        StaffMember(id="juf", first_name="Els"),
        StaffMember(id="gone", first_name="Jo", left=True),
    )
    assert who(found(file))[2:] == [("juf", "juf")]
    put(file, replace(call("c", TODAY), subject_id="juf", decider_id="juf"))
    asked_ = found(file)[-1].asked
    assert asked_
    assert asked_.day == TODAY


def test_nobody_is_asked_under_a_safety_flag(file: CompartmentFile) -> None:
    put(file, SafetyFlag(id="f1", pupil_id="p1", start=TODAY, recorded_at=START))
    assert found(file) == ()


def test_without_anything_to_ask_nobody_is_asked(file: CompartmentFile) -> None:
    assert found(file, Setting(TODAY, (UseRule(WEB, ground="lessons"),))) == ()


def test_contacts_follow_who_was_merged(file: CompartmentFile) -> None:
    put(
        file, Guardian(id="m3", first_name="Ana"), relation("r3", "m3", 3), form("000003", "m3")
    )
    put(file, pupil("p2"), form("000004", pupil_id="p2"))
    with file.work("merged") as work:
        work.change(replace(pupil("p2"), merged_into="p1"))
        work.change(Guardian(id="m3", first_name="Ana", merged_into="m1"))
        work.commit()
    with file.look() as reader:
        known = reader.ask(ContactsOf("p1"))
    assert [(decider, contact.number) for decider, contact in known] == [
        ("m1", "000003"),
        ("m1", "000004"),
    ]
    asked_ = found(file)[0].asked
    assert asked_
    assert (asked_.number, found(file)[0].reminders) == ("000003", 1)


def test_contacts_come_apart_with_a_merger_that_was_a_mistake(file: CompartmentFile) -> None:
    put(file, pupil("p2"), form("000004", pupil_id="p2"))
    for into in ("p1", ""):
        with file.work("merged") as work:
            work.change(replace(pupil("p2"), merged_into=into))
            work.commit()
    with file.look() as reader:
        assert reader.ask(ContactsOf("p1")) == ()
        assert len(reader.ask(ContactsOf("p2"))) == 1


@pytest.mark.parametrize("table", ["pupil", "guardian"])
def test_mergers_are_found_without_reading_everybody(file: CompartmentFile, table: str) -> None:
    plan = f"EXPLAIN QUERY PLAN SELECT id, merged_into FROM {table} WHERE merged_into != ''"
    assert f"ix_{table}_merged_into" in str(raw_of(file).execute(plan).fetchall())


# -- as the rule says -------------------------------------------------------------------------

DAYS = st.integers(-500, 0).map(lambda days: TODAY + timedelta(days))
PEOPLE = st.sampled_from(["m1", "m2"])
ANSWERS = st.builds(
    answer,
    st.just(""),
    st.sampled_from([WEB, GUIDE]),
    decider_id=st.sampled_from(["m1", "m2", "p1"]),
    answer=st.sampled_from(list(Answer)),
    signed_on=DAYS,
    valid_until=st.none() | DAYS,
    scope=st.integers(1, 2),
)
RIGHTS = st.builds(
    Authority,
    id=st.just(""),
    pupil_id=st.just("p1"),
    guardian_id=PEOPLE,
    kind=st.sampled_from(list(AuthorityKind)),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
    recorded_at=st.just(START),
)
FORMS = st.builds(
    form,
    st.just(""),
    PEOPLE,
    form_version_id=st.sampled_from(["v1", "v2"]),
    issued_on=DAYS,
)
UNREADABLE = st.builds(
    unreadable,
    st.just(""),
    st.sampled_from([WEB, GUIDE]),
    st.sampled_from(["m1", "m2", "p1"]),
    signed_on=DAYS,
)
CALLS = st.builds(call, st.just(""), DAYS, decider_id=PEOPLE)


@dataclass(frozen=True)
class Story:
    """What was stored about one pupil."""

    born: date
    start: date
    answers: list[Any]
    rights: list[Authority]
    contacts: list[Any]
    renewed: date | None
    scope: int
    unreadable: list[UnclearAnswer]


STORIES = st.builds(
    Story,
    st.sampled_from([date(2021, 1, 1), date(2010, 11, 22)]),
    DAYS,
    st.lists(ANSWERS, max_size=6),
    st.lists(RIGHTS, max_size=3),
    st.lists(FORMS | CALLS, max_size=4),
    st.none() | DAYS,
    st.integers(1, 2),
    st.lists(UNREADABLE, max_size=3),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(STORIES, st.randoms(use_true_random=False))
def test_found_as_the_rule_says(
    tmp_path_factory: pytest.TempPathFactory, story: Story, chance: Any
) -> None:
    facts: list[Any] = [replace(one, id=f"d{n}") for n, one in enumerate(story.answers)]
    facts += [replace(one, id=f"a{n}") for n, one in enumerate(story.rights)]
    facts += [replace(one, id=f"u{n}") for n, one in enumerate(story.unreadable)]
    for n, one in enumerate(story.contacts):
        more = {"number": f"{n:06}"} if isinstance(one, IssuedForm) else {}
        facts.append(replace(one, id=f"k{n}", **more))
    chance.shuffle(facts)
    rules = (UseRule(WEB, scope=story.scope), UseRule(GUIDE))
    setting = Setting(TODAY, rules, date(2026, 8, 1))
    with Shelf(tmp_path_factory.mktemp("asking")).opened() as file:
        put(file, *BASE)
        with file.work("born") as work:
            work.change(replace(pupil("p1"), birth_date=story.born))
            work.commit()
        put(file, replace(HERE, start=story.start))
        for fact in facts:
            put(file, fact)
        renewals = (Renewal(story.renewed),) if story.renewed else ()
        wanted = expected(file, replace(setting, renewed=story.renewed))
        tallies = [counted(file, days, setting, renewals=renewals) for days in USUAL]
        assert found(file, setting, renewals=renewals) == wanted
        assert tallies == [tally(wanted, days) for days in USUAL]
        assert in_parts(file, USUAL[0], setting, renewals=renewals) == tallies[0]


def counted(
    file: CompartmentFile, days: int, setting: Setting = SETTING, **fields: Any
) -> AskingCounts:
    question = OpenPairs(setting, profile().decides_from, **fields)
    with file.look() as reader:
        return reader.ask(CountOpen(question, days))


def in_parts(file: CompartmentFile, days: int, setting: Setting, **fields: Any) -> AskingCounts:
    with file.look() as reader:
        parts = reader.ask(NameParts(1))
    return reduce(
        AskingCounts.plus,
        (counted(file, days, setting, **fields, part=part) for part in parts),
    )


def tally(pairs: tuple[OpenPair, ...], days: int) -> AskingCounts:
    """What the list says when somebody counts its lines."""
    silent = [one for one in pairs if one.causes != (Cause.LEFT_OPEN,)]
    waiting = [(TODAY - one.last.day).days for one in silent if one.last]
    return AskingCounts(
        to_ask=len(silent) - len(waiting),
        waiting=len(waiting),
        overdue=sum(each > days for each in waiting),
        partly=len(pairs) - len(silent),
    )


def expected(file: CompartmentFile, setting: Setting) -> tuple[OpenPair, ...]:
    with file.look() as reader:
        subject = reader.ask(SubjectFacts("p1"))
        known = reader.ask(ContactsOf("p1"))
        unclear = reader.ask(UnclearAbout(("p1",)))
    assert subject
    scopes = {1: {WEB: 1, GUIDE: 1}, 2: {WEB: 2, GUIDE: 1}}
    rows = []
    for due in who_to_ask(subject, setting, profile(), unclear):
        noted = [contact for decider, contact in known if decider == due.decider_id]
        when = asked(due.needs, noted, scopes)
        rows.append(
            OpenPair(
                "p1",
                due.decider_id,
                due.causes,
                when.first if when else None,
                when.last if when else None,
                len(when.reminders) if when else 0,
                due.partly,
            )
        )
    return tuple(rows)


def test_what_nobody_can_read_is_open_although_everything_was_answered(
    file: CompartmentFile,
) -> None:
    put(file, *(answer(f"d{n}", use) for n, use in enumerate((WEB, GUIDE))))
    put(file, unreadable("u1", signed_on=TODAY))
    (mother, _) = found(file)
    assert (mother.decider_id, mother.causes) == ("m1", (Cause.UNCLEAR,))
    put(file, unreadable("u2", signed_on=TODAY, replaces="u1", taken_back=True))
    assert who(found(file)) == [("p1", "m2")]


def test_a_member_of_staff_is_asked_again_too(file: CompartmentFile) -> None:
    member = StaffMember(id="juf", first_name="Bea", surname="Vis")
    said = [
        answer(f"s{n}", use, subject_id="juf", decider_id="juf")
        for n, use in enumerate((WEB, GUIDE))
    ]
    put(file, member, *said)
    assert ("juf", "juf") not in who(found(file))
    put(file, replace(unreadable("u1", decider="juf", signed_on=TODAY), subject_id="juf"))
    assert ("juf", "juf") in who(found(file))


def test_what_nobody_can_read_follows_who_was_merged(file: CompartmentFile) -> None:
    put(file, *(answer(f"d{n}", use, decider_id="m2") for n, use in enumerate((WEB, GUIDE))))
    put(file, unreadable("u1", signed_on=TODAY))
    assert ("p1", "m2") not in who(found(file))
    with file.work("merged") as work:
        work.change(replace(work.get(Guardian, "m1"), merged_into="m2"))
        work.commit()
    causes = {one.decider_id: one.causes for one in found(file)}
    assert causes["m2"] == (Cause.UNCLEAR,)


def test_media_have_places_of_their_own() -> None:
    from db.asking.standing import coded, places_of, read_words

    places = places_of(["website", "guide"])
    assert list(places)[:4] == [WEB, "film:website", "audio:website", GUIDE]
    assert len(places) == 2 * len(Medium)
    assert coded({}, places) == ("", "")
    assert read_words("", "", tuple(places)) == {}
