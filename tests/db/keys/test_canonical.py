"""One form for every value, and nothing else is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.keys.canonical import (
    Json,
    MalformedError,
    from_json,
    from_text,
    packed,
    to_json,
    to_text,
    unpacked,
)

parts = st.lists(st.one_of(st.binary(), st.text(), st.integers()), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(parts)
def test_packed_parts_come_out_as_they_went_in(given_parts: list[bytes | str | int]) -> None:
    assert unpacked(packed(*given_parts)) == given_parts


@given(parts, parts)
def test_two_lists_never_give_the_same_bytes(
    first: list[bytes | str | int], second: list[bytes | str | int]
) -> None:
    assert (first == second) == (packed(*first) == packed(*second))


@given(st.binary(max_size=60))
def test_any_bytes_are_parts_or_refused(content: bytes) -> None:
    try:
        found = unpacked(content)
    except MalformedError:
        return
    assert all(isinstance(part, bytes | str | int) for part in found)


@given(values)
def test_json_has_one_form(value: Json) -> None:
    written = to_json(value)
    assert from_json(written) == value


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1,"a":1}', b"NaN", b'"\\u0041"'),
        *(b"1.0 ", b"[" * 100_000, b"\xff", '"ë"'.encode()),
    ],
)
def test_any_other_form_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedError):
        from_json(content)


@given(st.binary(max_size=60))
def test_text_of_bytes_has_one_form(content: bytes) -> None:
    assert from_text(to_text(content)) == content


@pytest.mark.parametrize("text", ["A", "AA", "QR==", "QQ==\n", "Q Q==", "é"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        from_text(text)
