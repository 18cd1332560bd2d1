"""The compartments' files that a session has open, each opened when it is first needed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import BoordboekError, Refusal, Trouble
from db.register.site import Site, demand_file
from db.store.compartment import CompartmentFile
from db.store.identity import Identity

if TYPE_CHECKING:
    from app.ports import Head
    from app.record import Compartment
    from db.register.compartment_keys import CompartmentKey
    from db.register.holder import Holder


class DirectorySigner:
    """Signs as the holder, and knows everybody's public keys from the directory."""

    def __init__(self, site: Site, holder: Holder) -> None:
        self._site = site
        self._holder = holder
        self._key_id = holder.own.pair.public.key_id

    @property
    def user(self) -> str:
        """Id of the user who is signed in."""
        return self._holder.user

    @property
    def key_id(self) -> str:
        """Id of his signing key."""
        return self._key_id

    def sign(self, content: bytes) -> bytes:
        """Ed25519 signature of the user over some bytes."""
        return self._holder.own.pair.sign(content)

    def public_key(self, user: str, key_id: str) -> bytes | None:
        """Raw Ed25519 public key of a user, revoked ones included, or None when unknown."""
        return self._site.directory.members.signing_key(user, key_id)


class Compartments:
    """Opens, keeps and closes the files that the holder's keys open."""

    def __init__(self, site: Site, holder: Holder) -> None:
        self._site = site
        self._holder = holder
        self._signer = DirectorySigner(site, holder)
        self._open: dict[Compartment, CompartmentFile] = {}
        self._shut = False

    @property
    def signer(self) -> DirectorySigner:
        """Signs what is written, and what else the user signs in this session."""
        return self._signer

    def create_all(self) -> None:
        """Make the files of a new register.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`.
        """
        for compartment, key in self._holder.newest().items():
            path = self._site.layout.database(compartment)
            with key.database() as raw:
                self._open[compartment] = CompartmentFile.create(
                    path,
                    raw.raw,
                    self._identity(compartment),
                    self._signer,
                    self._site.around.clock,
                )

    def open_all(self) -> None:
        """Open every file that the holder may open.

        Raises:
            Refusal: `register.wrong_key_or_damaged`, `register.newer`, `register.foreign_file`.
            Trouble: `register.file_missing`, `register.damaged`, `register.read_only`.
        """
        for compartment in self._holder.keys:
            self.file(compartment)

    def file(self, compartment: Compartment) -> CompartmentFile:
        """A compartment's file, opened now if it was not yet; raises as `open_all` does."""
        if self._shut:
            raise Refusal("register.locked")
        found = self._open.get(compartment)
        if found is None:
            found = self._opened(compartment, self._holder.keys[compartment][-1])
            self._open[compartment] = found
        return found

    def heads(self) -> dict[Compartment, Head]:
        """The newest journal entries of the files that are open and not being worked on."""
        found = {}
        for compartment, file in self._open.items():
            with suppress(BoordboekError, RuntimeError):  # RuntimeError: still being worked on
                found[compartment] = file.head()
        return found

    def prepare(self, key: CompartmentKey) -> None:
        """Write a compartment beside its file, with the key of an epoch that is to begin."""
        path = self._site.layout.next_database(key.compartment, key.epoch)
        self._site.around.files.remove(path)
        with key.database() as raw:
            self.file(key.compartment).rekey_to(path, raw.raw)

    def forget_prepared(self, key: CompartmentKey) -> None:
        """Remove what `prepare` made, for an epoch that does not begin after all."""
        with suppress(Trouble):
            path = self._site.layout.next_database(key.compartment, key.epoch)
            self._site.around.files.remove(path)

    def shut(self) -> None:
        """Close every file, for good."""
        self.close_all()
        self._shut = True

    def close(self, compartment: Compartment) -> None:
        """Close one file."""
        found = self._open.pop(compartment, None)
        if found is not None:
            found.close()

    def close_all(self) -> None:
        """Close every file."""
        for compartment in tuple(self._open):
            self.close(compartment)

    def _opened(self, compartment: Compartment, key: CompartmentKey) -> CompartmentFile:
        demand_file(self._site.layout, compartment)
        path = self._site.layout.database(compartment)
        with key.database() as raw:
            return CompartmentFile.open(
                path,
                raw.raw,
                self._identity(compartment),
                self._signer,
                self._site.around.clock,
            )

    def _identity(self, compartment: Compartment) -> Identity:
        card = self._site.card
        return Identity(card.id, compartment, card.device, card.folder)
