"""Which steps can follow in a case, and what the others lack.

Pure: no store, no clock. Whoever takes a step asks here first, so that a screen shows the
rules and holds none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.dossier.facts import FACTS, LACKING, CaseFacts
from app.errors import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.case import CaseState
    from app.procedures.procedure import ProcedureStep


@dataclass(frozen=True, slots=True)
class PossibleStep:
    """A step that leaves the present state.

    Attributes:
        lacks: why it cannot be taken yet, in words; empty when it can.
    """

    step: ProcedureStep
    lacks: tuple[Message, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it can be taken now."""
        return not self.lacks

    def refusal(self) -> Refusal:
        """What says no to whoever takes it all the same; there must be something lacking."""
        first = self.lacks[0]
        refusal = Refusal(first.id)
        refusal.message = first
        return refusal


def possible_steps(
    state: CaseState, facts: CaseFacts, roles: tuple[str, ...], today: date
) -> tuple[PossibleStep, ...]:
    """The steps that leave the present state, each with what it lacks.

    One after which the case stays where it is stands there only when what it needs is so.
    """
    known = replace(facts, made=state.made)
    return tuple(
        PossibleStep(step, tuple(_lacks(state, step, known, roles, today)))
        for step in state.procedure.steps
        if state.state.key in step.sources
        and not (step.stays and any(not FACTS[need](known) for need in step.needs))
    )


def proposed(state: CaseState, found: tuple[PossibleStep, ...]) -> PossibleStep | None:
    """The step on the main road: what somebody who opens the case is led to; None for none.

    The first in the order of the procedure, also while something is still lacking: so a term
    that is over never makes it propose to record that no views came. Never another procedure
    where this one can go on, nor to open a closed case again, nor what only the other side can
    begin, such as an appeal. To end the case is proposed where nothing else is left.
    """
    leaving = [each for each in found if _leads_on(state, each.step)]
    ending = [each for each in leaving if ends_case(state, each.step)]
    ended = {key for each in ending for key in (each.step.after, *each.step.ends) if key}
    going = [
        each
        for each in leaving
        if each not in ending
        and (each.step.letter or _settles(state, each.step) or ended.isdisjoint(each.step.ends))
    ]
    return next(iter(going or ending), None)


def ends_case(state: CaseState, step: ProcedureStep) -> bool:
    """Whether a case that takes this step comes to its end."""
    there = state.procedure.state(step.to)
    return there is not None and there.final


def _leads_on(state: CaseState, step: ProcedureStep) -> bool:
    """Whether a step brings the case further along its own procedure.

    One that stays where the case is counts while it makes something true that was not yet, or
    settles a term of the school's own that runs, such as looking back in between; one that
    opens another procedure only where this one is for choosing. What goes on beside the way,
    such as an appeal against an earlier decision, never does.
    """
    if step.reopens or step.stays or (step.opens and not state.procedure.intake):
        return False
    new = step.to != state.state.key or not state.made.issuperset(step.makes)
    return new or _settles(state, step)


def _settles(state: CaseState, step: ProcedureStep) -> bool:
    """Whether the case stays where it is and a term of the school's own ends by the step."""
    own = {each.term.key for each in state.running if not each.term.theirs}
    return step.to == state.state.key and not own.isdisjoint(step.ends)


def _lacks(
    state: CaseState, step: ProcedureStep, facts: CaseFacts, roles: tuple[str, ...], today: date
) -> Iterator[Message]:
    needs = (*step.needs, *_always(state, step))
    for text in dict.fromkeys(LACKING[need] for need in needs if not FACTS[need](facts)):
        yield Message(text)
    if step.letter and facts.reported and not facts.noted:
        yield Message("dossier.lacks_reporter_note")
    if step.after and not any(FACTS[fact](facts) for fact in step.unless):
        yield from _not_run(state, step, today)
    if not set(step.by).intersection(roles):
        yield Message("dossier.lacks_role")


def _always(state: CaseState, step: ProcedureStep) -> Iterator[str]:
    """What every step needs: another handler, and the second signature where one must be.

    And every letter, whichever it is: that the inspector was consulted where that comes first.
    """
    if "handler_not_concerned" not in step.needs:
        yield "handler_not_concerned"
    if step.letter and "inspector_settled" not in step.needs:
        yield "inspector_settled"
    waits = state.taken and state.taken[-1].step.second == "needed"
    if waits and "countersigned" not in step.needs:
        yield "countersigned"


def _not_run(state: CaseState, step: ProcedureStep, today: date) -> Iterator[Message]:
    """Why a step must wait for a term: it was not started, or has not run out."""
    found = state.ran(step.after)
    if found is None:
        yield Message("dossier.lacks_term")
    elif today <= found.due_on:
        # Only where something else can take the place of the term is that said.
        yield Message(
            "dossier.lacks_term_run" if step.unless else "dossier.lacks_term_over",
            {
                "name": {"nl": found.term.name.nl, "en": found.term.name.en},
                "day": found.due_on,
                "first": found.due_on + timedelta(days=1),
            },
        )
