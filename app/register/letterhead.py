"""The sender of letters and forms, from the school's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.paper import Letterhead

if TYPE_CHECKING:
    from app.register.records import School


def letterhead(school: School) -> Letterhead:
    """The letterhead of a school: name, board, and the lines beside it."""
    town = f"{school.postcode}  {school.town.upper()}".strip()
    lines = (school.street, town, school.phone, school.email)
    return Letterhead(
        school=school.name, board=school.board, lines=tuple(line for line in lines if line)
    )
