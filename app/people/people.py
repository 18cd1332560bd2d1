"""Adding and changing pupils, guardians and staff."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app import names
from app.bsn import holds_bsn
from app.errors import Refusal, collect
from app.ids import new_id
from app.people.authority import AuthorityState, authority_state
from app.people.records import (
    AdultKind,
    Authority,
    Guardian,
    Pupil,
    Relation,
    Site,
    StaffMember,
)
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session, Work

LONGEST_NAME = 200
OLDEST_PUPIL = 25
_NOT_TYPED = frozenset({"id", "large_print"})


@dataclass(frozen=True, slots=True)
class PupilDraft:
    """A pupil as typed; `id` is "" for a new one."""

    first_name: str
    prefix: str = ""
    surname: str = ""
    birth_date: date | None = None
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class GuardianDraft:
    """A guardian as typed; `id` is "" for a new one."""

    first_name: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    institution: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    ship: str = ""
    language: str = "nl"
    email: str = ""
    phone: str = ""
    large_print: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A member of staff as typed; `id` is "" for a new one."""

    first_name: str
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    function: str = ""
    email: str = ""
    left: bool = False
    id: str = ""
    kind: AdultKind = AdultKind.STAFF
    start: date | None = None
    end: date | None = None
    site_id: str = ""


def save_pupil(session: Session, draft: PupilDraft) -> Pupil:
    """Add a pupil, or change the one whose id the draft carries.

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    pupil = checked_pupil(draft, session.clock.today())
    act = "pupil_changed" if draft.id else "pupil_added"
    with session.work(Compartment.CONSENT, act, pupil.id) as work:
        refuse_taken_number(work, pupil)
        if draft.id:
            _refuse_merged(work.get(Pupil, pupil.id))
            work.change(pupil)
        else:
            work.add(pupil)
        work.commit()
    return pupil


def checked_pupil(draft: PupilDraft, today: date) -> Pupil:
    """The pupil that a draft describes, tidied.

    Raises:
        Refusals: fields that are not right.
    """
    found = [*_name_faults(draft.first_name, draft.prefix, draft.surname)]
    found += _birth_faults(draft.birth_date, today)
    found += _length_faults({"number": draft.number}) + _bsn_faults(number=draft.number)
    collect(found)
    return Pupil(
        id=draft.id or new_id(),
        first_name=names.tidy(draft.first_name),
        prefix=names.tidy(draft.prefix),
        surname=names.tidy(draft.surname),
        birth_date=draft.birth_date,
        number=names.tidy(draft.number),
    )


def refuse_taken_number(work: Work, pupil: Pupil) -> None:
    """Refuse a number that another pupil has.

    Raises:
        Refusal: `people.number_taken`.
    """
    others = work.all(Pupil, number=pupil.number) if pupil.number else ()
    if any(other.id != pupil.id for other in others):
        raise Refusal("people.number_taken", field="number", number=pupil.number)


def save_guardian(
    session: Session, draft: GuardianDraft, pupil_id: str = "", kind: str = ""
) -> Guardian:
    """Add a guardian (related to a pupil when one is given), or change an existing one.

    Raises:
        Refusals: fields that are not right; nothing is stored.
    """
    guardian = checked_guardian(draft)
    act = "guardian_changed" if draft.id else "guardian_added"
    with session.work(Compartment.CONSENT, act, guardian.id) as work:
        if draft.id:
            _refuse_merged(work.get(Guardian, guardian.id))
            work.change(guardian)
        else:
            work.add(guardian)
        if pupil_id:
            known = work.all(Relation, pupil_id=pupil_id)
            work.add(_relation(pupil_id, guardian.id, kind or "parent", len(known) + 1))
        work.commit()
    return guardian


def checked_guardian(draft: GuardianDraft) -> Guardian:
    """The guardian that a draft describes, tidied.

    Raises:
        Refusals: fields that are not right.
    """
    typed = {name: getattr(draft, name) for name in draft.__slots__ if name not in _NOT_TYPED}
    named = draft.institution or draft.first_name or draft.initials or draft.surname
    found = [] if named.strip() else [Refusal("people.name_missing", field="surname")]
    found += _length_faults(typed) + _email_faults(draft.email)
    found += _bsn_faults(**{k: v for k, v in typed.items() if k not in ("language", "phone")})
    if holds_bsn(draft.phone, in_phone_field=True):
        found.append(Refusal("people.bsn", field="phone"))
    collect(found)
    tidied = {k: names.tidy(v) for k, v in typed.items()}
    return Guardian(id=draft.id or new_id(), large_print=draft.large_print, **tidied)


def relate(session: Session, pupil_id: str, guardian_id: str, kind: str) -> Relation:
    """Let somebody who is known already be a guardian of a pupil (a sibling's parent).

    Raises:
        Refusal: `people.related_already`.
    """
    with session.work(Compartment.CONSENT, "relation_added", pupil_id) as work:
        known = work.all(Relation, pupil_id=pupil_id)
        if any(r.guardian_id == guardian_id and not r.ended for r in known):
            raise Refusal("people.related_already", field="guardian")
        relation = _relation(pupil_id, guardian_id, kind, len(known) + 1)
        work.add(relation)
        work.commit()
    return relation


def change_relation(session: Session, relation_id: str, kind: str) -> Relation:
    """Note what somebody is to the pupil; the same relation under another name."""
    return _changed_relation(session, "relation_changed", relation_id, kind=kind)


def end_relation(session: Session, relation_id: str) -> Relation:
    """Note that somebody is no guardian of the pupil any more; decisions stay.

    Whether somebody decides follows from authority alone, so no answer changes by it.

    Raises:
        Refusal: `people.authority_first` while the person has, or may have, authority.
    """
    return _changed_relation(session, "relation_ended", relation_id, ended=True)


def restore_relation(session: Session, relation_id: str) -> Relation:
    """Undo the end of a relation that was ended by mistake."""
    return _changed_relation(session, "relation_restored", relation_id, ended=False)


def save_staff(session: Session, draft: StaffDraft) -> StaffMember:
    """Add a member of staff, or change an existing one.

    Raises:
        Refusals: fields that are not right; nothing is stored.
        Refusal: `register.not_found` for a site that is not there.
    """
    member = checked_staff(draft)
    act = "staff_changed" if draft.id else "staff_added"
    with session.work(Compartment.CONSENT, act, member.id) as work:
        if member.site_id:
            work.get(Site, member.site_id)
        if draft.id:
            work.change(member)
        else:
            work.add(member)
        work.commit()
    return member


def checked_staff(draft: StaffDraft) -> StaffMember:
    """The member of staff that a draft describes, tidied.

    Raises:
        Refusals: fields that are not right.
    """
    found = [*_name_faults(draft.first_name, draft.prefix, draft.surname)]
    others = {"initials": draft.initials, "function": draft.function, "email": draft.email}
    found += _length_faults(others) + _bsn_faults(**others) + _email_faults(draft.email)
    if draft.start and draft.end and draft.end < draft.start:
        found.append(Refusal("people.ends_before_start", field="end"))
    collect(found)
    return StaffMember(
        id=draft.id or new_id(),
        first_name=names.tidy(draft.first_name),
        initials=names.tidy(draft.initials),
        prefix=names.tidy(draft.prefix),
        surname=names.tidy(draft.surname),
        function=names.tidy(draft.function),
        email=names.tidy(draft.email),
        left=draft.left,
        kind=draft.kind,
        start=draft.start,
        end=draft.end,
        site_id=draft.site_id,
    )


def _refuse_merged(known: Pupil | Guardian) -> None:
    """What was merged into another record is not changed any more."""
    if known.merged_into:
        raise Refusal("people.merged_away")


def _changed_relation(
    session: Session,
    act: str,
    relation_id: str,
    *,
    kind: str = "",
    ended: bool | None = None,
) -> Relation:
    with session.work(Compartment.CONSENT, act, relation_id) as work:
        known = work.get(Relation, relation_id)
        if ended:
            _refuse_authority(work, known, session.clock.today())
        relation = replace(
            known,
            kind=kind or known.kind,
            ended=known.ended if ended is None else ended,
        )
        work.change(relation)
        work.commit()
    return relation


def _refuse_authority(work: Work, relation: Relation, today: date) -> None:
    pair = {"pupil_id": relation.pupil_id, "guardian_id": relation.guardian_id}
    if authority_state(work.all(Authority, **pair), today) is not AuthorityState.NONE:
        raise Refusal("people.authority_first")


def _relation(pupil_id: str, guardian_id: str, kind: str, position: int) -> Relation:
    return Relation(
        id=new_id(), pupil_id=pupil_id, guardian_id=guardian_id, kind=kind, position=position
    )


def _name_faults(first_name: str, prefix: str, surname: str) -> list[Refusal]:
    found = []
    if not names.tidy(first_name) and not names.tidy(surname):
        found.append(Refusal("people.name_missing", field="first_name"))
    fields = {"first_name": first_name, "prefix": prefix, "surname": surname}
    return found + _length_faults(fields) + _bsn_faults(**fields)


def _length_faults(fields: dict[str, str]) -> list[Refusal]:
    return [
        Refusal("people.too_long", field=name, longest=LONGEST_NAME)
        for name, value in fields.items()
        if len(names.tidy(value)) > LONGEST_NAME
    ]


def _bsn_faults(**fields: str) -> list[Refusal]:
    return [
        Refusal("people.bsn", field=name) for name, value in fields.items() if holds_bsn(value)
    ]


def _email_faults(email: str) -> list[Refusal]:
    typed = email.strip()
    if not typed:
        return []
    name, _, domain = typed.rpartition("@")
    right = bool(name) and "." in domain and " " not in typed and not domain.startswith(".")
    return [] if right else [Refusal("people.email_wrong", field="email")]


def _birth_faults(born: date | None, today: date) -> list[Refusal]:
    if born is None:
        return []
    if born > today:
        return [Refusal("people.born_later", field="birth_date", day=born)]
    if born.year < today.year - OLDEST_PUPIL:
        return [Refusal("people.born_long_ago", field="birth_date", day=born)]
    return []
