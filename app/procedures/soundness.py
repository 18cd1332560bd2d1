"""Checks a procedure before anybody follows it: no way into a wall, nothing unknown by then.

A letter needs values that steps ask for. Whether they are known wherever the letter is issued
is a meet over all paths: what is known in a state is what every way into it has asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import Rows
from app.procedures.procedure import LETTER, load_choices
from app.procedures.terms import load_terms
from app.procedures.ways import (
    NOTHING,
    Known,
    asked_by,
    can_end,
    ending,
    entries,
    known_in,
    places,
    takes,
    waits_well,
)
from app.record import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from app.procedures.procedure import Procedure, ProcedureStep

ANYBODY = "any"
"""Audience of a letter that may go to anyone."""


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
        choices: names of the lists to choose from.
        spare: kinds, facts and lists that need not be used.
    """

    facts: dict[str, str]
    kinds: tuple[str, ...]
    choices: tuple[str, ...]
    spare: frozenset[str]
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
        choices=tuple(row.text("key") for row in rows.rows("choices", "key")),
        spare=frozenset(
            word
            for key in ("kinds", "facts", "choices")
            for word in rows.texts(f"unused_{key}_allowed")
        ),
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


def flaws(procedure: Procedure, words: Vocabulary, entry: Known = NOTHING) -> tuple[str, ...]:
    """What is wrong with a procedure, each with its place; empty when it can be followed.

    `entry` is what every course to it has asked.
    """
    found = [*_flaws_of_states(procedure), *_flaws_of_names(procedure)]
    if not found:
        found += _flaws_of_ways(procedure, words)
        known = known_in(procedure, entry)
        for step in procedure.steps:
            place = f"step {step.id}"
            for check in (_flaws_of_facts, _flaws_of_step, _flaws_of_letter):
                found += [f"{place}: {flaw}" for flaw in check(procedure, step, words)]
            for flaws_of_known in (_flaws_of_count, _flaws_of_slots):
                more = flaws_of_known(step, known, words)
                found += [f"{place}: {flaw}" for flaw in more]
    return tuple(f"{procedure.key}, {flaw}" for flaw in found)


def flaws_together(procedures: tuple[Procedure, ...], words: Vocabulary) -> tuple[str, ...]:
    """What is wrong with procedures, each alone and in how they lead to each other."""
    every = {procedure.key: procedure for procedure in procedures}
    known = entries(procedures)
    found: list[str] = []
    for procedure in procedures:
        found += flaws(procedure, words, known[procedure.key])
        found += [f"{procedure.key}, {flaw}" for flaw in _flaws_of_opens(procedure, every)]
    found += _flaws_of_intakes(procedures)
    found += _flaws_of_conditions(procedures, words)
    found += _flaws_of_stays(procedures, words)
    return (*found, *_flaws_of_kinds(procedures))


def unused(
    procedures: tuple[Procedure, ...], words: Vocabulary, functions: Collection[str]
) -> tuple[str, ...]:
    """Words of the vocabulary that no procedure uses, and functions without a word."""
    steps = [step for procedure in procedures for step in procedure.steps]
    letters = {step.letter for step in steps}
    facts = {need for step in steps for need in (*step.needs, *step.unless)}
    facts.update(
        c for key in letters if key in words.letters for c in words.letters[key].conditions
    )
    asks = [ask for step in steps for ask in step.asks]
    kinds = {ask.kind for ask in asks}
    options = {ask.options for ask in asks}
    lists = {name for name in words.choices if load_choices()[name] in options}
    used = facts | kinds | lists | words.spare
    return (
        *(f"fact {key} is used nowhere" for key in words.facts if key not in used),
        *(f"fact {key} has no function" for key in words.facts if key not in functions),
        *(f"function {key} is no fact" for key in functions if key not in words.facts),
        *(f"kind {key} is used nowhere" for key in words.kinds if key not in used),
        *(f"list {key} is used nowhere" for key in words.choices if key not in used),
        *(f"letter {key} is issued nowhere" for key in words.letters if key not in letters),
    )


# -- procedures beside each other -------------------------------------------------------------


