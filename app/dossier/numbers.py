"""Numbers of cases and letters: "2026-014", running through the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.dossier.questions import HighestNumber
from app.record import DOSSIERS

if TYPE_CHECKING:
    from app.ports import Reader, Session
    from app.record import Compartment


def next_number(session: Session, reader: Reader, compartment: Compartment, kind: str) -> str:
    """The number that comes next for a "case" or a "letter" this year.

    Counts on over both dossier compartments as far as the user opens them, so that for him no
    number stands for two things. `reader` reads `compartment`.
    """
    year = session.clock.today().year
    question = HighestNumber(kind, year)
    highest = reader.ask(question)
    for other in DOSSIERS:
        if other is not compartment and session.opens(other):
            with session.look(other) as elsewhere:
                highest = max(highest, elsewhere.ask(question))
    return f"{year}-{highest + 1:03}"
