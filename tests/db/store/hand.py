"""A signer, a clock and compartment files for tests, without a vault."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.clock import SetClock
from app.consent.records import Answer, Decision, Medium
from app.errors import BoordboekError
from app.people.records import Enrolment, EnrolmentKind, Pupil
from app.record import Compartment
from db.store.compartment import CompartmentFile
from db.store.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.ports import Head
    from app.record import Record
    from db.store.engine import Raw

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


class Hand:
    """Signs for one user and knows the public keys of all hands it was shown."""

    def __init__(self, user: str, *others: Hand) -> None:
        self.user = user
        self.key_id = f"key-of-{user}"
        seed = hashlib.sha256(user.encode()).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        own = self._key.public_key().public_bytes_raw()
        self._known = {(user, self.key_id): own}
        for other in others:
            self._known.update(other._known)

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)

    def public_key(self, user: str, key_id: str) -> bytes | None:
        return self._known.get((user, key_id))


def key_of(name: str) -> bytearray:
    """A raw key, different for each name."""
    return bytearray(hashlib.sha256(f"key {name}".encode()).digest())


class Shelf:
    """One compartment file in a folder, to be opened as often as a test likes."""

    def __init__(self, folder: Path, compartment: Compartment = Compartment.CONSENT) -> None:
        self.identity = Identity("register-1", compartment, "device-1", folder)
        self.path = folder / f"{compartment}.db"
        self.clock = SetClock(START)
        self.hand = Hand("anna")
        self.key = key_of(compartment)

    def create(self) -> CompartmentFile:
        return CompartmentFile.create(self.path, self.key, self.identity, self.hand, self.clock)

    def open(self) -> CompartmentFile:
        return CompartmentFile.open(self.path, self.key, self.identity, self.hand, self.clock)

    @contextmanager
    def opened(self) -> Iterator[CompartmentFile]:
        file = self.open() if self.path.exists() else self.create()
        try:
            yield file
        finally:
            file.close()


def put(file: CompartmentFile, *records: Record, act: str = "added") -> Head:
    """Add records in one unit of work."""
    with file.work(act) as work:
        work.add(*records)
        return work.commit()


def raw_of(file: CompartmentFile) -> Raw:
    """The connection below, for tests that go behind the file's back."""
    return file._opened.raw


@contextmanager
def refused(text_id: str) -> Iterator[None]:
    """Expect a refusal or trouble with this text."""
    with pytest.raises(BoordboekError) as caught:
        yield
    assert caught.value.message.id == text_id


def pupil(id: str = "p1", first: str = "Zoë", surname: str = "Wal", prefix: str = "") -> Pupil:
    return Pupil(id=id, first_name=first, prefix=prefix, surname=surname)


def enrolment(
    id: str, pupil_id: str = "p1", start: date = date(2026, 8, 1), end: date | None = None
) -> Enrolment:
    return Enrolment(
        id=id,
        pupil_id=pupil_id,
        kind=EnrolmentKind.ENROLLED,
        site_id="s1",
        group_id="g1",
        start=start,
        end=end,
        recorded_at=START,
    )


def decision(id: str, subject: str = "p1", decider: str = "m1") -> Decision:
    return Decision(
        id=id,
        subject_id=subject,
        decider_id=decider,
        medium=Medium.PHOTO,
        channel="website",
        answer=Answer.YES,
        conditions=("no_name",),
        signed_on=TODAY,
        received_on=TODAY,
        how="paper",
        recorded_at=START,
    )
