"""Which other cases about somebody hold back every letter to him: the inspector comes first.

In the category in which no letter may come before the inspector was consulted, it does not
matter from where a letter is written: from another case about the same person, or from a
dossier without one. Looked for in both dossier files, as far as the user opens them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.dossier.concern import is_concerned
from app.dossier.facts import inspector_settled
from app.dossier.records import Breach, Case
from app.dossier.steps import read_case
from app.people.accounts import SAME, accounts, alike
from app.record import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.dossier.steps import CaseFile
    from app.ports import Reader, Session
    from app.record import Compartment


def held(
    session: Session,
    reader: Reader,
    compartment: Compartment,
    person: tuple[str, str],
    *,
    event: date | None = None,
    but: str = "",
) -> tuple[str, ...]:
    """Numbers of the cases that hold back letters to a person, in order.

    Those that are still open; one that was closed counts for a letter about the same day.

    Args:
        session: whose keys are used.
        reader: reads `compartment`; the other dossier file is opened as well where it can be.
        compartment: in which the letter will stand.
        person: id and name of whom the letter is for; "" where one is not known.
        event: the day of the event that the letter is about.
        but: id of the case that the letter belongs to, which answers for itself.

    Raises:
        Trouble: as `app.dossier.steps.read_case`.
    """
    ids, name = _everywhere(session, person[0]), person[1]
    found = list(_held(reader, ids, name, event, but))
    for other in DOSSIERS:
        if other != compartment and session.opens(other):
            with session.look(other) as second:
                found += _held(second, ids, name, event, but)
    return tuple(sorted(found))


def held_by(
    session: Session, reader: Reader, compartment: Compartment, file: CaseFile
) -> tuple[str, ...]:
    """Numbers of the other cases that hold back letters to the one whom a case is about."""
    breach = file.breach
    person = (breach.actor_id, breach.actor_name)
    return held(
        session, reader, compartment, person, event=breach.occurred_on, but=file.case.id
    )


def waiting_about(
    session: Session, people: Iterable[tuple[str, str]]
) -> tuple[tuple[Compartment, Case], ...]:
    """The open cases about one of these people in which the inspector comes first.

    Only as far as the user opens dossiers, and never one about himself; () for everybody else.

    Args:
        session: whose keys are used.
        people: ids and names; "" where one is not known.
    """
    wanted = tuple(people)
    return tuple(
        (compartment, case)
        for compartment in DOSSIERS
        if session.opens(compartment)
        for case in _waiting(session, compartment, wanted)
    )


def _waiting(
    session: Session, compartment: Compartment, people: tuple[tuple[str, str], ...]
) -> Iterator[Case]:
    with session.look(compartment) as reader:
        for case in reader.all(Case):
            breach = reader.get(Breach, case.breach_id)
            known = _everywhere(session, breach.actor_id)
            if not any(_is_he(breach, known, id, name) for id, name in people):
                continue
            file = read_case(reader, case.id)
            waits = not file.state.state.final and not inspector_settled(file.facts)
            if waits and not is_concerned(session, session.user, file.breach):
                yield case


def _everywhere(session: Session, id: str) -> frozenset[str]:
    """The ids under which the register knows somebody, as far as that was recorded."""
    if not id:
        return frozenset()
    known = accounts(session, id)
    also = {
        one.person_id
        for user in known.users(id)
        for one in known.people(user)
        if one.said == SAME
    }
    return frozenset({id, known.into.get(id, id), *also})


def _held(
    reader: Reader, ids: frozenset[str], name: str, event: date | None, but: str
) -> Iterator[str]:
    about = {one.id: one for one in reader.all(Breach) if _is_about(one, ids, name)}
    for case in reader.all(Case, breach_id=tuple(about)) if about else ():
        if case.id == but:
            continue
        file = read_case(reader, case.id)
        counts = not file.state.state.final or file.breach.occurred_on == event
        if counts and not inspector_settled(file.facts):
            yield case.number


def _is_he(breach: Breach, known: frozenset[str], id: str, name: str) -> bool:
    """Whether a case is about somebody: by id where both have one, else by a like name."""
    return id in known if id and known else alike(breach.actor_name, name)


def _is_about(breach: Breach, ids: frozenset[str], name: str) -> bool:
    if breach.actor_id and ids:
        return breach.actor_id in ids
    return alike(breach.actor_name, name)
