"""Who read a dossier: every reading, of the dossier and of everything in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from app.dossier.dossiers import attachment, open_dossier
from app.dossier.readers import READS, SEEN, draw_readers, readers
from app.dossier.steps import open_case
from app.errors import Refusal
from app.journal.leaving import Leaving, note_leaving
from app.text import Words
from reports.press import PaperPress
from tests.app.dossier.situations import PUPILS, STAFF, filed_about_father, filed_about_staff

if TYPE_CHECKING:
    from tests.registers import School


def test_every_reading_is_told_with_what_was_read(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    dossier = filed.dossiers[0].id
    assert filed.case is not None
    open_dossier(session, STAFF, dossier)
    open_case(session, STAFF, filed.case.id)
    attachment(session, STAFF, filed.entries[1].id)
    note_leaving(session, Leaving("attachment_saved", filed.entries[1].id, STAFF))
    found = readers(session, STAFF, dossier)
    assert [(line.act, line.what) for line in found] == [
        ("attachment_saved", "scherm.png"),
        ("attachment_read", "scherm.png"),
        ("case_read", "2026-001"),
        ("dossier_read", ""),
    ]
    assert {line.user for line in found} == {"Jan de Wit"}


def test_what_is_read_of_another_dossier_is_not_told(school: School) -> None:
    session, _, filed = filed_about_father(school)
    one, other = filed.dossiers
    open_dossier(session, PUPILS, other.id)
    assert readers(session, PUPILS, one.id) == ()


def test_only_the_latest_are_told_when_few_are_asked(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    for _ in range(4):
        open_dossier(session, STAFF, filed.dossiers[0].id)
    assert len(readers(session, STAFF, filed.dossiers[0].id, 2)) == 2
    assert len(readers(session, STAFF, filed.dossiers[0].id)) == 4


def test_the_list_is_drawn_with_everybody_on_it(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    for _ in range(60):
        open_dossier(session, STAFF, filed.dossiers[0].id)
    pdf = draw_readers(session, PaperPress(), STAFF, filed.dossiers[0].id, "nl")
    with pypdfium2.PdfDocument(pdf.content) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert pdf.pages > 1
    assert text.count("Jan de Wit") == 60
    assert "Kees Smit" in text


def test_a_dossier_that_nobody_read_says_so(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    pdf = draw_readers(session, PaperPress(), STAFF, filed.dossiers[0].id, "en")
    with pypdfium2.PdfDocument(pdf.content) as document:
        assert "nobody yet" in document[0].get_textpage().get_text_bounded()


def test_every_act_has_words_in_both_languages() -> None:
    for language in ("nl", "en"):
        assert all(Words(language).has(text) for text in READS.values())
        assert all(Words(language).has(f"journal.act_{act}") for act in (*READS, *SEEN))


def test_only_who_opens_the_dossier_sees_who_read_it(school: School) -> None:
    _, _, filed = filed_about_staff(school)
    for sign_in in (school.administrator, school.teacher):
        with pytest.raises(Refusal, match=r"register\.no_grant"):
            readers(sign_in(), STAFF, filed.dossiers[0].id)
