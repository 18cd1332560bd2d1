"""An import is proposed, accepted, and repeated without fear."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import find_pupils
from app.people.records import Authority, Enrolment, Group, Guardian, Pupil, Relation, Site
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.proposal import About, Change
from app.start.begin import make_ready
from tests.app.roster.made import child, family, parent, roster, teacher

if TYPE_CHECKING:
    from app.roster.proposal import Proposal
    from app.roster.roster import Roster
    from db.register.session import LocalSession
    from tests.registers import School


@pytest.fixture
def session(school: School) -> LocalSession:
    """An administrator of a register without anybody in it."""
    opened = school.administrator()
    make_ready(opened)
    return opened


def taken(session: LocalSession, *people: object, **more: object) -> Roster:
    made = roster(*people, **more)
    accept(session, made, propose(session, made))
    return made


def changes(proposal: Proposal) -> list[tuple[About, Change, str]]:
    return [(line.about, line.change, line.name) for line in proposal.lines]


FAMILY = (
    child("Zoë", prefix="van der", key="z", number="12"),
    parent("Marijke", "Wal"),
    parent("Piotr", "Kowalczyk"),
    teacher("Ada"),
    *family(z=("Marijke Wal", "Piotr Kowalczyk")),
)


def test_a_first_file_brings_everybody(session: LocalSession) -> None:
    made = roster(*FAMILY)
    proposal = propose(session, made)
    assert changes(proposal) == [
        (About.PUPIL, Change.NEW, "Zoë van der Wal"),
        (About.GUARDIAN, Change.NEW, "Piotr Kowalczyk"),
        (About.GUARDIAN, Change.NEW, "Marijke Wal"),
        (About.STAFF, Change.NEW, "Ada Bos"),
        (About.GROUP, Change.NEW, "Zeester"),
    ]
    done = accept(session, made, proposal)
    assert (done.added, done.changed) == (4, 0)
    with session.look(Compartment.CONSENT) as reader:
        (pupil,) = reader.all(Pupil)
        (stay,) = reader.all(Enrolment)
        (site,) = reader.all(Site)
        assert stay.group_id == reader.all(Group, site_id=site.id)[0].id
        assert {tie.pupil_id for tie in reader.all(Relation)} == {pupil.id}
        assert len(reader.all(Guardian)) == 2
        assert reader.all(Authority) == ()
    assert [hit.name for hit in find_pupils(session, "zoe")] == ["Zoë van der Wal"]
    assert session.verify(Compartment.CONSENT).in_order


def test_the_same_file_twice_leaves_nothing_to_do(
    session: LocalSession, school: School
) -> None:
    made = taken(session, *FAMILY)
    again = propose(session, made)
    assert again.is_empty, changes(again)
    school.clock.move(timedelta(days=1))
    assert propose(session, made).is_empty
