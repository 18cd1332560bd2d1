"""What a teacher is told before anybody from the office has come in, and whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.check.answer import check_pupil, find_pupils
from app.consent.grid import answer_for
from app.errors import Message
from app.record import Compartment

if TYPE_CHECKING:
    from db.register.session import LocalSession
    from tests.campaigns.office import Office

NAMES = ("Zoë", "Noor")
"""The pupils whose answers are compared."""


def promises(office: Office) -> set[tuple[str, str]]:
    """Pupil and use of every yes that a teacher is given before the office has come in."""
    office.session = office.school.teacher()
    found = set()
    for name in NAMES:
        for hit in find_pupils(office.session, name):
            answer = check_pupil(office.session, hit.id)
            assert answer.doubt in (None, Message("check.unpublished"))
            found |= {(hit.id, line.use) for line in answer.lines if line.permits}
    return found


def kept_back(session: LocalSession, promised: set[tuple[str, str]]) -> None:
    """Nobody was given a yes that consent does not hold."""
    with session.look(Compartment.CONSENT) as reader:
        for pupil, use in promised:
            told = answer_for(reader, pupil, use, session.clock.today()).verdict
            assert told.permits, f"the list says yes to {use}, consent says {told.reason}"
