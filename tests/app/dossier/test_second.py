"""A second person's signature: who is asked, who may sign, and whether it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.report import report_breach
from app.dossier.correct import correct_step
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, file_report
from app.dossier.second import is_countersigned
from app.dossier.signing import ask_second, asked_of_me, can_sign, countersign
from app.errors import Refusal, Refusals
from app.letters.issue import issue_letter
from tests.app.dossier.hearing import begun, lacking, opened, take
from tests.app.dossier.samples import BREACH
from tests.app.dossier.situations import ABOUT_STAFF, STAFF, settle_in, walk
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_issuing import PRESS, to_staff
from tests.registers import DIRECTOR, TEACHER, Login

if TYPE_CHECKING:
    from app.ports import Session
    from app.procedures.answers import Answers
    from tests.registers import School

pytestmark = pytest.mark.usefixtures("hearing")
OTHER = Login("Hanna Vermeer", "drie lampen op de kade", ("director",))
SENT: Answers = {"sent_on": date(2026, 11, 20), "sent_how": "registered"}
SAID = "Ik heb het dossier gelezen en ben het met de stap eens."


def second_director(school: School) -> None:
    """A second director joins the school."""
    code = school.director().add_user(OTHER.name, OTHER.roles)
    school.lock()
    school.vault.enrol(school.folder, OTHER.name, code, OTHER.password).lock()


def decided(school: School) -> tuple[str, str]:
    """A case in which the first director decided; ids of the case and of that step."""
    second_director(school)
    session = school.director()
    case_id = begun(session)
    take(session, case_id, "announce", **SENT)
    take(session, case_id, "take_views", views="Ik zag het anders.")
    return case_id, take(session, case_id, "decide", decided_on=date(2026, 11, 22)).id


def user_id(session: Session, name: str) -> str:
    return next(user.id for user in session.users() if user.name == name)


def test_nothing_goes_on_before_the_second_signature(school: School) -> None:
    case_id, step_id = decided(school)
    session = school.director()
    assert lacking(session, case_id, "close") == ["dossier.lacks_second"]
    with pytest.raises(Refusal, match="lacks_second"):
        take(session, case_id, "close")
    countersign(school.unlock(OTHER), STAFF, case_id, step_id, SAID)
    assert lacking(school.director(), case_id, "close") == []


def test_who_is_asked_finds_it_and_signs(school: School) -> None:
    case_id, step_id = decided(school)
    session = school.director()
    file = opened(session, case_id).file
    assert [user.name for user in can_sign(session, file, STAFF)] == [OTHER.name]
    ask_second(session, STAFF, case_id, step_id, user_id(session, OTHER.name))
    assert asked_of_me(session) == ()
    assert acts(session, STAFF)[-1] == "second_asked"
    other = school.unlock(OTHER)
    (asked,) = asked_of_me(other)
    assert (asked.case_id, asked.number, asked.asked_by) == (
        case_id,
        "2026-001",
        DIRECTOR.name,
    )
    countersign(other, STAFF, case_id, step_id, SAID)
    assert asked_of_me(other) == ()
    line = opened(other, case_id).seconds[-1]
    assert (line.by, line.statement, line.shown, line.asked) == (OTHER.name, SAID, True, ())


@pytest.mark.parametrize("statement", ["", "  "])
def test_a_signature_says_what_is_declared(school: School, statement: str) -> None:
    case_id, step_id = decided(school)
    with pytest.raises(Refusals, match="statement_missing"):
        countersign(school.unlock(OTHER), STAFF, case_id, step_id, statement)


def test_who_took_the_step_is_no_second(school: School) -> None:
    case_id, step_id = decided(school)
    session = school.director()
    with pytest.raises(Refusal, match="second_is_first"):
        countersign(session, STAFF, case_id, step_id, SAID)
    with pytest.raises(Refusal, match="second_cannot"):
        ask_second(session, STAFF, case_id, step_id, session.user.id)


def test_nobody_signs_twice(school: School) -> None:
    case_id, step_id = decided(school)
    session = school.unlock(OTHER)
    countersign(session, STAFF, case_id, step_id, SAID)
    with pytest.raises(Refusal, match="second_done"):
        countersign(session, STAFF, case_id, step_id, SAID)


def test_a_step_that_asks_for_none_is_not_signed(school: School) -> None:
    case_id, _ = decided(school)
    session = school.unlock(OTHER)
    views = opened(session, case_id).file.state.taken[1].record.id
    with pytest.raises(Refusal, match="no_second"):
        countersign(session, STAFF, case_id, views, SAID)


def test_a_step_that_was_corrected_is_signed_anew(school: School) -> None:
    case_id, step_id = decided(school)
    other = school.unlock(OTHER)
    countersign(other, STAFF, case_id, step_id, SAID)
    earlier: Answers = {"decided_on": date(2026, 11, 21)}
    correct_step(school.director(), STAFF, case_id, step_id, earlier, "Een dag eerder.")
    session = school.unlock(OTHER)
    assert lacking(session, case_id, "close") == ["dossier.lacks_second"]
    countersign(session, STAFF, case_id, step_id, SAID)
    assert lacking(session, case_id, "close") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": "Iets anders."},
        {"signature": "{}"},
        {"signature": "geen handtekening"},
        {"by": "Iemand anders"},
        {"recorded_at": datetime(2026, 11, 22, 11, tzinfo=UTC)},
    ],
)
def test_a_signature_that_does_not_hold_counts_for_nothing(
    school: School, changes: dict[str, Any]
) -> None:
    case_id, step_id = decided(school)
    session = school.unlock(OTHER)
    countersign(session, STAFF, case_id, step_id, SAID)
    file = opened(session, case_id).file
    forged = replace(file.signatures[0], **changes)
    assert is_countersigned(session, file)
    assert not is_countersigned(session, replace(file, signatures=(forged,)))


def test_a_signature_of_somebody_who_left_still_holds(school: School) -> None:
    case_id, step_id = decided(school)
    countersign(school.unlock(OTHER), STAFF, case_id, step_id, SAID)
    session = school.director()
    session.revoke_user(user_id(session, OTHER.name))
    assert lacking(school.director(), case_id, "close") == []


# -- the one whom it is about -----------------------------------------------------------------


@pytest.mark.parametrize("by_account", [True, False])
def test_the_one_concerned_takes_no_step(school: School, *, by_account: bool) -> None:
    second_director(school)
    session = school.director()
    about = replace(BREACH, actor_name=DIRECTOR.name)
    if by_account:
        about = replace(BREACH, actor_user=session.user.id, actor_name="J. de Wit")
    case_id = begun(session, about)
    assert opened(session, case_id).concerned
    assert lacking(session, case_id, "announce") == ["dossier.lacks_other_handler"]
    with pytest.raises(Refusal, match="lacks_other_handler"):
        take(session, case_id, "announce", **SENT)
    other = school.unlock(OTHER)
    step = take(other, case_id, "announce", **SENT)
    with pytest.raises(Refusal, match="lacks_other_handler"):
        countersign(school.director(), STAFF, case_id, step.id, SAID)
    with pytest.raises(Refusal, match="lacks_other_handler"):
        correct_step(school.director(), STAFF, case_id, step.id, SENT, "Zomaar.")


def test_the_same_name_is_enough_without_an_account_only(school: School) -> None:
    session = school.director()
    other = user_id(session, TEACHER.name)
    about = replace(BREACH, actor_user=other, actor_name=DIRECTOR.name)
    assert not opened(session, begun(session, about)).concerned


def test_who_reported_it_says_why_the_same_person_decides(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    sent = report_breach(session, ABOUT_STAFF)
    filed = file_report(session, STAFF, sent.id, Filing((people.kees,)))
    case_id = walk(session, filed, STAFF, "plan_talk", "hold_talk")
    assert lacking(session, case_id, "warn") == ["dossier.lacks_reporter_note"]
    why = NewEntry("note", date(2026, 11, 22), "Wie besluit", "Er is één directeur.", case_id)
    add_entry(session, STAFF, filed.dossiers[0].id, why)
    assert lacking(session, case_id, "warn") == []


def test_the_one_concerned_corrects_no_letter_about_himself(school: School) -> None:
    kees = Login("Kees Smit", "zeven meeuwen op het dak", ("director",))
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    code = session.add_user(kees.name, kees.roles)
    school.lock()
    school.vault.enrol(school.folder, kees.name, code, kees.password).lock()
    again = replace(request, answers={}, replaces=letter.id, reason="Anders.")
    with pytest.raises(Refusal, match="lacks_other_handler"):
        issue_letter(school.unlock(kees), PRESS, again)
    issue_letter(school.director(), PRESS, again)
