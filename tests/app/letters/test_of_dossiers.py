"""Letters of a dossier: no case, values given, the same pipeline as a letter of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.dossier.dossiers import open_dossier
from app.dossier.entries import begin_dossier
from app.dossier.records import Breach, Case, Entry, Letter, Step
from app.errors import Refusal, Refusals
from app.ids import new_id
from app.letters.dossier import ABOUT, OTHER, TO, TO_ADDRESS, TO_NAME, dossier_templates
from app.letters.facts import from_json
from app.letters.issue import begin_letter, draft_letter, issue_letter, reprint
from app.letters.requests import LetterRequest
from reports.press import PaperPress
from tests.app.dossier.situations import PUPILS, STAFF, filed_about_father, filed_about_staff
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_issuing import to_staff

if TYPE_CHECKING:
    from app.dossier.inbox import FiledReport
    from app.letters.issue import LetterDraft
    from app.ports import Session
    from app.procedures.answers import Answer, Answers
    from tests.registers import School

PRESS = PaperPress()
KEYS = ["inspector_report", "police_cover", "access_answer", "destruction_certificate"]
BOARD = {TO: OTHER, TO_NAME: "Stichting Varend Onderwijs", TO_ADDRESS: "Havenweg 2\n3311 BB  D"}
WHY = "De dag was verkeerd."


def given(draft: LetterDraft) -> Answers:
    """Good answers to everything that a letter asks, for the board."""
    values: dict[str, Answer] = {
        ask.field: date(2026, 11, 20) if ask.kind == "day" else f"({ask.field})"
        for ask in draft.asks
        if ask.kind in ("day", "line", "text")
    }
    return {**values, **BOARD}


def ready(session: Session, filed: FiledReport, key: str) -> LetterRequest:
    """A letter from the dossier of a report that was filed, ready to be issued."""
    dossier = filed.dossiers[0]
    compartment = STAFF if dossier.subject_name == "Kees Smit" else PUPILS
    request = LetterRequest(compartment, dossier_id=dossier.id, template=key)
    return replace(request, answers=given(draft_letter(session, request)))


@pytest.mark.parametrize("compartment", [STAFF, PUPILS])
def test_what_can_be_made_from_a_dossier(compartment: str) -> None:
    offered = [one.key for one in dossier_templates(STAFF if compartment == STAFF else PUPILS)]
    assert offered == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_each_is_issued_from_the_dossier_alone(school: School, key: str) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, key)
    letter = issue_letter(session, PRESS, request)
    assert (letter.number, letter.template, letter.case_id) == ("2026-001", key, "")
    assert letter.addressee == "Stichting Varend Onderwijs"
    lines = open_dossier(session, STAFF, request.dossier_id).timeline
    (sent,) = (item for item in lines if item.kind == "letter_out")
    assert (sent.letter_id, sent.file_name) == (letter.id, "2026-001.pdf")
    with session.look(STAFF) as reader:
        assert reader.all(Step, taken_on=letter.issued_on, step="") == ()


@pytest.mark.parametrize("key", KEYS)
def test_a_reprint_is_the_very_letter(school: School, key: str) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, key)
    drawn = PRESS.draw(draft_letter(session, request).paper)
    letter = issue_letter(session, PRESS, request)
    again = reprint(school.director(), STAFF, letter.id)
    assert drawn.content == again.content
    assert again.digest == letter.digest


def test_the_footer_carries_the_head_and_the_journal_one_entry(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    begin_letter(session, request)
    with session.look(STAFF) as reader:
        head = reader.head()
    letter = issue_letter(session, PRESS, request)
    assert letter.head == head.stamp
    assert acts(session, STAFF)[-2:] == ["letter_drafted", "letter_issued"]
    assert session.verify(STAFF).in_order


def test_what_is_missing_holds_it_up(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    less = {key: value for key, value in request.answers.items() if key != "facts"}
    with pytest.raises(Refusal) as caught:
        issue_letter(session, PRESS, replace(request, answers=less))
    assert caught.value.field == "facts"
    with session.look(STAFF) as reader:
        assert reader.all(Letter) == ()


def test_somebody_else_has_a_name(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    nameless = {**request.answers, TO_NAME: " "}
    with pytest.raises(Refusal) as caught:
        issue_letter(session, PRESS, replace(request, answers=nameless))
    assert (caught.value.message.id, caught.value.field) == ("letters.missing", TO_NAME)


def test_a_day_that_is_still_to_come_is_refused(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    ahead = {**request.answers, "known_day": date(2027, 1, 1)}
    with pytest.raises(Refusal) as caught:
        issue_letter(session, PRESS, replace(request, answers=ahead))
    assert caught.value.message.id == "procedures.day_ahead"


def test_a_parent_is_offered_with_his_address(school: School) -> None:
    session, people, filed = filed_about_father(school)
    request = ready(session, filed, "access_answer")
    answers = {**request.answers, TO: people.father.id, ABOUT: people.father.id}
    letter = issue_letter(session, PRESS, replace(request, answers=answers))
    facts, _ = from_json(letter.facts)
    assert facts.addressee == ("Ł. van der Wal", "Sluisweg 3", "4251 AB  WERKENDAM")
    lines = open_dossier(session, PUPILS, request.dossier_id).timeline
    (sent,) = (item for item in lines if item.kind == "letter_out")
    assert sent.about_id == people.father.id


def test_a_correction_names_the_old_and_keeps_what_it_said(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "access_answer")
    old = issue_letter(session, PRESS, request)
    again = replace(
        request, template="", answers={"contents": "Alles."}, replaces=old.id, reason=WHY
    )
    new = issue_letter(session, PRESS, again)
    before, after = (from_json(letter.facts)[0] for letter in (old, new))
    assert (new.replaces, after.replaces, after.replaces_on) == (
        old.id,
        old.number,
        old.issued_on,
    )
    assert after.values == {**before.values, "contents": "Alles.", "number": "2026-002"}
    assert after.addressee == before.addressee
    with pytest.raises(Refusal, match="replaced_already"):
        issue_letter(session, PRESS, again)


@pytest.mark.parametrize("key", ["staff_warning", "consent_reminder", "nothing"])
def test_no_other_letter_is_made_from_a_dossier(school: School, key: str) -> None:
    session, _, filed = filed_about_staff(school)
    request = LetterRequest(STAFF, dossier_id=filed.dossiers[0].id, template=key)
    with pytest.raises(Refusal, match="no_letter"):
        draft_letter(session, request)


def test_what_is_typed_stays_text(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    odd = "# kop {signer} [signature] <b>x</b>"
    letter = issue_letter(
        session, PRESS, replace(request, answers={**request.answers, "facts": odd})
    )
    assert from_json(letter.facts)[0].values["facts"] == odd


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_nobody_else_writes_or_reads_it(school: School, role: str) -> None:
    session, _, filed = filed_about_staff(school)
    request = ready(session, filed, "police_cover")
    session = school.teacher() if role == "teacher" else school.administrator()
    with pytest.raises((Refusal, Refusals), match="no_grant"):
        draft_letter(session, request)
    with pytest.raises((Refusal, Refusals), match="no_grant"):
        issue_letter(session, PRESS, request)


def test_a_letter_of_a_case_or_of_another_dossier_is_not_corrected_here(school: School) -> None:
    session, filed, request = to_staff(school)
    of_case = issue_letter(session, PRESS, request)
    place = LetterRequest(STAFF, dossier_id=filed.dossiers[0].id, reason=WHY)
    with pytest.raises(Refusal, match="replaced_already"):
        issue_letter(session, PRESS, replace(place, replaces=of_case.id))
    own = issue_letter(session, PRESS, ready(session, filed, "police_cover"))
    with session.work(STAFF, "dossier_read") as work:
        other = replace(filed.dossiers[0], id=new_id(), subject_id=new_id())
        work.add(other)
        work.commit()
    elsewhere = replace(place, dossier_id=other.id, replaces=own.id)
    with pytest.raises(Refusal, match="replaced_already"):
        draft_letter(session, elsewhere)


def added(session: Session, filed: FiledReport, **changes: Any) -> None:
    """Another event in the dossier, changed from the one that was filed."""
    with session.work(STAFF, "dossier_read") as work:
        (breach,) = work.all(Breach, dossier_id=filed.dossiers[0].id)
        (case,) = work.all(Case, dossier_id=filed.dossiers[0].id)
        entry = work.all(Entry, case_id=case.id)[0]
        new = replace(breach, id=new_id(), report_id=new_id())
        new = replace(new, **changes)
        then = replace(case, id=new_id(), number="2026-900", breach_id=new.id)
        work.add(new, then, replace(entry, id=new_id(), case_id=then.id))
        work.commit()


def test_nobody_writes_letters_of_a_dossier_about_himself(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    added(session, filed, actor_user=session.user.id)
    request = LetterRequest(STAFF, dossier_id=filed.dossiers[0].id, template="police_cover")
    with pytest.raises(Refusal, match="lacks_other_handler"):
        draft_letter(session, request)


def elsewhere(session: Session, filed: FiledReport, **changes: Any) -> None:
    """Another event about the same person, in a dossier of its own."""
    with session.work(STAFF, "dossier_read") as work:
        (breach,) = work.all(Breach, dossier_id=filed.dossiers[0].id)
        (case,) = work.all(Case, dossier_id=filed.dossiers[0].id)
        entry = work.all(Entry, case_id=case.id)[0]
        other = replace(filed.dossiers[0], id=new_id(), subject_id=new_id())
        new = replace(breach, id=new_id(), report_id=new_id(), dossier_id=other.id)
        new = replace(new, categories=("sexual",), **changes)
        then = replace(case, id=new_id(), number="2026-900", breach_id=new.id)
        then = replace(then, dossier_id=other.id)
        kept = replace(entry, id=new_id(), case_id=then.id, dossier_id=other.id)
        work.add(other, new, then, kept)
        work.commit()


@pytest.mark.parametrize(
    ("changes", "number"),
    [({}, "2026-900"), ({"actor_id": ""}, "2026-900"), ({"actor_id": "f" * 32}, "")],
)
def test_no_letter_of_a_case_while_another_about_the_person_waits_for_the_inspector(
    school: School, changes: dict[str, Any], number: str
) -> None:
    session, filed, request = to_staff(school)
    elsewhere(session, filed, **changes)
    said = [one.message for one in draft_letter(session, request).findings if one.blocks]
    assert [one.values.get("number") for one in said] == ([number] if number else [])
    if number:
        with pytest.raises(Refusal, match="held_elsewhere"):
            issue_letter(session, PRESS, request)


def test_a_cover_for_the_police_is_not_sent_to_the_person_in_its_place(school: School) -> None:
    session, people, filed = filed_about_staff(school)
    elsewhere(session, filed)
    request = ready(session, filed, "police_cover")
    issue_letter(session, PRESS, request)
    himself = {**request.answers, TO: people.kees.id}
    with pytest.raises(Refusal, match="held_elsewhere"):
        issue_letter(session, PRESS, replace(request, answers=himself))
    typed = {**request.answers, TO_NAME: "K. Smit"}
    with pytest.raises(Refusal, match="held_elsewhere"):
        issue_letter(session, PRESS, replace(request, answers=typed))


def test_nothing_goes_to_the_person_from_a_dossier_without_a_case(school: School) -> None:
    session, people, filed = filed_about_staff(school)
    elsewhere(session, filed)
    pupil = begin_dossier(session, PUPILS, people.zoe)
    request = LetterRequest(PUPILS, dossier_id=pupil.id, template="access_answer")
    answers = {**given(draft_letter(session, request)), TO_NAME: "Kees Smit"}
    with pytest.raises(Refusal, match="held_elsewhere"):
        issue_letter(session, PRESS, replace(request, answers=answers))


def test_no_answer_to_the_person_before_the_inspector_was_asked(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    added(session, filed, categories=("sexual",))
    with pytest.raises(Refusal, match="lacks_inspector"):
        issue_letter(session, PRESS, ready(session, filed, "access_answer"))
    assert issue_letter(session, PRESS, ready(session, filed, "police_cover")).number
