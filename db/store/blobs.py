"""Attached files: each encrypted with a key of its own, bound to its register and compartment.

A file is written before the row that knows it is committed: a temporary file, synced, renamed,
the folder synced. So a row never lacks its file; a file without a row is removed later.
The padding hides the exact size (Padmé, at most 12 % more).
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.errors import Trouble
from db.store.files import sync_folder, write_new
from db.store.tables import Blob

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.store.identity import Identity

_FORM = b"boordboek blob 1"
_LENGTH = 8
_NONCE = 12
_KEY = 32
_SMALLEST = 4096
_LEFT_OVER = timedelta(hours=24)


class BlobBox:
    """The attached files of one compartment."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self.folder = identity.folder / "blobs" / str(identity.compartment)

    def write(self, content: bytes) -> Blob:
        """Encrypt and store a file durably; returns the row that must be committed with it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name, key, nonce = (
            secrets.token_hex(16),
            secrets.token_bytes(_KEY),
            secrets.token_bytes(_NONCE),
        )
        sealed = AESGCMSIV(key).encrypt(nonce, _padded(content), self._bound(name))
        write_new(self.folder / name, nonce + sealed)
        return Blob(
            id=name,
            key=key.hex(),
            size=len(content),
            stored=len(nonce) + len(sealed),
            plain_digest=hashlib.sha256(content).hexdigest(),
            stored_digest=hashlib.sha256(nonce + sealed).hexdigest(),
        )

    def read(self, blob: Blob) -> bytes:
        """The content of an attached file.

        Raises:
            Trouble: `register.blob_missing` or `register.blob_damaged`.
        """
        try:
            stored = (self.folder / blob.id).read_bytes()
        except FileNotFoundError as error:
            raise Trouble("register.blob_missing") from error
        except OSError as error:
            raise Trouble("register.blob_damaged") from error
        if hashlib.sha256(stored).hexdigest() != blob.stored_digest:
            raise Trouble("register.blob_damaged")
        return self._opened(blob, stored)

    def _opened(self, blob: Blob, stored: bytes) -> bytes:
        key = bytes.fromhex(blob.key)
        try:
            padded = AESGCMSIV(key).decrypt(
                stored[:_NONCE], stored[_NONCE:], self._bound(blob.id)
            )
        except InvalidTag as error:
            raise Trouble("register.blob_damaged") from error
        size = int.from_bytes(padded[:_LENGTH], "big")
        content = padded[_LENGTH : _LENGTH + size]
        if hashlib.sha256(content).hexdigest() != blob.plain_digest:
            raise Trouble("register.blob_damaged")
        return content

    def missing(self, known: Iterable[str]) -> tuple[str, ...]:
        """The ids among these whose file is not there."""
        there = {path.name for path in self._files()}
        return tuple(sorted(set(known) - there))

    def discard(self, names: Iterable[str]) -> None:
        """Remove files whose rows were not committed; what cannot be removed is left over."""
        for name in names:
            try:
                (self.folder / name).unlink(missing_ok=True)
            except OSError:
                continue

    def destroy(self, names: Iterable[str]) -> None:
        """Take files off the disk of which it is committed that they are destroyed.

        What cannot be taken off now goes at the next verification, as at every start.
        """
        there = [name for name in names if (self.folder / name).exists()]
        if there:
            self.discard(there)
            with suppress(OSError):  # it is committed: what was asked is done
                sync_folder(self.folder)

    def clean(self, known: Iterable[str], now: datetime) -> int:
        """Remove files that no row knows and that are older than a day; returns how many."""
        kept = set(known)
        before = (now.astimezone(UTC) - _LEFT_OVER).timestamp()
        stray = [p for p in self._files() if p.name not in kept and p.stat().st_mtime < before]
        self.discard(path.name for path in stray)
        if stray:
            sync_folder(self.folder)
        return len(stray)

    def _files(self) -> tuple[Path, ...]:
        return tuple(self.folder.iterdir()) if self.folder.is_dir() else ()

    def _bound(self, name: str) -> bytes:
        parts = (self._identity.register, str(self._identity.compartment), name)
        return b"\x00".join((_FORM, *(part.encode() for part in parts)))


def _padded(content: bytes) -> bytes:
    size = _LENGTH + len(content)
    return len(content).to_bytes(_LENGTH, "big") + content + bytes(padded_size(size) - size)


def padded_size(size: int) -> int:
    """The size class of a number of bytes: at least 4096, at most 12 % more (Padmé)."""
    if size <= _SMALLEST:
        return _SMALLEST
    exponent = size.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-size // unit) * unit
