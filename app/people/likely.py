"""Whom an account may be: what was recorded, who has a name like it, and who is looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.names import fold, full_name
from app.people.accounts import KINDS, OPEN, Accounts, accounts, alike
from app.people.card import guardian_name, staff
from app.people.questions import FindPeople, GuardianLines
from app.people.records import Guardian, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Reader, Session, UserCard

_MOST = 12


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody of the register who an account may be.

    Attributes:
        kind: staff or guardian.
        detail: what tells two of one name apart: the function, or the children.
        said: what was recorded, see `app.people.accounts`.
    """

    kind: str
    id: str
    name: str
    detail: str = ""
    said: str = OPEN


def likely(session: Session, user: UserCard, text: str = "") -> tuple[Likely, ...]:
    """Whom an account may be: without a text by what was recorded and by name, else by name.

    Raises:
        Refusal: `register.no_grant`.
    """
    known = accounts(session)
    with session.look(Compartment.CONSENT) as reader:
        if fold(text):
            found = [*_searched(reader, text), *_parents(reader, session, text)]
        else:
            found = [*_recorded(reader, known, user), *_named(reader, user)]
            found += _parents(reader, session, user.name)
    once = {(one.kind, one.id): one for one in reversed(found)}
    every = reversed(once.values())
    return tuple(replace(one, said=known.word(user.id, one.id)) for one in every)[:_MOST]


def who_is_who(session: Session) -> tuple[tuple[UserCard, tuple[Likely, ...]], ...]:
    """Every account that is let in, by name, with whom it was recorded to be and not to be.

    Raises:
        Refusal: `register.no_grant`.
    """
    known = accounts(session)
    users = sorted((u for u in session.users() if not u.revoked), key=lambda u: u.name)
    found = []
    with session.look(Compartment.CONSENT) as reader:
        for user in users:
            people = tuple(
                replace(one, said=known.word(user.id, one.id))
                for one in _recorded(reader, known, user)
            )
            found.append((user, people))
    return tuple(found)


def _recorded(reader: Reader, known: Accounts, user: UserCard) -> Iterator[Likely]:
    for said in known.people(user.id):
        id = known.into.get(said.person_id, said.person_id)
        try:
            person = reader.get(KINDS[said.kind], id)
        except Refusal:
            continue  # taken out when an import was undone
        yield _of(reader, person)


def _named(reader: Reader, user: UserCard) -> Iterator[Likely]:
    for member in staff(reader):
        if alike(_called(member), user.name):
            yield _of(reader, member)


def _searched(reader: Reader, text: str) -> Iterator[Likely]:
    wanted = fold(text).split()
    for member in staff(reader):
        if all(f" {word}" in f" {fold(_called(member))}" for word in wanted):
            yield _of(reader, member)


def _parents(reader: Reader, session: Session, text: str) -> Iterator[Likely]:
    for hit in reader.ask(FindPeople(text, session.clock.today())):
        if hit.kind == "guardian":
            yield _of(reader, reader.get(Guardian, hit.id))


def _of(reader: Reader, person: StaffMember | Guardian) -> Likely:
    if isinstance(person, StaffMember):
        return Likely("staff", person.id, _called(person), person.function)
    lines = reader.ask(GuardianLines((person.id,)))
    children = ", ".join(lines[0].children) if lines else ""
    return Likely("guardian", person.id, guardian_name(person), children)


def _called(member: StaffMember) -> str:
    return full_name(member.first_name, member.prefix, member.surname)
