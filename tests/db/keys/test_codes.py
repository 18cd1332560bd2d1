"""Codes on paper: tolerant of how they are typed, strict about what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.keys.codes import ALPHABET, ONE_TIME, RECOVERY, CodeKind, MistypedError
from db.keys.secret import SecretBytes

kinds = st.sampled_from([RECOVERY, ONE_TIME])


@st.composite
def codes(draw: st.DrawFn) -> tuple[CodeKind, SecretBytes]:
    kind = draw(kinds)
    letters = draw(st.text(ALPHABET, min_size=kind.letters, max_size=kind.letters))
    return kind, SecretBytes(letters.encode())


@st.composite
def typed_sloppily(draw: st.DrawFn, written: str) -> str:
    swaps = {"0": "0oO", "1": "1iIlL", "V": "vVuU"}
    letters = [
        draw(st.sampled_from(swaps.get(letter, letter.lower() + letter))) for letter in written
    ]
    gaps = st.sampled_from(["", " ", "-", ". "])
    return "".join(letter + draw(gaps) for letter in letters)


@given(codes(), st.data())
def test_spaces_case_and_lookalikes_do_not_matter(
    one: tuple[CodeKind, SecretBytes], data: st.DataObject
) -> None:
    kind, code = one
    sloppy = data.draw(typed_sloppily(kind.written(code)))
    assert kind.read(sloppy).raw == code.raw


@given(codes(), st.data())
def test_one_wrong_character_is_noticed(
    one: tuple[CodeKind, SecretBytes], data: st.DataObject
) -> None:
    kind, code = one
    written = kind.written(code).replace("-", "")
    at = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != written[at]]))
    wrong = written[:at] + other + written[at + 1 :]
    try:
        read = kind.read(wrong)
    except MistypedError:
        return
    # Two check characters miss one slip in a thousand; it is another code then, never the same.
    assert bytes(read.raw) != written[: kind.letters].encode()


def test_nearly_all_slips_are_noticed() -> None:
    written = RECOVERY.written(RECOVERY.fresh()).replace("-", "")
    slips = [
        written[:at] + other + written[at + 1 :]
        for at in range(len(written))
        for other in ALPHABET
        if other != written[at]
    ]
    assert sum(is_read(slip) for slip in slips) < len(slips) / 100


def is_read(text: str) -> bool:
    try:
        RECOVERY.read(text)
    except MistypedError:
        return False
    return True


@pytest.mark.parametrize(("kind", "bits", "groups"), [(RECOVERY, 128, 7), (ONE_TIME, 80, 5)])
def test_codes_are_long_enough_and_in_groups(kind: CodeKind, bits: int, groups: int) -> None:
    assert kind.letters * 5 >= bits
    assert [len(group) for group in kind.written(kind.fresh()).split("-")] == [4] * groups


def test_one_kind_is_never_taken_for_the_other() -> None:
    other = CodeKind("one-time", RECOVERY.letters)
    written = [other.written(other.fresh()) for _ in range(20)]
    assert sum(is_read(text) for text in written) < 5


@given(kinds, st.text(max_size=60))
def test_any_other_text_is_refused(kind: CodeKind, text: str) -> None:
    try:
        kind.read(text)
    except MistypedError:
        return
    pytest.fail("accepted")


def test_codes_do_not_repeat() -> None:
    assert len({bytes(ONE_TIME.fresh().raw) for _ in range(200)}) == 200
