"""Noting that a printed form never reached anybody, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.asking.back import end_facts
from app.asking.records import NotHandedOut
from app.consent.records import IssuedForm
from app.errors import Refusal
from app.ids import new_id
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session


def note_not_handed_out(session: Session, form_ids: Iterable[str]) -> tuple[NotHandedOut, ...]:
    """Note that these forms never reached whom they were for, so that they asked nobody.

    Their numbers stay known: a paper that comes back all the same can be entered.

    Raises:
        Refusal: `asking.no_form` without forms, or for one that never left or is noted so.
    """
    wanted = tuple(dict.fromkeys(form_ids))
    if not wanted:
        raise Refusal("asking.no_form")
    now = session.clock.now()
    with session.work(Compartment.CONSENT, "form_not_handed_out", wanted[0]) as work:
        forms = work.all(IssuedForm, id=wanted)
        kept_back = not_handed_out(work, tuple({form.pupil_id for form in forms}))
        if len(forms) != len(wanted) or not kept_back.isdisjoint(wanted):
            raise Refusal("asking.no_form")
        facts = tuple(
            NotHandedOut(id=new_id(), form_id=one.id, pupil_id=one.pupil_id, recorded_at=now)
            for one in forms
        )
        work.add(*facts)
        work.commit()
    return facts


def take_back_not_handed_out(session: Session, facts: Iterable[NotHandedOut]) -> None:
    """Undo: these forms were handed out after all."""
    noted = tuple(facts)
    if noted:
        end_facts(session, "form_handed_out", noted[0].form_id, noted)


def not_handed_out(reader: Reader, pupil_ids: tuple[str, ...]) -> frozenset[str]:
    """Ids of the forms about these pupils that never reached anybody."""
    known = reader.all(NotHandedOut, pupil_id=pupil_ids) if pupil_ids else ()
    ended = {one.replaces for one in known if one.taken_back}
    return frozenset(one.form_id for one in known if not one.taken_back and one.id not in ended)
