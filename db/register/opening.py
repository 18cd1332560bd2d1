"""The ways into a register: making it, password, this machine, one-time code, recovery code.

Loaded when somebody signs in, because it brings the cryptography and the database with it.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Refusal, Trouble
from app.ports import RecoveryCode
from app.register.passwords import check_password
from db.keys.canonical import MalformedError
from db.keys.codes import ONE_TIME, RECOVERY, MistypedError
from db.keys.derive import SALT_LENGTH, CostRefusedError, from_password, handle_of
from db.keys.wrap import WontOpenError
from db.register import access, attempts, unfinished
from db.register.access import Password
from db.register.admission import Admission, device_secret, good_name
from db.register.compartments import Compartments
from db.register.doors import (
    KEYS,
    PASSWORD,
    Place,
    cost_of,
    device_door,
    open_keys,
    open_password,
    open_pin,
)
from db.register.holder import Holder
from db.register.session import LocalSession
from db.register.site import Site, Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from db.keys.pairs import PublicPair
    from db.keys.secret import SecretBytes
    from db.register.directory import Doors
    from db.register.members import Member

_DIRECTOR = ("director",)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways into a register, with what is there on this machine."""

    around: Surroundings

    def create(
        self, folder: Path, school: str, director: str, password: str
    ) -> tuple[LocalSession, RecoveryCode]:
        """Make a register; see `app.ports.Vault.create`."""
        named, known = good_name(school, "school"), good_name(director, "director")
        check_password(password, _DIRECTOR, (named, known))
        directory, holder, code = access.begin(
            named, known, Password(password, self.around.cost), self.around.clock.now()
        )
        was_there = folder.exists()
        site = Site.begun(folder, self.around, directory)
        compartments = Compartments(site, holder)
        try:
            compartments.create_all()
            site.save(directory)
            site.complete()
        except BaseException:
            compartments.shut()
            site.close()
            unfinished.forget(site.layout, itself=not was_there)
            raise
        session = LocalSession(site, holder, compartments)
        return session, RecoveryCode(code, directory.fingerprint)

    def unlock(self, folder: Path, name: str, password: str) -> LocalSession:
        """Open a register with a password; see `app.ports.Vault.unlock`."""
        with _site(folder, self.around) as site:
            member = _known(site, name)
            if member is None or PASSWORD not in _doors(site, member):
                from_password(
                    password, secrets.token_bytes(SALT_LENGTH), self.around.cost
                ).close()
                raise _no_way_in(member)
            place, doors = _place(site, member), _doors(site, member)
            with _wrong("register.wrong_name_or_password"):
                user_key = open_password(place, doors[PASSWORD], password, self.around.cost)
            holder = _holder(site, member, user_key)
            if cost_of(doors[PASSWORD], self.around.cost).is_below(self.around.cost):
                _strengthen(site, holder, password)
            return _begun(site, holder)

    def unlock_on_device(self, folder: Path, name: str, pin: str) -> LocalSession:
        """Open a register with this machine's keyring and a PIN."""
        with _site(folder, self.around) as site:
            member = _known(site, name)
            if member is None:
                raise Refusal("register.wrong_name_or_pin")
            door = _doors(site, member).get(device_door(site.anchors.device))
            secret = device_secret(site, member.id)
            if door is None or secret is None:
                raise Refusal("register.device_not_known")
            with _wrong("register.wrong_name_or_pin"), secret.secret:
                user_key = open_pin(_place(site, member), door, secret, pin, self.around.cost)
            return _begun(site, _holder(site, member, user_key))

    def enrol(self, folder: Path, name: str, code: str, password: str) -> LocalSession:
        """First sign-in with a one-time code; see `app.ports.Vault.enrol`."""
        with _site(folder, self.around) as site:
            secret = _typed(ONE_TIME.read, code)
            member = _known(site, name)
            if member is None or not member.pending:
                raise Refusal("register.wrong_name_or_code", field="code")
            temporary = access.one_time_pair(site.directory.register, member.id, secret)
            if temporary.public != member.key.public:
                raise Refusal("register.wrong_name_or_code", field="code")
            check_password(password, member.roles, (site.directory.members.school, name))
            draft, chosen = site.directory.copy(), Password(password, self.around.cost)
            with _wrong("register.directory_damaged"):
                holder = access.enrol(draft, member.id, secret, chosen, self.around.clock.now())
            site.save(draft)
            return _begun(site, holder)

    def recover(self, folder: Path, code: str, name: str, password: str) -> LocalSession:
        """Open with the recovery code; see `app.ports.Vault.recover`."""
        with _site(folder, self.around) as site:
            secret = _typed(RECOVERY.read, code)
            members = site.directory.members
            if not access.is_recovery_code(members, secret):
                raise Refusal("register.recovery_wrong", field="code")
            member = _known(site, name)
            if member is None or member.revoked or not members.is_root(member):
                raise Refusal("register.not_a_director", field="name")
            check_password(password, member.roles, (members.school, name))
            draft, chosen = site.directory.copy(), Password(password, self.around.cost)
            with _wrong("register.directory_damaged"):
                holder = access.recover(
                    draft, member.id, secret, chosen, self.around.clock.now()
                )
            site.save(draft)
            return _begun(site, holder)


