"""A case ready for its letter, without a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.dossier.case import after, start
from app.dossier.facts import CaseFacts
from app.dossier.records import Dossier, Entry
from app.dossier.steps import CaseFile
from app.letters.facts import LetterFacts, Occasion, Recipient, Sender, gather
from app.letters.template import Template, load_template
from app.paper import Letterhead
from tests.app.dossier.samples import ANSWERS, BREACH, CASE, LOVK, NOW, STAFF, TODAY, taken

if TYPE_CHECKING:
    from app.dossier.records import Breach
    from app.procedures.answers import Answers
    from app.protocol.values import Protocol

SENDER = Sender(
    letterhead=Letterhead(school="Bootschool De Meerpaal", lines=("Voorbeeldkade 1",)),
    place="Dordrecht",
    complaint_route="de klachtencommissie van de school",
    window="nl_left",
    language="nl",
    signer="Jan de Wit",
    roles=("director",),
)
RECIPIENT = Recipient("K. Smit", ("K. Smit", "leerkracht"))
DUTCH = load_template("staff_warning", "nl")
REPORT = Entry(
    id="e" * 32,
    dossier_id=CASE.dossier_id,
    case_id=CASE.id,
    kind="report",
    happened_on=BREACH.occurred_on,
    title="Melding",
    author=BREACH.reported_by,
    recorded_at=NOW,
)
"""The report that every case begins with."""


def case_file(*steps: str, breach: Breach = BREACH, protocol: Protocol = LOVK) -> CaseFile:
    """A case after some steps."""
    state = start(STAFF)
    for id in steps:
        step = STAFF.step(id)
        assert step is not None
        state = after(state, step, taken(state, step))
    dossier = Dossier(
        id=CASE.dossier_id, subject_id="5" * 32, subject_name="K. Smit", opened_on=TODAY
    )
    facts = CaseFacts(breach, protocol, (REPORT,), state.made)
    return CaseFile(CASE, breach, (dossier,), state, facts, (), ())


HEARD = case_file("plan_talk", "hold_talk")


def facts_of(template: Template = DUTCH, file: CaseFile = HEARD, **answers: str) -> LetterFacts:
    """The facts of a letter in which everything is answered, some of it differently."""
    given: Answers = {**ANSWERS, **answers}
    return gather(template, file, Occasion(TODAY, "2026-031", given), SENDER, RECIPIENT)
