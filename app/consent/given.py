"""What everybody said yes to, and can withdraw, whatever holds on any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.grid import Decider, known_subject
from app.consent.records import Channel, Medium
from app.consent.staff import relation_of, staff_name
from app.consent.uses import use_key
from app.consent.verdict import standing_yes
from app.names import full_name
from app.people.card import guardian_name
from app.people.records import Guardian, Pupil, Relation, StaffMember

if TYPE_CHECKING:
    from app.ports import Reader


@dataclass(frozen=True, slots=True)
class Given:
    """One person and every use to which he or she last said yes, in the order of the grid."""

    decider: Decider
    uses: tuple[str, ...]


def given(reader: Reader, pupil_id: str) -> tuple[Given, ...]:
    """Who said yes to what, in the order of the guardians and the pupil last.

    Also for channels that are switched off, under a safety flag, and after a term: a yes that
    does not count today may count again.

    Raises:
        Refusal: `register.not_found`.
    """
    subject = known_subject(reader, pupil_id, None)
    said: dict[str, set[str]] = {}
    for fact in standing_yes(subject):
        said.setdefault(fact.decider_id, set()).add(fact.use)
    channels = sorted(reader.all(Channel), key=lambda one: (one.position, one.key))
    order = [use_key(medium, one.key) for medium in Medium for one in channels]
    people = (*subject.guardians, *subject.former, pupil_id)
    return tuple(
        Given(_decider(reader, pupil_id, one), tuple(u for u in order if u in said[one]))
        for one in people
        if one in said
    )


def _decider(reader: Reader, pupil_id: str, person_id: str) -> Decider:
    if person_id == pupil_id:
        member = reader.find(StaffMember, pupil_id)
        if member is not None:
            return Decider(pupil_id, staff_name(member), relation_of(member))
        pupil = reader.get(Pupil, pupil_id)
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        return Decider(pupil_id, name, "self")
    relation = reader.all(Relation, pupil_id=pupil_id, guardian_id=person_id)[-1]
    return Decider(person_id, guardian_name(reader.get(Guardian, person_id)), relation.kind)
