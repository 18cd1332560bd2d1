"""Finding the people of a report by name, as far as the user's own keys let him see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.check.answer import find_people
from app.check.records import RowKind
from app.names import fold, full_name
from app.people.card import staff
from app.people.questions import FindPeople
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Session

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
    found = [*_listed(session, text), *_staff(session, text)]
    if session.opens(Compartment.CONSENT):
        found += _guardians(session, text)
    return tuple(_once(found))[:_MOST]


def _staff(session: Session, text: str) -> Iterator[Candidate]:
    """Those who work with the program, and members of staff where the user may see them."""
    members = {}
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            members = {
                full_name(one.first_name, one.prefix, one.surname): one for one in staff(reader)
            }
    by_name = {fold(name): member for name, member in members.items()}
    for user in session.users():
        if not user.revoked and _matches(user.name, text):
            member = by_name.get(fold(user.name))
            id, detail = (member.id, member.function) if member else ("", "")
            yield Candidate(user.name, "staff", id, user.id, detail)
    for name, member in members.items():
        if _matches(name, text):
            yield Candidate(name, "staff", member.id, detail=member.function)


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
        key = (one.kind, fold(one.name)) if one.kind == "staff" else (one.kind, one.id)
        if key not in seen:
            seen.add(key)
            yield one


def _matches(name: str, text: str) -> bool:
    wanted = fold(text).split()
    parts = fold(name).split()
    return all(any(part.startswith(word) for part in parts) for word in wanted)
