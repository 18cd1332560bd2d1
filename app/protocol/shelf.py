"""Every version of the protocol that the school works with, and which one counted when.

Whoever opens consent reads the school's own versions and dates there. Everybody else reads the
signed copy beside the check list; a copy that is not proven is left aside, and that is said.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import resources
from app.data import DataError
from app.errors import Message
from app.ports import Signature
from app.protocol.load import load_protocol
from app.protocol.own import own_protocol, with_days
from app.protocol.records import ProtocolCopy, ProtocolDay, ProtocolVersion
from app.record import Compartment
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session
    from app.protocol.values import Protocol

COPY = "protocol"
"""Id of the one row that holds the copy for everybody."""

DIRECTS = "staff_dossier.write"
"""Whoever may do this puts versions in force and signs the copy: a director."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the school has of its own.

    Attributes:
        school: key of the shipped protocol that the school chose.
    """

    school: str = ""
    versions: tuple[ProtocolVersion, ...] = ()
    days: tuple[ProtocolDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """All versions, the earliest first.

    Attributes:
        trouble: why the school's own versions could not be read, or None.
        held: what the school has of its own.
    """

    protocols: tuple[Protocol, ...]
    trouble: Message | None = None
    held: Held = Held()

    def current(self, today: date) -> Protocol:
        """The version in force on a day; the earliest one before any was."""
        begun = [each for each in self.protocols if each.starts and each.starts <= today]
        return begun[-1] if begun else self.protocols[0]

    def named(self, key: str) -> Protocol | None:
        """The version with this key, or None."""
        return next((each for each in self.protocols if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Counting:
    """Which version an event is judged by.

    Attributes:
        protocol: the version; where none was in force, the earliest that is known.
        in_force: a version was in force on that day.
        why: the reason in one sentence.
    """

    protocol: Protocol
    in_force: bool
    why: Message


def shelf(session: Session) -> Shelf:
    """Every version of the protocol that the user may read: all of them."""
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            return arranged(held(reader))
    with session.look(Compartment.CHECK) as reader:
        copy = reader.find(ProtocolCopy, COPY)
    if copy is None:
        return arranged(Held())
    if not proven(session, copy):
        return arranged(Held(), Message("protocol.copy_not_signed"))
    try:
        return arranged(_held(copy.content))
    except (DataError, ValueError, KeyError, TypeError):
        return arranged(Held(), Message("protocol.copy_not_signed"))


def current_protocol(session: Session) -> Protocol:
    """The protocol that the school works with today."""
    return shelf(session).current(session.clock.today())


def protocol_named(session: Session, key: str) -> Protocol:
    """The version with this key, of the school's own or shipped.

    Raises:
        KeyError: when there is none.
    """
    found = shelf(session).named(key)
    return found if found is not None else load_protocol(key)


def counting_on(own: Shelf, audience: str, day: date) -> Counting:
    """The version that counts for an event: in force then, and published to the audience.

    A version whose day of publication is not known counts from the day it came into force;
    whether it was known to somebody is another question, see `app.protocol.known`.
    """
    waiting: Protocol | None = None
    for protocol in reversed(own.protocols):
        if protocol.starts is None or protocol.starts > day:
            waiting = protocol
            continue
        published = published_on(protocol, audience)
        if published is None or published <= day:
            return Counting(protocol, in_force=True, why=_why(protocol, waiting, audience, day))
        waiting = protocol
    first = own.protocols[0]
    return Counting(first, in_force=False, why=Message("protocol.counts_none", {"day": day}))


def published_on(protocol: Protocol, audience: str) -> date | None:
    """The first day on which an audience could read a version; None when not known."""
    days = [each.on for each in protocol.trail if each.audience == audience and each.on]
    return min(days, default=None)


def held(reader: Reader) -> Held:
    """What the school has of its own, from the consent compartment."""
    school = reader.find(School, "school")
    versions = sorted(reader.all(ProtocolVersion), key=lambda one: one.number)
    days = sorted(reader.all(ProtocolDay), key=lambda one: (one.recorded_at, one.id))
    return Held(school.protocol if school else "", tuple(versions), tuple(days))


def arranged(own: Held, trouble: Message | None = None) -> Shelf:
    """The versions in order: what is shipped and chosen, then the school's own."""
    chain = _chain(own.school)
    found = list(chain)
    for version in own.versions:
        base = load_protocol(version.base)
        found.append(own_protocol(version, base, found[-1].key))
    dated = tuple(with_days(each, _days(own.days, each.key)) for each in found)
    ordered = sorted(dated, key=lambda each: each.starts or date.min)
    return Shelf(tuple(ordered), trouble, own)


def proven(session: Session, copy: ProtocolCopy) -> bool:
    """Whether a director of this register signed the copy as it stands."""
    signature = Signature(copy.user, copy.key, copy.signature)
    content = signed_content(session.register.id, copy.basis, copy.content)
    return session.signer(signature, content, DIRECTS) is not None


def signed_content(register: str, basis: int, content: str) -> bytes:
    """The bytes that a director signs."""
    return json.dumps(["boordboek protocol 1", register, basis, content]).encode()


def copy_content(own: Held) -> str:
    """What everybody may know of the school's versions, as JSON."""
    content = {
        "school": own.school,
        "versions": [_version_row(version) for version in own.versions],
        "days": [_day_row(day) for day in own.days],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def _why(protocol: Protocol, later: Protocol | None, audience: str, day: date) -> Message:
    values: dict[str, object] = {"day": day, "name": _name(protocol)}
    if later is None:
        return Message("protocol.counts", values)
    values["newer"] = _name(later)
    published = published_on(later, audience)
    if later.starts is not None and later.starts > day:
        return Message("protocol.counts_before", values | {"starts": later.starts})
    return Message("protocol.counts_unpublished", values | {"published": published})


def _name(protocol: Protocol) -> dict[str, str]:
    return {"nl": protocol.name.nl, "en": protocol.name.en}


def _chain(key: str) -> list[Protocol]:
    """A shipped protocol and those that it took the place of, the earliest first."""
    keys = resources.protocols()
    found = [load_protocol(key if key in keys else keys[-1])]
    while found[0].follows in keys:
        found.insert(0, load_protocol(found[0].follows))
    return found


def _days(days: Iterable[ProtocolDay], key: str) -> dict[str, date | None]:
    return {each.name: each.on for each in days if each.protocol == key}


def _version_row(version: ProtocolVersion) -> dict[str, Any]:
    return {
        "key": version.key,
        "number": version.number,
        "base": version.base,
        "content": version.content,
        "digest": version.digest,
        "starts": version.starts.isoformat(),
        "change": version.change,
        "issued_by": version.issued_by,
    }


def _day_row(day: ProtocolDay) -> dict[str, Any]:
    on = day.on.isoformat() if day.on else ""
    return {"protocol": day.protocol, "name": day.name, "on": on}


def _held(content: str) -> Held:
    found = json.loads(content)
    long_ago = datetime.min.replace(tzinfo=UTC)
    versions = tuple(
        ProtocolVersion(
            id="",
            recorded_at=long_ago,
            starts=date.fromisoformat(row["starts"]),
            **{name: row[name] for name in _COPIED},
        )
        for row in found["versions"]
    )
    days = tuple(
        ProtocolDay(
            id="",
            protocol=row["protocol"],
            name=row["name"],
            on=date.fromisoformat(row["on"]) if row["on"] else None,
            noted_by="",
            recorded_at=long_ago,
        )
        for row in found["days"]
    )
    return Held(found["school"], versions, days)


_COPIED = ("key", "number", "base", "content", "digest", "change", "issued_by")
