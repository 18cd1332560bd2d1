"""Whose dossier it is when one person stood in the register twice.

Records that are the same person are merged in the register, which knows nothing of dossiers; a
dossier stays under the record it was begun for. So it is looked for under each of them, and one
person does not get a second dossier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.dossier.records import Dossier
from app.people.questions import AlsoKnown
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Reader, Session


def standing_ids(session: Session, id: str) -> tuple[str, ...]:
    """Every id under which somebody stands after records were merged, the one of now first.

    Just the id itself for whoever cannot look it up.
    """
    if not id or not session.opens(Compartment.CONSENT):
        return (id,)
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(AlsoKnown(id))


def dossier_of(session: Session, reader: Reader, id: str) -> tuple[str, Dossier | None]:
    """The id of somebody by now, and his dossier, begun under whichever of his ids."""
    ids = standing_ids(session, id)
    known = {one.subject_id: one for one in reader.all(Dossier, subject_id=ids)}
    return ids[0], next((known[one] for one in ids if one in known), None)
