"""How a list was understood last time, for the next export of the same list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.ids import new_id
from app.names import fold
from app.record import Compartment
from app.roster.readers.mapping import Mapping, from_text, to_text
from app.roster.records import RosterImport, RosterSource
from app.roster.roster import SourceKind

if TYPE_CHECKING:
    from datetime import datetime

    from app.ports import Session

_KIND = SourceKind.LIST.value


@dataclass(frozen=True, slots=True)
class Remembered:
    """A list whose columns are remembered.

    Attributes:
        last_used: when people were last taken over from it, or None.
    """

    source_id: str
    mapping: Mapping
    last_used: datetime | None


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


def remembered(session: Session) -> tuple[Remembered, ...]:
    """Every list whose columns are remembered, by name."""
    with session.look(Compartment.CONSENT) as reader:
        sources = reader.all(RosterSource, kind=_KIND)
        ids = tuple(source.id for source in sources)
        done = reader.all(RosterImport, source_id=ids) if ids else ()
    used: dict[str, datetime] = {}
    for each in done:
        used[each.source_id] = max(each.imported_at, used.get(each.source_id, each.imported_at))
    found = (
        Remembered(source.id, mapping, used.get(source.id))
        for source in sources
        if (mapping := _mapping(source)) is not None
    )
    return tuple(sorted(found, key=lambda each: fold(each.mapping.name)))


def forget(session: Session, source_id: str) -> Mapping:
    """Ask about the columns of a list anew; what was taken over from it stays.

    Returns:
        How it was understood; `remember` undoes the forgetting.

    Raises:
        Refusal: `register.not_found`.
    """
    with session.work(Compartment.CONSENT, "roster_forgotten", source_id) as work:
        source = work.get(RosterSource, source_id)
        mapping = _mapping(source)
        if mapping is None:
            raise Refusal("register.not_found")
        work.change(replace(source, mapping=""))
        work.commit()
    return mapping


def _mapping(source: RosterSource) -> Mapping | None:
    """The mapping of a source; one that this version does not understand counts as none."""
    if not source.mapping:
        return None
    try:
        return from_text(source.mapping)
    except Refusal:
        return None
