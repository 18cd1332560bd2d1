"""Puts places and families into a register, through the very use cases of the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer
from app.ids import new_id
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import GuardianDraft, PupilDraft, save_guardian
from app.people.places import EnrolmentDraft, current_year, save_group
from app.people.records import AuthorityKind, Group, Site
from app.record import Compartment
from app.register.school import save_school, school_of
from app.start.begin import make_ready

if TYPE_CHECKING:
    from app.consent.records import Decision
    from app.people.records import Guardian, Pupil
    from app.ports import Session

BORN = date(2020, 5, 4)
SIGNED = date(2026, 10, 1)
WEBSITE = "photo:website"


@dataclass(frozen=True, slots=True)
class Place:
    """Where pupils of a test register are taught."""

    site_id: str
    group_id: str


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil with both parents."""

    pupil: Pupil
    mother: Guardian
    father: Guardian


def settle(session: Session, name: str = "Schippersklas") -> Place:
    """School, channels, a site and a group in a new register, and a published check list."""
    make_ready(session)
    with session.look(Compartment.CONSENT) as reader:
        site = reader.all(Site)[0]
        school = school_of(reader)
    save_school(session, replace(school, email="kantoor@meerpaal.example"))
    year = current_year(session)
    group = Group(id=new_id(), site_id=site.id, school_year_id=year.id, name=name)
    save_group(session, group)
    return Place(site.id, group.id)


def add_family(session: Session, place: Place, first_name: str = "Zoë") -> Family:
    """A pupil in the group with a mother and a father who have joint authority."""
    drafted = PupilDraft(
        first_name=first_name, prefix="van der", surname="Wal", birth_date=BORN
    )
    where = EnrolmentDraft("", place.site_id, place.group_id, start=date(2026, 8, 1))
    pupil = admit(session, drafted, where)
    parents = [
        save_guardian(session, GuardianDraft(first_name=name, surname="Wal"), pupil.id, kind)
        for name, kind in (("Marijke", "mother"), ("Piotr", "father"))
    ]
    for parent in parents:
        kind = AuthorityKind.JOINT_PARENTAL
        record_authority(
            session, AuthorityDraft(pupil.id, parent.id, kind, source="enrolment_form")
        )
    return Family(pupil, *parents)


def says(
    session: Session,
    pupil: Pupil,
    guardian: Guardian,
    answer: Answer = Answer.YES,
    use: str = WEBSITE,
    **more: Any,
) -> Decision:
    """One answer of one parent about one use."""
    fields: dict[str, Any] = {"signed_on": SIGNED, **more}
    draft = DecisionsDraft(pupil.id, guardian.id, (UseAnswer(use, answer),), **fields)
    return record_decisions(session, draft)[0]
