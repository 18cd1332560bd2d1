"""The code on a page: what is written comes back, and a misread one is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refusal
from app.forms.codes import PageCode, page_code, read_code

codes = st.builds(
    PageCode,
    st.text("0123456789abcdef", min_size=8, max_size=8),
    st.integers(1, 999_999).map("{:06d}".format),
    st.integers(1, 9),
    st.integers(1, 9),
)


@given(codes)
def test_a_code_comes_back(code: PageCode) -> None:
    assert read_code(code.text()) == code


@given(codes, st.data())
def test_one_wrong_character_is_refused(code: PageCode, data: st.DataObject) -> None:
    text = code.text()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFabcdef:/x").filter(text[place].__ne__))
    with pytest.raises(Refusal):
        read_code(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "BB1", "BB1::::", "https://example.org", "BB2:a:1:1/1:0000"]
)
def test_a_foreign_code_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_code(text)
    assert refused.value.message.id == "forms.foreign_code"


def test_a_form_code_gets_its_page() -> None:
    assert read_code(page_code("0123abcd:000042", 2, 3)) == PageCode("0123abcd", "000042", 2, 3)
