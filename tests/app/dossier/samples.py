"""Invented records for tests of cases and letters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from app.breach.protocol import load_protocol
from app.dossier import answers as written
from app.dossier.case import CaseState, term_of
from app.dossier.facts import CaseFacts
from app.dossier.procedure import ProcedureStep, load_procedure
from app.dossier.records import Breach, Case, Entry, Step
from app.ids import new_id

if TYPE_CHECKING:
    from app.dossier.answers import Answers

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LOVK = load_protocol("lovk-2023")
BREACH = Breach(
    id="b" * 32,
    report_id="a" * 32,
    dossier_id="d" * 32,
    protocol="lovk-2023",
    articles=("A5",),
    actor_kind="staff",
    actor_id="5" * 32,
    actor_name="K. Smit",
    occurred_on=date(2026, 11, 2),
    discovered_on=date(2026, 11, 3),
    facts="Een groepsfoto stond op een openbare pagina.",
    place="Instagram",
    reported_by="Pjotr Żak",
    reported_at=NOW,
)
FACTS = CaseFacts(BREACH, LOVK)
CASE = Case(
    id="c" * 32,
    number="2026-001",
    dossier_id="d" * 32,
    breach_id=BREACH.id,
    procedure="staff_written_warning",
    version=1,
    opened_on=TODAY,
)
STAFF = load_procedure("staff_written_warning")
GUARDIAN = load_procedure("guardian_written_warning")
ANSWERS: Answers = {
    "course": "staff_written_warning@1",
    "course_grounds": "Een gesprek en een brief passen bij wat er is gebeurd.",
    "talk_day": date(2026, 11, 20),
    "talk_place": "in de directiekamer",
    "present": "K. Smit, H. Vermeer",
    "reaction": "Het was een vergissing.",
    "facts": "Op 2 november stond een groepsfoto op een openbare pagina.",
    "expected": "Alleen het besloten oudergedeelte gebruiken.",
    "grounds": "De foto is meteen weggehaald.",
    "review_day": date(2027, 2, 22),
    "ends_on": date(2027, 2, 22),
    "contact": "H. Vermeer",
    "outcome": "Het is goed gegaan.",
}


def entry(kind: str) -> Entry:
    """An entry of a kind in the case."""
    return Entry(
        id=new_id(),
        dossier_id=CASE.dossier_id,
        case_id=CASE.id,
        kind=kind,
        happened_on=TODAY,
        title="",
        author="H. Vermeer",
        recorded_at=NOW,
    )


def answers_for(step: ProcedureStep) -> Answers:
    """Good answers to everything that a step asks."""
    return {ask.field: ANSWERS[ask.field] for ask in step.asks}


def taken(state: CaseState, step: ProcedureStep, answers: Answers | None = None) -> Step:
    """The record of a step that is taken in a state."""
    given = answers_for(step) if answers is None else answers
    return Step(
        id=new_id(),
        case_id=CASE.id,
        position=len(state.records) + 1,
        step=step.id,
        taken_on=TODAY,
        by="H. Vermeer",
        answers=written.to_json(given),
        term=step.term,
        due_on=term_of(step, BREACH, TODAY, {**state.answers, **given}),
        previous=state.digest,
        recorded_at=NOW,
    )
