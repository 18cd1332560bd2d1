"""What a director chooses from: purposes, who a copy can be for, and the pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.compile.pieces import (
    Recipient,
    Standing,
    chosen_first,
    in_period,
    pieces,
    standing,
)
from app.compile.purposes import purpose, purposes
from app.compile.request import breaches, known_again
from app.dossier.dossiers import open_dossier, read_dossier
from app.dossier.whose import standing_ids
from app.errors import Refusal
from app.people.card import pupil_card
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.compile.pieces import Piece
    from app.compile.purposes import Purpose
    from app.compile.request import CompileRequest
    from app.dossier.records import Dossier
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register who a copy can be for.

    Attributes:
        relation: what the person is to the pupil, or "".
        authority: the kind of authority that is noted, or "".
    """

    recipient: Recipient
    relation: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen for one dossier."""

    dossier: Dossier
    purposes: tuple[Purpose, ...]
    recipients: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class OfferedPiece:
    """A piece to choose.

    Attributes:
        standing: whether it can be chosen, and why it is left out at first.
        proposed: the purpose takes it from this period.
    """

    piece: Piece
    standing: Standing
    proposed: bool


def offer(session: Session, compartment: Compartment, dossier_id: str) -> Offer:
    """What a copy of a dossier can be for; the reading is recorded in the journal.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
    """
    dossier = open_dossier(session, compartment, dossier_id).dossier
    return Offer(
        dossier,
        tuple(each for each in purposes() if compartment in each.dossiers),
        tuple(_known(session, compartment, dossier)),
    )


def offered_pieces(session: Session, request: CompileRequest) -> tuple[OfferedPiece, ...]:
    """Every piece of the period, with what the purpose says of it; not recorded once more.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
    """
    wanted = purpose(request.purpose)
    with session.look(request.compartment) as reader:
        opened = read_dossier(session, reader, request.compartment, request.dossier_id)
        reported = breaches(reader, opened)
    recipient = known_again(session, request.recipient)
    found = pieces(opened, reported, recipient, Words(request.language))
    proposed = frozenset(chosen_first(found, wanted, request.start, request.end))
    return tuple(
        OfferedPiece(piece, standing(piece, wanted), piece.id in proposed)
        for piece in found
        if in_period(piece, request.start, request.end)
    )


def _known(session: Session, compartment: Compartment, dossier: Dossier) -> Iterator[Known]:
    staff = compartment is Compartment.STAFF_DOSSIER
    own = Recipient("staff" if staff else "pupil", dossier.subject_id, dossier.subject_name)
    if not staff and session.opens(Compartment.CONSENT):
        subject = standing_ids(session, dossier.subject_id)[0]
        with session.look(Compartment.CONSENT) as reader:
            try:
                ties = pupil_card(reader, subject, session.clock.today()).ties
            except Refusal:  # the child was taken out when an import was undone
                ties = ()
        for tie in ties:
            kind = str(tie.authority.kind) if tie.authority else ""
            parent = Recipient("guardian", tie.guardian.id, tie.name)
            yield Known(parent, tie.relation.kind, kind)
    yield Known(own)
