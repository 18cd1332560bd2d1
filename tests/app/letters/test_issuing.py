"""Issuing letters in a real register, drawn by the real press."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.dossier.dossiers import open_dossier
from app.dossier.records import Entry, Letter, Step
from app.dossier.steps import open_case
from app.errors import Refusal, Refusals, Trouble
from app.ids import new_id
from app.letters.facts import from_json, typed_lines
from app.letters.issue import draft_letter, issue_letter, reprint
from app.letters.requests import LetterRequest
from app.people.people import GuardianDraft, save_guardian
from reports.press import PaperPress
from tests.app.dossier.samples import ANSWERS
from tests.app.dossier.situations import (
    PUPILS,
    STAFF,
    filed_about_father,
    filed_about_staff,
    walk,
)
from tests.app.dossier.test_filing import acts

if TYPE_CHECKING:
    from app.dossier.inbox import FiledReport
    from app.ports import Session
    from tests.registers import School

PRESS = PaperPress()
WHY = "De naam was verkeerd gespeld."


def to_staff(school: School) -> tuple[Session, FiledReport, LetterRequest]:
    """A warning to a member of staff, ready to be issued."""
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk", "hold_talk")
    answers = {key: ANSWERS[key] for key in ("facts", "expected", "review_day")}
    return session, filed, LetterRequest(STAFF, case_id, "warn", answers)


def to_father(school: School) -> tuple[Session, FiledReport, LetterRequest]:
    """A warning to a parent, ready to be issued."""
    session, _, filed = filed_about_father(school)
    case_id = walk(session, filed, PUPILS, "invite", "record_no_talk")
    asked = ("facts", "grounds", "expected", "ends_on", "contact")
    answers = {key: ANSWERS[key] for key in asked}
    return session, filed, LetterRequest(PUPILS, case_id, "warn", answers)


def test_a_letter_to_staff_is_issued(school: School) -> None:
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    assert (letter.number, letter.template, letter.language) == (
        "2026-001",
        "staff_warning",
        "nl",
    )
    assert (letter.addressee, letter.signer) == ("K. Smit", "Jan de Wit")
    state = open_case(session, STAFF, request.case_id).file.state
    assert (state.state.key, state.due_on) == ("warned", date(2027, 2, 22))


def test_a_letter_to_a_parent_names_the_parent_alone(school: School) -> None:
    session, filed, request = to_father(school)
    letter = issue_letter(session, PRESS, request)
    facts, _ = from_json(letter.facts)
    assert facts.addressee == ("Ł. van der Wal", "Sluisweg 3", "4251 AB  WERKENDAM")
    assert facts.conditions == {"talk_declined"}
    for dossier in filed.dossiers:
        out = open_dossier(session, PUPILS, dossier.id).timeline[-2:]
        sent = next(item for item in out if item.kind == "letter_out")
        assert (sent.about, sent.letter_id) == ("Łukasz van der Wal", letter.id)


def test_the_draft_is_what_is_issued(school: School) -> None:
    session, _, request = to_staff(school)
    draft = draft_letter(session, request)
    assert draft.ready
    letter = issue_letter(session, PRESS, request)
    assert (letter.number, letter.head) == (draft.number, draft.paper.stamp)
    assert PRESS.draw(draft.paper).digest == letter.digest


def test_a_letter_is_one_entry_of_the_journal(school: School) -> None:
    session, _, request = to_staff(school)
    before = len(acts(session, STAFF))
    issue_letter(session, PRESS, request)
    assert acts(session, STAFF)[before:] == ["letter_issued"]
    assert session.verify(STAFF).in_order


def test_the_footer_carries_the_head_before_the_letter(school: School) -> None:
    session, _, request = to_staff(school)
    with session.look(STAFF) as reader:
        head = reader.head()
    assert issue_letter(session, PRESS, request).head == head.stamp


def test_a_reprint_is_the_very_letter(school: School) -> None:
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    session = school.director()
    pdf = reprint(session, STAFF, letter.id)
    assert (pdf.digest, pdf.pages, pdf.title) == (letter.digest, 2, "Brief 2026-001")
    assert acts(session, STAFF)[-1] == "letter_reprinted"


def test_a_damaged_letter_is_not_reprinted(school: School) -> None:
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    blob = school.folder / "blobs" / "staff_dossier" / letter.blob
    content = blob.read_bytes()
    blob.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(Trouble):
        reprint(session, STAFF, letter.id)


def test_another_file_than_the_one_issued_is_not_reprinted(school: School) -> None:
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    other = replace(letter, id=new_id(), number="2026-002", digest="0" * 64)
    with session.work(STAFF, "letter_issued") as work:
        work.add(other)
        work.commit()
    with pytest.raises(Trouble, match=r"letters\.damaged"):
        reprint(session, STAFF, other.id)


def test_what_is_missing_can_be_seen_and_not_issued(school: School) -> None:
    session, _, request = to_staff(school)
    less = replace(request, answers={"facts": "Een foto."})
    draft = draft_letter(session, less)
    assert {one.field for one in draft.findings if one.blocks} == {"expected", "review_day"}
    with pytest.raises(Refusals) as refused:
        issue_letter(session, PRESS, less)
    assert {one.field for one in refused.value.found} == {"expected", "review_day"}
    with session.look(STAFF) as reader:
        assert reader.all(Letter) == ()


def test_a_forbidden_word_is_not_issued(school: School) -> None:
    session, _, request = to_staff(school)
    worse = replace(request, answers={**request.answers, "facts": "Dit is een berisping."})
    with pytest.raises(Refusals, match=r"letters\.forbidden"):
        issue_letter(session, PRESS, worse)
    with session.look(STAFF) as reader:
        assert len(reader.all(Step, case_id=request.case_id)) == 3


def test_a_letter_can_be_drafted_before_its_time_and_not_issued(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    case_id = walk(session, filed, STAFF, "plan_talk")
    request = LetterRequest(STAFF, case_id, "warn")
    found = {one.message.id for one in draft_letter(session, request).findings}
    assert "letters.not_heard" in found
    with pytest.raises(Refusal, match="step_not_now"):
        issue_letter(session, PRESS, request)


def test_a_step_without_letter_has_none(school: School) -> None:
    session, _, request = to_staff(school)
    with pytest.raises(Refusal, match="no_letter"):
        draft_letter(session, replace(request, step_id="drop"))


def test_what_the_register_does_not_know_can_be_typed(school: School) -> None:
    session, _, request = to_father(school)
    filled = replace(request, filled={"event_place": "iets anders", "school": "X"})
    facts, _ = from_json(issue_letter(session, PRESS, filled).facts)
    assert (facts.values["event_place"], facts.values["school"]) == (
        "WhatsApp-groep",
        "Bootschool De Meerpaal",
    )


def test_a_letter_is_in_the_language_of_its_reader(school: School) -> None:
    session, people, filed = filed_about_father(school)
    save_guardian(
        session, GuardianDraft("Łukasz", surname="Wal", language="en", id=people.father.id)
    )
    case_id = walk(session, filed, PUPILS, "invite", "hold_talk")
    request = LetterRequest(PUPILS, case_id, "warn")
    assert draft_letter(session, request).paper.language == "en"
    assert draft_letter(session, replace(request, language="nl")).paper.language == "nl"


# -- correcting -------------------------------------------------------------------------------


def test_a_correction_is_a_new_letter_that_names_the_old(school: School) -> None:
    session, filed, request = to_staff(school)
    old = issue_letter(session, PRESS, request)
    again = replace(request, answers={"facts": "Twee foto's."}, replaces=old.id, reason=WHY)
    new = issue_letter(session, PRESS, again)
    facts, _ = from_json(new.facts)
    assert (new.number, new.replaces, facts.replaces) == ("2026-002", old.id, "2026-001")
    assert (facts.values["facts"], facts.values["expected"]) == (
        "Twee foto's.",
        ANSWERS["expected"],
    )
    assert reprint(session, STAFF, old.id).digest == old.digest
    lines = open_dossier(session, STAFF, filed.dossiers[0].id).timeline
    sent = {item.letter_id: item for item in lines if item.kind == "letter_out"}
    assert sent[old.id].replaced_by == sent[new.id].id
    assert (sent[old.id].body, sent[new.id].body) == ("", WHY)


@pytest.mark.parametrize(
    ("reason", "text"), [(" ", "letters.reason_missing"), ("nr 111222333", "people.bsn")]
)
def test_a_correction_says_why(school: School, reason: str, text: str) -> None:
    session, _, request = to_staff(school)
    old = issue_letter(session, PRESS, request)
    again = replace(request, replaces=old.id, reason=reason)
    with pytest.raises(Refusal) as caught:
        issue_letter(session, PRESS, again)
    assert (caught.value.message.id, caught.value.field) == (text, "reason")


def test_a_correction_begins_with_what_the_old_letter_said(school: School) -> None:
    session, _, request = to_staff(school)
    old = issue_letter(session, PRESS, request)
    bare = LetterRequest(STAFF, request.case_id, "", replaces=old.id)
    draft = draft_letter(session, bare)
    assert draft.template.key == old.template
    assert draft.answers == request.answers


def test_a_correction_takes_no_step(school: School) -> None:
    session, _, request = to_staff(school)
    old = issue_letter(session, PRESS, request)
    issue_letter(session, PRESS, replace(request, answers={}, replaces=old.id, reason=WHY))
    with session.look(STAFF) as reader:
        assert len(reader.all(Step, case_id=request.case_id)) == 4
        assert [one.kind for one in reader.all(Entry)].count("letter_out") == 2


def test_a_letter_is_corrected_once(school: School) -> None:
    session, _, request = to_staff(school)
    old = issue_letter(session, PRESS, request)
    again = replace(request, replaces=old.id, reason=WHY)
    issue_letter(session, PRESS, again)
    with pytest.raises(Refusal, match="replaced_already"):
        issue_letter(session, PRESS, again)


def test_a_letter_is_issued_once(school: School) -> None:
    session, _, request = to_staff(school)
    issue_letter(session, PRESS, request)
    with pytest.raises(Refusal, match="step_not_now"):
        issue_letter(session, PRESS, request)


def test_a_name_that_cannot_be_set_stores_nothing(school: School) -> None:
    session, _, request = to_staff(school)
    worse = replace(request, answers={**request.answers, "facts": "Een 🐳 op de foto."})
    with pytest.raises(Refusal, match=r"paper\.glyph"):
        issue_letter(session, PRESS, worse)
    with session.look(STAFF) as reader:
        assert reader.all(Letter) == ()


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_nobody_else_reads_or_issues_a_letter(school: School, role: str) -> None:
    session, _, request = to_staff(school)
    letter = issue_letter(session, PRESS, request)
    session = school.teacher() if role == "teacher" else school.administrator()
    for attempt in (
        lambda: draft_letter(session, request),
        lambda: issue_letter(session, PRESS, request),
        lambda: reprint(session, STAFF, letter.id),
    ):
        with pytest.raises(Refusal, match="no_grant"):
            attempt()


def test_an_address_that_the_register_lacks_is_typed(school: School) -> None:
    session, _, request = to_staff(school)
    typed = replace(request, filled={"recipient_address": "Kade 1\n\n3311 AA  DORDRECHT"})
    letter = issue_letter(session, PRESS, typed)
    facts, _ = from_json(letter.facts)
    assert facts.addressee == ("K. Smit", "Kade 1", "3311 AA  DORDRECHT")
    again = replace(request, answers={}, replaces=letter.id, reason=WHY)
    corrected, _ = from_json(issue_letter(session, PRESS, again).facts)
    assert corrected.addressee == facts.addressee


def test_an_address_of_the_register_is_not_typed_over(school: School) -> None:
    session, _, request = to_father(school)
    typed = replace(request, filled={"recipient_address": "Elders 1"})
    facts, _ = from_json(issue_letter(session, PRESS, typed).facts)
    assert facts.addressee[1] == "Sluisweg 3"


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Kade 1\n3311aa dordrecht", ("Kade 1", "3311 AA  DORDRECHT")),
        ("3311 AA   's-Hertogenbosch", ("3311 AA  'S-HERTOGENBOSCH",)),
        ("Rue 1\n1000 Bruxelles\nBELGIË", ("Rue 1", "1000 Bruxelles", "BELGIË")),
        ("2300 La Chaux", ("2300 La Chaux",)),
        (" \n ", ()),
    ],
)
def test_a_typed_address_is_set_as_the_post_asks(typed: str, lines: tuple[str, ...]) -> None:
    assert typed_lines(typed) == lines
