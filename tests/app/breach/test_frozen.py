"""What goes with a report by itself: the register's answers, the version, the files' arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.draft import BreachDraft
from app.breach.evidence import EvidenceFile
from app.breach.guide import begin_report, fitting, standing
from app.breach.people import find_actors, find_involved
from app.breach.report import my_reports, report_breach
from app.breach.sealed import Affected, Involved
from app.check.answer import find_pupils
from app.dossier.inbox import Filing, Person, file_report, open_report
from app.errors import Message, Refusals
from app.people.people import GuardianDraft, save_guardian
from app.protocol.known import why_of
from app.protocol.load import load_protocol
from app.record import Compartment
from tests.app.dossier.situations import (
    ABOUT_GUARDIAN,
    ABOUT_STAFF,
    PUPILS,
    STAFF,
    reported,
    settle_in,
)

if TYPE_CHECKING:
    from app.breach.sealed import Report
    from app.ports import Session
    from tests.registers import School
    from tests.sample import Sample

LOVK = load_protocol("lovk-2023")
TODAY = date(2026, 11, 22)


def sent(session: Session, draft: BreachDraft) -> Report:
    """A report as its author keeps it."""
    report_breach(session, draft)
    found = my_reports(session)[0].report
    assert found is not None
    return found


def about_child(session: Session, **change: Any) -> BreachDraft:
    """A film of a child of the check list on the school's website."""
    hit = find_pupils(session, "zoe")[0]
    draft = replace(
        ABOUT_STAFF,
        actor_name="Iemand",
        affected=(Affected(hit.name, hit.id), Affected("Onbekend Kind")),
        medium="film",
        channel="website",
    )
    return replace(draft, **change)


def test_a_teacher_freezes_the_check_list_with_its_number(sample: Sample) -> None:
    session = sample.teacher()
    report = sent(session, about_child(session))
    assert report.register is not None
    assert (report.register.source, report.register.doubt) == ("list", "")
    assert report.register.number > 0
    assert report.register.published_at is not None
    (answer,) = report.register.answers
    assert (answer.use, answer.id) == ("film:website", report.affected[0].id)
    assert answer.outcome
    assert answer.why


def test_a_list_that_is_stale_is_frozen_with_that_doubt(sample: Sample) -> None:
    session = sample.teacher()
    draft = about_child(session)
    sample.clock.move(timedelta(days=400))
    session = sample.teacher()
    today = session.clock.today()
    report = sent(session, replace(draft, occurred_on=today, discovered_on=today))
    assert report.register is not None
    assert report.register.doubt
    assert {answer.outcome for answer in report.register.answers} == {"ask"}


def test_whoever_opens_consent_freezes_what_was_known_that_day(sample: Sample) -> None:
    session = sample.administrator()
    today = {"occurred_on": TODAY, "discovered_on": TODAY}
    report = sent(session, about_child(session, **today))
    assert report.register is not None
    assert (report.register.source, report.register.day) == ("register", TODAY)
    assert [answer.use for answer in report.register.answers] == ["film:website"]


def test_a_register_that_knew_nothing_that_day_says_so(sample: Sample) -> None:
    session = sample.administrator()
    report = sent(session, about_child(session))
    assert report.register is not None
    assert (report.register.answers, report.register.day) == ((), date(2026, 11, 2))
    assert "wist het register" in report.register.doubt


@pytest.mark.parametrize("medium", ["text", ""])
def test_without_a_recording_nothing_is_asked_of_the_register(
    sample: Sample, medium: str
) -> None:
    session = sample.teacher()
    assert sent(session, about_child(session, medium=medium)).register is None


def test_without_a_channel_every_use_of_the_medium_is_frozen(sample: Sample) -> None:
    session = sample.teacher()
    report = sent(session, about_child(session, channel=""))
    assert report.register is not None
    uses = {answer.use.partition(":")[0] for answer in report.register.answers}
    assert uses == {"film"}
    assert len(report.register.answers) > 1


