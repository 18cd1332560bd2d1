"""Wrapping: opens with the right key in the right place, and not otherwise."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from hypothesis import given
from hypothesis import strategies as st

from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError, unwrap, wrap

KEY = SecretBytes(bytes(range(32)))


def test_the_linked_cipher_knows_a_vector_of_rfc_8452() -> None:
    cipher = AESGCMSIV(bytes([1]) + bytes(31))
    assert cipher.encrypt(bytes([3]) + bytes(11), b"", b"").hex() == (
        "07f5f4169bbf55a8400cd47ea6fd400f"
    )


@given(st.binary(max_size=500), st.text(max_size=20), st.integers(0, 9))
def test_what_was_wrapped_comes_out(content: bytes, place: str, epoch: int) -> None:
    assert bytes(unwrap(KEY, wrap(KEY, content, place, epoch), place, epoch).raw) == content


@given(st.binary(max_size=50), st.data())
def test_one_altered_byte_is_enough(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(wrap(KEY, content, "here"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WontOpenError):
        unwrap(KEY, bytes(sealed), "here")


@given(st.data())
def test_a_cut_off_piece_does_not_open(data: st.DataObject) -> None:
    sealed = wrap(KEY, b"content", "here")
    with pytest.raises(WontOpenError):
        unwrap(KEY, sealed[: data.draw(st.integers(0, len(sealed) - 1))], "here")


def test_another_place_or_key_does_not_open() -> None:
    sealed = wrap(KEY, b"content", "check", 1)
    for key, place in (
        (KEY, ("check", 2)),
        (KEY, ("check",)),
        (SecretBytes.random(), ("check", 1)),
    ):
        with pytest.raises(WontOpenError):
            unwrap(key, sealed, *place)


def test_every_blob_begins_with_format_and_algorithm() -> None:
    assert wrap(KEY, b"", "x")[:2] == bytes((1, 1))