@contextmanager
def _site(folder: Path, around: Surroundings) -> Iterator[Site]:
    """The site, let go of again when nobody gets in."""
    site = Site.opened(folder, around)
    try:
        yield site
    except BaseException as why:
        attempts.count(site, why)
        site.close()
        raise


@contextmanager
def _wrong(text_id: str) -> Iterator[None]:
    """Tell a door that does not open; a door that is no door is damage."""
    try:
        yield
    except WontOpenError as error:
        raise Refusal(text_id) from error
    except (CostRefusedError, MalformedError) as error:
        raise Trouble("register.directory_damaged") from error


def _known(site: Site, name: str) -> Member | None:
    members = site.directory.members
    return members.by_handle(handle_of(name, members.salt))


def _doors(site: Site, member: Member) -> Doors:
    return site.directory.doors.get(member.id, {})


def _place(site: Site, member: Member) -> Place:
    return Place.of(site.directory, member.id, member.key.public.key_id)


def _no_way_in(member: Member | None) -> Refusal:
    if member is not None and member.pending:
        return Refusal("register.enrol_first")
    if member is not None and member.revoked:
        return Refusal("register.access_ended")
    return Refusal("register.wrong_name_or_password")


def _typed(read: Callable[[str], SecretBytes], code: str) -> SecretBytes:
    try:
        return read(code)
    except MistypedError as error:
        raise Refusal("register.code_mistyped", field="code") from error


def _holder(site: Site, member: Member, user_key: SecretBytes) -> Holder:
    with _wrong("register.directory_damaged"):
        own = open_keys(_place(site, member), _doors(site, member)[KEYS], user_key)
        _demand_same(own.pair.public, member.key.public)
        holder = Holder(member.id, own)
        holder.take_keys(site.directory.members)
    return holder


def _begun(site: Site, holder: Holder) -> LocalSession:
    compartments = Compartments(site, holder)
    try:
        compartments.open_all()
    except BaseException:
        compartments.shut()
        holder.close()
        raise
    site.remember()
    _renew_roles(Admission(site, holder, compartments))
    return LocalSession(site, holder, compartments)


def _renew_roles(admission: Admission) -> None:
    """Take over a newer table of roles, where it gives nobody more than he has."""
    with suppress(Trouble, Refusal):
        admission.take_roles(unasked=True)


def _demand_same(found: PublicPair, named: PublicPair) -> None:
    """Refuse keys that are not those which the signed log names."""
    if found != named:
        raise MalformedError


def _strengthen(site: Site, holder: Holder, password: str) -> None:
    """Make guessing at a password dearer that was set when machines were slower."""
    draft = site.directory.copy()
    chosen = Password(password, site.around.cost)
    access.change_password(draft, holder, chosen, site.around.clock.now())
    with suppress(Trouble):
        site.save(draft)
