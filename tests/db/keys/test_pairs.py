"""Signing and sealing, held against the published vectors."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from db.keys.canonical import packed
from db.keys.pairs import SEAL_OVERHEAD, PrivatePair, PublicPair, holds, seal
from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError


class Rfc9180:
    """HPKE base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305, written from the RFC."""

    KEM = b"KEM" + (0x20).to_bytes(2, "big")
    SUITE = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x20, 1, 3))

    def extract(self, suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
        salt = salt or bytes(32)
        return hmac.digest(salt, b"HPKE-v1" + suite + label + key, hashlib.sha256)

    def expand(self, suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
        info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.digest(key, info + b"\x01", hashlib.sha256)[:length]

    def open(self, enc: bytes, secret: bytes, info: bytes, aad: bytes, sealed: bytes) -> bytes:
        own = X25519PrivateKey.from_private_bytes(secret)
        shared = own.exchange(X25519PublicKey.from_public_bytes(enc))
        context = enc + own.public_key().public_bytes_raw()
        eae = self.extract(self.KEM, b"", b"eae_prk", shared)
        shared = self.expand(self.KEM, eae, b"shared_secret", context, 32)
        psk = self.extract(self.SUITE, b"", b"psk_id_hash", b"")
        schedule = b"\x00" + psk + self.extract(self.SUITE, b"", b"info_hash", info)
        top = self.extract(self.SUITE, shared, b"secret", b"")
        key = self.expand(self.SUITE, top, b"key", schedule, 32)
        nonce = self.expand(self.SUITE, top, b"base_nonce", schedule, 12)
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, aad)


def test_the_rfc_9180_vector_opens() -> None:
    opened = Rfc9180().open(
        bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
        bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
        bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
        b"Count-0",
        bytes.fromhex(
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db"
            "21993c62ce81883d2dd1b51a28"
        ),
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_what_is_sealed_opens_by_the_rfc() -> None:
    pair = PrivatePair.random()
    sealed = seal(pair.public.box, b"report", "place", 1)
    info = packed(sealed[:2], "place", 1)
    opened = Rfc9180().open(sealed[2:34], bytes(pair.box.raw), info, b"", sealed[34:])
    assert opened == b"report"


@pytest.mark.parametrize(
    ("secret", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
    ],
)
def test_signatures_are_those_of_rfc_8032(
    secret: str, public: str, message: str, signature: str
) -> None:
    pair = PrivatePair(SecretBytes(bytes.fromhex(secret)), SecretBytes.random())
    assert pair.public.signing.hex() == public
    assert pair.sign(bytes.fromhex(message)).hex() == signature


@given(st.binary(max_size=300), st.integers(0, 63), st.integers(0, 7))
def test_an_altered_signature_does_not_hold(content: bytes, at: int, bit: int) -> None:
    pair = PrivatePair.random()
    signature = bytearray(pair.sign(content))
    assert holds(pair.public.signing, bytes(signature), content)
    signature[at] ^= 1 << bit
    assert not holds(pair.public.signing, bytes(signature), content)


@given(st.binary(max_size=100), st.data())
def test_an_altered_seal_does_not_open(content: bytes, data: st.DataObject) -> None:
    pair = PrivatePair.random()
    sealed = bytearray(seal(pair.public.box, content, "here"))
    assert len(sealed) == len(content) + SEAL_OVERHEAD
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(WontOpenError):
        pair.unseal(bytes(sealed), "here")


def test_a_seal_opens_only_in_its_place_and_for_its_pair() -> None:
    pair, other = PrivatePair.random(), PrivatePair.random()
    sealed = seal(pair.public.box, b"x", "consent", 1)
    for opener, place in (
        (pair, ("consent", 2)),
        (pair, ("check", 1)),
        (other, ("consent", 1)),
    ):
        with pytest.raises(WontOpenError):
            opener.unseal(sealed, *place)


def test_a_pair_that_follows_from_a_secret_is_always_the_same() -> None:
    secret = SecretBytes.random()
    assert PrivatePair.derived(secret, "a").public == PrivatePair.derived(secret, "a").public
    assert PrivatePair.derived(secret, "a").public != PrivatePair.derived(secret, "b").public


@pytest.mark.parametrize("box", [bytes(32), b"\x01" + bytes(31), bytes(31), b""])
def test_keys_to_which_nothing_can_be_sealed_are_not_sound(box: bytes) -> None:
    good = PrivatePair.random().public
    assert good.is_sound()
    assert not PublicPair(good.signing, box).is_sound()


def test_a_private_pair_shows_nothing_of_itself() -> None:
    pair = PrivatePair.random()
    assert bytes(pair.box.raw).hex() not in repr(pair)
    pair.close()
    assert len(pair.box) == len(pair.signing) == 0