def _flaws_of_opens(procedure: Procedure, every: dict[str, Procedure]) -> Iterator[str]:
    for step in procedure.steps:
        for key in step.opens:
            other = every.get(key)
            if other is None:
                yield f"step {step.id}: opens {key}, which does not exist"
            elif (other.audience, other.compartment) != (
                procedure.audience,
                procedure.compartment,
            ):
                yield f"step {step.id}: opens {key}, which is for others"
            elif other.in_force > procedure.in_force:
                yield f"step {step.id}: opens {key}, which is not in force yet"
    if procedure.key not in ending(every):
        yield "start: leads to no end, whatever course is chosen"


def _flaws_of_intakes(procedures: tuple[Procedure, ...]) -> Iterator[str]:
    opened = {key for procedure in procedures for step in procedure.steps for key in step.opens}
    for procedure in procedures:
        if not procedure.intake and procedure.key not in opened:
            yield f"{procedure.key}, no case can follow it"
    for audience in dict.fromkeys(procedure.audience for procedure in procedures):
        intakes = [p.key for p in procedures if p.intake and p.audience == audience]
        if len(intakes) != 1:
            yield f"{audience}: cases begin along {', '.join(intakes) or 'none'}"


def _made(procedures: tuple[Procedure, ...]) -> dict[str, set[str]]:
    """Per audience the facts that some step of some procedure makes."""
    made: dict[str, set[str]] = {}
    for procedure in procedures:
        facts = made.setdefault(procedure.audience, set())
        facts.update(fact for step in procedure.steps for fact in step.makes)
    return made


def _flaws_of_stays(procedures: tuple[Procedure, ...], words: Vocabulary) -> Iterator[str]:
    """A step that stays may need what an earlier course made true, but not what none makes."""
    made = _made(procedures)
    for procedure in procedures:
        for step in procedure.steps:
            for fact in step.needs if step.stays else ():
                if words.facts.get(fact) == "steps" and fact not in made[procedure.audience]:
                    yield f"{procedure.key}, step {step.id}: needs {fact}, which no step makes"


def _flaws_of_conditions(procedures: tuple[Procedure, ...], words: Vocabulary) -> Iterator[str]:
    """A letter may speak of what an earlier course made true, but not of what none makes."""
    made = _made(procedures)
    for procedure in procedures:
        for letter in (words.letters.get(step.letter) for step in procedure.steps):
            for fact in letter.conditions if letter else ():
                if words.facts.get(fact) == "steps" and fact not in made[procedure.audience]:
                    yield f"{procedure.key}, its letter asks for {fact}, which no step makes"


def _flaws_of_kinds(procedures: tuple[Procedure, ...]) -> Iterator[str]:
    """Answers go along from one procedure to the other, so a field means one thing."""
    kinds: dict[str, tuple[object, ...]] = {}
    for procedure in procedures:
        for step in procedure.steps:
            for ask in step.asks:
                kind = (ask.kind, ask.options)
                if kinds.setdefault(ask.field, kind) != kind:
                    yield f"{procedure.key}, step {step.id}: asks {ask.field} as another kind"


# -- one procedure ----------------------------------------------------------------------------


def _flaws_of_states(procedure: Procedure) -> Iterator[str]:
    if procedure.state(procedure.start) is None:
        yield f"start: there is no state {procedure.start}"
    if not any(state.final for state in procedure.states):
        yield "states: none is final"
    for step in procedure.steps:
        for flaw in _flaws_of_sources(procedure, step):
            yield f"step {step.id}: {flaw}"


def _flaws_of_sources(procedure: Procedure, step: ProcedureStep) -> Iterator[str]:
    to = (step.to,) if step.to else ()
    for key in (*step.sources, *to):
        state = procedure.state(key)
        if state is None:
            yield f"there is no state {key}"
        elif state.final and key in step.sources and not step.reopens:
            yield f"leaves the final state {key}"
        elif step.reopens and state.final is not (key in step.sources):
            yield f"opens again, but {key} is {'final' if state.final else 'not final'}"
    if not step.sources:
        yield "comes from nowhere"
    if step.reopens and not any(ask.kind == "text" and ask.required for ask in step.asks):
        yield "opens again without asking why"


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


def _flaws_of_ways(procedure: Procedure, words: Vocabulary) -> Iterator[str]:
    known, ends = known_in(procedure), can_end(procedure)
    for state in procedure.states:
        if state.key not in known:
            yield f"state {state.key}: cannot be reached"
        elif state.key not in ends:
            yield f"state {state.key}: has no way to an end"
    yield from _flaws_of_places(procedure, words)


