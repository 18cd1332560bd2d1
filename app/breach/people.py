"""Finding the people of a report by name, as far as the user's own keys let him see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.check.accounts import who_is_who
from app.check.answer import find_people
from app.check.records import RowKind
from app.names import fold, full_name
from app.people.accounts import OTHER, SAME, accounts
from app.people.card import staff
from app.people.questions import FindPeople
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.people.accounts import Accounts
    from app.people.records import StaffMember
    from app.ports import Session, UserCard

_MOST = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be chosen.

    Attributes:
        kind: pupil, staff, guardian or other.
        id: in the register, where the user may know it; user: id of his account, or "".
        detail: what tells two of one name apart.
    """

    name: str
    kind: str
    id: str = ""
    user: str = ""
    detail: str = ""


def find_actors(session: Session, kind: str, text: str) -> tuple[Candidate, ...]:
    """Those whom a report can be about, by part of a name; () for an empty text."""
    if not fold(text):
        return ()
    if kind == "staff":
        return tuple(_once(_staff(session, text)))[:_MOST]
    if kind == "guardian" and session.opens(Compartment.CONSENT):
        return tuple(_guardians(session, text))[:_MOST]
    return ()


def find_involved(session: Session, text: str) -> tuple[Candidate, ...]:
    """Anybody who may have to do with an event, by part of a name."""
    if not fold(text):
        return ()
    workers, listed = tuple(_staff(session, text)), tuple(_listed(session, text))
    if session.opens(Compartment.CONSENT):
        return tuple(_once([*listed, *workers, *_guardians(session, text)]))[:_MOST]
    others = tuple(one for one in listed if one.kind != "staff")
    return tuple(_once([*others, *workers]))[:_MOST]


def _staff(session: Session, text: str) -> Iterator[Candidate]:
    """Those who work with the program, and members of staff as far as the user knows them."""
    if not session.opens(Compartment.CONSENT):
        yield from _colleagues(session, text)
        return
    with session.look(Compartment.CONSENT) as reader:
        members = {one.id: one for one in staff(reader)}
    known = accounts(session)
    for user in session.users():
        member = None if user.revoked else _member(known, user, members)
        called = (user.name, *([_called(member)] if member else []))
        if not user.revoked and any(_matches(name, text) for name in called):
            if member:
                del members[member.id]
            id, detail = (member.id, member.function) if member else ("", "")
            yield Candidate(called[-1], "staff", id, user.id, detail)
    for member in members.values():
        name = _called(member)
        if _matches(name, text):
            yield Candidate(name, "staff", member.id, detail=member.function)


def _colleagues(session: Session, text: str) -> Iterator[Candidate]:
    """Those who work with the program, and members of staff of the check list.

    Who cannot look up which account is whom sees one name once, with the account.
    """
    known, names, ids = who_is_who(session), set(), set()
    for user in session.users():
        called = known.called(user.id, user.name)
        if user.revoked or not any(_matches(name, text) for name in called):
            continue
        person = next((one.person_id for one in known.people(user.id)), "")
        ids.add(person)
        if not person:
            names.add(fold(user.name))
        yield Candidate(called[-1], "staff", person, user.id)
    for one in _listed(session, text):
        if one.kind == "staff" and one.id not in ids and fold(one.name) not in names:
            yield one


def _member(
    known: Accounts, user: UserCard, members: dict[str, StaffMember]
) -> StaffMember | None:
    """The member of staff who an account is: as recorded, or the only one of its name."""
    for one in members.values():
        if known.word(user.id, one.id) == SAME:
            return one
    same = [one for one in members.values() if fold(_called(one)) == fold(user.name)]
    if len(same) != 1 or known.word(user.id, same[0].id) == OTHER:
        return None
    return same[0]


def _called(member: StaffMember) -> str:
    return full_name(member.first_name, member.prefix, member.surname)


def _guardians(session: Session, text: str) -> Iterator[Candidate]:
    with session.look(Compartment.CONSENT) as reader:
        for hit in reader.ask(FindPeople(text, session.clock.today())):
            if hit.kind == "guardian":
                yield Candidate(hit.name, "guardian", hit.id, detail=hit.detail)


def _listed(session: Session, text: str) -> Iterator[Candidate]:
    """Pupils and adults of the check list, which everybody reads."""
    kinds = {RowKind.PUPIL: "pupil", RowKind.STAFF: "staff"}
    for hit in find_people(session, text, _MOST):
        kind = kinds.get(hit.kind, "other")
        yield Candidate(hit.name, kind, hit.id, detail=hit.group or hit.site)


def _once(found: Iterator[Candidate] | list[Candidate]) -> Iterator[Candidate]:
    """Everybody once: the first of a name and kind, as the account says most."""
    seen = set()
    for one in sorted(found, key=lambda one: (one.kind != "pupil", not one.user)):
        key = (one.kind, one.id or one.user or fold(one.name))
        if key not in seen:
            seen.add(key)
            yield one


def _matches(name: str, text: str) -> bool:
    wanted = fold(text).split()
    parts = fold(name).split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)
