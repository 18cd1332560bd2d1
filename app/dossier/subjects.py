"""Whose dossier something goes into: found by name, a parent by way of the children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.inbox import Person
from app.dossier.whose import standing_ids
from app.names import fold, full_name
from app.people.card import guardian_name, staff
from app.people.questions import ChildrenOf, FindPeople, GuardiansOf
from app.people.records import Guardian, Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Reader, Session

_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who was found by name.

    Attributes:
        kind: pupil, guardian or staff.
        detail: what tells two of one name apart.
    """

    kind: str
    id: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A dossier in which something about a person can stand.

    Attributes:
        subject: whose dossier it is.
        about: the person it is about, when that is not the subject.
    """

    compartment: Compartment
    subject: Person
    about: Person | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent or guardian of a pupil, whom an entry can be about.

    Attributes:
        relation: what the person is to the pupil, such as "mother".
    """

    person: Person
    relation: str


def find_subjects(session: Session, text: str) -> tuple[Found, ...]:
    """Pupils, parents and staff by part of a name, as far as their dossiers can be opened."""
    if not fold(text) or not session.opens(Compartment.CONSENT):
        return ()
    with session.look(Compartment.CONSENT) as reader:
        found: list[Found] = []
        if session.opens(Compartment.PUPIL_DOSSIER):
            hits = reader.ask(FindPeople(text, session.clock.today()))
            known = (hit for hit in hits if hit.kind in ("pupil", "guardian"))
            found += [Found(hit.kind, hit.id, hit.name, hit.detail) for hit in known]
        if session.opens(Compartment.STAFF_DOSSIER):
            found += _staff(reader, text)
    return tuple(found[:_MOST])


def places_for(session: Session, found: Found) -> tuple[Place, ...]:
    """The dossiers in which something about this person can stand.

    A parent has none: what is about him stands in the dossier of a child, and says so.
    """
    with session.look(Compartment.CONSENT) as reader:
        if found.kind == "staff":
            person = _named(reader.get(StaffMember, found.id))
            return (Place(Compartment.STAFF_DOSSIER, person),)
        if found.kind == "pupil":
            return (Place(Compartment.PUPIL_DOSSIER, _named(reader.get(Pupil, found.id))),)
        parent = reader.get(Guardian, found.id)
        about = Person(parent.id, guardian_name(parent))
        children = reader.ask(ChildrenOf(parent.id))
    return tuple(Place(Compartment.PUPIL_DOSSIER, _named(child), about) for child in children)


def _named(one: Pupil | StaffMember) -> Person:
    return Person(one.id, full_name(one.first_name, one.prefix, one.surname))


def parents_of(session: Session, pupil_id: str) -> tuple[Parent, ...]:
    """The parents and guardians of a pupil, as far as the user can look them up."""
    if not session.opens(Compartment.CONSENT):
        return ()
    now = standing_ids(session, pupil_id)[0]
    with session.look(Compartment.CONSENT) as reader:
        return tuple(
            Parent(Person(tie.guardian.id, guardian_name(tie.guardian)), tie.relation.kind)
            for tie in reader.ask(GuardiansOf(now))
        )


def _staff(reader: Reader, text: str) -> Iterator[Found]:
    wanted = fold(text).split()
    for member in staff(reader):
        name = full_name(member.first_name, member.prefix, member.surname)
        if all(f" {word}" in f" {fold(name)}" for word in wanted):
            yield Found("staff", member.id, name, member.function)
