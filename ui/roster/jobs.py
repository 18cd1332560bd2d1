"""What the import's screens ask of the storage thread: reading, proposing, accepting."""

from collections.abc import Mapping as Values
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import clear_frames
from typing import Any

from app.errors import Refusal
from app.jobs import CancelledError, Part, Progress
from app.ports import Session
from app.roster.accept import accept, compares_again, lightened, propose, spendable
from app.roster.calm import let_go
from app.roster.plan import Lines, let_go_of
from app.roster.proposal import Decided, Proposal
from app.roster.read import Found, look_at, read
from app.roster.readers.guess import Guess, guess_table
from app.roster.readers.lists import Understood, preview
from app.roster.readers.mapping import Mapping
from app.roster.records import RosterImport
from app.roster.remembered import remember, remembered_mapping
from app.roster.roster import Roster, SourceKind
from app.roster.source.layout import Layout
from app.roster.source.tables import Row, Table, open_table
from app.roster.undo import undo_import

_EXAMPLES = 5
_READ, _COMPARED, _WHOLE = 500, 800, 1000
_KEPT = 20_000
"""So many people of a file are kept while somebody looks at the proposal. Those of a larger
one take more room than all the rest; it is read again in the rare case that they are needed."""


@dataclass(frozen=True, slots=True)
class ListLook:
    """A list whose columns a person settles.

    Attributes:
        table: its first rows.
        guess: what the columns probably are.
        known: how such a list was understood before, or None.
        first: the first rows, as they stand in the file.
    """

    found: Found
    table: Table
    guess: Guess
    known: Mapping | None
    first: tuple[Row, ...]


@dataclass(slots=True)
class Proposed:
    """What was read and what it would do; `forget` takes both away.

    Attributes:
        found, mapping: what was read, and how a list was understood.
        roster: what it says; a large one without its people.
    """

    found: Found
    mapping: Mapping | None
    roster: Roster
    proposal: Proposal
    site_id: str = ""


def look(session: Session, paths: tuple[Path, ...], sheet: str = "") -> Found | ListLook:
    """What was chosen; a list with the guess at its columns.

    Raises:
        Refusal: nothing of it is understood.
    """
    found = look_at(paths)
    if found.kind is not SourceKind.LIST:
        return found
    return look_into(session, found, sheet)


def look_into(session: Session, found: Found, sheet: str = "") -> ListLook:
    """A list with the guess at its columns, of another sheet when one is named."""
    member = found.members[0]
    with member.open() as stream:
        table = open_table(stream, member.name, Layout(sheet=sheet)).sample()
    known = remembered_mapping(session, table.headers)
    return ListLook(found, table, guess_table(table), known, table.first(_EXAMPLES))


def understood(table: Table, mapping: Mapping) -> Understood:
    """What the first rows come to under a mapping."""
    return preview(table, mapping, _EXAMPLES)


def read_and_propose(
    session: Session,
    progress: Progress,
    found: Found,
    mapping: Mapping | None = None,
    site_id: str = "",
) -> Proposed:
    """Read everything and compare it with the register; nothing of it is written.

    A mapping is remembered for the next time.
    """
    if mapping is not None:
        remember(session, mapping)
    roster = _read(found, mapping, Part(progress, 0, _READ, _WHOLE))
    proposal = _proposal(session, Part(progress, _READ, _WHOLE, _WHOLE), roster, site_id)
    if isinstance(roster.pupils, list):
        roster = lightened(roster)
    return Proposed(found, mapping, roster, proposal, site_id)


def _read(found: Found, mapping: Mapping | None, progress: Progress) -> Roster:
    """What the files say; the people of large ones are spent while they are compared."""
    roster = read(found, mapping, progress)
    large = len(roster.pupils) + len(roster.guardians) > _KEPT
    return spendable(roster) if large else roster


def _proposal(session: Session, progress: Progress, roster: Roster, site_id: str) -> Proposal:
    try:
        proposal = propose(session, roster, site_id, Part(progress, 0, _COMPARED, _WHOLE))
        _put_in_order(proposal, Part(progress, _COMPARED, _WHOLE, _WHOLE))
    except CancelledError as stopped:
        clear_frames(stopped.__traceback__)  # they hold it too
        parts = _parts(roster)
        del roster
        _let_go(parts)
        raise
    return proposal


def propose_again(session: Session, progress: Progress, before: Proposed) -> Proposed:
    """The proposal against the register as it is now."""
    if _is_light(before.roster):
        return read_and_propose(session, progress, before.found, before.mapping, before.site_id)
    proposal = _proposal(session, progress, before.roster, before.site_id)
    return replace(before, proposal=proposal)


def _is_light(roster: Roster) -> bool:
    return not (roster.pupils or roster.guardians or roster.staff)


def take_over(
    session: Session, progress: Progress, proposed: Proposed, decided: Values[str, Decided]
) -> RosterImport:
    """Write what was accepted, all of it or nothing; once it is written the proposal is gone.

    Raises:
        Refusal: `roster.file_changed` when people of a large file were chosen, and it is not
            what it was; or as `accept`.
    """
    roster, proposal = proposed.roster, proposed.proposal
    if _is_light(roster) and compares_again(proposal, decided):
        roster = read(proposed.found, proposed.mapping, Part(progress, 0, _READ, _WHOLE))
        if roster.digest != proposed.roster.digest:
            raise Refusal("roster.file_changed")
        progress = Part(progress, _READ, _WHOLE, _WHOLE)
    return accept(session, roster, replace(proposal, spent=True), decided, progress)


def take_back(session: Session, progress: Progress, import_id: str) -> RosterImport:
    """Undo a whole import."""
    return undo_import(session, import_id, progress)


def forget(_session: Session, proposed: Proposed) -> None:
    """Let go of a proposal in small parts."""
    roster, plan = proposed.roster, proposed.proposal.plan
    parts = _parts(roster)
    proposed.roster = replace(roster, pupils=(), guardians=(), relations=())
    del roster
    if plan is not None:
        let_go_of(plan, proposed.proposal.lines)
    _let_go(parts)


def _parts(roster: Roster) -> list[list[Any]]:
    return [list(roster.pupils), list(roster.guardians), list(roster.relations)]


def _let_go(parts: list[list[Any]]) -> None:
    while parts:
        let_go(parts.pop())


def _put_in_order(proposal: Proposal, progress: Progress) -> None:
    if isinstance(proposal.lines, Lines):
        proposal.lines.put_in_order(progress)
