"""Every way through a procedure, walked before anybody follows it.

Pure graph work on data: which states can be reached, what is known there on every way, from
where an end can be reached, and which steps can be taken at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from app.procedures.procedure import COURSE, ONE_OF, lapsing, superseded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.procedures.procedure import Procedure, ProcedureStep

Known: TypeAlias = frozenset[tuple[str, str]]
"""Fields with the kind in which they were asked; a choice from a list is a line of words."""

NOTHING: Known = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case can be, with what steps have made so on the way.

    Attributes:
        made: facts; started: terms.
    """

    state: str
    made: frozenset[str] = frozenset()
    started: frozenset[str] = frozenset()


def asked_by(step: ProcedureStep) -> Known:
    """What is known after a step because it must be answered there."""
    return frozenset(
        (ask.field, "line" if ask.kind == ONE_OF else ask.kind)
        for ask in step.asks
        if ask.required and ask.kind != COURSE
    )


def known_in(procedure: Procedure, entry: Known = NOTHING) -> dict[str, Known]:
    """For every state that can be reached, the fields that are known on every way into it.

    `entry` is what is known where the case begins along this procedure.
    """
    known: dict[str, Known] = {procedure.start: entry}
    waiting = [procedure.start]
    while waiting:
        here = waiting.pop()
        for step in procedure.steps:
            if here not in step.sources or not step.to:
                continue  # one that stays may be taken or not, so nothing can be counted on
            brings = known[here] | asked_by(step)
            before = known.get(step.to)
            meets = brings if before is None else before & brings
            if meets != before:
                known[step.to] = meets
                waiting.append(step.to)
    return known


def entries(procedures: tuple[Procedure, ...]) -> dict[str, Known]:
    """What is known where each procedure begins: only what every course to it has asked.

    A procedure to which nothing leads, or along which new cases begin, begins with nothing.
    """
    found: dict[str, Known] = {p.key: NOTHING for p in procedures if p.intake}
    while True:
        more = dict(found)
        for procedure in procedures:
            if procedure.key in found:
                for key, brings in _handed_on(procedure, found[procedure.key]):
                    before = more.get(key)
                    more[key] = brings if before is None else before & brings
        if more == found:
            return {p.key: found.get(p.key, NOTHING) for p in procedures}
        found = more


def _handed_on(procedure: Procedure, entry: Known) -> Iterator[tuple[str, Known]]:
    known = known_in(procedure, entry)
    for step in procedure.steps:
        for source in step.sources:
            if source in known:
                for key in step.opens:
                    yield key, known[source] | asked_by(step)


def can_end(procedure: Procedure, ending: frozenset[str] | None = None) -> set[str]:
    """The states from which an end can be reached.

    A step that opens another procedure leads to an end when one of those does (`ending`);
    taken for granted when None.
    """
    ends = {state.key for state in procedure.states if state.final}

    def leads(step: ProcedureStep) -> bool:
        if step.opens:
            return ending is None or bool(ending.intersection(step.opens))
        return step.to in ends

    steps = [step for step in procedure.steps if not step.reopens]
    while True:
        more = {key for step in steps if leads(step) for key in step.sources}
        if more <= ends:
            return ends
        ends |= more


def ending(procedures: Mapping[str, Procedure]) -> frozenset[str]:
    """Keys of the procedures whose beginning leads to an end, perhaps along another one."""
    found: frozenset[str] = frozenset()
    while True:
        more = frozenset(
            key for key, each in procedures.items() if each.start in can_end(each, found)
        )
        if more == found:
            return found
        found = more


def places(procedure: Procedure, by_program: frozenset[str]) -> frozenset[Place]:
    """Every place that a case can come to, with nothing made true before it began here.

    `by_program` are the facts that the program works out; they are taken as true.
    """
    found = {Place(procedure.start)}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for step in procedure.steps:
            onward = step.leads(here.state) and here.state in step.sources
            if onward and takes(step, here, by_program):
                there = _onward(procedure, step, here)
                if there not in found:
                    found.add(there)
                    waiting.append(there)
    return frozenset(found)


def takes(step: ProcedureStep, here: Place, by_program: frozenset[str]) -> bool:
    """Whether a step can be taken at a place, perhaps after a term has run out."""
    made = here.made | by_program
    return made.issuperset(step.needs) and waits_well(step, here, by_program)


def waits_well(step: ProcedureStep, here: Place, by_program: frozenset[str]) -> bool:
    """Whether the term for which a step waits was started, or need not be waited for."""
    made = here.made | by_program
    return not step.after or step.after in here.started or bool(made.intersection(step.unless))


def lapsed(procedure: Procedure, step: ProcedureStep) -> frozenset[str]:
    """Facts that are not so after a step.

    They speak of another letter, or of a hearing that was begun anew or ended in another way.
    """
    letter = lapsing() if step.letter else frozenset()
    waiting = {
        fact
        for other in procedure.steps
        if step.term and other.after == step.term
        for fact in other.unless
    }
    instead = (superseded().get(fact, frozenset()) for fact in step.makes)
    return letter.union(waiting, *instead)


def _onward(procedure: Procedure, step: ProcedureStep, here: Place) -> Place:
    made = (here.made - lapsed(procedure, step)).union(step.makes)
    started = here.started | {step.term} if step.term else here.started
    return Place(step.leads(here.state), made, started)
