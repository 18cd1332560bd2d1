"""A register with a few people in it, and a report that waits in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.breach.report import BreachDraft, EvidenceFile, SentReport, report_breach
from app.breach.sealed import Affected
from app.dossier.inbox import FiledReport, Filing, Person, file_report
from app.dossier.steps import open_case
from app.duties.steps import take_step
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    save_guardian,
    save_pupil,
    save_staff,
)
from app.record import Compartment
from app.register.records import School as Settings
from app.register.school import save_school
from tests.app.dossier.samples import ANSWERS, BECAUSE

if TYPE_CHECKING:
    from app.ports import Session
    from app.procedures.answers import Answers
    from tests.registers import School

STAFF = Compartment.STAFF_DOSSIER
PUPILS = Compartment.PUPIL_DOSSIER
PICTURE = b"\x89PNG\r\n\x1a\n pretend picture"
ABOUT_STAFF = BreachDraft(
    actor_kind="staff",
    actor_name="Kees",
    occurred_on=date(2026, 11, 2),
    discovered_on=date(2026, 11, 3),
    place="Instagram",
    facts="Een groepsfoto stond op een openbare pagina.",
    opinion="Dat was vast niet de bedoeling.",
    articles=("A5", "A6"),
    medium="photo",
    audience="public",
    made=True,
    shared=True,
    files=(EvidenceFile("scherm.png", PICTURE, "zelf gemaakt"),),
)
ABOUT_GUARDIAN = BreachDraft(
    actor_kind="guardian",
    actor_name="de vader van Zoë",
    occurred_on=date(2026, 11, 10),
    discovered_on=date(2026, 11, 10),
    place="WhatsApp-groep",
    facts="Een filmpje van het kerstspel is doorgestuurd.",
    articles=("A5",),
    medium="film",
    affected=(Affected("Zoë van der Wal"),),
)


@dataclass(frozen=True, slots=True)
class People:
    """Whom the register knows."""

    kees: Person
    zoe: Person
    daan: Person
    father: Person


def settle_in(session: Session) -> People:
    """Put the school's settings and a few people into the register."""
    save_school(
        session,
        Settings(
            id="school",
            name="Bootschool De Meerpaal",
            street="Voorbeeldkade 1",
            postcode="3311 AA",
            town="Dordrecht",
            complaint_route="de klachtencommissie van de school, Voorbeeldkade 1, Dordrecht",
        ),
    )
    kees = save_staff(session, StaffDraft("Kees", "K.", "", "Smit", "leerkracht"))
    zoe = save_pupil(session, PupilDraft("Zoë", "van der", "Wal", date(2021, 5, 12)))
    daan = save_pupil(session, PupilDraft("Daan", "van der", "Wal", date(2022, 7, 1)))
    father = save_guardian(
        session,
        GuardianDraft(
            "Łukasz", "Ł.", "van der", "Wal", "", "Sluisweg 3", "4251 AB", "Werkendam"
        ),
        zoe.id,
        "father",
    )
    return People(
        Person(kees.id, "Kees Smit"),
        Person(zoe.id, "Zoë van der Wal"),
        Person(daan.id, "Daan van der Wal"),
        Person(father.id, "Łukasz van der Wal"),
    )


def reported(school: School, draft: BreachDraft = ABOUT_STAFF) -> SentReport:
    """A report that the teacher sealed."""
    return report_breach(school.teacher(), draft)


def filed_about_staff(school: School) -> tuple[Session, People, FiledReport]:
    """The director, signed in, who has just filed a report about a member of staff."""
    sent = reported(school)
    session = school.director()
    people = settle_in(session)
    filed = file_report(session, STAFF, sent.id, Filing((people.kees,)))
    return session, people, filed


def filed_about_father(school: School) -> tuple[Session, People, FiledReport]:
    """The director, signed in, who has just filed a report about a parent of two."""
    sent = reported(school, ABOUT_GUARDIAN)
    session = school.director()
    people = settle_in(session)
    filing = Filing((people.zoe, people.daan), people.father)
    return session, people, file_report(session, PUPILS, sent.id, filing)


def choose(session: Session, compartment: Compartment, case_id: str, course: str = "") -> None:
    """Choose how a new case goes on: along the written warning, or another course."""
    names = {STAFF: "staff_written_warning@1", PUPILS: "guardian_written_warning@1"}
    answers: Answers = {**ANSWERS, "course": course or names[compartment]}
    given = {key: answers[key] for key in ("course", "course_grounds")}
    take_step(session, compartment, case_id, "choose_course", given)


def walk(session: Session, filed: FiledReport, compartment: Compartment, *ids: str) -> str:
    """Take steps of a written warning in the case of a filed report, everything answered.

    Returns the case's id.
    """
    assert filed.case is not None
    if filed.case.procedure.endswith("_intake"):
        choose(session, compartment, filed.case.id)
    for id in ids:
        step = open_case(session, compartment, filed.case.id).file.state.procedure.step(id)
        assert step is not None
        answers = {ask.field: ANSWERS[ask.field] for ask in step.asks}
        take_step(session, compartment, filed.case.id, id, answers, BECAUSE)
    return filed.case.id
