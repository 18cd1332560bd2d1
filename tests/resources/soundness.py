"""Whether a procedure reaches its end, knows every name and fills every letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

Table = dict[str, Any]

SLOT = re.compile(r"\{([a-z_]+)\}")
CONDITION = re.compile(r"^\[if ([a-z_]+)\]$", re.MULTILINE)


def faults(procedure: Table) -> list[str]:
    return [*routes(procedure), *names(procedure), *letters(procedure)]


def routes(procedure: Table) -> Iterator[str]:
    states, steps = procedure["states"], procedure["steps"]
    finals = {name for name, state in states.items() if state["final"]}
    onward = {(place, step["to"]) for step in steps for place in step["from"]}
    for place in sorted({name for pair in onward for name in pair} - states.keys()):
        yield f"no state {place}"
    yield from (f"{name} is never reached" for name in states.keys() - reach(onward, procedure))
    for name in states.keys() - finals:
        if not finals & closure(onward, {name}):
            yield f"{name} has no way out"
    yield from (f"{place} is final but left" for place, _ in sorted(onward) if place in finals)


def reach(onward: set[tuple[str, str]], procedure: Table) -> set[str]:
    return closure(onward, {procedure["start"]})


def closure(onward: set[tuple[str, str]], found: set[str]) -> set[str]:
    more = {after for before, after in onward if before in found} - found
    return closure(onward, found | more) if more else found


def names(procedure: Table) -> Iterator[str]:
    for step in procedure["steps"]:
        for kind, used in spoken(step).items():
            yield from (
                f"{step['id']}: no {kind} {name}" for name in sorted(used - known(kind))
            )


def spoken(step: Table) -> dict[str, set[str]]:
    return {
        "facts": {*step["needs"], *step["makes"]},
        "kinds": {ask["kind"] for ask in step["asks"]},
        "by": set(step["by"]),
        "terms": {step["term"]} if "term" in step else set(),
        "letters": {step["letter"]} if "letter" in step else set(),
    }


def known(kind: str) -> set[str]:
    if kind == "letters":
        return set(resources.letters())
    if kind == "terms":
        return {row["key"] for row in resources.terms()}
    listed = resources.procedure_vocabulary()[kind]
    return set(listed) if kind == "by" else {row["key"] for row in listed}


def letters(procedure: Table) -> Iterator[str]:
    """Each letter's slots that are asked for must be asked on every path that reaches it."""
    asked = asked_before(procedure)
    for step in procedure["steps"]:
        if step.get("letter") not in resources.letters():
            continue
        letter, _ = resources.letter(step["letter"], "nl")
        given = {ask["field"] for ask in step["asks"]}
        for place in step["from"]:
            have = given | (asked[place] or set())
            for slot in letter["slots"]:
                if slot["from"] == "asks" and slot["required"] and slot["key"] not in have:
                    yield f"{step['id']} from {place}: {slot['key']} may be unknown"


def asked_before(procedure: Table) -> dict[str, set[str] | None]:
    """What has been asked in each state, whatever the way there; None where nothing leads."""
    asked: dict[str, set[str] | None] = dict.fromkeys(procedure["states"])
    asked[procedure["start"]] = set()
    changed = True
    while changed:
        changed = False
        for step in procedure["steps"]:
            fields = {ask["field"] for ask in step["asks"]}
            for place in step["from"]:
                before, after = asked.get(place), asked.get(step["to"])
                if before is None:
                    continue
                met = before | fields if after is None else after & (before | fields)
                changed = changed or met != after
                asked[step["to"]] = met
    return asked
