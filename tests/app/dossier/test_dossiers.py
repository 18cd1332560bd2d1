"""Reading a dossier and adding to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.report import EvidenceFile
from app.dossier.dossiers import attachment, dossiers, open_dossier, timeline
from app.dossier.entries import KINDS, NewEntry, add_entry
from app.dossier.records import Entry
from app.errors import Refusal, Refusals, Trouble
from app.ids import new_id
from app.procedures.procedure import load_procedure
from app.text import Words
from tests.app.dossier.situations import (
    PICTURE,
    PUPILS,
    STAFF,
    filed_about_father,
    filed_about_staff,
    walk,
)
from tests.app.dossier.test_filing import acts

if TYPE_CHECKING:
    from tests.registers import School

TALK = NewEntry("talk", date(2026, 11, 21), "Gesprek bij de koffie", "Kort gesproken.")


def test_dossiers_are_found_by_name(school: School) -> None:
    session, _, filed = filed_about_father(school)
    assert [line.subject_name for line in dossiers(session, PUPILS)] == [
        "Daan van der Wal",
        "Zoë van der Wal",
    ]
    assert [line.id for line in dossiers(session, PUPILS, "zoe")] == [filed.dossiers[0].id]


def test_reading_a_dossier_is_recorded(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    open_dossier(session, STAFF, filed.dossiers[0].id)
    assert acts(session, STAFF)[-1] == "dossier_read"


def test_the_time_line_is_in_order_and_ready_to_show(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    walk(session, filed, STAFF, "plan_talk")
    add_entry(session, STAFF, filed.dossiers[0].id, TALK)
    items = timeline(session, STAFF, filed.dossiers[0].id)
    assert [item.kind for item in items] == ["talk", "report", "evidence", "step", "step"]
    assert [item.heading(Words("nl")) for item in items] == [
        "gesprek",
        "melding",
        "bewijsstuk",
        "Kiezen hoe het verder gaat",
        "Gesprek plannen",
    ]
    assert items[3].details[0][1] == load_procedure("staff_written_warning").name
    assert items[4].details[0] == (items[4].details[0][0], date(2026, 11, 20))
    assert {item.case_number for item in items} == {"", "2026-001"}


def test_a_case_stands_in_the_dossier_of_every_child(school: School) -> None:
    session, _, filed = filed_about_father(school)
    walk(session, filed, PUPILS, "invite")
    for dossier in filed.dossiers:
        opened = open_dossier(session, PUPILS, dossier.id)
        assert [case.state.nl for case in opened.cases] == ["uitgenodigd"]
        assert opened.cases[0].due_on == date(2026, 12, 7)
        assert [item.about for item in opened.timeline if item.kind == "report"] == [
            "Łukasz van der Wal"
        ]


def test_every_kind_has_a_name_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert all(Words(language).has(text) for text in KINDS.values())


# -- adding -----------------------------------------------------------------------------------


def test_an_entry_is_kept_as_typed(school: School) -> None:
    session, people, filed = filed_about_father(school)
    case = filed.case
    assert case is not None
    new = replace(TALK, case_id=case.id, about=people.father, title="  Gesprek\x00  ")
    entry = add_entry(session, PUPILS, filed.dossiers[0].id, new)
    with session.look(PUPILS) as reader:
        assert reader.get(Entry, entry.id) == entry
    assert (entry.title, entry.about_name) == ("Gesprek", "Łukasz van der Wal")
    assert entry.author == "Jan de Wit"


def test_a_letter_that_came_in_keeps_its_scan(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    new = NewEntry(
        "letter_in", date(2026, 11, 21), "Reactie", file=EvidenceFile("brief.pdf", PICTURE)
    )
    entry = add_entry(session, STAFF, filed.dossiers[0].id, new)
    found = attachment(session, STAFF, entry.id)
    assert (found.name, found.content) == ("brief.pdf", PICTURE)
    assert acts(session, STAFF)[-1] == "attachment_read"


def test_an_entry_without_file_has_none_to_show(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    entry = add_entry(session, STAFF, filed.dossiers[0].id, TALK)
    with pytest.raises(Refusal, match="no_file"):
        attachment(session, STAFF, entry.id)


def test_a_damaged_attachment_is_noticed(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    for path in (school.folder / "blobs" / "staff_dossier").iterdir():
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(Trouble):
        attachment(session, STAFF, filed.entries[1].id)


def test_another_file_than_the_one_filed_is_noticed(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    other = replace(filed.entries[1], id=new_id(), digest="0" * 64)
    with session.work(STAFF, "entry_added") as work:
        work.add(other)
        work.commit()
    with pytest.raises(Trouble, match=r"dossier\.attachment_damaged"):
        attachment(session, STAFF, other.id)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"happened_on": None}, "happened_on", "dossier.day_missing"),
        ({"happened_on": date(2026, 11, 23)}, "happened_on", "procedures.day_ahead"),
        ({"title": " "}, "title", "dossier.title_missing"),
        ({"body": ""}, "body", "dossier.body_missing"),
        ({"body": "bsn 111222333"}, "body", "people.bsn"),
        ({"title": "111222333"}, "title", "people.bsn"),
        ({"file": EvidenceFile("a.pdf", b"")}, "files", "breach.file_empty"),
        ({"kind": "private_note"}, "kind", "dossier.no_private_notes"),
        ({"kind": "complaint"}, "kind", "dossier.no_complaints"),
        ({"kind": "report"}, "kind", "dossier.kind_by_program"),
        ({"kind": "letter_out"}, "kind", "dossier.kind_by_program"),
        ({"case_id": "f" * 32}, "case_id", "dossier.other_case"),
    ],
)
def test_an_entry_that_is_not_right_is_not_kept(
    school: School, change: dict[str, Any], field: str, said: str
) -> None:
    session, _, filed = filed_about_staff(school)
    new = replace(TALK, **change)
    with pytest.raises(Refusal) as refused:
        add_entry(session, STAFF, filed.dossiers[0].id, new)
    found = refused.value.found if isinstance(refused.value, Refusals) else (refused.value,)
    assert [(one.field, one.message.id) for one in found] == [(field, said)]


# -- correcting -------------------------------------------------------------------------------


def test_a_correction_leaves_the_old_entry_standing(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    dossier = filed.dossiers[0].id
    old = add_entry(session, STAFF, dossier, TALK)
    new = add_entry(
        session, STAFF, dossier, replace(TALK, body="Lang.", replaces=old.id, reason="vergeten")
    )
    items = {item.id: item for item in timeline(session, STAFF, dossier)}
    assert (items[old.id].body, items[old.id].replaced_by) == ("Kort gesproken.", new.id)
    assert items[new.id].replaces == old.id


@pytest.mark.parametrize(
    ("change", "said"),
    [({"kind": "call"}, "dossier.replaces_other"), ({}, "dossier.replaced_already")],
)
def test_a_correction_has_its_rules(school: School, change: dict[str, Any], said: str) -> None:
    session, _, filed = filed_about_staff(school)
    dossier = filed.dossiers[0].id
    old = add_entry(session, STAFF, dossier, TALK)
    again = replace(TALK, replaces=old.id, reason="vergeten")
    add_entry(session, STAFF, dossier, again)
    with pytest.raises(Refusal, match=said):
        add_entry(session, STAFF, dossier, replace(again, **change))


def test_a_report_is_not_corrected_by_hand(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    new = replace(TALK, replaces=filed.entries[0].id, reason="vergeten")
    with pytest.raises(Refusal, match="kind_by_program"):
        add_entry(session, STAFF, filed.dossiers[0].id, new)
