"""What is remembered of a source: how its columns are understood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.ids import new_id
from app.record import Compartment
from app.roster.records import RosterSource

if TYPE_CHECKING:
    from app.ports import Session
    from app.roster.roster import SourceKind


def remembered(session: Session) -> tuple[RosterSource, ...]:
    """The sources that people came in from, or whose columns were mapped, by name."""
    with session.look(Compartment.CONSENT) as reader:
        return tuple(sorted(reader.all(RosterSource), key=lambda source: source.name))


def remember_mapping(
    session: Session, kind: SourceKind, name: str, mapping: str
) -> RosterSource:
    """Keep how a list is understood, as `app.roster.mapping.to_text` writes it."""
    with session.work(Compartment.CONSENT, "roster_mapped") as work:
        known = work.all(RosterSource, kind=kind.value, name=name)
        if known and known[0].mapping == mapping:
            return known[0]
        if known:
            source = replace(known[0], mapping=mapping)
            work.change(source)
        else:
            source = RosterSource(id=new_id(), kind=kind.value, name=name, mapping=mapping)
            work.add(source)
        work.commit()
    return source
