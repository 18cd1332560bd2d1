"""What the person whom a case is about has brought forward, for whoever weighs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.facts import HEARD

if TYPE_CHECKING:
    from app.dossier.case import TakenStep
    from app.dossier.records import Entry
    from app.dossier.steps import CaseFile

_BROUGHT_IN = ("letter_in", "talk", "call")


@dataclass(frozen=True, slots=True)
class Views:
    """What was recorded of a hearing, each oldest first.

    Attributes:
        steps: in which views or a talk were recorded, or that there were none.
        entries: letters that came in, talks and calls, as the dossier has them now.
    """

    steps: tuple[TakenStep, ...] = ()
    entries: tuple[Entry, ...] = ()


NONE = Views()


def views_in(file: CaseFile) -> Views:
    """What was brought forward in a case."""
    dossier = file.dossiers[0].id
    entries = [
        entry
        for entry in file.entries
        if entry.kind in _BROUGHT_IN and entry.dossier_id == dossier
    ]
    return Views(
        tuple(step for step in file.state.taken if HEARD.intersection(step.step.makes)),
        tuple(sorted(entries, key=lambda entry: (entry.happened_on, entry.recorded_at))),
    )
