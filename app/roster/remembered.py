"""How a list was understood last time, for the next export of the same list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.ids import new_id
from app.record import Compartment
from app.roster.readers.mapping import Mapping, from_text, to_text
from app.roster.records import RosterSource
from app.roster.roster import SourceKind

if TYPE_CHECKING:
    from app.ports import Session

_KIND = SourceKind.LIST.value


def remembered_mapping(session: Session, headers: tuple[str, ...]) -> Mapping | None:
    """The mapping of an earlier list with these columns, or None.

    Every column that it reads has to be there; of several the one that reads most.
    """
    there = set(headers)
    with session.look(Compartment.CONSENT) as reader:
        sources = reader.all(RosterSource, kind=_KIND)
    known = [mapping for source in sources if (mapping := _mapping(source)) is not None]
    fitting = [each for each in known if there.issuperset(name for name, _ in each.columns)]
    return max(fitting, key=lambda each: len(each.columns), default=None)


def remember(session: Session, mapping: Mapping) -> RosterSource:
    """Keep a mapping under the name of its source; the same one again writes nothing."""
    text = to_text(mapping)
    with session.work(Compartment.CONSENT, "roster_mapped") as work:
        known = next(iter(work.all(RosterSource, kind=_KIND, name=mapping.name)), None)
        if known is not None and known.mapping == text:
            return known
        if known is None:
            kept = RosterSource(id=new_id(), kind=_KIND, name=mapping.name, mapping=text)
            work.add(kept)
        else:
            kept = replace(known, mapping=text)
            work.change(kept)
        work.commit()
    return kept


def _mapping(source: RosterSource) -> Mapping | None:
    """The mapping of a source; one that this version does not understand counts as none."""
    if not source.mapping:
        return None
    try:
        return from_text(source.mapping)
    except Refusal:
        return None
