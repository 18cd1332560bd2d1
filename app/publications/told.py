"""One data breach, said in two places: at the publication, and in the case that deals with it.

Nothing of a dossier is written beside the publication, and nobody learns of a case who does not
open its dossier: each side is looked up by whoever opens both. What a case says of the
publication, and a publication of its case, is always what stands there now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.records import Breach, Case, Filed
from app.duties.settle import read_duties
from app.publications.board import publication_view
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.duties.radar import DutyState
    from app.ports import Reader, Session
    from app.publications.board import PublicationView

NOTICE_DUTY = "authority_told"
"""Key of the duty to tell the authority, in `resources/duties.toml`."""

WAITS, NO_CASE, IN_CASE, ASIDE = "waits", "no_case", "in_case", "aside"
OTHERS = "others"
"""Where what was told of a data breach stands: it was not filed yet; it was filed and no case
deals with it; a case does; the case weighed that it is none; a case about the user does."""


@dataclass(frozen=True, slots=True)
class ToldBreach:
    """What became of a data breach that was told to who keeps the dossiers.

    Attributes:
        publication_id: of which publication.
        where: `WAITS`, `NO_CASE`, `IN_CASE`, `ASIDE` or `OTHERS`.
        number: of the case, or ""; case_id, compartment: to open it.
        duty: to tell the authority, as it stands in the case.
    """

    publication_id: str
    where: str
    number: str = ""
    case_id: str = ""
    compartment: Compartment | None = None
    duty: DutyState | None = None


@dataclass(frozen=True, slots=True)
class ToldPublication:
    """What a case can say of the publication that it came from.

    Attributes:
        breach: what is answered there now; None while the question is open again.
        until: when the time to tell the authority ends, as counted there.
        told_on, told_how: what became of telling, see `BreachAnswer`.
    """

    id: str
    title: str
    used_on: date
    found_at: datetime | None
    until: datetime | None
    breach: bool | None = None
    reason: str = ""
    by: str = ""
    told_on: date | None = None
    told_how: str = ""


def became_of(session: Session, view: PublicationView) -> tuple[ToldBreach, ...]:
    """What became of a data breach, for whoever opens a dossier file; () for anybody else.

    That a case was looked up is recorded in its journal.
    """
    answer = view.question.answer if view.question else None
    report = answer.report if answer else ""
    opened = [each for each in DOSSIERS if session.opens(each)]
    if not report or not opened:
        return ()
    found = [one for each in opened for one in _in(session, each, view, report)]
    return tuple(found) or (ToldBreach(view.publication.publication_id, WAITS),)


def told_publication(session: Session, publication_id: str) -> ToldPublication | None:
    """What a case can say of its publication; None when it cannot be looked up, or is gone."""
    if not publication_id or not session.opens(Compartment.CONSENT):
        return None
    view = publication_view(session, publication_id)
    if view is None:
        return None
    question = view.question
    answer = question.answer if question else None
    return ToldPublication(
        id=publication_id,
        title=view.publication.title,
        used_on=view.publication.used_on,
        found_at=question.found_at if question else None,
        until=question.until if question else None,
        breach=answer.breach if answer else None,
        reason=answer.reason if answer else "",
        by=answer.noted_by if answer else "",
        told_on=answer.told_on if answer else None,
        told_how=answer.told_how if answer else "",
    )


def _in(
    session: Session, compartment: Compartment, view: PublicationView, report: str
) -> Iterator[ToldBreach]:
    with session.look(compartment) as reader:
        id = view.publication.publication_id
        breaches = reader.all(Breach, publication_id=id)
        place = session, reader, compartment
        found = [one for breach in breaches for one in _of(*place, breach)]
        filed = reader.find(Filed, report) is not None
    for one in found:
        if one.case_id:
            session.note(compartment, "case_read", one.case_id)
    yield from found or ([ToldBreach(id, NO_CASE)] if filed else [])


def _of(
    session: Session, reader: Reader, compartment: Compartment, breach: Breach
) -> Iterator[ToldBreach]:
    cases = reader.all(Case, breach_id=breach.id)
    if not cases:
        yield ToldBreach(breach.publication_id, NO_CASE)
    for case in cases:
        read = read_duties(session, reader, case.id)
        if read.concerned:
            yield ToldBreach(breach.publication_id, OTHERS)
            continue
        duty = next((one for one in read.duties if one.duty.key == NOTICE_DUTY), None)
        where = IN_CASE if duty is not None and duty.arises else ASIDE
        told = breach.publication_id
        yield ToldBreach(told, where, case.number, case.id, compartment, duty)