def test_the_director_s_register_stands_beside_what_the_teacher_saw(sample: Sample) -> None:
    session = sample.teacher()
    draft = about_child(session)
    made = report_breach(session, draft)
    director = sample.director()
    child = draft.affected[0]
    with director.look(Compartment.CONSENT) as reader:
        assert reader.head().number
    filing = Filing((Person(settle_staff(director), "Kees Smit"),))
    breach = file_report(director, STAFF, made.id, filing).breach
    assert breach.register_said.count('"source":"list"') == 1
    assert breach.register_said.count('"source":"register"') == 1
    assert child.id in breach.register_said


def settle_staff(session: Session) -> str:
    return settle_in(session).kees.id


# -- versions ---------------------------------------------------------------------------------


def test_an_event_of_before_names_the_version_of_then(school: School) -> None:
    session = school.teacher()
    early = replace(ABOUT_STAFF, occurred_on=date(2023, 1, 9), articles=())
    assert sent(session, early).protocol == "lovk-2018"
    with pytest.raises(Refusals) as refused:
        report_breach(session, replace(early, articles=("A5",)))
    assert {(one.field, one.message.id) for one in refused.value.found} == {
        ("articles", "breach.article_unknown")
    }


def test_an_event_before_any_protocol_can_be_reported(school: School) -> None:
    session = school.teacher()
    report = sent(session, replace(ABOUT_STAFF, occurred_on=date(2017, 5, 1), articles=()))
    assert (report.protocol, report.articles) == ("lovk-2018", ())


def test_the_day_of_finding_is_today_when_nothing_is_said(school: School) -> None:
    assert (
        sent(school.teacher(), replace(ABOUT_STAFF, discovered_on=None)).discovered_on == TODAY
    )


def test_a_file_carries_when_it_arrived_and_what_it_can_do(school: School) -> None:
    session = school.teacher()
    at = session.clock.now()
    page = EvidenceFile("pagina.html", b"<html><script>1</script>", "opgeslagen", at)
    school.clock.move(timedelta(hours=2))
    report = sent(session, replace(ABOUT_STAFF, files=(page,)))
    (note,) = report.evidence
    assert (note.arrived_at, note.warnings) == (at, ("script", "page"))
    director = school.director()
    (waiting,) = director.waiting(STAFF)
    (file,) = open_report(director, STAFF, waiting.id).files
    assert (file.arrived_at, file.warnings, file.intact) == (at, note.warnings, True)


# -- several people, two capacities -------------------------------------------------------------

OTHERS = (
    Involved("witness", "Bo Riem", "guardian"),
    Involved("actor", "Fenna Dijk", "staff"),
)


def test_others_are_filed_with_their_roles(school: School) -> None:
    made = reported(school, replace(ABOUT_STAFF, people=OTHERS))
    director = school.director()
    breach = file_report(director, STAFF, made.id, Filing((settle_in(director).kees,))).breach
    assert '"role":"witness"' in breach.people
    assert "Fenna Dijk" in breach.people


def filed_twofold(school: School, **change: Any) -> Filing:
    """A father who also works at the school; the report is about the parent."""
    made = reported(
        school, replace(ABOUT_GUARDIAN, actor_name="Kees Smit", capacity="guardian")
    )
    session = school.director()
    people = settle_in(session)
    draft = GuardianDraft("Kees", "K.", "", "Smit", "", "", "", "")
    father = save_guardian(session, draft, people.zoe.id, "father")
    kees = Person(father.id, "Kees Smit")
    filing = replace(Filing((people.zoe,), kees), **change)
    file_report(session, PUPILS, made.id, filing)
    return filing


def test_the_capacity_that_the_reporter_gave_is_enough(school: School) -> None:
    filed_twofold(school)
    with school.director().look(PUPILS) as reader:
        from app.dossier.records import Breach

        (breach,) = reader.all(Breach)
    assert (breach.capacity, breach.actor_kind) == ("guardian", "guardian")


