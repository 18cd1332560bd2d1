"""Bringing a new pupil in: who it is and where it is taught, in one go."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.errors import Refusals, collect
from app.people.people import checked_pupil, refuse_taken_number
from app.people.places import checked_place
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import Refusal
    from app.people.people import PupilDraft
    from app.people.places import EnrolmentDraft
    from app.people.records import Pupil
    from app.ports import Session


def admit(session: Session, draft: PupilDraft, place: EnrolmentDraft) -> Pupil:
    """Add a pupil together with the first enrolment or visit; both or neither is stored.

    Args:
        session: who adds.
        draft: the pupil as typed.
        place: where and from when; its pupil id is filled in here.

    Raises:
        Refusals: fields that are not right, of both; nothing is stored.
    """
    today = session.clock.today()
    collect(
        [
            *_faults(partial(checked_pupil, draft, today)),
            *_faults(partial(checked_place, session, place)),
        ]
    )
    pupil, fact = checked_pupil(draft, today), checked_place(session, place)
    with session.work(Compartment.CONSENT, "pupil_added", pupil.id) as work:
        refuse_taken_number(work, pupil)
        work.add(pupil, replace(fact, pupil_id=pupil.id))
        work.commit()
    return pupil


def _faults(check: Callable[[], object]) -> tuple[Refusal, ...]:
    try:
        check()
    except Refusals as refusals:
        return refusals.found
    return ()
