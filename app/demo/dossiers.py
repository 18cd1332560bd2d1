"""What the sample school has to deal with: two cases, and a report that waits in the inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import resources
from app.breach.report import BreachDraft, report_breach
from app.consent.staff import staff_name
from app.dossier.inbox import Filing, Person, file_report
from app.duties.steps import take_step
from app.names import full_name
from app.people.questions import GuardiansOf, PupilIds
from app.people.records import Pupil, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.dossier.inbox import FiledReport
    from app.ports import Reader, Session
    from app.procedures.answers import Answers

_PARENT = "parent"
_LOOKED = 40


def report_some(teacher: Session) -> tuple[str, ...]:
    """What the teacher saw is sealed; the ids of the reports, in the order of the sample."""
    today = teacher.clock.today()
    drafts = (_draft(row, today) for row in resources.sample_reports())
    return tuple(report_breach(teacher, draft).id for draft in drafts)


def deal_with_some(director: Session, ids: tuple[str, ...]) -> None:
    """File what the sample says of these reports and take its steps; the others wait."""
    today = director.clock.today()
    for row, id in zip(resources.sample_reports(), ids, strict=True):
        if not row["about"]:
            continue
        compartment = _place(row)
        with director.look(Compartment.CONSENT) as reader:
            filing = _filing(reader, row["about"], today)
        filed = file_report(director, compartment, id, filing)
        for step_id, answers in _steps(row, today):
            take_step(director, compartment, _case(filed), step_id, answers)


def _draft(row: dict[str, Any], today: date) -> BreachDraft:
    return BreachDraft(
        actor_kind=_kind(row),
        actor_name=row["about"] if row["about"] != _PARENT else "",
        occurred_on=today - timedelta(days=row["happened"]),
        discovered_on=today - timedelta(days=row["seen"]),
        place=row["place"],
        facts=row["facts"],
        opinion=row.get("opinion", ""),
        articles=tuple(row["articles"]),
        medium=row["medium"],
        audience=row["audience"],
        made=True,
        shared=True,
    )


def _kind(row: dict[str, Any]) -> str:
    if not row["about"]:
        return "other"
    return "guardian" if row["about"] == _PARENT else "staff"


def _place(row: dict[str, Any]) -> Compartment:
    staff = _kind(row) == "staff"
    return Compartment.STAFF_DOSSIER if staff else Compartment.PUPIL_DOSSIER


def _filing(reader: Reader, about: str, today: date) -> Filing:
    if about != _PARENT:
        (colleague,) = reader.all(StaffMember, surname=about)
        return Filing((Person(colleague.id, staff_name(colleague)),))
    for pupil_id in reader.ask(PupilIds(on=today))[:_LOOKED]:
        for of in reader.ask(GuardiansOf(pupil_id)):
            pupil, parent = reader.get(Pupil, pupil_id), of.guardian
            child = Person(pupil.id, full_name(pupil.first_name, pupil.prefix, pupil.surname))
            return Filing(
                (child,),
                Person(parent.id, full_name(parent.first_name, parent.prefix, parent.surname)),
            )
    raise RuntimeError("the sample school has no parents")


def _steps(row: dict[str, Any], today: date) -> Iterator[tuple[str, Answers]]:
    for step in row.get("steps", ()):
        days = step.get("days", {})
        ahead = {key: today + timedelta(days=number) for key, number in days.items()}
        yield step["id"], {**step["answers"], **ahead}


def _case(filed: FiledReport) -> str:
    if filed.case is None:
        raise RuntimeError("the sample school reports only what a procedure is there for")
    return filed.case.id
