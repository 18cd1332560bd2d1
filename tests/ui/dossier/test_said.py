"""What the pages of dossiers say: names of files on buttons, and what a report was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossier.facts import CaseFacts
from app.publications.told import ToldPublication
from tests.app.dossier.samples import BREACH, LOVK
from ui.dossier.said import as_reported, publication_words, short_name
from ui.words import speak

if TYPE_CHECKING:
    from app.dossier.records import Breach

WHY = '{"published": "2024-05-30", "why": "known_no_start_staff"}'


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    long = "reactie van de vader, gescand door de administratie op drie november.pdf"
    assert short_name(long) == "reactie van de vader, gesca…november.pdf"


@given(st.text(max_size=100))
def test_no_name_is_too_long_for_a_button(name: str) -> None:
    assert len(short_name(name)) <= 40


@pytest.mark.parametrize(
    ("breach", "words"),
    [
        (
            replace(BREACH, known="yes", known_why=WHY),
            "Sinds wanneer deze medewerker in dienst",
        ),
        (replace(BREACH, known="no", known_from=date(2024, 5, 30)), "30 mei 2024"),
    ],
)
def test_a_case_says_why_the_rules_could_be_known(breach: Breach, words: str) -> None:
    speak("nl")
    said = " ".join(words for _, words in as_reported(CaseFacts(breach, LOVK)))
    assert words in said


PUBLICATION = ToldPublication("1" * 32, "Herfstwandeling", date(2026, 11, 10), None, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "staat daar nog open"),
        ({"breach": False, "reason": "Nee.", "by": "A. Bos"}, "geen datalek, volgens A. Bos"),
        ({"breach": True, "reason": "Ja.", "by": "A. Bos"}, "datalek, volgens A. Bos: Ja."),
        ({"breach": True, "told_how": "geen risico"}, "niet gemeld, geen risico"),
        (
            {"breach": True, "told_how": "AP-17", "told_on": date(2026, 11, 12)},
            "gemeld op 12 nov 2026, AP-17",
        ),
    ],
)
def test_a_case_says_what_stands_at_its_publication(
    changes: dict[str, Any], words: str
) -> None:
    speak("nl")
    said = publication_words(replace(PUBLICATION, **changes))
    assert "Herfstwandeling" in said
    assert words in said
