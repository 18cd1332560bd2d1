"""The people of the register whose names are looked for: only those who may stand in a text.

A school of a hundred thousand has more names than a text has words. So the words decide who is
looked up, text by text; whoever stays is known beforehand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.compile.names import Finder, Named
from app.names import fold, full_name
from app.people.card import guardian_name
from app.people.naming import name_words, names_in
from app.people.questions import AlsoKnown
from app.people.records import Guardian, Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from app.people.naming import NamesIn
    from app.ports import Reader, Session

KINDS = ("pupil", "guardian", "staff", "typed")
"""Whose names can be looked for; `typed` are institutions among the guardians."""


def registered(
    session: Session,
    staying: Collection[str],
    others: Iterable[Named] = (),
    kinds: Collection[str] = KINDS,
) -> Finder:
    """Finds the names of the register's people, for whoever opens it, and of some others.

    Args:
        session: reads the register a text at a time, between other readings of it.
        staying: ids of those whose names stay where they stand, also under another record.
        others: names that do not come from the register.
        kinds: of whom the names are looked for, of `KINDS`.
    """
    if not session.opens(Compartment.CONSENT):
        return Finder(others)
    with session.look(Compartment.CONSENT) as reader:
        staying = frozenset(same for id in staying for same in reader.ask(AlsoKnown(id)))
        known = [*_staying(reader, staying)]
        known += [one for member in reader.all(StaffMember) for one in _named(member)]
    wanted = [_marked(one, stays=one.id in staying) for one in _once(known)]
    kept = [one for one in wanted if one.kind in kinds]
    return Finder((*kept, *others), _more(session, kinds))


def are_registered(session: Session, names: Iterable[str]) -> frozenset[str]:
    """Those of some names that somebody of the register has as it is written, folded."""
    every = tuple(filter(None, names))
    wanted = frozenset(map(fold, every))
    if not session.opens(Compartment.CONSENT):
        return frozenset()
    with session.look(Compartment.CONSENT) as reader:
        found = reader.ask(names_in(word for name in every for word in name_words(name)))
        people = (*found, *reader.all(StaffMember))
    return wanted & {fold(one.name) for person in people for one in _named(person)}


def _more(session: Session, kinds: Collection[str]) -> Callable[[NamesIn], Iterable[Named]]:
    def more(asked: NamesIn) -> list[Named]:
        with session.look(Compartment.CONSENT) as reader:
            found = reader.ask(asked)
        return [one for person in found for one in _named(person) if one.kind in kinds]

    return more


def _staying(reader: Reader, ids: Collection[str]) -> Iterator[Named]:
    for pupil in reader.all(Pupil, id=tuple(ids)):
        yield from _named(pupil)
    for guardian in reader.all(Guardian, id=tuple(ids)):
        yield from _named(guardian)


def _named(person: Pupil | Guardian | StaffMember) -> Iterator[Named]:
    whole = full_name(person.first_name, person.prefix, person.surname)
    if isinstance(person, Pupil):
        parts = (person.first_name, "", person.prefix, person.surname)
        yield Named(person.id, "pupil", whole, *parts)
        return
    parts = (person.first_name, person.initials, person.prefix, person.surname)
    if isinstance(person, StaffMember):
        yield Named(person.id, "staff", whole, *parts)
        return
    yield Named(person.id, "guardian", guardian_name(person), *parts)
    if person.institution:
        yield Named("", "typed", person.institution)


def _once(people: Iterable[Named]) -> Iterator[Named]:
    yield from {one.id or one.name: one for one in people}.values()


def _marked(person: Named, *, stays: bool) -> Named:
    return replace(person, stays=stays)
