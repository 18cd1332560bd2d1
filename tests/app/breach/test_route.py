"""A report about somebody who opens the inbox goes past him, by keys and not by a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.breach.report import my_reports, report_breach
from app.dossier.inbox import Filing, Person, file_report, open_report, waiting
from app.dossier.proof import signed_by
from app.dossier.records import Breach, Entry
from app.errors import Refusal
from tests.app.dossier.situations import (
    ABOUT_GUARDIAN,
    ABOUT_STAFF,
    PICTURE,
    PUPILS,
    STAFF,
    settle_in,
)
from tests.registers import DIRECTOR, Login

if TYPE_CHECKING:
    from app.breach.report import BreachDraft, SentReport
    from app.ports import Session
    from tests.registers import School

SECOND = Login("Fenna Dijk", "zwarte tros over witte bolder", ("director",))


@pytest.fixture
def two(school: School) -> School:
    """The school with a second director, who has signed in once."""
    code = school.director().add_user(SECOND.name, SECOND.roles)
    school.lock()
    school.keep(school.vault.enrol(school.folder, SECOND.name, code, SECOND.password))
    return school


def user_id(session: Session, name: str) -> str:
    return next(user.id for user in session.users() if user.name == name)


def about_director(school: School, draft: BreachDraft = ABOUT_STAFF) -> SentReport:
    """A report of the teacher about the first director, chosen from the list."""
    session = school.teacher()
    chosen = user_id(session, DIRECTOR.name)
    return report_breach(
        session, replace(draft, actor_name=DIRECTOR.name, actor_user=chosen, capacity="")
    )


def test_a_report_about_a_director_goes_to_the_other_one(two: School) -> None:
    sent = about_director(two)
    assert sent.boxes == (SECOND.name,)
    assert waiting(two.director()) == ()
    assert two.director().waiting(STAFF) == ()
    (line,) = waiting(two.unlock(SECOND))
    assert (line.compartment, line.boxed) == (STAFF, True)


def test_the_director_whom_it_is_about_cannot_open_it(two: School) -> None:
    about_director(two)
    (line,) = waiting(two.unlock(SECOND))
    session = two.director()
    for attempt in (session.unseal_message, lambda id: session.unseal(STAFF, id)):
        with pytest.raises(Refusal, match="not_found"):
            attempt(line.id)
    kept = [path for path in two.folder.rglob(line.id) if path.is_file()]
    assert kept
    own = kept[0].parent.parent / session.user.id
    own.mkdir(exist_ok=True)
    (own / line.id).write_bytes(kept[0].read_bytes())  # moved into his own box
    assert waiting(session) == ()
    with pytest.raises(Refusal, match="seal_broken"):
        session.unseal_message(line.id)


def test_a_name_that_was_typed_goes_past_its_owner_too(two: School) -> None:
    draft = replace(ABOUT_STAFF, actor_name=f" {DIRECTOR.name.upper()} ")
    assert report_breach(two.teacher(), draft).boxes == (SECOND.name,)
    namesake = replace(draft, actor_other=True)
    assert report_breach(two.teacher(), namesake).boxes == ()


def test_a_director_who_acted_as_a_parent_is_passed_by_as_well(two: School) -> None:
    draft = replace(
        ABOUT_GUARDIAN, actor_name=DIRECTOR.name, capacity="guardian", actor_user=""
    )
    sent = report_breach(two.teacher(), draft)
    assert (sent.compartment, sent.boxes) == (PUPILS, (SECOND.name,))


def test_a_report_about_a_teacher_goes_to_the_inbox(two: School) -> None:
    session = two.administrator()
    teacher = user_id(session, "Pjotr Żak")
    draft = replace(ABOUT_STAFF, actor_name="Pjotr Żak", actor_user=teacher)
    assert report_breach(session, draft).boxes == ()


def test_without_a_second_director_nothing_is_sent_and_it_is_said_what_to_do(
    school: School,
) -> None:
    with pytest.raises(Refusal) as refused:
        about_director(school)
    assert refused.value.message.id == "breach.only_reader"
    assert refused.value.message.values["name"] == DIRECTOR.name
    assert my_reports(school.teacher()) == ()


def test_a_second_director_who_never_signed_in_is_not_enough(school: School) -> None:
    school.director().add_user(SECOND.name, SECOND.roles)
    with pytest.raises(Refusal, match="only_reader"):
        about_director(school)


def test_the_only_director_can_report_himself(school: School) -> None:
    session = school.director()
    draft = replace(ABOUT_STAFF, actor_name=DIRECTOR.name)
    sent = report_breach(session, draft)
    (mine,) = my_reports(session)
    assert mine.report is not None
    assert (sent.boxes, mine.report.own) == ((), True)
    assert open_report(session, STAFF, sent.id).report.own
    with pytest.raises(Refusal, match="concerns_you"):
        file_report(session, STAFF, sent.id, Filing((settle_in(session).kees,)))


def test_a_teacher_can_report_himself_and_it_is_said(school: School) -> None:
    session = school.teacher()
    draft = replace(ABOUT_STAFF, actor_name=session.user.name, actor_user=session.user.id)
    sent = report_breach(session, draft)
    director = school.director()
    assert open_report(director, STAFF, sent.id).report.own
    kees = settle_in(director).kees
    filed = file_report(director, STAFF, sent.id, Filing((kees,)))
    assert (filed.breach.own_report, filed.breach.actor_user) == (True, draft.actor_user)


# -- filing what came past somebody -------------------------------------------------------------


def filed_past(two: School) -> tuple[Session, Breach]:
    about_director(two)
    session = two.unlock(SECOND)
    (line,) = waiting(session)
    filing = Filing((settle_in(session).kees,))
    return session, file_report(session, STAFF, line.id, filing).breach


def test_what_came_past_somebody_is_filed_once(two: School) -> None:
    session, breach = filed_past(two)
    assert waiting(session) == ()
    with session.look(STAFF) as reader:
        (kept,) = reader.all(Breach)
        entries = reader.all(Entry)
    assert (kept, kept.actor_user) == (breach, user_id(session, DIRECTOR.name))
    assert {entry.kind for entry in entries} == {"report", "evidence"}
    report = next(entry for entry in entries if entry.kind == "report")
    assert signed_by(session, STAFF, report) == "Pjotr Żak"


def test_its_author_gets_his_receipt(two: School) -> None:
    filed_past(two)
    (mine,) = my_reports(two.teacher())
    assert mine.received_at == two.clock.now()


def test_of_two_copies_one_is_filed(two: School) -> None:
    third = Login("Bo Riem", "blauwe kiel onder gele maan", ("director",))
    code = two.director().add_user(third.name, third.roles)
    two.lock()
    two.keep(two.vault.enrol(two.folder, third.name, code, third.password))
    assert len(about_director(two).boxes) == 2
    session = two.unlock(SECOND)
    (line,) = waiting(session)
    file_report(session, STAFF, line.id, Filing((settle_in(session).kees,)))
    assert waiting(two.unlock(third)) == ()


def test_its_files_arrive_whole(two: School) -> None:
    about_director(two)
    session = two.unlock(SECOND)
    (line,) = waiting(session)
    opened = open_report(session, STAFF, line.id)
    assert [(file.content, file.intact) for file in opened.files] == [(PICTURE, True)]
    assert opened.boxed


def test_who_it_is_about_files_nothing_about_himself(two: School) -> None:
    session = two.teacher()
    sent = report_breach(session, replace(ABOUT_STAFF, actor_name="de directeur"))
    director = two.director()
    himself = Person("f" * 32, DIRECTOR.name)
    settle_in(director)
    with pytest.raises(Refusal):
        file_report(director, STAFF, sent.id, Filing((himself,)))
    with director.look(STAFF) as reader:
        assert reader.all(Breach) == ()
