"""Papers about a dossier as handed to the press."""

from __future__ import annotations

from dataclasses import dataclass

from app.paper import Letterhead, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadersPaper(Paper):
    """Who read a dossier.

    Attributes:
        subject: name of whose dossier it is; dossier: pupil or personnel dossier, in words.
        rows: when, who, and what, newest first.
        stamp: of the journal head.
    """

    letterhead: Letterhead
    subject: str
    dossier: str
    day: str
    rows: tuple[tuple[str, str, str], ...]
    stamp: str
