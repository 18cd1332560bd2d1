"""The inboxes of a register: sealed reports for compartments, sealed messages for users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.sealing import SealedCard
from db.keys.canonical import MalformedError
from db.keys.wrap import WontOpenError
from db.register.files import read
from db.register.sealed_objects import (
    LARGEST,
    Address,
    Letter,
    Opened,
    epoch_of,
    is_name,
    names_in,
    new_name,
    opened,
    sealed,
    time_of,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.record import Compartment
    from db.keys.secret import SecretBytes
    from db.register.holder import Holder
    from db.register.site import Site


@dataclass(frozen=True, slots=True)
class Post:
    """Lays sealed objects down, and opens those that the holder has a key for."""

    site: Site
    holder: Holder

    # reports for a compartment

    def seal(self, compartment: Compartment, letter: Letter) -> str:
        """Lay a report into a compartment's inbox; returns its id.

        Raises:
            Refusal: `register.too_large`.
            Trouble: `register.disk_full`, `register.read_only`.
        """
        epoch = self.site.directory.members.epoch(compartment)
        address = self._report(compartment, epoch.number)
        return self._lay(self.site.layout.inbox(compartment), address, epoch.inbox, letter)

    def waiting(self, compartment: Compartment) -> tuple[SealedCard, ...]:
        """What waits in a compartment's inbox, oldest first for whoever holds the key."""
        folder = self.site.layout.inbox(compartment)
        cards = []
        for name in names_in(folder):
            content = _content(folder / name)
            if content is not None:
                at = self._report_time(compartment, name, content)
                cards.append(SealedCard(name, len(content), at))
        return tuple(sorted(cards, key=_age))

    def unseal(self, compartment: Compartment, name: str) -> Opened:
        """Open a report.

        Raises:
            Refusal: `register.not_found`, or `register.seal_broken` when it was altered,
                moved, or sealed to a key that is not known.
        """
        content = (
            _content(self.site.layout.inbox(compartment) / name) if is_name(name) else None
        )
        if content is None:
            raise Refusal("register.not_found")
        try:
            epoch = epoch_of(content)
            with self.holder.demanded_key(compartment, epoch).inbox() as secret:
                return opened(name, self._report(compartment, epoch), secret, content)
        except (WontOpenError, MalformedError) as error:
            raise Refusal("register.seal_broken") from error

    def settle(self, compartment: Compartment, name: str) -> None:
        """Take a report out of the inbox; no error when it is not there."""
        path = self.site.layout.inbox(compartment) / name
        if is_name(name) and path.exists():
            self.site.around.files.remove(path)

    # messages for a user

    def send(self, user: str, letter: Letter) -> str:
        """Leave a message for a user; returns its id.

        Raises:
            Refusal: `register.too_large`.
            Trouble: `register.disk_full`, `register.read_only`.
        """
        box = self.site.directory.members.users[user].key.public.box
        return self._lay(self.site.layout.messages(user), self._message(user), box, letter)

    def messages(self) -> list[tuple[str, Opened]]:
        """Id and content of the messages for the holder; what he cannot open is passed over."""
        folder = self.site.layout.messages(self.holder.user)
        opened = ((name, self._opened_message(name)) for name in names_in(folder))
        found = [(name, letter) for name, letter in opened if letter is not None]
        return sorted(found, key=lambda pair: (pair[1].letter.at, pair[0]))

    def message(self, name: str) -> Opened:
        """Open one message for the holder.

        Raises:
            Refusal: `register.not_found`, or `register.seal_broken` when it does not open.
        """
        if not is_name(name) or _content(self._message_path(name)) is None:
            raise Refusal("register.not_found")
        found = self._opened_message(name)
        if found is None:
            raise Refusal("register.seal_broken")
        return found

    def drop_message(self, name: str) -> None:
        """Take a message of the holder away; no error when it is not there."""
        path = self._message_path(name)
        if is_name(name) and path.exists():
            self.site.around.files.remove(path)

    def _message_path(self, name: str) -> Path:
        return self.site.layout.messages(self.holder.user) / name

    def _opened_message(self, name: str) -> Opened | None:
        secrets = (self.holder.own.pair.box, *self.holder.own.former)
        content = _content(self._message_path(name))
        return _opened_by_any(name, self._message(self.holder.user), secrets, content)

    def _lay(self, folder: Path, address: Address, box: bytes, letter: Letter) -> str:
        if letter.size > LARGEST:
            raise Refusal("register.too_large", most=LARGEST // (1024 * 1024))
        name = new_name()
        content = sealed(name, address, box, self.holder.author, letter)
        self.site.around.files.make_folder(folder)
        self.site.around.files.write(folder / name, content, quiet=True)
        return name

    def _report(self, compartment: Compartment, epoch: int) -> Address:
        return Address(self.site.directory.register, "report", compartment, epoch)

    def _message(self, user: str) -> Address:
        return Address(self.site.directory.register, "message", user, 0)

    def _report_time(
        self, compartment: Compartment, name: str, content: bytes
    ) -> datetime | None:
        try:
            epoch = epoch_of(content)
            with self.holder.demanded_key(compartment, epoch).inbox() as secret:
                return time_of(name, self._report(compartment, epoch), secret, content)
        except (WontOpenError, MalformedError):
            return None


def _age(card: SealedCard) -> tuple[bool, str, str]:
    """What cannot be told comes first, then the oldest."""
    return card.at is not None, card.at.isoformat() if card.at else "", card.id


def _content(path: Path) -> bytes | None:
    try:
        return read(path)
    except FileNotFoundError:
        return None


def _opened_by_any(
    name: str, address: Address, secrets: tuple[SecretBytes, ...], content: bytes | None
) -> Opened | None:
    for secret in secrets:
        try:
            return opened(name, address, secret, content or b"")
        except (WontOpenError, MalformedError):
            continue
    return None