def _flaws_of_places(procedure: Procedure, words: Vocabulary) -> Iterator[str]:
    """Walk every way with what is true on it: nothing gets stuck, nothing is in vain."""
    by_program = frozenset(fact for fact, by in words.facts.items() if by == "case")
    reached = sorted(
        places(procedure, by_program), key=lambda here: (here.state, sorted(here.made))
    )
    open_ = {state.key for state in procedure.states if not state.final}
    stuck = {
        here.state: here.made
        for here in reversed(reached)
        if here.state in open_
        and not any(
            here.state in step.sources and takes(step, here, by_program)
            for step in procedure.steps
        )
    }
    for key, made in stuck.items():
        yield f"state {key}: nothing can follow, with {_named(made)}"
    for step in procedure.steps:
        before = [here for here in reached if here.state in step.sources]
        if not step.stays and not any(takes(step, here, by_program) for here in before):
            yield f"step {step.id}: can never be taken"
        early = {h.state for h in before if not waits_well(step, h, by_program)}
        for key in sorted(early):
            way = f"which was not started on a way through {key}"
            yield f"step {step.id}: waits for {step.after}, {way}"


def _named(facts: frozenset[str]) -> str:
    return ", ".join(sorted(facts)) or "nothing made true"


def _flaws_of_facts(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    made = {fact for other in procedure.steps for fact in other.makes}
    for fact in (*step.needs, *step.makes, *step.unless):
        if fact not in words.facts:
            yield f"fact {fact} is not in the vocabulary"
    for fact in step.makes:
        if words.facts.get(fact) == "case":
            yield f"makes {fact}, which the program works out"
    for fact in (*step.needs, *step.unless):
        if words.facts.get(fact) == "steps" and fact not in made and not step.stays:
            yield f"needs {fact}, which no step makes"


def _flaws_of_step(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    for role in step.by:
        if role not in words.by:
            yield f"role {role} is not in the vocabulary"
    if not step.by:
        yield "nobody may take it"
    yield from _flaws_of_asks(procedure, step, words)
    for key in (step.term, step.after, *step.ends):
        if key:
            yield from _flaws_of_term(procedure, key)
    yield from _flaws_of_keys(procedure, step)


def _flaws_of_asks(
    procedure: Procedure, step: ProcedureStep, words: Vocabulary
) -> Iterator[str]:
    for ask in step.asks:
        if ask.kind not in words.kinds:
            yield f"kind {ask.kind} is not in the vocabulary"
        if ask.since not in ("", LETTER, *_days(procedure)):
            yield f"asks {ask.field} since {ask.since}, which is no day"


def _days(procedure: Procedure) -> set[str]:
    asks = (ask for step in procedure.steps for ask in step.asks)
    return {ask.field for ask in asks if ask.kind == "day"}


def _flaws_of_keys(procedure: Procedure, step: ProcedureStep) -> Iterator[str]:
    if step.unless and not step.after:
        yield "says unless, but waits for no term"
    state = procedure.state(step.to)
    if step.second == "needed" and state is not None and state.final:
        yield "needs a second signature, but ends the case"


def _flaws_of_term(procedure: Procedure, key: str) -> Iterator[str]:
    held = [term for term in load_terms() if term.key == key]
    if not any(term.valid_from <= procedure.in_force for term in held):
        yield f"term {key} has no value when the procedure comes into force"
    if any(term.unit == "hours" for term in held):
        yield f"term {key} is counted in hours"


def _flaws_of_count(
    step: ProcedureStep, known: dict[str, Known], words: Vocabulary
) -> Iterator[str]:
    if not step.counts:
        return
    if not step.term:
        yield f"counts from {step.counts}, but starts no term"
    for source in step.sources:
        days = {
            field
            for field, kind in known.get(source, NOTHING) | asked_by(step)
            if kind in words.kinds and kind in ("day", "moment")
        }
        if source in known and step.counts not in days:
            yield f"counts from {step.counts}, which is no day known on a way through {source}"


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
    for fact in letter.conditions:
        if fact not in words.facts:
            yield f"letter {step.letter} asks for {fact}, which is not in the vocabulary"


def _flaws_of_slots(
    step: ProcedureStep, known: dict[str, Known], words: Vocabulary
) -> Iterator[str]:
    letter = words.letters.get(step.letter)
    for source in step.sources:
        if letter is not None and source in known:
            for field, kind in sorted(letter.asks - known[source] - asked_by(step)):
                yield f"letter {step.letter} lacks {field} ({kind}) on a way through {source}"
