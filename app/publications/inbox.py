"""Publications of teachers: sealed to the office, and recorded there, each once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.consent.inbox import take_in
from app.errors import Refusal, collect
from app.ids import new_id
from app.people.records import Pupil, StaffMember
from app.publications.record import (
    PublicationDraft,
    Source,
    add_publication,
    faults,
    record_publication,
)
from app.publications.records import Publication
from app.publications.sealed import from_bytes, is_publication, to_bytes
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session, Unsealed, Work


def tell_publication(session: Session, draft: PublicationDraft) -> str:
    """Say that something was used; returns the id of the publication.

    Who may write in consent records it there; anybody else seals it to the office, which
    records it once, however often it was sealed.

    Raises:
        Refusals: fields that are not right. Trouble: it could be kept nowhere.
    """
    if session.user.may("consent.write"):
        return record_publication(session, draft).id
    collect([*faults(draft, session.clock.now())])
    id = new_id()
    session.seal(Compartment.CONSENT, to_bytes(id, draft))
    return id


def receive_publications(session: Session) -> int:
    """Record every publication that waits; returns how many.

    Nothing for who may not write in consent. What cannot be read is noted in the journal and
    taken out; so is somebody in it whom the register does not know any more.

    Raises:
        Trouble: as every writing; what was not recorded still waits.
    """
    return take_in(session, is_publication, _record)


def _record(session: Session, opened: Unsealed) -> bool:
    """Whether it can be recorded, or is already."""
    now = session.clock.now()
    try:
        found = from_bytes(opened.content)
        collect([*faults(found.draft, max(now, opened.at))])
        known = found.draft.subjects
        with session.work(Compartment.CONSENT, "publication_received", found.id) as work:
            if work.find(Publication, found.id) is None:
                at = min(opened.at, now)
                source = Source(found.id, opened.author.name, at)
                known = _known(work, found.draft.subjects)
                draft = replace(
                    found.draft, subjects=known, found_at=min(found.draft.found_at or at, at)
                )
                add_publication(session, work, draft, source)
            work.commit()
    except Refusal:
        session.note(Compartment.CONSENT, "publication_unreadable", opened.id)
        return False
    if len(known) < len(found.draft.subjects):
        session.note(Compartment.CONSENT, "publication_person_unknown", found.id)
    return True


def _known(work: Work, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Who of these is in the register.

    Raises:
        Refusal: `publications.nobody` when nobody is.
    """
    found = {one.id for kind in (Pupil, StaffMember) for one in work.all(kind, id=ids)}
    if not found:
        raise Refusal("publications.nobody")
    return tuple(id for id in ids if id in found)
