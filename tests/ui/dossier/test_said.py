"""What the pages of dossiers say: names of files on buttons, and what a report was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dossier.facts import CaseFacts
from tests.app.dossier.samples import BREACH, LOVK
from ui.dossier.said import as_reported, short_name
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
