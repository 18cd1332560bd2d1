"""Takes a case along a whole course in a real register, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.dossier.signing import countersign
from app.dossier.steps import open_case
from app.duties.steps import take_step
from app.letters.issue import issue_letter
from app.letters.requests import LetterRequest
from app.procedures.procedure import asked_on
from reports.press import PaperPress
from tests.app.dossier.samples import ANSWERS, BECAUSE
from tests.app.dossier.situations import (
    PUPILS,
    STAFF,
    choose,
    filed_about_father,
    filed_about_staff,
)
from tests.app.dossier.test_second import OTHER, SAID, second_director

if TYPE_CHECKING:
    from app.dossier.records import Letter
    from app.dossier.steps import OpenedCase
    from app.ports import Session
    from app.procedures.answers import Answer, Answers
    from app.procedures.procedure import Ask, ProcedureStep
    from app.record import Compartment
    from tests.registers import School

PRESS = PaperPress()
AHEAD = timedelta(days=14)


@dataclass(slots=True)
class Course:
    """A case on its way; one director deals with it.

    Attributes:
        letters: what was issued so far.
    """

    school: School
    session: Session
    compartment: Compartment
    case_id: str
    letters: list[Letter]

    @property
    def opened(self) -> OpenedCase:
        """The case as it is now."""
        return open_case(self.session, self.compartment, self.case_id)

    @property
    def state(self) -> str:
        """Key of the state in which the case is."""
        return self.opened.file.state.state.key

    def take(self, *ids: str, **special: Answer) -> None:
        """Take steps, everything answered; one that issues a letter issues it."""
        for id in ids:
            step = self.opened.file.state.procedure.step(id)
            assert step is not None, id
            answers = {**given(step, self.school.clock.today()), **special}
            answers = {key: answers[key] for key in answers if key in _asked(step)}
            if step.letter:
                why = BECAUSE.why
                request = LetterRequest(
                    self.compartment, self.case_id, id, answers, why_open=why
                )
                self.letters.append(issue_letter(self.session, PRESS, request))
            else:
                place = (self.compartment, self.case_id)
                take_step(self.session, *place, id, answers, BECAUSE)

    def wait(self, key: str) -> None:
        """Let the days pass until the day after the last day of a running term."""
        term = self.opened.file.state.ran(key)
        assert term is not None, key
        days = (term.due_on - self.school.clock.today()).days + 1
        self.school.clock.move(timedelta(days=days))
        self.session = self.school.director()

    def second(self) -> None:
        """A second director joins and countersigns the newest step."""
        second_director(self.school)
        file = open_case(self.school.director(), self.compartment, self.case_id).file
        signed = file.state.taken[-1].record.id
        other = self.school.unlock(OTHER)
        countersign(other, self.compartment, self.case_id, signed, SAID)
        self.session = self.school.director()

    @property
    def offered(self) -> set[str]:
        """Ids of the steps that stand there now, possible or not."""
        return {one.step.id for one in self.opened.possible}

    def lacks(self, id: str) -> list[str]:
        """Ids of the texts that say what a step lacks now."""
        found = next(one for one in self.opened.possible if one.step.id == id)
        return [message.id for message in found.lacks]


def about_staff(school: School, course: str) -> Course:
    """A case about a member of staff that goes on along a course."""
    session, _, filed = filed_about_staff(school)
    return _begun(school, session, STAFF, filed.case.id if filed.case else "", course)


def about_father(school: School, course: str) -> Course:
    """A case about a parent of two that goes on along a course."""
    session, _, filed = filed_about_father(school)
    return _begun(school, session, PUPILS, filed.case.id if filed.case else "", course)


def given(step: ProcedureStep, today: date) -> Answers:
    """Good answers to everything that a step asks on a day."""
    return {ask.field: _answer(ask, today) for ask in asked_on(step, today)}


def _answer(ask: Ask, today: date) -> Answer:
    if ask.field == "course":
        return ask.options[0].key
    if ask.kind == "day":
        return today + AHEAD if ask.lies == "ahead" else today
    return ANSWERS[ask.field]


def _asked(step: ProcedureStep) -> set[str]:
    return {ask.field for ask in step.asks}


def _begun(
    school: School, session: Session, compartment: Compartment, case_id: str, course: str
) -> Course:
    choose(session, compartment, case_id, f"{course}@1")
    return Course(school, session, compartment, case_id, [])
