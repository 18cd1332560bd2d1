"""Every term can be read with where it stands, how long it is and when it was looked up."""

from __future__ import annotations

from datetime import date

from app.procedures.listing import term_lines
from app.procedures.terms import load_terms, stale_terms
from app.text import Words

TODAY = date(2026, 11, 23)
LATER = date(2028, 1, 1)


def test_every_term_stands_there_once() -> None:
    keys = [line.term.key for line in term_lines(TODAY)]
    assert keys == list(dict.fromkeys(term.key for term in load_terms()))


def test_what_was_never_read_in_the_text_is_to_be_looked_up() -> None:
    found = {line.term.key: line for line in term_lines(TODAY)}
    assert found["staff.views"].to_check
    assert not found["staff.views"].stale
    assert not found["access.answer"].to_check


def test_the_stale_ones_are_those_of_the_start_page() -> None:
    stale = {line.term.key for line in term_lines(LATER) if line.stale}
    assert stale == {term.key for term in stale_terms(LATER)}
    assert "breach.notice" in stale


def test_the_length_is_said_in_words() -> None:
    said = {line.term.key: Words("nl").of(line.value) for line in term_lines(TODAY)}
    assert said["staff.views"] == "3 weken"
    assert said["breach.notice"] == "72 uur"
    assert said["inspector.consult"] == "dezelfde dag"


def test_what_it_counts_from_is_said_in_words() -> None:
    found = {line.term.key: line.counts_from.nl for line in term_lines(TODAY)}
    assert found["staff.views"] == "de dag na verzending"
