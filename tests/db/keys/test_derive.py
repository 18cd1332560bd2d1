"""Keys from passwords and from other keys, held against an independent implementation."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from db.keys.canonical import packed
from db.keys.derive import CostRefusedError, KdfCost, from_key, from_password, handle_of, joined
from db.keys.secret import SecretBytes

SALT = bytes(range(16))
CHEAP = KdfCost.for_tests()


def test_the_oracle_knows_the_vector_of_rfc_9106() -> None:
    oracle = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32,
        ad=b"\x04" * 12, secret=b"\x03" * 8,
    )  # fmt: skip
    assert oracle.derive(b"\x01" * 32).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


@pytest.mark.parametrize("cost", [CHEAP, KdfCost(1024, 3), KdfCost.floor()])
def test_passwords_are_derived_as_the_oracle_does(cost: KdfCost) -> None:
    oracle = Argon2id(
        salt=SALT, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory_kib
    )
    with from_password("anker roest", SALT, cost) as key:
        assert bytes(key.raw) == oracle.derive(b"anker roest")


def test_one_password_from_two_keyboards_is_one_password() -> None:
    keys = {
        bytes(from_password(unicodedata.normalize(form, "Zoë"), SALT, CHEAP).raw)
        for form in ("NFC", "NFD")
    }
    assert len(keys) == 1


def test_keys_for_two_purposes_have_nothing_in_common() -> None:
    secret = SecretBytes.random()
    labels = [
        ("db", "r", "check", 1),
        ("db", "r", "check", 2),
        ("inbox", "r", "check", 1),
        ("db",),
    ]
    assert len({bytes(from_key(secret, *label).raw) for label in labels}) == len(labels)


def test_key_derivation_is_hkdf() -> None:
    secret = SecretBytes(b"k" * 32)
    early = hmac.digest(bytes(32), b"k" * 32, hashlib.sha256)
    late = hmac.digest(early, packed("boordboek", "db", 1) + b"\x01", hashlib.sha256)
    assert bytes(from_key(secret, "db", 1).raw) == late


def test_joined_secrets_keep_their_lengths_apart() -> None:
    parts = [SecretBytes(text) for text in (b"ab", b"c", b"a", b"bc")]
    assert bytes(joined(*parts[:2]).raw) != bytes(joined(*parts[2:]).raw)


def test_a_name_is_known_however_it_is_typed() -> None:
    assert handle_of("Zoë  de Wit ", SALT) == handle_of(
        "ZOE\N{COMBINING DIAERESIS} DE wit", SALT
    )
    assert handle_of("Zoe de Wit", SALT) != handle_of("Zoë de Wit", SALT)
    assert handle_of("Zoë de Wit", SALT) != handle_of("Zoë de Wit", SALT[::-1])


@pytest.mark.parametrize(
    ("memory_kib", "passes"),
    [(1024, 3), (64 * 1024, 2), (64 * 1024 * 1024, 3), (256 * 1024, 11), (0, 0), (-1, 3)],
)
def test_a_cost_that_is_too_cheap_or_absurd_is_refused(memory_kib: int, passes: int) -> None:
    with pytest.raises(CostRefusedError):
        KdfCost().accept(memory_kib, passes)


def test_the_floor_and_the_default_are_accepted() -> None:
    assert KdfCost().accept(64 * 1024, 3).is_below(KdfCost())
    assert not KdfCost().accept(256 * 1024, 3).is_below(KdfCost())


def test_calibration_never_goes_below_the_default() -> None:
    found = KdfCost.calibrated()
    assert not found.is_below(KdfCost())
    assert KdfCost().accept(found.memory_kib, found.passes) == found
