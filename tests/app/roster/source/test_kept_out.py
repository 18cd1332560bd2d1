"""What may not be held is dropped by name and by content, and repeated nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bsn import passes_eleven_test
from app.roster.source.kept_out import KeptOut, looks_like_bsn, reason_to_drop, shown
from tests.app.roster.sources import BSN


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("bsn", "number"),
        ("BSN ", "number"),
        ("BSN leerling", "number"),
        ("bsn_ondwnr-4", "number"),
        ("Sofinummer", "number"),
        ("onderwijsnummer", "number"),
        ("Rijksregisternummer", "number"),
        ("etniciteit", "descent"),
        ("land", "descent"),
        ("land_vader", "descent"),
        ("Geboorteland", "descent"),
        ("nationaliteit", "descent"),
        ("raceCodes", "descent"),
        ("hispanicOrLatinoEthnicity", "descent"),
        ("gewicht_nieuw", "weight"),
        ("fotourl", "photo"),
        ("Password", "password"),
        ("eckid", "chain"),
        ("sex", "unneeded"),
        ("landgoed", ""),
        ("leerlingnummer", ""),
        ("achternaam", ""),
    ],
)
def test_fields_that_are_dropped_by_name(field: str, reason: str) -> None:
    assert reason_to_drop(field).removeprefix("roster.dropped_") == reason


@pytest.mark.parametrize(
    "text", [BSN, "1234 56 782", "123.456.782", f"nr {BSN}.", "12345678-2 x"[:0] + BSN]
)
def test_a_number_in_a_text_is_dropped_and_counted(text: str) -> None:
    kept_out = KeptOut()
    assert kept_out.keep(text, "naam") == ""
    assert [(each.name, each.count) for each in kept_out.dropped] == [("naam", 1)]
    assert BSN not in repr(kept_out.dropped)


@pytest.mark.parametrize(
    "text",
    [
        "Zo\u00eb",
        "4711",
        "20260512",
        "0612345678",
        "+31 6 12345678",
        "123456789012",
        "12345672-0000-4000-8000-123456782000",
        "2026-05-12",
    ],
)
def test_other_numbers_are_kept(text: str) -> None:
    assert KeptOut().keep(text, "naam") == text


def test_a_number_in_the_field_of_a_telephone_is_kept_there_only() -> None:
    assert looks_like_bsn("612345671") is passes_eleven_test("612345671") is True
    assert KeptOut().keep("612345671", "phone", phone=True) == "612345671"
    assert KeptOut().keep("612345671", "naam") == ""


def test_a_message_repeats_no_such_number() -> None:
    assert (
        shown(f"groep {BSN}") == "groep \u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022"
    )
    assert shown("groep 5") == "groep 5"
    assert len(shown("x" * 500)) == 60


@given(st.integers(10_000_000, 999_999_999), st.text(alphabet="ab ;:/()", max_size=4))
def test_no_number_that_passes_the_test_gets_through(number: int, beside: str) -> None:
    kept = KeptOut().keep(f"{beside}{number}{beside}", "naam")
    assert not kept or not looks_like_bsn(str(number))
