"""The site that a new register begins with is not one more beside those of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.people.people import PupilDraft, save_pupil
from app.people.places import EnrolmentDraft, enrol, save_site
from app.people.records import Site
from app.record import Compartment
from app.roster.accept import propose
from app.roster.proposal import About, Change
from app.roster.undo import imports, undo_import
from tests.app.roster.compared import fields
from tests.app.roster.made import child, group, roster, site, teacher
from tests.app.roster.test_accept import session, taken

if TYPE_CHECKING:
    from db.register.session import LocalSession

__all__ = ["session"]
KADE, KRAB = site("K1", "De Kade"), site("K2", "De Krab")
BOTH = (KADE, KRAB, child("Zoë", site_key="K1", key="1"), child("Tom", site_key="K2", key="2"))


def sites(session: LocalSession) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return sorted(each.name for each in reader.all(Site))


def test_the_only_site_of_a_file_takes_the_place_of_the_empty_first_one(
    session: LocalSession,
) -> None:
    (first,) = sites(session)
    made = roster(KADE, child("Zoë", site_key="K1"))
    (line,) = (e for e in propose(session, made).lines if e.about is About.SITE)
    assert line.change is Change.CHANGED
    assert fields(line)["name"] == (first, "De Kade")
    taken(session, KADE, child("Zoë", site_key="K1"))
    assert sites(session) == ["De Kade"]
    assert propose(session, made).is_empty
    undo_import(session, imports(session)[0][0].id)
    assert sites(session) == [first]


def test_an_empty_first_site_beside_those_of_a_file_is_not_asked_for(
    session: LocalSession,
) -> None:
    taken(session, *BOTH)
    assert len(sites(session)) == 3
    taken(session, KADE, child("Ali", site_key="K1", key="3"))
    assert len(sites(session)) == 3
    with pytest.raises(Refusal, match=r"roster\.site_needed"):
        propose(session, roster(child("Bo")))


def test_staff_are_not_thought_to_be_at_an_empty_first_site(session: LocalSession) -> None:
    taken(session, *BOTH, teacher("Ada"))
    proposal = propose(session, roster(*BOTH, whole_staff=True))
    assert [(each.name, each.doubt) for each in proposal.lines] == [("Ada Bos", None)]


def test_a_list_after_a_file_needs_no_site(session: LocalSession) -> None:
    (first,) = sites(session)
    taken(session, KADE, child("Zoë", site_key="K1"))
    assert first not in sites(session)
    taken(session, child("Tom"), group("h", "Zeepaard"))
    assert sites(session) == ["De Kade"]


def test_a_site_that_was_made_by_hand_is_asked_for(session: LocalSession) -> None:
    taken(session, KADE, child("Zoë", site_key="K1"))
    save_site(session, "Het Nieuwe Huis", "")
    with pytest.raises(Refusal, match=r"roster\.site_needed"):
        propose(session, roster(child("Tom")))


def test_two_sites_made_by_hand_keep_their_names(session: LocalSession) -> None:
    save_site(session, "Het Nieuwe Huis", "")
    taken(session, KADE, child("Zoë", site_key="K1"))
    assert len(sites(session)) == 3


def test_a_first_site_where_somebody_is_stays(session: LocalSession) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (first,) = reader.all(Site)
    zoe = save_pupil(session, PupilDraft("Zoë"))
    enrol(session, EnrolmentDraft(zoe.id, first.id))
    taken(session, KADE, child("Tom", site_key="K1"))
    assert sites(session) == sorted([first.name, "De Kade"])
