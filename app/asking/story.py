"""What was asked about one pupil or member of staff, decider by decider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.asking.listing import AskingLine, join, lines_of
from app.asking.questions import ContactsOf
from app.asking.standing import open_about
from app.record import Compartment

if TYPE_CHECKING:
    from app.asking.contacts import Contact
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class AskingStory:
    """One decider: what is open now, and everything that was ever asked.

    Attributes:
        contacts: forms, letters, calls and talks, oldest first.
    """

    line: AskingLine
    contacts: tuple[Contact, ...]


def asking_story(session: Session, subject_id: str) -> tuple[AskingStory, ...]:
    """Everybody who has to be asked about a pupil or was asked before, open ones first."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        found = open_about(reader, day, subject_id)
        open_ = {join(one.subject_id, one.decider_id): one for one in found}
        contacts: dict[str, list[Contact]] = {id: [] for id in open_}
        for decider, contact in reader.ask(ContactsOf(subject_id)):
            contacts.setdefault(join(subject_id, decider), []).append(contact)
        lines = lines_of(reader, tuple(contacts), open_, day)
    return tuple(AskingStory(line, tuple(contacts[line.id])) for line in lines)
