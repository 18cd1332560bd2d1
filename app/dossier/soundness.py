"""Checks a procedure before anybody follows it: no way into a wall, nothing unknown by then.

A letter needs values that steps ask for. Whether they are known wherever the letter is issued
is a meet over all paths: what is known in a state is what every way into it has asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.breach.data import Rows
from app.dossier.facts import FACTS
from app.dossier.terms import load_terms
from app.record import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.procedure import Procedure, ProcedureStep

ANYBODY = "any"
"""Audience of a letter that may go to anyone."""

Known = frozenset[tuple[str, str]]
"""Fields with the kind in which they were asked."""


@dataclass(frozen=True, slots=True)
class LetterNeeds:
    """What a letter says of itself.

    Attributes:
        audience: a kind of person, or `ANYBODY`.
        asks: field and kind of every value that steps must have asked.
        conditions: facts on which its paragraphs depend.
    """

    audience: str
    compartments: tuple[str, ...]
    procedures: tuple[str, ...]
    asks: Known
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word that a procedure may use.

    Attributes:
        facts: per fact who makes it true, "case" or "steps".
        spare_kinds: kinds that need not be used.
    """

    facts: dict[str, str]
    kinds: tuple[str, ...]
    spare_kinds: tuple[str, ...]
    by: tuple[str, ...]
    letters: dict[str, LetterNeeds]


@cache
def vocabulary() -> Vocabulary:
    """The words that come with the program.

    Raises:
        DataError: when a file does not say what it must, naming the place.
    """
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return Vocabulary(
        facts={
            row.text("key"): row.choice("set_by", ("case", "steps"))
            for row in rows.rows("facts", "key")
        },
        kinds=tuple(row.text("key") for row in rows.rows("kinds", "key")),
        spare_kinds=rows.texts("unused_kinds_allowed"),
        by=rows.texts("by"),
        letters={key: _letter(key) for key in resources.letters() if _of_case(key)},
    )


def _of_case(key: str) -> bool:
    """Whether procedures issue a letter."""
    return "procedures" in resources.letter(key, "nl")[0]


def _letter(key: str) -> LetterNeeds:
    rows = Rows(resources.letter(key, "nl")[0], f"letters/{key}/letter")
    asks = {
        (slot.text("key"), slot.text("kind"))
        for slot in rows.rows("slots", "key")
        if slot.text("from") == "asks" and slot.flag("required")
    }
    place = rows.text("compartment")
    return LetterNeeds(
        rows.text("audience"),
        DOSSIERS if place == "dossier" else (place,),
        rows.texts("procedures"),
        frozenset(asks),
        rows.texts("conditions"),
    )


def flaws(procedure: Procedure, words: Vocabulary) -> tuple[str, ...]:
    """What is wrong with a procedure, each with its place; empty when it can be followed."""
    found = [*_flaws_of_states(procedure), *_flaws_of_names(procedure)]
    if not found:
        found += _flaws_of_ways(procedure)
        for step in procedure.steps:
            place = f"step {step.id}"
            for check in (_flaws_of_facts, _flaws_of_step, _flaws_of_letter):
                found += [f"{place}: {flaw}" for flaw in check(procedure, step, words)]
    return tuple(f"{procedure.key}, {flaw}" for flaw in found)


def unused(procedures: tuple[Procedure, ...], words: Vocabulary) -> tuple[str, ...]:
    """Words of the vocabulary that no procedure uses, and functions without a word."""
    steps = [step for procedure in procedures for step in procedure.steps]
    letters = {step.letter for step in steps}
    facts = {need for step in steps for need in step.needs}
    facts.update(
        c for key in letters if key in words.letters for c in words.letters[key].conditions
    )
    kinds = {ask.kind for step in steps for ask in step.asks}.union(words.spare_kinds)
    return (
        *(f"fact {key} is used nowhere" for key in words.facts if key not in facts),
        *(f"fact {key} has no function" for key in words.facts if key not in FACTS),
        *(f"function {key} is no fact" for key in FACTS if key not in words.facts),
        *(f"kind {key} is used nowhere" for key in words.kinds if key not in kinds),
        *(f"letter {key} is issued nowhere" for key in words.letters if key not in letters),
    )


def _flaws_of_states(procedure: Procedure) -> Iterator[str]:
    if procedure.state(procedure.start) is None:
        yield f"start: there is no state {procedure.start}"
    if not any(state.final for state in procedure.states):
        yield "states: none is final"
    for step in procedure.steps:
        for key in (*step.sources, step.to):
            state = procedure.state(key)
            if state is None:
                yield f"step {step.id}: there is no state {key}"
            elif state.final and key in step.sources:
                yield f"step {step.id}: leaves the final state {key}"
        if not step.sources:
            yield f"step {step.id}: comes from nowhere"


