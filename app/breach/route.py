"""Where a report goes: to the compartment of its dossier, or past whom it is about.

The inbox of a compartment is open to everybody who holds its key. A report about one of them is
sealed to the boxes of the others, which he cannot open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.rules import is_called, namesakes
from app.check.accounts import who_is_who
from app.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.breach.draft import BreachDraft
    from app.people.accounts import Accounts
    from app.ports import Session, UserCard
    from app.protocol.values import Protocol
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes.

    Attributes:
        compartment: of the dossier in which it is to be filed.
        boxes: the users to whom it is sealed instead, or () for the compartment's inbox.
    """

    compartment: Compartment
    boxes: tuple[UserCard, ...] = ()


def route(session: Session, draft: BreachDraft, protocol: Protocol) -> Route:
    """Where a report goes, as it is typed now.

    Raises:
        Refusal: `breach.actor_kind_missing`, or `breach.only_reader` when nobody but the one
            whom it is about could open it.
    """
    compartment = protocol.compartment(draft.actor_kind, pupil_affected=bool(draft.affected))
    if compartment is None:
        raise Refusal("breach.actor_kind_missing", field="actor_kind")
    users, known = session.users(), who_is_who(session, draft.actor_id)
    named = {user.id for user in namesakes(draft, users, known)}
    concerned = named | _other_actors(draft, users, known)
    readers = [user for user in users if opens(user, compartment)]
    if not any(user.id in concerned for user in readers):
        return Route(compartment)
    boxes = tuple(user for user in readers if user.id not in concerned and not user.pending)
    if not boxes and concerned == {session.user.id}:
        return Route(compartment)  # about himself, and nobody else opens it: he may write it
    if not boxes:
        names = ", ".join(user.name for user in readers if user.id in concerned)
        raise Refusal("breach.only_reader", field="actor_name", name=names)
    return Route(compartment, boxes)


def opens(user: UserCard, compartment: Compartment) -> bool:
    """Whether somebody reads the dossiers of a compartment."""
    return user.may(f"{compartment}.read")


def _other_actors(draft: BreachDraft, users: Sequence[UserCard], known: Accounts) -> set[str]:
    """The accounts of others who took part: chosen, or of the very name that was typed."""
    others = [person for person in draft.people if person.role == "actor"]
    chosen = {person.user for person in others} | {
        user for person in others if person.id for user in known.users(person.id)
    }
    typed = [person.name for person in others if not (person.user or person.id)]
    named = {user.id for user in users if any(is_called(user, name, known) for name in typed)}
    return (chosen | named) - {""}
