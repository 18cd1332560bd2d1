"""Invented records for tests of cases and letters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from app.dossier.case import CaseState, term_of
from app.dossier.facts import CaseFacts
from app.dossier.records import Breach, Case, Entry, Step
from app.duties.steps import Because
from app.ids import new_id
from app.procedures import answers as written
from app.procedures.procedure import ProcedureStep, load_procedure
from app.protocol.load import load_protocol

if TYPE_CHECKING:
    from app.procedures.answers import Answers

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BECAUSE = Because("Dat komt na de vakantie.")
"""Why a case is closed while a duty that may wait is open."""
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
    "longer_because": "Een strafzaak loopt nog.",
    "outcome": "Het is goed gegaan.",
    "earlier": "Op 3 september is hierover gesproken.",
    "agreement_article": "artikel 3.14",
    "hearing_day": date(2026, 12, 3),
    "hearing_time": "15.30 uur",
    "hearing_place": "in de directiekamer",
    "mandate": "directeur-bestuurder",
    "sending": "registered_and_ordinary",
    "enclosures": "Het verslag van 20 november.",
    "sent_on": date(2026, 11, 22),
    "proof_kind": "post_receipt",
    "proof": "aangetekend, nummer 3STEST0001",
    "views_day": date(2026, 11, 22),
    "views_how": "written",
    "assisted_by": "M. de Bruin",
    "views": "De groep was besloten, dacht ik.",
    "received_on": date(2026, 11, 22),
    "about": "uw zienswijze op mijn voornemen",
    "understood": "De pagina leek besloten.",
    "answer": "Dat is nagekeken: de pagina was openbaar.",
    "next": "Op 4 december volgt het besluit.",
    "weighing": "Dat de foto snel weg was, telt mee.",
    "decision_sent_on": date(2026, 11, 22),
    "decision_proof": "aangetekend, nummer 3STEST0002",
    "appealed_on": date(2026, 11, 22),
    "ruling_on": date(2026, 11, 22),
    "ruling": "Het besluit blijft in stand, nummer 108000.",
    "removal_day": date(2026, 12, 20),
    "untold_because": "De betrokkene wist van niets.",
    "reopen_reason": "Er kwam een nieuw feit.",
    "starts_on": date(2026, 12, 7),
    "scope": "geen werk en geen toegang tot de locatie",
    "ended_on": date(2026, 11, 22),
    "agreed": "Foto's gaan alleen naar het besloten oudergedeelte.",
    "lawyer": "mr. J. van Dam, op 20 november",
    "settled_on": date(2026, 11, 22),
    "court_asked_on": date(2026, 11, 22),
    "employment_ends_on": date(2027, 2, 1),
    "until_then": "vrijgesteld van werk, met salaris",
    "known_day": date(2026, 11, 21),
    "inquiry": "Op 21 november zijn de berichten bekeken.",
    "told_on": date(2026, 11, 22),
    "told_how": "mondeling, in het bijzijn van H. Vermeer",
    "advised_on": date(2026, 11, 22),
    "arrangements": "De sleutels gaan naar H. Vermeer.",
    "talk_time": "15.30 uur",
    "remarks_on": date(2026, 11, 22),
    "remarks": "Het derde punt is anders gezegd.",
    "signed_on": date(2026, 11, 22),
    "premises": "ligplaatsschool Het Anker, Voorbeeldkade 1, gebouw en plein",
    "collecting": "De andere ouder brengt en haalt.",
    "meetings": "Telefonisch, eens in de maand.",
    "police": "De wijkagent krijgt een afschrift.",
    "copies": "het bestuur en de wijkagent",
    "visited_on": date(2026, 11, 22),
    "visit": "Niemand sprak hem aan; hij vertrok vanzelf.",
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
