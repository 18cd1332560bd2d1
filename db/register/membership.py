"""The rules of the membership log: which entry may follow, and who has the right to sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.record import Compartment
from db.keys.canonical import MalformedError
from db.keys.pairs import PublicPair
from db.register import roles
from db.register.entries import ORIGIN, RECOVERY, Entry
from db.register.fields import Fields
from db.register.members import Epoch, Member, MemberKey, Members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_KEY_LENGTH = 32


class AlteredError(ValueError):
    """The log was not written by those who had the right to, or not in this order."""


def members_of(log: Iterable[Entry]) -> Members:
    """What a log adds up to, after every signature and every right was verified.

    Raises:
        AlteredError: at the first entry that does not hold.
        MalformedError: at the first entry that cannot be read.
    """
    entries = iter(log)
    first = next(entries, None)
    if first is None:
        raise AlteredError
    members = _created(first)
    before = first
    for entry in entries:
        follow(members, before, entry)
        before = entry
    return members


def follow(members: Members, before: Entry, entry: Entry) -> None:
    """Add one entry to what the log says.

    Raises:
        AlteredError: when it does not follow, or its signer had no right to it.
        MalformedError: when it cannot be read.
    """
    follows = entry.number == before.number + 1 and entry.previous == before.digest
    _demand(follows and entry.register == members.register)
    _demand(entry.is_signed_by(_signing_key(members, entry)))
    kind = _KINDS.get(entry.kind)
    if kind is None:
        raise AlteredError
    body = Fields.of(entry.body)
    kind(members, entry, body)
    _seal(members, entry, body)


def _created(entry: Entry) -> Members:
    body = Fields.of(entry.body)
    _demand(entry.kind == "created" and entry.number == 1 and entry.previous == ORIGIN)
    _demand(entry.register == body.text("register"))
    members = Members(
        register=entry.register,
        school=body.text("school"),
        salt=body.content("salt"),
        root=entry.digest,
        recovery=_pair(body.part("recovery")),
        roles=roles.read(body.part("role_table")),
        role_version=body.number("role_version"),
    )
    director = _member(members, entry, body, temporary=False)
    _demand(entry.by == director.id and entry.key == director.key.public.key_id)
    _demand(entry.is_signed_by(director.key.public.signing))
    _demand(members.is_root(director))
    members.users[director.id] = director
    _start_epochs(members, director, body)
    _demand(set(members.epochs) == set(Compartment))
    _seal(members, entry, body)
    return members


def _added(members: Members, entry: Entry, body: Fields) -> None:
    member = _member(members, entry, body, temporary=True)
    _demand(member.id not in members.users and member.id != RECOVERY)
    _demand(members.may_decide_about(_actor(members, entry), member.roles))
    twin = members.by_handle(member.handle)
    _demand(twin is None or twin.revoked)
    members.users[member.id] = member


def _enrolled(members: Members, entry: Entry, body: Fields) -> None:
    member = _actor(members, entry)
    _demand(member.key.temporary)
    _renew(members, entry, member, _pair(body.part("keys")), temporary=False)
    member.doors = body.part("doors").all_texts()


def _door_changed(members: Members, entry: Entry, body: Fields) -> None:
    _actor(members, entry).doors = body.part("doors").all_texts()


def _roles_changed(members: Members, entry: Entry, body: Fields) -> None:
    member = _target(members, body)
    named = _role_names(members, body)
    _demand(members.may_decide_about(_actor(members, entry), (*member.roles, *named)))
    _demand(entry.by != member.id)
    lost = _lost(members, member, named)
    member.roles = named
    _start_epochs(members, _actor(members, entry), body)
    _demand(lost == _begun(body))


def _reissued(members: Members, entry: Entry, body: Fields) -> None:
    member = _target(members, body)
    _demand(members.may_decide_about(_actor(members, entry), member.roles))
    _demand(entry.by != member.id)
    _renew(members, entry, member, _pair(body.part("keys")), temporary=True)
    member.doors = {}


def _revoked(members: Members, entry: Entry, body: Fields) -> None:
    member = _target(members, body)
    _demand(members.may_decide_about(_actor(members, entry), member.roles))
    _demand(entry.by != member.id)
    held = {part for part in Compartment if members.opens(member, part)}
    _demand(held == _begun(body))
    member.revoked = True
    member.key.until = entry.number
    member.doors = {}
    _start_epochs(members, _actor(members, entry), body)


def _epochs_started(members: Members, entry: Entry, body: Fields) -> None:
    _demand(members.is_root(_actor(members, entry)))
    _start_epochs(members, _actor(members, entry), body)


def _roles_defined(members: Members, entry: Entry, body: Fields) -> None:
    """A director defines anew what every role may.

    Whoever has a role keeps a role; where the holders of a compartment change by it, that
    compartment begins a new epoch, so that nobody gets or keeps a key unnoticed.
    """
    actor = _actor(members, entry)
    _demand(members.is_root(actor))
    table, version = roles.read(body.part("role_table")), body.number("role_version")
    _demand(version > members.role_version)
    _demand(all(table.keys() >= set(user.roles) for user in members.users.values()))
    before, after = roles.held(members, members.roles), roles.held(members, table)
    members.roles, members.role_version = table, version
    _demand(members.is_root(actor))
    _start_epochs(members, actor, body)
    _demand({part for part in Compartment if before[part] != after[part]} == _begun(body))


def _recovery_confirmed(members: Members, entry: Entry, _body: Fields) -> None:
    _demand(members.is_root(_actor(members, entry)))
    members.recovery_confirmed = True


def _recovery_renewed(members: Members, entry: Entry, body: Fields) -> None:
    _demand(members.is_root(_actor(members, entry)))
    members.recovery = _pair(body.part("recovery"))
    members.recovery_confirmed = False


def _recovered(members: Members, entry: Entry, body: Fields) -> None:
    _demand(entry.by == RECOVERY)
    member = _target(members, body)
    _demand(members.is_root(member))
    _renew(members, entry, member, _pair(body.part("keys")), temporary=False)
    member.doors = body.part("doors").all_texts()


_KINDS: dict[str, Callable[[Members, Entry, Fields], None]] = {
    "user_added": _added,
    "enrolled": _enrolled,
    "door_changed": _door_changed,
    "roles_changed": _roles_changed,
    "reissued": _reissued,
    "revoked": _revoked,
    "epochs_started": _epochs_started,
    "roles_defined": _roles_defined,
    "recovery_confirmed": _recovery_confirmed,
    "recovery_renewed": _recovery_renewed,
    "recovered": _recovered,
}


def _demand(holds: bool) -> None:  # noqa: FBT001 - reads as one condition
    if not holds:
        raise AlteredError


def _signing_key(members: Members, entry: Entry) -> bytes:
    if entry.by == RECOVERY:
        _demand(entry.key == members.recovery.key_id and entry.kind == "recovered")
        return members.recovery.signing
    key = _actor(members, entry).key
    _demand(key.public.key_id == entry.key)
    _demand(key.temporary == (entry.kind == "enrolled"))
    return key.public.signing


def _actor(members: Members, entry: Entry) -> Member:
    member = members.users.get(entry.by)
    if member is None or member.revoked:
        raise AlteredError
    return member


def _target(members: Members, body: Fields) -> Member:
    member = members.users.get(body.text("user"))
    if member is None or member.revoked:
        raise AlteredError
    return member


def _member(members: Members, entry: Entry, body: Fields, *, temporary: bool) -> Member:
    pair = _pair(body.part("keys"))
    return Member(
        id=body.text("user"),
        handle=body.content("handle"),
        name_epoch=body.number("name_epoch"),
        name=body.content("name"),
        roles=_role_names(members, body),
        keys=[MemberKey(pair, entry.number, temporary=temporary)],
    )


def _renew(
    members: Members, entry: Entry, member: Member, pair: PublicPair, *, temporary: bool
) -> None:
    used = {key.public.key_id for user in members.users.values() for key in user.keys}
    _demand(pair.key_id not in used)
    member.key.until = entry.number
    member.keys.append(MemberKey(pair, entry.number, temporary=temporary))


def _role_names(members: Members, body: Fields) -> tuple[str, ...]:
    named = body.texts("roles")
    _demand(bool(named) and members.roles.keys() >= set(named))
    return named


def _begun(body: Fields) -> set[Compartment]:
    return {_compartment(name) for name in body.part("epochs").values}


def _pair(fields: Fields) -> PublicPair:
    pair = PublicPair(fields.content("signing"), fields.content("box"))
    if not pair.is_sound():
        raise MalformedError
    return pair


def _compartment(name: str) -> Compartment:
    try:
        return Compartment(name)
    except ValueError as error:
        raise MalformedError from error


def _lost(members: Members, member: Member, named: tuple[str, ...]) -> set[Compartment]:
    before = {part for part in Compartment if members.opens(member, part)}
    later = Member(member.id, member.handle, member.name_epoch, member.name, named)
    return {part for part in before if not members.opens(later, part)}


def _start_epochs(members: Members, actor: Member, body: Fields) -> None:
    for name, fields in body.part("epochs").parts().items():
        compartment = _compartment(name)
        _demand(members.opens(actor, compartment))
        before = members.epochs.setdefault(compartment, [])
        epoch = Epoch(
            fields.number("number"), fields.content("inbox"), fields.content("previous")
        )
        _demand(epoch.number == len(before) + 1 and len(epoch.inbox) == _KEY_LENGTH)
        before.append(epoch)


def _seal(members: Members, entry: Entry, body: Fields) -> None:
    """Take over the compartment keys that an entry seals to those who may hold them.

    Only new epochs are sealed to several people; else an entry seals to the one it is about.
    Nobody who should hold a key may be left out.
    """
    begun = _begun(body)
    about = _about(entry, body)
    for user, keys in body.part("sealed").parts().items():
        for name in keys.values:
            compartment = _compartment(name)
            _demand(compartment in begun or user == about)
            _demand(_may_seal(members, entry, compartment))
            _demand(user in members.recipients(compartment))
            members.sealed[members.place(user, compartment)] = keys.content(name)
    _demand_complete(members, begun, about)


def _about(entry: Entry, body: Fields) -> str:
    if entry.kind == "recovery_renewed":
        return RECOVERY
    return body.text("user") if body.has("user") else entry.by


def _may_seal(members: Members, entry: Entry, compartment: Compartment) -> bool:
    return entry.by == RECOVERY or members.opens(members.users[entry.by], compartment)


def _demand_complete(members: Members, begun: set[Compartment], about: str) -> None:
    for compartment in Compartment:
        recipients = members.recipients(compartment)
        wanted = recipients if compartment in begun else {about}.intersection(recipients)
        places = {members.place(user, compartment) for user in wanted}
        _demand(places <= members.sealed.keys())
