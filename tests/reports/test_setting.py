from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.fonts import covered
from reports.setting import BODY, balanced, fitted, lines, wide

LETTERS = st.sampled_from(sorted(covered()))
text = st.text(st.one_of(LETTERS, st.just(" "), st.just("<&>\n"[0])), max_size=200)


@given(text, st.floats(20.0, 200.0))
def test_no_line_is_wider_than_its_room(content: str, room: float) -> None:
    assert all(wide(line, BODY) <= room + 0.01 for line in lines(content, BODY, room))


@given(st.text("ab<>&;/{}% éŁ", max_size=300), st.floats(20.0, 200.0))
def test_nothing_is_lost_in_lines(content: str, room: float) -> None:
    assert "".join(lines(content, BODY, room)).replace(" ", "") == content.replace(" ", "")


def test_line_feeds_begin_lines() -> None:
    assert lines("een\ntwee", BODY, 100.0) == ("een", "twee")


def test_a_line_that_fits_keeps_its_blanks() -> None:
    assert lines("3311 AB  DORDRECHT", BODY, 100.0) == ("3311 AB  DORDRECHT",)


def test_a_word_that_is_too_wide_is_broken() -> None:
    assert len(lines("W" * 60, BODY, 50.0)) > 1


def test_accents_are_composed_and_soft_hyphens_left_out() -> None:
    assert lines("Zoe\u0308 ver\u00adder", BODY, 100.0) == ("Zoë verder",)


def test_balanced_lines_are_as_few_and_more_even() -> None:
    content = "De gedrukte gids waarin de school vertelt hoe zij werkt."
    plain, even = lines(content, BODY, 90.0), balanced(content, BODY, 90.0)
    assert len(plain) == len(even)
    assert max(wide(line, BODY) for line in even) < max(wide(line, BODY) for line in plain)


def test_text_shrinks_to_its_place_or_is_given_up() -> None:
    assert fitted("kort", BODY, (50.0, BODY.leading), 6.0) == BODY
    smaller = fitted("iets langer dan de regel", BODY, (35.0, BODY.leading), 6.0)
    assert smaller is not None
    assert smaller.size < BODY.size
    assert fitted("veel te lang " * 9, BODY, (35.0, BODY.leading), 6.0) is None
