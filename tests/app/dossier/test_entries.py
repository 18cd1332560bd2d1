"""Adding to a dossier, beginning one without a report, and filing what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.evidence import EvidenceFile
from app.dossier.dossiers import dossiers, open_dossier, timeline
from app.dossier.entries import NewEntry, add_entry, begin_dossier, file_entry, twins
from app.dossier.inbox import Person
from app.errors import Refusal, Refusals
from tests.app.dossier.situations import (
    PUPILS,
    STAFF,
    filed_about_father,
    settle_in,
    walk,
)
from tests.app.dossier.test_filing import acts

if TYPE_CHECKING:
    from tests.registers import School

TALK = NewEntry("talk", date(2026, 11, 21), "Gesprek bij de koffie", "Kort gesproken.")
LETTER = NewEntry(
    "letter_in",
    date(2026, 11, 18),
    "Brief van vader",
    arrived_on=date(2026, 11, 20),
    file=EvidenceFile("brief.pdf", b"%PDF-1.7 brief"),
)


def test_a_dossier_is_begun_with_a_talk(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    entry = file_entry(session, PUPILS, people.zoe, TALK)
    opened = open_dossier(session, PUPILS, entry.dossier_id)
    assert (opened.dossier.subject_name, opened.cases) == ("Zoë van der Wal", ())
    assert [item.kind for item in opened.timeline] == ["talk"]


def test_a_second_piece_goes_into_the_same_dossier(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    first = file_entry(session, STAFF, people.kees, TALK)
    assert file_entry(session, STAFF, people.kees, TALK).dossier_id == first.dossier_id
    assert begin_dossier(session, STAFF, people.kees).id == first.dossier_id
    assert len(dossiers(session, STAFF)) == 1


def test_who_is_not_in_the_register_gets_no_dossier(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    with pytest.raises(Refusal, match=r"dossier\.subject_unknown"):
        file_entry(session, PUPILS, Person("0" * 32, "Niemand"), TALK)
    with pytest.raises(Refusal, match=r"dossier\.subject_unknown"):
        file_entry(session, PUPILS, people.kees, TALK)
    with pytest.raises(Refusal, match=r"dossier\.subject_missing"):
        file_entry(session, PUPILS, Person("", ""), TALK)
    assert dossiers(session, PUPILS) == ()


def test_what_is_not_right_begins_no_dossier(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    with pytest.raises(Refusals):
        file_entry(session, PUPILS, people.zoe, replace(TALK, title=""))
    assert dossiers(session, PUPILS) == ()


def test_the_day_of_arrival_stands_apart_from_the_day_of_the_letter(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    entry = file_entry(session, PUPILS, people.zoe, LETTER)
    (item,) = timeline(session, PUPILS, entry.dossier_id)
    assert (item.day, item.arrived) == (date(2026, 11, 18), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"arrived_on": date(2026, 11, 17)}, "dossier.arrived_before"),
        ({"arrived_on": date(2026, 11, 23)}, "procedures.day_ahead"),
        ({"kind": "note"}, "dossier.arrived_letter_only"),
        ({"kind": "complaint"}, "dossier.no_complaints"),
        ({"kind": "private_note"}, "dossier.no_private_notes"),
        ({"kind": "compiled"}, "dossier.kind_by_program"),
        ({"file": EvidenceFile("leeg.pdf", b"")}, "breach.file_empty"),
        ({"file": EvidenceFile("groot.pdf", bytes(26 * 1024 * 1024))}, "breach.file_too_large"),
        ({"file": EvidenceFile("foto.jpg", b"MZ" + bytes(64))}, "breach.file_program"),
    ],
)
def test_post_that_is_not_right_is_refused(
    school: School, changes: dict[str, Any], refused: str
) -> None:
    session = school.director()
    people = settle_in(session)
    with pytest.raises(Refusal, match=refused.replace(".", r"\.")):
        file_entry(session, PUPILS, people.zoe, replace(LETTER, **changes))


def test_the_same_file_is_told(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    content = b"%PDF-1.7 brief"
    assert twins(session, PUPILS, content) == ()
    file_entry(session, PUPILS, people.zoe, LETTER)
    (twin,) = twins(session, PUPILS, content, people.daan.id)
    assert (twin.subject, twin.own) == ("Zoë van der Wal", False)
    assert twins(session, PUPILS, content, people.zoe.id)[0].own


def test_a_correction_says_why_and_both_stay_readable(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    old = file_entry(session, PUPILS, people.zoe, TALK)
    new = replace(TALK, body="Lang gesproken.", replaces=old.id, reason="Vergeten te noemen.")
    add_entry(session, PUPILS, old.dossier_id, new)
    first, second = timeline(session, PUPILS, old.dossier_id)
    assert (first.body, bool(first.replaced_by)) == ("Kort gesproken.", True)
    assert (second.body, second.reason) == ("Lang gesproken.", "Vergeten te noemen.")
    assert acts(session, PUPILS)[-2] == "entry_corrected"


def test_a_correction_without_a_reason_is_refused(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    old = file_entry(session, PUPILS, people.zoe, TALK)
    with pytest.raises(Refusals, match=r"dossier\.correct_reason_missing"):
        add_entry(session, PUPILS, old.dossier_id, replace(TALK, replaces=old.id))


def test_a_correction_stays_about_the_parent(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    old = file_entry(session, PUPILS, people.zoe, replace(TALK, about=people.father))
    new = replace(TALK, replaces=old.id, reason="Naam verbeterd.")
    again = add_entry(session, PUPILS, old.dossier_id, new)
    assert (again.about_id, again.about_name) == (people.father.id, people.father.name)


def test_the_steps_of_a_case_about_a_parent_are_about_the_parent(school: School) -> None:
    session, people, filed = filed_about_father(school)
    walk(session, filed, PUPILS, "invite")
    opened = open_dossier(session, PUPILS, filed.dossiers[0].id)
    steps = [item for item in opened.timeline if item.kind == "step"]
    assert {item.about_id for item in steps} == {people.father.id}


def test_only_who_opens_the_dossiers_files_into_them(school: School) -> None:
    people = settle_in(school.director())
    for sign_in in (school.administrator, school.teacher):
        session = sign_in()
        with pytest.raises(Refusal, match=r"register\.no_grant"):
            file_entry(session, PUPILS, people.zoe, TALK)
        with pytest.raises(Refusal, match=r"register\.no_grant"):
            twins(session, PUPILS, b"x")


def test_a_correction_keeps_the_file_unless_another_comes(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    old = file_entry(session, PUPILS, people.zoe, LETTER)
    day = replace(LETTER, file=None, replaces=old.id, reason="De dag was verkeerd.")
    new = add_entry(session, PUPILS, old.dossier_id, day)
    assert (new.blob, new.digest, new.file_name) == (old.blob, old.digest, "brief.pdf")
    other = EvidenceFile("beter.pdf", b"%PDF-1.7 beter")
    again = replace(day, replaces=new.id, file=other)
    assert add_entry(session, PUPILS, old.dossier_id, again).file_name == "beter.pdf"


def test_a_correction_without_text_or_file_is_refused(school: School) -> None:
    session = school.director()
    people = settle_in(session)
    old = file_entry(session, PUPILS, people.zoe, TALK)
    empty = replace(TALK, body="", replaces=old.id, reason="Weg ermee.")
    with pytest.raises(Refusal, match=r"dossier\.body_missing"):
        add_entry(session, PUPILS, old.dossier_id, empty)
