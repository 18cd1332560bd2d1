"""Resources are read by name; the answer is the caller's own."""

import pytest

import resources


def test_the_answer_is_the_callers_own() -> None:
    resources.channels()[0]["name"]["nl"] = "scribbled"
    assert resources.channels()[0]["name"]["nl"] == "Besloten oudergedeelte"


@pytest.mark.parametrize("name", ["", "..", "../roles", "nl/../nl", "atlantis", "/etc/passwd"])
def test_an_unknown_name_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        resources.profile(name)


def test_an_unknown_letter_or_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        resources.letter("staff_warning", "xx")


def test_the_vocabulary_is_not_a_procedure() -> None:
    assert "staff_written_warning" in resources.procedures()
    assert "vocabulary" not in resources.procedures()


def test_fonts_and_icons_come_as_bytes() -> None:
    assert resources.font("NotoSans-Regular.ttf")[:4] == b"\0\1\0\0"
    assert b"<svg" in resources.icon("check")


def test_both_languages_have_the_same_rooms() -> None:
    assert resources.catalogue_rooms("nl") == resources.catalogue_rooms("en")
    assert b"kit.close" in (resources.catalogue("nl", "kit") or b"")
    assert resources.catalogue("nl", "no_such_room") is None
