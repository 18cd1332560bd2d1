"""Where a report goes: to the compartment of its dossier, or past whom it is about.

The inbox of a compartment is open to everybody who holds its key. A report about one of them is
sealed to the boxes of the others, which he cannot open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.breach.rules import namesakes
from app.errors import Refusal
from app.people.accounts import accounts

if TYPE_CHECKING:
    from app.breach.draft import BreachDraft
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
    users = session.users()
    by_name = {user.id for user in namesakes(draft, users)}
    concerned = {*by_name, *_recorded(session, draft), *_other_actors(draft)} - {""}
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


def _recorded(session: Session, draft: BreachDraft) -> tuple[str, ...]:
    """The accounts of who was chosen from the register, where the reporter may know them."""
    return accounts(session, draft.actor_id).users(draft.actor_id) if draft.actor_id else ()


def _other_actors(draft: BreachDraft) -> set[str]:
    return {person.user for person in draft.people if person.role == "actor"}
