"""What somebody who does not decide said against recordings: a note for the office.

It is kept as a fact and changes no verdict. It is shown to the office only: never on the check
list, on lists and exports, or to another parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.decide import WAYS
from app.consent.grid import consent_grid
from app.consent.questions import ObjectionsAbout
from app.consent.records import Objection
from app.errors import Refusal, collect
from app.ids import new_id
from app.names import full_name, tidy
from app.people.card import guardian_name
from app.people.records import Guardian, Pupil
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.ports import Reader, Session, Work

LONGEST = 1_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ObjectionDraft:
    """An objection as typed.

    Attributes:
        person_id: a guardian or the pupil, or "" for anybody else, who is then named.
        what: in the words of whoever objects.
    """

    subject_id: str
    what: str
    said_on: date
    how: str
    person_id: str = ""
    person_name: str = ""


def note_objection(session: Session, draft: ObjectionDraft) -> Objection:
    """Keep what somebody without a say in it objects.

    Raises:
        Refusals: fields that are not right; nothing is stored. `consent.objection_decides` for
            somebody who does decide: that is an answer.
    """
    today = session.clock.today()
    with session.work(Compartment.CONSENT, "objection_noted", draft.subject_id) as work:
        work.get(Pupil, draft.subject_id)
        collect([*_faults(draft, today), *_who_faults(draft, work, today)])
        objection = Objection(
            id=new_id(),
            subject_id=draft.subject_id,
            person_id=draft.person_id,
            person_name=_name(draft, work),
            what=tidy(draft.what),
            said_on=draft.said_on,
            how=draft.how,
            recorded_at=session.clock.now(),
        )
        work.add(objection)
        work.commit()
    return objection


def take_back_objection(session: Session, objection: Objection) -> Objection:
    """Note that an objection was entered by mistake, or does not stand any more."""
    with session.work(
        Compartment.CONSENT, "objection_taken_back", objection.subject_id
    ) as work:
        fact = Objection(
            id=new_id(),
            subject_id=objection.subject_id,
            person_id=objection.person_id,
            person_name=objection.person_name,
            what=objection.what,
            said_on=objection.said_on,
            how=objection.how,
            recorded_at=session.clock.now(),
            replaces=objection.id,
            taken_back=True,
        )
        work.add(fact)
        work.commit()
    return fact


def objections(
    reader: Reader, pupil_id: str, known_at: datetime | None = None
) -> tuple[Objection, ...]:
    """The objections that stand, oldest first; as known at an instant when it is given."""
    facts = [
        fact
        for fact in reader.ask(ObjectionsAbout(pupil_id))
        if known_at is None or fact.recorded_at <= known_at
    ]
    replaced = {fact.replaces for fact in facts}
    standing = (fact for fact in facts if not fact.taken_back and fact.id not in replaced)
    return tuple(sorted(standing, key=lambda fact: (fact.said_on, fact.id)))


def _faults(draft: ObjectionDraft, today: date) -> Iterator[Refusal]:
    what = tidy(draft.what)
    if not what:
        yield Refusal("consent.objection_empty", field="what")
    if len(what) > LONGEST:
        yield Refusal("consent.objection_long", field="what", most=LONGEST)
    for field, text in (("what", what), ("name", draft.person_name)):
        if holds_bsn(text):
            yield Refusal("people.bsn", field=field)
    if draft.said_on > today:
        yield Refusal("consent.objection_later", field="said_on")
    if draft.how not in WAYS:
        yield Refusal("consent.unknown_way", field="how")


def _who_faults(draft: ObjectionDraft, work: Work, today: date) -> Iterator[Refusal]:
    if not draft.person_id:
        name = tidy(draft.person_name)
        if not name or len(name) > _LONGEST_NAME:
            yield Refusal("consent.objection_nobody", field="name")
        return
    grid = consent_grid(work, draft.subject_id, today, today=today)
    if draft.person_id not in {draft.subject_id, *(d.id for d in grid.deciders)}:
        yield Refusal("consent.objection_nobody", field="person")
    voices = (voice for line in grid.lines for voice in line.verdict.voices)
    if draft.person_id in {voice.decider_id for voice in voices}:
        yield Refusal("consent.objection_decides", field="person")


def _name(draft: ObjectionDraft, work: Work) -> str:
    if draft.person_id == draft.subject_id:
        pupil = work.get(Pupil, draft.subject_id)
        return full_name(pupil.first_name, pupil.prefix, pupil.surname)
    if draft.person_id:
        return guardian_name(work.get(Guardian, draft.person_id))
    return tidy(draft.person_name)
