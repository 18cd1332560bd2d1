"""What a director asks for, and everything that has to be known to fulfil it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.compile.names import Named
from app.compile.pieces import REPORT, Piece, Recipient, in_period, involved, pieces
from app.compile.purposes import purpose
from app.compile.registered import are_registered, registered
from app.dossier.dossiers import read_dossier
from app.dossier.records import Breach, Case, Entry
from app.dossier.whose import standing_ids
from app.names import fold
from app.record import Compartment
from app.register.letterhead import sender
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from app.compile.names import Finder
    from app.compile.papers import Area
    from app.compile.purposes import Purpose
    from app.dossier.dossiers import OpenedDossier
    from app.paper import Letterhead
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class PageArea:
    """A rectangle that must go from a page of the file of a piece; pages from 0."""

    piece_id: str
    page: int
    area: Area


@dataclass(frozen=True, slots=True)
class CompileRequest:
    """A copy as it is asked for.

    Attributes:
        purpose: key of the purpose.
        why: what it is compiled for, in a sentence; it stands on the cover.
        start, end: the period, both days included; None is open.
        pieces: ids of the pieces that were chosen.
        decisions: the reason for each name that was found, by id of the find.
        extra: further names to look for, as typed.
        looked_at: ids of the pieces whose pictures somebody looked at.
        areas: what must go from pictures.
    """

    compartment: Compartment
    dossier_id: str
    purpose: str
    recipient: Recipient
    why: str
    start: date | None = None
    end: date | None = None
    pieces: tuple[str, ...] = ()
    language: str = "nl"
    decisions: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    looked_at: frozenset[str] = frozenset()
    areas: tuple[PageArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about one request.

    Attributes:
        subject: name of whose dossier it is; recipient: for whom it is.
        whole: number of pieces of the period; chosen: those that go in, oldest first.
        names: finds the names of everybody but those that stay.
        register_known: the register's people could be looked up.
    """

    purpose: Purpose
    subject: str
    recipient: str
    letterhead: Letterhead
    whole: int
    chosen: tuple[Piece, ...]
    names: Finder
    register_known: bool


def gathered(session: Session, reader: Reader, request: CompileRequest) -> Material:
    """Everything about a request, as it is now.

    Raises:
        Refusal: `register.not_found`.
        Trouble: `dossier.case_damaged`, `procedures.procedure_missing`.
    """
    opened = read_dossier(session, reader, request.compartment, request.dossier_id)
    reported = breaches(reader, opened)
    recipient = known_again(session, request.recipient)
    found = pieces(opened, reported, recipient, Words(request.language))
    within = [piece for piece in found if in_period(piece, request.start, request.end)]
    wanted = frozenset(request.pieces)
    return Material(
        purpose=purpose(request.purpose),
        subject=opened.dossier.subject_name,
        recipient=request.recipient.name,
        letterhead=sender(session),
        whole=len(within),
        chosen=tuple(piece for piece in within if piece.id in wanted),
        names=_names(session, opened, tuple(reported.values()), request),
        register_known=session.opens(Compartment.CONSENT),
    )


def known_again(session: Session, recipient: Recipient) -> Recipient:
    """A recipient with every id under which pieces can be about him."""
    return replace(recipient, also=standing_ids(session, recipient.id))


def breaches(reader: Reader, opened: OpenedDossier) -> dict[str, Breach]:
    """What was reported, by id of the entry that keeps the report."""
    found: dict[str, Breach] = {}
    own = reader.all(Breach, dossier_id=opened.dossier.id)
    for item in opened.timeline:
        if item.kind != REPORT:
            continue
        entry = reader.get(Entry, item.id)
        if entry.case_id:
            found[item.id] = reader.get(Breach, reader.get(Case, entry.case_id).breach_id)
            continue
        same = [breach for breach in own if breach.facts == entry.body]
        if same:
            found[item.id] = same[0]
    return found


# -- people -----------------------------------------------------------------------------------


def _names(
    session: Session,
    opened: OpenedDossier,
    reported: tuple[Breach, ...],
    request: CompileRequest,
) -> Finder:
    """Finds the register's people and whom the dossier names; who stays is marked."""
    staying = {opened.dossier.subject_id, request.recipient.id} - {""}
    stay_named = (opened.dossier.subject_name, request.recipient.name)
    typed = tuple(_typed(opened, reported, request))
    known = set(are_registered(session, (*stay_named, *typed)))
    others = []
    for name, stays in (*((n, True) for n in stay_named), *((n, False) for n in typed)):
        if name and fold(name) not in known:
            others.append(Named("", "typed", name, stays=stays))
            known.add(fold(name))
    return registered(session, staying, others)


def _typed(
    opened: OpenedDossier, reported: tuple[Breach, ...], request: CompileRequest
) -> Iterator[str]:
    """Names that stand in fields of the dossier, and those that the director adds."""
    for item in opened.timeline:
        yield item.about
        yield item.author
    for breach in reported:
        yield from (breach.actor_name, breach.reported_by, breach.reported_actor_name)
        yield from (*breach.affected, *involved(breach))
    yield from request.extra
