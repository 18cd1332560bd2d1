"""What a screen shows of forms: whom they can be made for, who gets one, what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.staff import relation_of, staff_name
from app.forms.issue import (
    FormRequest,
    request_for_adult,
    requests_for_group,
    requests_for_pupil,
)
from app.forms.questions import NewestForms, VersionNumbers
from app.names import full_name
from app.people.card import guardian_name, places, pupil_card
from app.people.questions import GroupPupils, GuardiansOf, PupilLine, PupilLines
from app.people.records import Guardian, Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.consent.records import IssuedForm
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A group for which forms can be made."""

    id: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class FormTaker:
    """Somebody who gets a form, and about which pupil.

    Attributes:
        relation: what the guardian is to the pupil, such as "mother".
    """

    request: FormRequest
    pupil: str
    guardian: str
    relation: str


@dataclass(frozen=True, slots=True)
class FormList:
    """For whom forms are about to be made.

    Attributes:
        title: name of the pupil or group.
        takers: who gets one, in order; nobody: pupils for whom nobody can be asked.
    """

    title: str
    takers: tuple[FormTaker, ...]
    nobody: tuple[str, ...] = ()

    @property
    def requests(self) -> tuple[FormRequest, ...]:
        """What to draw."""
        return tuple(taker.request for taker in self.takers)


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """One issued form in a list, ready to show; an adult has it about himself or herself."""

    id: str
    number: str
    pupil_id: str
    guardian_id: str
    pupil: str
    guardian: str
    language: str
    version: int
    issued_on: date
    adult: bool = False


def form_groups(session: Session) -> tuple[FormGroup, ...]:
    """The groups of this school year, by site."""
    with session.look(Compartment.CONSENT) as reader:
        found = places(reader, session.clock.today())
        return tuple(
            FormGroup(group.id, group.name, found.site_name(group.site_id))
            for group in found.groups
        )


def group_of_pupil(session: Session, pupil_id: str) -> str:
    """The group in which a pupil is taught now, or ""."""
    with session.look(Compartment.CONSENT) as reader:
        place = pupil_card(reader, pupil_id, session.clock.today()).place
        return place.group_id if place else ""


def pupils_in_group(session: Session, group_id: str) -> tuple[PupilLine, ...]:
    """The pupils of a group, in the order of names."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilLines(reader.ask(GroupPupils(group_id, today)), today))


def takers_for_pupil(session: Session, pupil_id: str) -> FormList:
    """Who gets a form about one pupil."""
    requests = requests_for_pupil(session, pupil_id)
    with session.look(Compartment.CONSENT) as reader:
        return _listed(reader, _pupil_name(reader, pupil_id), (pupil_id,), requests)


def takers_for_adult(session: Session, staff_id: str) -> FormList:
    """Who gets a form about a member of staff or another adult: he or she alone.

    Raises:
        Refusal: as `request_for_adult`.
    """
    request = request_for_adult(session, staff_id)
    with session.look(Compartment.CONSENT) as reader:
        member = reader.get(StaffMember, staff_id)
    name = staff_name(member)
    return FormList(name, (FormTaker(request, name, name, relation_of(member)),))


def takers_for_group(session: Session, group_id: str) -> FormList:
    """Who gets a form about the pupils of a group."""
    requests = requests_for_group(session, group_id)
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        pupils = reader.ask(GroupPupils(group_id, today))
        group = next((g.name for g in places(reader, today).groups if g.id == group_id), "")
        return _listed(reader, group, pupils, requests)


def issued_forms(
    session: Session, pupil_id: str = "", limit: int = 500
) -> tuple[IssuedLine, ...]:
    """The forms that were issued, newest first, perhaps of one pupil only."""
    with session.look(Compartment.CONSENT) as reader:
        found = reader.ask(NewestForms(pupil_id, limit))
        versions = reader.ask(VersionNumbers())
        pupils = reader.all(Pupil, id=tuple({form.pupil_id for form in found}))
        guardians = reader.all(Guardian, id=tuple({form.guardian_id for form in found}))
        names = {p.id: full_name(p.first_name, p.prefix, p.surname) for p in pupils}
        names |= {guardian.id: guardian_name(guardian) for guardian in guardians}
        others = tuple({form.pupil_id for form in found} - names.keys())
        adults = {one.id: staff_name(one) for one in reader.all(StaffMember, id=others)}
    names |= adults
    return tuple(_issued(form, versions, names, adults) for form in found)


def _listed(
    reader: Reader, title: str, pupils: tuple[str, ...], requests: tuple[FormRequest, ...]
) -> FormList:
    takers = tuple(_taker(reader, request) for request in requests)
    asked = {request.pupil_id for request in requests}
    nobody = tuple(_pupil_name(reader, pupil) for pupil in pupils if pupil not in asked)
    return FormList(title, takers, nobody)


def _taker(reader: Reader, request: FormRequest) -> FormTaker:
    pupil = _pupil_name(reader, request.pupil_id)
    if request.guardian_id == request.pupil_id:
        return FormTaker(request, pupil, pupil, "self")
    known = {item.guardian.id: item for item in reader.ask(GuardiansOf(request.pupil_id))}
    item = known[request.guardian_id]
    return FormTaker(request, pupil, guardian_name(item.guardian), item.relation.kind)


def _pupil_name(reader: Reader, pupil_id: str) -> str:
    pupil = reader.get(Pupil, pupil_id)
    return full_name(pupil.first_name, pupil.prefix, pupil.surname)


def _issued(
    form: IssuedForm, versions: dict[str, int], names: dict[str, str], adults: dict[str, str]
) -> IssuedLine:
    return IssuedLine(
        id=form.id,
        number=form.number,
        pupil_id=form.pupil_id,
        guardian_id=form.guardian_id,
        pupil=names.get(form.pupil_id, ""),
        guardian=names.get(form.guardian_id, ""),
        language=form.language,
        version=versions.get(form.form_version_id, 0),
        issued_on=form.issued_on,
        adult=form.pupil_id in adults,
    )
