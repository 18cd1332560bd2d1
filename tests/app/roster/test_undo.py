"""An import can be undone as long as nothing was built on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.questions import Selection
from app.asking.records import RoundKind
from app.asking.rounds import begin_round
from app.check.answer import find_pupils
from app.consent.decide import raise_flag
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.questions import CountAnswers
from app.errors import Refusal
from app.ids import new_id
from app.jobs import CancelledError
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    save_guardian,
    save_pupil,
    save_staff,
)
from app.people.places import EnrolmentDraft, leave, save_group
from app.people.questions import GuardianIds, Presence, PupilIds
from app.people.records import (
    AuthorityKind,
    Enrolment,
    EnrolmentKind,
    Group,
    Guardian,
    Pupil,
    Relation,
    Site,
    StaffMember,
)
from app.publications.record import PublicationDraft, record_publication
from app.record import Compartment, Record
from app.roster.accept import accept, propose
from app.roster.records import RosterImport, SourceKey
from app.roster.undo import built_on, imports, undo_import
from tests.app.roster.made import child, group, site, teacher
from tests.app.roster.test_accept import FAMILY, session, taken
from tests.journeys.families import says

if TYPE_CHECKING:
    from db.register.session import LocalSession
    from tests.registers import School

__all__ = ["session"]
UNTIL = date(2026, 12, 6)
KINDS = (Pupil, Guardian, Relation, Enrolment, StaffMember, Group, Site, SourceKey)


def held(session: LocalSession) -> dict[str, tuple[Record, ...]]:
    """Everything that an import may write, as the register holds it."""
    with session.look(Compartment.CONSENT) as reader:
        return {kind.__name__: reader.all(kind) for kind in KINDS}


def last(session: LocalSession) -> RosterImport:
    return imports(session)[0][0]


def test_an_undone_import_leaves_the_register_as_it_was(
    session: LocalSession, school: School
) -> None:
    before = held(session)
    taken(session, *FAMILY)
    assert held(session) != before
    undone = undo_import(session, last(session).id)
    assert undone.undone_at is not None
    assert held(session) == before
    assert find_pupils(session, "zoe") == ()
    with session.look(Compartment.CONSENT) as reader:
        assert reader.ask(PupilIds(on=session.clock.today(), presence=Presence.ALL)) == ()
        assert reader.ask(GuardianIds()) == ()
        assert reader.ask(CountAnswers(on=session.clock.today())).deciders == 0
    assert session.verify(Compartment.CONSENT).in_order
    assert session.verify(Compartment.CHECK).in_order


def test_what_an_import_changed_is_as_it_was(session: LocalSession, school: School) -> None:
    taken(session, *FAMILY, child("Tom", key="t"), whole=True)
    school.clock.move(timedelta(days=3))
    before = held(session)
    changed = (child("Zoë", "Kowalczyk", key="z", number="12"), teacher("Ada", email="a@b.nl"))
    taken(session, *changed, whole=True)
    assert {getattr(pupil, "surname", "") for pupil in held(session)["Pupil"]} == {
        "Kowalczyk",
        "Wal",
    }
    undo_import(session, last(session).id)
    assert held(session) == before
    assert session.verify(Compartment.CONSENT).in_order


def test_an_undone_import_can_be_taken_over_again(session: LocalSession) -> None:
    made = taken(session, *FAMILY)
    undo_import(session, last(session).id)
    accept(session, made, propose(session, made))
    assert propose(session, made).is_empty
    assert session.verify(Compartment.CONSENT).in_order


def answered(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    says(session, pupil, guardian)


def authority(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    kind = AuthorityKind.SOLE_PARENTAL
    record_authority(
        session, AuthorityDraft(pupil.id, guardian.id, kind, source="enrolment_form")
    )


def flagged(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    raise_flag(session, pupil.id)


def renamed(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    save_pupil(session, PupilDraft("Zoë", "", "Anders", id=pupil.id))


def left(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    leave(session, pupil.id, session.clock.today())


def another_parent(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    save_guardian(session, GuardianDraft(first_name="Oma"), pupil.id, "guardian")


def imported_again(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    taken(session, child("Zoë", "Later", key="z", number="12"))


def published(session: LocalSession, pupil: Pupil, guardian: Guardian) -> None:
    today = session.clock.today()
    record_publication(
        session, PublicationDraft("Foto", "photo", "website", today, (pupil.id,))
    )


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        (published, "publication_subject"),
        (answered, "decision"),
        (authority, "authority"),
        (flagged, "safety_flag"),
        (renamed, "changed"),
        (left, "enrolment"),
        (another_parent, "relation"),
        (imported_again, "changed"),
    ],
)
def test_what_was_built_on_an_import_keeps_it(
    session: LocalSession,
    deed: Callable[[LocalSession, Pupil, Guardian], None],
    what: str,
) -> None:
    taken(session, *FAMILY)
    first = last(session)
    with session.look(Compartment.CONSENT) as reader:
        (pupil,), guardian = reader.all(Pupil), reader.all(Guardian)[0]
    deed(session, pupil, guardian)
    before = held(session)
    with pytest.raises(Refusal) as refused:
        undo_import(session, first.id)
    assert refused.value.message.id == "roster.built_upon"
    found = built_on(session, first.id)
    assert what in {built.what for built in found}
    assert any("Zoë" in built.name for built in found)
    assert held(session) == before


Deed = Callable[["LocalSession", Site, Group], object]
USED: dict[str, tuple[Deed, str]] = {
    "a visitor at the site": (
        lambda session, site, _: admit(
            session,
            PupilDraft("Gast"),
            EnrolmentDraft("", site.id, kind=EnrolmentKind.VISITING, end=session.clock.today()),
        ),
        "De Kade",
    ),
    "a member of staff at the site": (
        lambda session, site, _: save_staff(session, StaffDraft("Bea", site_id=site.id)),
        "De Kade",
    ),
    "a group at the site": (
        lambda session, _, group: save_group(
            session, replace(group, id=new_id(), name="Later")
        ),
        "Later",
    ),
    "a round at the site": (
        lambda session, site, _: begin_round(
            session, RoundKind.OPEN, Selection(site_id=site.id)
        ),
        "De Kade",
    ),
    "a pupil in the group": (
        lambda session, site, group: admit(
            session, PupilDraft("Gast"), EnrolmentDraft("", site.id, group.id)
        ),
        "Zeester",
    ),
    "a use asked of the group": (
        lambda session, _, group: save_one_off(
            session, OneOffDraft("Sinterklaas", ("photo",), "website", None, UNTIL, (group.id,))
        ),
        "Zeester",
    ),
}


@pytest.mark.parametrize(("deed", "name"), USED.values(), ids=USED)
def test_a_place_that_is_used_since_keeps_its_import(
    session: LocalSession, deed: Deed, name: str
) -> None:
    """Nobody who came with the import was touched: only where they are taught is used."""
    taken(session, *FAMILY, site("k", "De Kade"), group(site_key="k"))
    with session.look(Compartment.CONSENT) as reader:
        (place,) = (each for each in reader.all(Site) if each.name == "De Kade")
        (zeester,) = reader.all(Group)
    deed(session, place, zeester)
    before = held(session)
    with pytest.raises(Refusal, match=r"roster\.built_upon"):
        undo_import(session, last(session).id)
    assert name in {built.name for built in built_on(session, last(session).id)}
    assert held(session) == before


def test_an_import_is_undone_once(session: LocalSession) -> None:
    taken(session, *FAMILY)
    undo_import(session, last(session).id)
    with pytest.raises(Refusal) as refused:
        undo_import(session, last(session).id)
    assert refused.value.message.id == "roster.undone_already"


class Stops:
    """A progress whose person stops at once."""

    def step(self, done: int, total: int) -> None:
        raise CancelledError


def test_an_undo_that_is_stopped_undoes_nothing(session: LocalSession) -> None:
    taken(session, *FAMILY)
    before = held(session)
    with pytest.raises(CancelledError):
        undo_import(session, last(session).id, Stops())
    assert held(session) == before
    assert last(session).undone_at is None


def test_a_row_that_vanished_without_an_undo_is_found(session: LocalSession) -> None:
    """Somebody with the key moves a row to the history and says himself that it is gone."""
    taken(session, *FAMILY)
    raw = session._compartments.file(Compartment.CONSENT)._opened.raw
    ((seal, at),) = raw.execute("SELECT number, at FROM journal ORDER BY number DESC LIMIT 1")
    ((id,),) = raw.execute("SELECT id FROM staff_member").fetchall()
    line = f'{{"gone":"{id}"}}'
    past = "INSERT INTO past_state VALUES ('staff_member', ?, ?, ?, ?, ?)"
    raw.execute(past, (id, seal, "{}", seal + 1, at))
    raw.execute(past, (id, seal + 1, line, seal + 1, at))
    raw.execute("DELETE FROM staff_member WHERE id = ?", (id,))
    assert not session.verify(Compartment.CONSENT).in_order
