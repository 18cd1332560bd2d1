"""Encryption with a key (AES-256-GCM-SIV), bound to the place where the result belongs."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from db.keys.canonical import packed
from db.keys.secret import SecretBytes

FORMAT = 1
AES_GCM_SIV = 1
_HEAD = bytes((FORMAT, AES_GCM_SIV))
_NONCE = 12
_TAG = 16


class WontOpenError(ValueError):
    """The key does not fit, or the content was altered, or it belongs elsewhere."""


def wrap(key: SecretBytes, content: bytes | bytearray, *place: str | int) -> bytes:
    """Encrypt; only the same key and the same place open it again.

    The result begins with the numbers of its format and its algorithm.
    """
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCMSIV(key.raw).encrypt(nonce, bytes(content), packed(_HEAD, *place))
    return _HEAD + nonce + sealed


def unwrap(key: SecretBytes, sealed: bytes, *place: str | int) -> SecretBytes:
    """What was encrypted.

    Raises:
        WontOpenError: when key, place or content do not fit.
    """
    head, nonce, rest = sealed[:2], sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :]
    if head != _HEAD or len(rest) < _TAG:
        raise WontOpenError
    try:
        return SecretBytes(AESGCMSIV(key.raw).decrypt(nonce, rest, packed(_HEAD, *place)))
    except InvalidTag as error:
        raise WontOpenError from error
