"""Sealed objects in a session: what is left for others, and what was left for the user."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NoReturn

from app.errors import Refusal
from app.ports import Kept, Unsealed
from db.register.sealed_objects import Letter, proven

if TYPE_CHECKING:
    from app.clock import Clock
    from app.ports import UserCard
    from app.record import Compartment
    from app.sealing import SealedCard, SealProof
    from db.register.inbox import Post
    from db.register.members import Member
    from db.register.sealed_objects import Opened
    from db.register.site import Site


class SealedThings(ABC):
    """The part of a session that seals and opens; a session gives it all the rest."""

    _site: Site
    _post: Post

    @property
    @abstractmethod
    def user(self) -> UserCard:
        """Who is signed in."""

    @property
    @abstractmethod
    def clock(self) -> Clock:
        """The clock that everything in this session uses."""

    @abstractmethod
    def opens(self, compartment: Compartment) -> bool:
        """Whether the user holds the key of the compartment."""

    @abstractmethod
    def _demand_open(self) -> None: ...

    @abstractmethod
    def _refuse(self, compartment: Compartment, act: str) -> NoReturn: ...

    @abstractmethod
    def _card(self, member: Member) -> UserCard: ...

    def seal(
        self,
        compartment: Compartment,
        content: bytes,
        files: tuple[tuple[str, bytes], ...] = (),
    ) -> str:
        """Seal something to a compartment's inbox and return its id; it cannot be read back.

        Raises:
            Refusal: `register.no_grant`, `register.too_large`.
            Trouble: `register.disk_full`, `register.read_only`.
        """
        self._demand_open()
        if not self.user.may(f"{compartment}.seal"):
            self._refuse(compartment, "seal")
        return self._post.seal(compartment, Letter(self.clock.now(), content, files))

    def waiting(self, compartment: Compartment) -> tuple[SealedCard, ...]:
        """What waits in an inbox, oldest first; contents stay sealed."""
        self._demand_open()
        return self._post.waiting(compartment)

    def unseal(self, compartment: Compartment, id: str) -> Unsealed:
        """Open a sealed object.

        Raises:
            Refusal: `register.no_grant` without the key, `register.not_found`, or
                `register.seal_broken` when it was altered, is not from a user of this register,
                or belongs to another compartment.
        """
        self._demand_open()
        if not self.opens(compartment):
            self._refuse(compartment, "unseal")
        return self._unsealed(id, self._post.unseal(compartment, id))

    def sealed_by(
        self, compartment: Compartment, proof: SealProof, digest: str
    ) -> UserCard | None:
        """Who sealed the content with this hash to a compartment; None if it is not shown."""
        members, by = self._site.directory.members, proof.signature
        key = members.signing_key(by.user, by.key)
        if key is None or not proven(proof, members.register, compartment, digest, key):
            return None
        return self._card(members.users[by.user])

    def settle(self, compartment: Compartment, id: str) -> None:
        """Take a sealed object out of the inbox, after what it holds was filed and committed.

        Raises:
            Refusal: `register.no_grant` without the key.
        """
        self._demand_open()
        if not self.opens(compartment):
            self._refuse(compartment, "settle")
        self._post.settle(compartment, id)

    def send(
        self, user_id: str, content: bytes, files: tuple[tuple[str, bytes], ...] = ()
    ) -> str:
        """Leave a sealed message for one user and return its id.

        Raises:
            Refusal: `register.not_found`, `register.too_large`.
        """
        self._demand_open()
        if user_id not in self._site.directory.members.users:
            raise Refusal("register.not_found")
        return self._post.send(user_id, Letter(self.clock.now(), content, files))

    def unseal_message(self, id: str) -> Unsealed:
        """Open one message of the user who is signed in, with its files.

        Raises:
            Refusal: `register.not_found`, or `register.seal_broken` when it was altered or is
                not from a user of this register.
        """
        self._demand_open()
        return self._unsealed(id, self._post.message(id))

    def messages(self) -> tuple[Kept, ...]:
        """The messages left for the user, oldest first; `drop(MESSAGE, key)` takes one away."""
        self._demand_open()
        return tuple(
            Kept(name, opened.letter.at, opened.letter.content)
            for name, opened in self._post.messages()
            if self._author(opened) is not None
        )

    def _unsealed(self, id: str, opened: Opened) -> Unsealed:
        author = self._author(opened)
        if author is None:
            raise Refusal("register.seal_broken")
        letter = opened.letter
        return Unsealed(id, author, letter.at, letter.content, opened.proof, letter.files)

    def _author(self, opened: Opened) -> UserCard | None:
        members = self._site.directory.members
        key = members.signing_key(opened.author, opened.key)
        if key is None or not opened.is_signed_by(key):
            return None
        return self._card(members.users[opened.author])
