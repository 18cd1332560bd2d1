"""Copies to bind, with invented content."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.compile.papers import CompiledFile, CompiledPaper, CompiledPiece, FilePage
from tests.reports.papers import HEAD, STAMP

if TYPE_CHECKING:
    from app.compile.binding import Laid

MADE = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def piece(number: int = 1, **changes: Any) -> CompiledPiece:
    """A talk."""
    whole = CompiledPiece(
        id=f"{number:032x}",
        number=number,
        heading="Gesprek: op het plein",
        day="20 nov 2026",
        facts=(("Door", "J. de Wit"), ("Zaak", "2026-001")),
        text="Zoë en [weggelaten] speelden op het plein.\nDaarna ging de bel.",
    )
    return replace(whole, **changes)


def file_of(key: str, number: int = 1, **changes: Any) -> CompiledFile:
    """A file whose pages are all added."""
    wanted = tuple(FilePage(page=page) for page in range(number))
    return replace(CompiledFile(key=key, title=key, pages=wanted), **changes)


def paper(*pieces: CompiledPiece, **changes: Any) -> CompiledPaper:
    """A copy."""
    whole = CompiledPaper(
        language="nl",
        letterhead=HEAD,
        title="Afschrift uit een leerlingdossier",
        particulars=(("Dossier van", "Zoë van der Wal"), ("Doel", "overdracht")),
        explained=("Dit afschrift bevat een keuze uit het dossier.",),
        pieces=pieces or (piece(),),
        number="7F3A91C2",
        stamp=STAMP,
        made_at=MADE,
    )
    return replace(whole, **changes)


def contents(laid: Laid) -> bytes:
    """Something that rides along."""
    return b'{"pages": %d}' % len(laid.pages)
