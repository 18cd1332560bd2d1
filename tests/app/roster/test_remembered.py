"""A list that comes again is understood as it was last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.readers.mapping import Mapping
from app.roster.records import RosterSource
from app.roster.remembered import forget, remember, remembered, remembered_mapping
from app.start.begin import make_ready
from tests.app.roster.made import child, roster

if TYPE_CHECKING:
    from tests.registers import School

OWN = Mapping(name="Ouderlijst", columns=(("Kind", "pupil.name"), ("Groep", "pupil.group")))


def test_a_mapping_is_found_again_by_its_columns(school: School) -> None:
    session = school.administrator()
    remember(session, OWN)
    assert remembered_mapping(session, ("Groep", "Kind", "Opmerking")) == OWN
    assert remembered_mapping(session, ("Kind", "Klas")) is None


def test_the_mapping_that_reads_most_is_taken(school: School) -> None:
    session = school.administrator()
    remember(session, OWN)
    remember(session, replace(OWN, name="Kort", columns=OWN.columns[:1]))
    assert remembered_mapping(session, ("Kind", "Groep")) == OWN
    assert remembered_mapping(session, ("Kind",)) == replace(
        OWN, name="Kort", columns=OWN.columns[:1]
    )


def test_a_source_is_kept_once(school: School) -> None:
    session = school.administrator()
    first = remember(session, OWN)
    assert remember(session, OWN) == first
    changed = remember(session, replace(OWN, whole=True))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(RosterSource) == (changed,)
        head = reader.head().number
    remember(session, replace(OWN, whole=True))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.head().number == head


def test_remembered_lists_say_when_they_were_last_used(school: School) -> None:
    session = school.administrator()
    make_ready(session)
    remember(session, OWN)
    remember(session, replace(OWN, name="Andere"))
    made = roster(child("Zoë"), source="Ouderlijst")
    accept(session, made, propose(session, made))
    found = remembered(session)
    assert [(each.mapping.name, each.last_used) for each in found] == [
        ("Andere", None),
        ("Ouderlijst", session.clock.now()),
    ]


def test_a_forgotten_list_is_asked_about_anew_and_can_be_remembered_again(
    school: School,
) -> None:
    session = school.administrator()
    source = remember(session, OWN)
    assert forget(session, source.id) == OWN
    assert remembered(session) == ()
    assert remembered_mapping(session, ("Kind", "Groep")) is None
    with pytest.raises(Refusal, match="not_found"):
        forget(session, source.id)
    assert remember(session, OWN) == source
