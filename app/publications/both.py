"""Telling the authority of a data breach is said once, in the case or at the publication.

What stands at the publication settles the duty of the case by itself (`app.duties.radar`). What
is said in the case is recorded at the publication too, because the office looks there: the day
and the number only, and nothing that tells of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.dossier.records import Breach, Case
from app.duties.records import DONE, OPEN_AGAIN, REASONED, DutyFact
from app.duties.settle import settle_duty
from app.errors import Trouble
from app.protocol.edit import may_edit
from app.publications.records import BreachAnswer
from app.publications.state import standing_answer
from app.publications.steps import note_notice, undo_notice
from app.publications.told import NOTICE_DUTY
from app.record import Compartment
from app.text import LANGUAGES, Words

if TYPE_CHECKING:
    from app.duties.settle import Settling
    from app.ports import Session

_WEIGHED = "publications.notice_weighed"


def settle_for_both(
    session: Session,
    compartment: Compartment,
    case_id: str,
    key: str,
    settling: Settling,
    language: str = "nl",
) -> DutyFact:
    """Say what became of a duty; telling the authority is recorded at the publication too.

    Raises:
        Refusals, Refusal: as `app.duties.settle.settle_duty`.
        Trouble: `publications.notice_not_passed`: in the case it was recorded all the same.
    """
    fact = settle_duty(session, compartment, case_id, key, settling, language)
    if key == NOTICE_DUTY and may_edit(session.user):
        try:
            _pass_on(session, compartment, fact, language)
        except Trouble as trouble:
            raise Trouble(
                "publications.notice_not_passed", done=True, why=trouble.message
            ) from trouble
    return fact


def _pass_on(session: Session, compartment: Compartment, fact: DutyFact, language: str) -> None:
    with session.look(compartment) as reader:
        breach = reader.get(Breach, reader.get(Case, fact.case_id).breach_id)
        before = reader.find(DutyFact, fact.replaces) if fact.replaces else None
    id = breach.publication_id
    if not id or not session.opens(Compartment.CONSENT):
        return
    answer = _standing(session, id)
    if answer is not None and before is not None and _tells(answer, before):
        undo_notice(session, answer)
        answer = _standing(session, id)
    if answer is None or not answer.waits or fact.kind in (OPEN_AGAIN, ""):
        return
    if fact.kind == DONE:
        note_notice(session, id, told=True, told_on=fact.day, how=fact.with_whom)
    elif fact.kind == REASONED:
        how = Words(language)(_WEIGHED)
        note_notice(session, id, told=False, told_on=None, how=how)


def _standing(session: Session, publication_id: str) -> BreachAnswer | None:
    with session.look(Compartment.CONSENT) as reader:
        return standing_answer(reader.all(BreachAnswer, publication_id=publication_id))


def _tells(answer: BreachAnswer, fact: DutyFact) -> bool:
    """Whether a publication says what was passed on from the case."""
    if fact.kind == REASONED:
        passed = {Words(language)(_WEIGHED) for language in LANGUAGES}
        return answer.told_on is None and answer.told_how in passed
    return (answer.told_on, answer.told_how) == (fact.day, fact.with_whom)
