"""What may be shown: a table, and that nothing left out can be computed from what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.counts import Count, Shown, fit, shown, together

LEAST = 5
BIG, EVEN = Count(20, 6, 7), Count(10, 10, 10)
SMALL = Count(10, 2, 8)

# groups -> shown apart, left out, whether the others and the whole are shown
SHOWS = [
    ({"a": BIG}, {"a"}, set(), False, True),
    ({"a": BIG, "b": EVEN}, {"a", "b"}, set(), False, True),
    ({"a": SMALL, "b": BIG, "c": EVEN}, {"b"}, {"a", "c"}, True, True),
    ({"a": SMALL, "b": SMALL, "c": BIG, "d": EVEN}, {"c"}, {"a", "b", "d"}, True, True),
    ({"a": SMALL}, {"a"}, set(), False, True),
    ({"a": SMALL, "b": Count(20)}, {"a", "b"}, set(), False, True),
    ({"a": Count(10, 2, 1), "b": Count(20)}, {"b"}, {"a"}, False, False),
    ({"a": Count(2), "b": Count(9)}, set(), {"a", "b"}, False, False),
    ({"a": Count()}, set(), set(), False, True),
]


@pytest.mark.parametrize(("groups", "apart", "hidden", "others", "whole"), SHOWS)
def test_what_is_shown(
    groups: dict[str, Count], apart: set[str], hidden: set[str], others: bool, whole: bool
) -> None:
    found = shown(groups, LEAST)
    assert set(found.groups) == apart
    assert set(found.hidden) == hidden
    assert (found.others is not None) is others
    assert (found.whole is not None) is whole


_SOME = st.one_of(st.integers(0, 6), st.integers(0, 30))
_COUNT = st.builds(Count, _SOME, _SOME, _SOME)
_ONE_KIND = st.builds(Count, _SOME)
_TWO_KINDS = st.builds(Count, _SOME, st.just(0), _SOME)
_SCHOOL = st.sampled_from((_COUNT, _ONE_KIND, _TWO_KINDS)).flatmap(
    lambda kind: st.dictionaries(st.sampled_from("abcdefgh"), kind, max_size=8)
)


def counted(found: Shown, groups: dict[str, Count]) -> dict[str, Count]:
    """What was counted, in the parts that are shown."""
    return {id: one.rough if found.rough else one for id, one in groups.items()}


def test_a_small_school_is_shown_in_two_numbers() -> None:
    found = shown({"a": Count(30, 2, 8), "b": Count(16, 0, 4)}, LEAST)
    assert found.rough
    assert found.whole == Count(46, 0, 14)
    assert set(found.hidden) == {"a", "b"}


@given(_SCHOOL)
def test_the_parts_make_the_whole(groups: dict[str, Count]) -> None:
    found = shown(groups, LEAST)
    filled = {id for id, one in groups.items() if one.total}
    assert {*found.groups, *found.hidden} == filled
    if found.whole is not None:
        others = (found.others,) if found.others else ()
        assert together((*found.groups.values(), *others)) == found.whole
        assert found.whole == together(counted(found, groups).values())


@given(_SCHOOL)
def test_no_small_number_is_shown(groups: dict[str, Count]) -> None:
    found = shown(groups, LEAST)
    seen = [one for one in (found.whole, found.others, *found.groups.values()) if one]
    assert all(fit(one, LEAST) for one in seen)


@given(_SCHOOL)
def test_nothing_that_was_left_out_can_be_computed(groups: dict[str, Count]) -> None:
    found = shown(groups, LEAST)
    known = counted(found, groups)
    for id in found.hidden:
        for kind, number in enumerate(known[id].parts):
            low, high = _bounds(found, known, id, kind)
            assert low < high or number == 0


def _bounds(found: Shown, groups: dict[str, Count], id: str, kind: int) -> tuple[int, int]:
    """What somebody learns who knows everything shown, and the size of every group."""
    size = groups[id].total
    if found.others is None:
        return 0, size
    of_kind = found.others.parts[kind]
    others = found.others.total - size
    return max(0, of_kind - others), min(size, of_kind)
