from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.geometry import (
    BOTTOM,
    CODE,
    CORNERS,
    LEFT,
    RIGHT,
    TOP,
    Asked,
    Spot,
    answer_page_of,
    answer_pages,
    print_scale,
)

NEW_REGISTER = (
    Asked("photo", tuple("abcdef")),
    Asked("film", tuple("abcde")),
    Asked("audio", tuple("abc")),
)
CONDITIONS = tuple("1234")

asked = st.lists(st.integers(1, 30), max_size=4).map(
    lambda sizes: tuple(
        Asked(f"m{place}", tuple(map(str, range(size)))) for place, size in enumerate(sizes)
    )
)


def apart(one: Spot, other: Spot) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_what_a_new_register_asks_fits_one_page() -> None:
    assert len(answer_pages(NEW_REGISTER, CONDITIONS)) == 1


@given(asked, st.integers(0, 9), st.booleans())
def test_every_use_is_asked_once_in_order(
    sections: tuple[Asked, ...], conditions: int, large: bool
) -> None:
    pages = answer_pages(sections, tuple(map(str, range(conditions))), large=large)
    found = [(row.medium, row.use) for page in pages for row in page.rows]
    assert found == [(section.medium, use) for section in sections for use in section.uses]


@given(asked, st.integers(0, 9), st.booleans())
def test_boxes_stay_apart_and_inside(
    sections: tuple[Asked, ...], conditions: int, large: bool
) -> None:
    for page in answer_pages(sections, tuple(map(str, range(conditions))), large=large):
        spots = [*page.boxes, CODE, *CORNERS.values()]
        if page.signing:
            spots += [page.signing.signature, page.signing.send_back]
        for number, spot in enumerate(spots):
            assert all(apart(spot, other) for other in spots[number + 1 :])
        for box in page.boxes:
            assert box.x >= LEFT
            assert box.x + box.width <= RIGHT
            assert box.y >= TOP
            assert box.y + box.height <= BOTTOM


@given(asked, st.integers(0, 9), st.booleans())
def test_only_the_last_page_is_signed(
    sections: tuple[Asked, ...], conditions: int, large: bool
) -> None:
    pages = answer_pages(sections, tuple(map(str, range(conditions))), large=large)
    assert [page.signing is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    signing = pages[-1].signing
    assert signing is not None
    assert signing.send_back.y + signing.send_back.height <= BOTTOM + 1e-6


@given(asked)
def test_no_section_begins_with_a_lonely_question(sections: tuple[Asked, ...]) -> None:
    sizes = {section.medium: len(section.uses) for section in sections}
    for page in answer_pages(sections):
        for band in page.bands:
            rows = [row for row in page.rows if row.medium == band.medium]
            assert len(rows) >= min(2, sizes[band.medium]) or band.again


def test_a_section_that_goes_on_says_so() -> None:
    pages = answer_pages((Asked("photo", tuple(map(str, range(40)))),))
    assert [[band.again for band in page.bands] for page in pages] == [[False], [True]]


def test_answer_pages_are_the_last_pages_of_a_form() -> None:
    pages = answer_pages(NEW_REGISTER, CONDITIONS)
    assert answer_page_of(pages, 2, 2) is pages[0]
    assert answer_page_of(pages, 1, 2) is None
    assert answer_page_of(pages, 3, 2) is None


@given(st.floats(0.9, 1.1), st.sets(st.sampled_from(sorted(CORNERS)), min_size=2))
def test_scale_of_a_print_is_found_from_any_two_marks(factor: float, seen: set[str]) -> None:
    found = {text: CORNERS[text].scaled(factor).centre for text in seen}
    assert print_scale(found) == pytest.approx(factor)


def test_scale_is_unknown_with_one_mark() -> None:
    assert print_scale({"BBA": (16.0, 16.0), "other": (3.0, 3.0)}) is None


def test_a_smaller_print_keeps_the_middle() -> None:
    assert Spot(100.0, 143.5, 10.0, 10.0).scaled(0.97).centre == pytest.approx((105.0, 148.5))


def test_inset_narrows_all_around() -> None:
    assert Spot(10.0, 10.0, 5.0, 5.0).inset(0.75) == Spot(10.75, 10.75, 3.5, 3.5)