def test_a_capacity_that_does_not_fit_the_kind_is_refused(school: School) -> None:
    with pytest.raises(Refusals) as refused:
        filed_twofold(school, capacity="staff")
    assert refused.value.found[0].message.id == "breach.capacity_other"


def test_a_director_is_asked_in_which_capacity(school: School) -> None:
    made = reported(school, replace(ABOUT_GUARDIAN, actor_name="een vader"))
    session = school.director()
    people = settle_in(session)
    draft = GuardianDraft("Kees", "K.", "", "Smit", "", "", "", "")
    father = save_guardian(session, draft, people.zoe.id, "father")
    filing = Filing((people.zoe,), Person(father.id, "Kees Smit"))
    with pytest.raises(Refusals) as refused:
        file_report(session, PUPILS, made.id, filing)
    assert [(r.field, r.message.id) for r in refused.value.found] == [
        ("capacity", "breach.capacity_missing")
    ]
    filed = file_report(session, PUPILS, made.id, replace(filing, capacity="guardian"))
    assert filed.breach.capacity == "guardian"


def test_what_is_filed_says_whether_the_rules_were_known(school: School) -> None:
    made = reported(school)
    session = school.director()
    filed = file_report(session, STAFF, made.id, Filing((settle_in(session).kees,)))
    assert (filed.breach.known, filed.breach.known_from) == ("yes", date(2024, 5, 30))
    assert (filed.breach.protocol, filed.breach.protocol_version) == ("lovk-2023", 1)
    said = why_of(filed.breach.known_why)
    assert said == Message("protocol.known_no_start_staff", {"published": date(2024, 5, 30)})


def test_the_director_s_articles_stand_beside_the_reporter_s(school: School) -> None:
    made = reported(school)
    session = school.director()
    filing = Filing((settle_in(session).kees,), articles=("A6",))
    breach = file_report(session, STAFF, made.id, filing).breach
    assert (breach.articles, breach.reported_articles) == (("A6",), ("A5", "A6"))


# -- guidance, and finding people -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({}, set()),
        ({"made": True}, set()),
        ({"made": True, "medium": "film"}, {"A6"}),
        ({"shared": True, "medium": "photo"}, {"A5"}),
        ({"shared": True, "medium": "text"}, {"A5"}),
        ({"made": True, "shared": True, "medium": "audio"}, {"A5", "A6"}),
        ({"made": True, "medium": "text"}, set()),
    ],
)
def test_articles_that_may_fit_are_pointed_out(change: dict[str, Any], ids: set[str]) -> None:
    draft = BreachDraft(actor_kind="guardian", **change)
    assert set(fitting(LOVK, draft)) == ids


def test_it_is_said_beforehand_whom_a_report_passes(school: School) -> None:
    begun = begin_report(school.teacher())
    director = next(user for user in begun.users if "director" in user.roles)
    about = BreachDraft(actor_kind="staff", actor_user=director.id)
    assert standing(begun, about, TODAY).past
    mine = BreachDraft(actor_kind="staff", actor_user=begun.me)
    found = standing(begun, mine, TODAY)
    assert (found.own, found.past) == (True, False)
    parent = BreachDraft(actor_kind="guardian", actor_name=director.name)
    assert standing(begun, parent, TODAY).capacity


def test_people_are_found_as_far_as_one_may_see_them(sample: Sample) -> None:
    teacher = sample.teacher()
    assert {one.kind for one in find_actors(teacher, "staff", "a")} <= {"staff"}
    account, listed = find_actors(teacher, "staff", teacher.user.name)
    assert (account.user, account.id) == (teacher.user.id, "")
    assert (listed.user, listed.name) == ("", "Kees Smit")  # from the check list
    assert find_actors(teacher, "guardian", "a") == ()
    assert find_actors(teacher, "staff", " ") == ()
    assert any(one.kind == "pupil" for one in find_involved(teacher, "zoe"))
    director = sample.director()
    assert {one.kind for one in find_actors(director, "guardian", "a")} == {"guardian"}
