"""The inbox of consent: what teachers seal to the office is taken in there, each kind once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Refusal
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ports import Session, Unsealed


def take_in(
    session: Session,
    is_mine: Callable[[bytes], bool],
    keep: Callable[[Session, Unsealed], bool],
) -> int:
    """Keep everything of one kind that waits, and take it out; returns how much was kept.

    Nothing for who may not write in consent.

    Args:
        session: whose keys are used.
        is_mine: whether a content is of this kind.
        keep: keeps it under the id that it brings, so that what is sealed twice, or was not
            taken out because the machine stopped, is kept once; whether it could.

    Raises:
        Trouble: as every writing; what was not kept still waits.
    """
    if not session.user.may("consent.write"):
        return 0
    kept = 0
    for card in session.waiting(Compartment.CONSENT):
        try:
            opened = session.unseal(Compartment.CONSENT, card.id)
        except Refusal:  # whatever cannot be opened is dealt with where notes are collected
            continue
        if is_mine(opened.content):
            kept += keep(session, opened)
            session.settle(Compartment.CONSENT, card.id)
    return kept
