"""Secrets are wiped, and tell nothing of themselves."""

from __future__ import annotations

import pickle

import pytest

from db.keys.secret import SecretBytes


def test_a_closed_secret_is_gone_from_where_it_was() -> None:
    secret = SecretBytes(b"geheim")
    place = secret.raw
    with secret:
        assert bytes(secret.raw) == b"geheim"
    assert len(place) == 0
    assert len(secret) == 0


def test_a_copy_lives_on() -> None:
    secret = SecretBytes.random()
    copy = secret.copy()
    secret.close()
    assert len(copy) == 32


def test_a_secret_cannot_be_printed_or_pickled() -> None:
    secret = SecretBytes(b"geheim")
    assert "geheim" not in f"{secret} {secret!r}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_secrets_do_not_repeat() -> None:
    assert len({bytes(SecretBytes.random().raw) for _ in range(100)}) == 100
