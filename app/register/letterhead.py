"""The sender of letters and forms, from the school's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.paper import Letterhead
from app.record import Compartment
from app.register.school import school_of

if TYPE_CHECKING:
    from app.ports import Session
    from app.register.records import School


def sender(session: Session) -> Letterhead:
    """The letterhead as far as the user can see it: the school's name is known to all."""
    if not session.opens(Compartment.CONSENT):
        return Letterhead(school=session.register.school)
    with session.look(Compartment.CONSENT) as reader:
        return letterhead(school_of(reader))


def letterhead(school: School) -> Letterhead:
    """The letterhead of a school: name, board, and the lines beside it."""
    town = f"{school.postcode}  {school.town.upper()}".strip()
    lines = (school.street, town, school.phone, school.email)
    return Letterhead(
        school=school.name, board=school.board, lines=tuple(line for line in lines if line)
    )
