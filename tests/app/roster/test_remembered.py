"""A list that comes again is understood as it was last time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.record import Compartment
from app.roster.readers.mapping import Mapping
from app.roster.records import RosterSource
from app.roster.remembered import remember, remembered_mapping

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
