"""Names of files on buttons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.dossier.said import short_name


def test_a_long_name_keeps_its_beginning_and_its_ending() -> None:
    long = "reactie van de vader, gescand door de administratie op drie november.pdf"
    assert short_name(long) == "reactie van de vader, gesca…november.pdf"


@given(st.text(max_size=100))
def test_no_name_is_too_long_for_a_button(name: str) -> None:
    assert len(short_name(name)) <= 40
