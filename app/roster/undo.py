"""Undoing a whole import, as long as nothing was built on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.jobs import SILENT, Part, Progress, awaited
from app.record import Compartment
from app.roster.questions import BuiltOn, Imports
from app.roster.records import RosterImport

if TYPE_CHECKING:
    from app.ports import Session
    from app.roster.questions import Built
    from app.roster.records import RosterSource

_UNDONE, _WHOLE = 950, 1000
"""What is left of the progress is for the disk."""


def imports(session: Session) -> tuple[tuple[RosterImport, RosterSource | None], ...]:
    """Every import with its source, newest first."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(Imports())


def built_on(session: Session, import_id: str) -> tuple[Built, ...]:
    """What was done since with anything an import wrote; empty when it can be undone."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(BuiltOn(import_id))


def undo_import(session: Session, import_id: str, progress: Progress = SILENT) -> RosterImport:
    """Undo an import in one unit of work: what it added goes, what it changed is as before.

    Raises:
        Refusal: `roster.undone_already`, or `roster.built_upon` when an answer, authority, a
            flag, a form, a later import or a change by hand builds on it (see `built_on`).
        Trouble: `register.disk_full` and the like; nothing was undone.
        CancelledError: when the person stopped it; nothing was undone.
    """
    with (
        session.work(Compartment.CONSENT, "roster_undone", import_id, progress) as work,
        awaited(progress, 0, _WHOLE) as told,
    ):
        told.step(0, _WHOLE)
        known = work.get(RosterImport, import_id)
        if known.undone_at is not None:
            raise Refusal("roster.undone_already")
        built = work.ask(BuiltOn(import_id))
        if built:
            raise Refusal("roster.built_upon", count=len(built), name=built[0].name)
        work.take_back(RosterImport, import_id, Part(told, 0, _UNDONE, _WHOLE))
        undone = replace(known, undone_at=session.clock.now())
        work.change(undone)
        work.commit(Part(told, _UNDONE, _WHOLE, _WHOLE))
    return undone
