"""What a publication can be made of: uses, groups, and people by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.consent.records import Channel
from app.consent.staff import find_staff, staff_name
from app.consent.uses import in_order
from app.errors import Refusal
from app.letters.facts import Recipient
from app.letters.requests import OfficeRequest
from app.names import full_name
from app.people.card import places
from app.people.questions import FindPeople, GroupPupils
from app.people.records import Pupil, StaffMember
from app.procedures.terms import last_day, term_on
from app.publications.board import LETTER
from app.publications.state import REMOVAL
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session
    from app.publications.records import Publication

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be in a publication; `detail` tells two of one name apart."""

    id: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a publication can be made of.

    Attributes:
        channels: the active channels in their order.
        groups: ids and names of this year's groups.
    """

    channels: tuple[Channel, ...]
    groups: tuple[tuple[str, str], ...]

    def is_paper(self, channel: str) -> bool:
        """Whether a channel is printed matter, which is handed out as a rule."""
        printed = resources.publication_rules()["printed"]
        return any(each.key == channel and each.audience in printed for each in self.channels)


def publication_offer(session: Session) -> Offer:
    """Every active channel and this year's groups."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        at = places(reader, day)
        channels = in_order(reader.all(Channel), day)
    return Offer(channels, tuple((group.id, group.name) for group in at.groups))


def find_persons(session: Session, text: str) -> tuple[Person, ...]:
    """Pupils and members of staff of whom the words begin the name."""
    if not text.strip():
        return ()
    with session.look(Compartment.CONSENT) as reader:
        hits = reader.ask(FindPeople(text, session.clock.today(), MOST_FOUND))
        staff = find_staff(reader, text)
    pupils = tuple(Person(hit.id, hit.name, hit.detail) for hit in hits if hit.kind == "pupil")
    return pupils + tuple(Person(one.id, staff_name(one)) for one in staff[:MOST_FOUND])


def group_persons(session: Session, group_id: str) -> tuple[Person, ...]:
    """The pupils of a group today, by name."""
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(GroupPupils(group_id, session.clock.today()))
    return persons(session, ids)


def persons(session: Session, ids: tuple[str, ...]) -> tuple[Person, ...]:
    """The people with these ids, in their order; unknown ids are left out."""
    with session.look(Compartment.CONSENT) as reader:
        names = {
            p.id: full_name(p.first_name, p.prefix, p.surname)
            for p in reader.all(Pupil, id=ids)
        }
        names |= {one.id: staff_name(one) for one in reader.all(StaffMember, id=ids)}
    return tuple(Person(id, names[id]) for id in ids if id in names)


def takedown_letter(publication: Publication, today: date) -> OfficeRequest:
    """The letter that asks who published it outside the school to take it down.

    Raises:
        Refusal: `publications.no_keeper` when it is not known who that is.
    """
    if not publication.keeper:
        raise Refusal("publications.no_keeper", field="keeper")
    keeper = publication.keeper
    return OfficeRequest(
        template=LETTER,
        recipient=Recipient(keeper[0], keeper, postal=len(keeper) > 1),
        subject_id=publication.publication_id,
        values={
            "what": publication.title,
            "where": publication.places or (publication.title,),
            "published_on": publication.used_on,
            "removal_by": last_day(term_on(REMOVAL, today), today),
        },
    )
