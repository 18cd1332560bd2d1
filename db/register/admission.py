"""Who may come in: adding, renewing and shutting out users, passwords, the recovery code."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import resources
from app.bsn import refuse_bsn
from app.errors import BoordboekError, Refusal, Trouble
from app.jobs import SILENT, CancelledError
from app.register.passwords import check_password, check_pin
from db.keys.canonical import MalformedError, from_text, to_text
from db.keys.codes import RECOVERY, MistypedError
from db.keys.derive import handle_of
from db.keys.secret import SecretBytes
from db.keys.wrap import WontOpenError
from db.register import access, roles
from db.register.compartment_keys import opened
from db.register.doors import (
    PASSWORD,
    DeviceSecret,
    Place,
    device_door,
    open_password,
    pin_door,
)
from db.register.holder import close_keys, shown_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.access import RoleChange
    from app.jobs import Progress
    from app.record import Compartment
    from db.register.compartments import Compartments
    from db.register.directory import Directory
    from db.register.holder import Holder
    from db.register.members import Member, Members
    from db.register.site import Site

T = TypeVar("T")

_LONGEST_NAME = 100
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SECRET = "device secret"  # noqa: S105 - the name of an entry


@dataclass(frozen=True, slots=True)
class Admission:
    """Changes the directory for the user who is signed in; each change is saved at once."""

    site: Site
    holder: Holder
    compartments: Compartments

    # -- users ------------------------------------------------------------------------------

    def add(self, name: str, named: tuple[str, ...]) -> str:
        """Add a user; returns the written one-time code."""
        members = self._members
        known = good_name(name)
        if not members.recovery_confirmed:
            raise Refusal("register.recovery_first")
        self._demand_roles(named)
        self._demand_right(named)
        twin = members.by_handle(handle_of(known, members.salt))
        if twin is not None and not twin.revoked:
            raise Refusal("register.name_taken", field="name", name=known)
        newcomer = access.Newcomer(known, tuple(dict.fromkeys(named)))
        return self._change(lambda draft, at: access.add(draft, self.holder, newcomer, at))

    def reissue(self, user: str) -> str:
        """Replace a user's access; returns the written one-time code."""
        member = self._other(user)
        self._demand_right(member.roles)
        return self._change(lambda draft, at: access.reissue(draft, self.holder, user, at))

    def revoke(self, user: str, progress: Progress) -> None:
        """Shut a user out and begin a new epoch of every compartment he held."""
        member = self._other(user)
        self._demand_right(member.roles)
        draft = self.site.directory.copy()
        access.revoke(draft, self.holder, user, self.site.around.clock.now())
        self._begin_epochs(draft, progress)

    def change_roles(self, user: str, named: tuple[str, ...], progress: Progress) -> None:
        """Give a user other roles, and compartments that he loses a new epoch."""
        member = self._other(user)
        self._demand_roles(named)
        self._demand_right((*member.roles, *named))
        draft = self.site.directory.copy()
        now, once = self.site.around.clock.now(), tuple(dict.fromkeys(named))
        access.change_roles(draft, self.holder, user, once, now)
        self._begin_epochs(draft, progress)

    def role_changes(self) -> tuple[RoleChange, ...]:
        """What the program's table of roles would change; nothing when it is not newer."""
        table = roles.to_take(self._members)
        return () if table is None else roles.changes(self._members.roles, table)

    def take_roles(self, progress: Progress = SILENT, *, unasked: bool = False) -> None:
        """Take over the program's table of roles; `unasked`: only if nobody may more by it."""
        members = self._members
        if not members.is_root(self._member):
            raise Refusal("register.no_grant")
        table = roles.to_take(members)
        if table is None or (unasked and not roles.goes_unasked(members, table)):
            return
        draft = self.site.directory.copy()
        now, version = self.site.around.clock.now(), resources.roles_version()
        access.define_roles(draft, self.holder, table, version, now)
        self._begin_epochs(draft, progress)

    def renew_keys(self, progress: Progress) -> None:
        """Begin a new epoch of every compartment that the holder may open."""
        if not self._members.is_root(self._member):
            raise Refusal("register.no_grant")
        draft = self.site.directory.copy()
        now = self.site.around.clock.now()
        access.start_epochs(draft, self.holder, self.holder.keys, now)
        self._begin_epochs(draft, progress)

    def _begin_epochs(self, draft: Directory, progress: Progress) -> None:
        before = self._members
        begun = [
            part
            for part in self.holder.keys
            if draft.members.epoch(part).number > before.epoch(part).number
        ]
        fresh = opened(draft.members, self.holder.own.pair, begun)
        try:
            for done, part in enumerate(begun):
                progress.step(done, len(begun))
                self.compartments.prepare(fresh[part][-1])
            self.site.save(draft)  # from here on the new epochs count
        except (BoordboekError, CancelledError):
            for part in begun:
                self.compartments.forget_prepared(fresh[part][-1])
            raise
        finally:
            close_keys(fresh)
        self._swap(begun)
        progress.step(len(begun), len(begun))

    def _swap(self, begun: list[Compartment]) -> None:
        try:
            for part in begun:
                self.compartments.close(part)
                self.site.swap(part)
            self.holder.take_keys(self._members)
        except BaseException as error:
            # The old file must not be written to again; the next start puts the new one there.
            self.compartments.shut()
            if isinstance(error, Trouble):
                raise Trouble("register.keys_reopen", done=True, why=error.message) from error
            raise

    # -- doors ------------------------------------------------------------------------------

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the holder."""
        self.demand_password(old)
        near = (self._members.school, shown_name(self.holder, self._member))
        check_password(new, self._member.roles, near, field="new")
        self.set_password(new)

    def set_password(self, new: str) -> None:
        """Replace the holder's password door, whatever the password."""
        password = access.Password(new, self.site.around.cost)
        self._change(lambda draft, at: access.change_password(draft, self.holder, password, at))

    def demand_password(self, typed: str) -> None:
        """Return when this is the holder's password."""
        door = self.site.directory.doors[self.holder.user][PASSWORD]
        try:
            open_password(self._place, door, typed, self.site.around.cost).close()
        except WontOpenError as error:
            raise Refusal("register.wrong_password", field="old") from error

    def remember_device(self, pin: str) -> None:
        """Add a door for this machine."""
        keyring = self.site.around.keyring
        if keyring is None:
            raise Trouble("register.no_keyring")
        check_pin(pin)
        device = self.site.anchors.device
        secret = DeviceSecret(device, SecretBytes.random())
        service = keyring_service(self.site, self.holder.user)
        keyring.write(service, _SECRET, to_text(bytes(secret.secret.raw)))
        door = pin_door(self._place, self.holder.own, secret, pin, self.site.around.cost)
        secret.secret.close()
        doors = self.site.directory.doors[self.holder.user]
        self._change(
            lambda draft, at: draft.change_doors(
                self.holder.author, {**doors, device_door(device): door}, at
            )
        )

    def forget_device(self) -> None:
        """Take this machine's door away."""
        keyring = self.site.around.keyring
        if keyring is not None:
            keyring.forget(keyring_service(self.site, self.holder.user), _SECRET)
        name = device_door(self.site.anchors.device)
        doors = self.site.directory.doors[self.holder.user]
        if name in doors:
            rest = {key: door for key, door in doors.items() if key != name}
            self._change(lambda draft, at: draft.change_doors(self.holder.author, rest, at))

    # -- the recovery code ------------------------------------------------------------------

    def confirm_recovery(self, typed: str) -> None:
        """Note that the recovery code was typed back."""
        try:
            with RECOVERY.read(typed) as code:
                right = access.is_recovery_code(self._members, code)
        except MistypedError:
            right = False
        if not right:
            raise Refusal("register.recovery_wrong", field="code")
        if not self._members.recovery_confirmed:
            self._change(lambda draft, at: access.confirm_recovery(draft, self.holder, at))

    def renew_recovery(self) -> str:
        """Replace the recovery code; returns the new one, written."""
        if not self._members.is_root(self._member):
            raise Refusal("register.no_grant")
        return self._change(lambda draft, at: access.renew_recovery(draft, self.holder, at))

    # -- what all of them need --------------------------------------------------------------

    @property
    def _members(self) -> Members:
        return self.site.directory.members

    @property
    def _member(self) -> Member:
        return self._members.users[self.holder.user]

    @property
    def _place(self) -> Place:
        key = self.holder.own.pair.public.key_id
        return Place.of(self.site.directory, self.holder.user, key)

    def _change(self, change: Callable[[Directory, datetime], T]) -> T:
        draft = self.site.directory.copy()
        result = change(draft, self.site.around.clock.now())
        self.site.save(draft)
        return result

    def _other(self, user: str) -> Member:
        member = self._members.users.get(user)
        if member is None:
            raise Refusal("register.not_found")
        if member.id == self.holder.user:
            raise Refusal("register.not_yourself")
        if member.revoked:
            raise Refusal("register.access_ended")
        return member

    def _demand_roles(self, named: tuple[str, ...]) -> None:
        if not named or not self._members.roles.keys() >= set(named):
            raise Refusal("register.unknown_role", field="roles")

    def _demand_right(self, named: tuple[str, ...]) -> None:
        if not self._members.may_decide_about(self._member, named):
            raise Refusal("register.no_grant")


def keyring_service(site: Site, user: str) -> str:
    """Under which name this machine's keyring keeps a user's secret of a register."""
    return f"Boordboek {site.directory.register} {user}"


def device_secret(site: Site, user: str) -> DeviceSecret | None:
    """What this machine's keyring holds for a user, or None."""
    keyring = site.around.keyring
    text = keyring.read(keyring_service(site, user), _SECRET) if keyring else None
    if text is None:
        return None
    try:
        return DeviceSecret(site.anchors.device, SecretBytes(from_text(text)))
    except MalformedError:
        return None


def good_name(name: str, field: str = "name") -> str:
    """A name without spaces around and doubled inside.

    Raises:
        Refusal: `register.name_missing`, `register.name_long`, `register.name_unreadable`, or
            `people.bsn`.
    """
    known = unicodedata.normalize("NFC", " ".join(name.split()))
    if not known:
        raise Refusal("register.name_missing", field=field)
    if len(known) > _LONGEST_NAME:
        raise Refusal("register.name_long", field=field, most=_LONGEST_NAME)
    if any(unicodedata.category(letter) in _UNREADABLE for letter in known):
        raise Refusal("register.name_unreadable", field=field)
    refuse_bsn(known, field)
    return known