def _flaws_of_names(procedure: Procedure) -> Iterator[str]:
    ids = [step.id for step in procedure.steps]
    for id in dict.fromkeys(id for id in ids if ids.count(id) > 1):
        yield f"step {id}: stands there twice"
    kinds: dict[str, str] = {}
    for step in procedure.steps:
        asked = [ask.field for ask in step.asks]
        if len(set(asked)) < len(asked):
            yield f"step {step.id}: asks the same twice"
        for ask in step.asks:
            if kinds.setdefault(ask.field, ask.kind) != ask.kind:
                yield f"step {step.id}: asks {ask.field} as another kind than an earlier step"


def _flaws_of_ways(procedure: Procedure) -> Iterator[str]:
    known = known_in(procedure)
    ends = _can_end(procedure)
    for state in procedure.states:
        if state.key not in known:
            yield f"state {state.key}: cannot be reached"
        elif state.key not in ends:
            yield f"state {state.key}: has no way to an end"


def known_in(procedure: Procedure) -> dict[str, Known]:
    """For every state that can be reached, the fields that are known on every way into it."""
    known: dict[str, Known] = {procedure.start: frozenset()}
    waiting = [procedure.start]
    while waiting:
        here = waiting.pop()
        for step in procedure.steps:
            if here not in step.sources:
                continue
            brings = known[here] | _asked(step)
            before = known.get(step.to)
            meets = brings if before is None else before & brings
            if meets != before:
                known[step.to] = meets
                waiting.append(step.to)
    return known


def _can_end(procedure: Procedure) -> set[str]:
    ends = {state.key for state in procedure.states if state.final}
    while True:
        more = {key for step in procedure.steps if step.to in ends for key in step.sources}
        if more <= ends:
            return ends
        ends |= more


def _asked(step: ProcedureStep) -> Known:
    return frozenset((ask.field, ask.kind) for ask in step.asks)


def _flaws_of_facts(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    made = {fact for other in procedure.steps for fact in other.makes}
    for fact in (*step.needs, *step.makes):
        if fact not in words.facts:
            yield f"fact {fact} is not in the vocabulary"
    for fact in step.makes:
        if words.facts.get(fact) == "case":
            yield f"makes {fact}, which the program works out"
    for fact in step.needs:
        if words.facts.get(fact) == "steps" and fact not in made:
            yield f"needs {fact}, which no step makes"


def _flaws_of_step(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    for role in step.by:
        if role not in words.by:
            yield f"role {role} is not in the vocabulary"
    if not step.by:
        yield "nobody may take it"
    for ask in step.asks:
        if ask.kind not in words.kinds:
            yield f"kind {ask.kind} is not in the vocabulary"
    yield from _flaws_of_term(procedure, step)


def _flaws_of_term(procedure: Procedure, step: ProcedureStep) -> Iterator[str]:
    held = [term for term in load_terms() if term.key == step.term]
    if not step.term:
        return
    if not any(term.valid_from <= procedure.in_force for term in held):
        yield f"term {step.term} has no value when the procedure comes into force"
    if any(term.unit == "hours" for term in held):
        yield f"term {step.term} is counted in hours"


def _flaws_of_letter(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    if not step.letter:
        return
    letter = words.letters.get(step.letter)
    if letter is None:
        yield f"letter {step.letter} does not exist"
        return
    if procedure.key not in letter.procedures:
        yield f"letter {step.letter} does not name this procedure"
    fits = letter.audience in (procedure.audience, ANYBODY)
    if not fits or procedure.compartment not in letter.compartments:
        yield f"letter {step.letter} is for another dossier"
    yield from _flaws_of_slots(procedure, step, letter)
    made = {fact for other in procedure.steps for fact in other.makes}
    for fact in letter.conditions:
        if fact not in words.facts:
            yield f"letter {step.letter} asks for {fact}, which is not in the vocabulary"
        elif words.facts[fact] == "steps" and fact not in made:
            yield f"letter {step.letter} asks for {fact}, which no step makes"


def _flaws_of_slots(
    procedure: Procedure, step: ProcedureStep, letter: LetterNeeds
) -> Iterator[str]:
    known = known_in(procedure)
    for source in step.sources:
        if source in known:
            for field, kind in sorted(letter.asks - known[source] - _asked(step)):
                yield f"letter {step.letter} lacks {field} ({kind}) on a way through {source}"
