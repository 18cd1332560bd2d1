"""Whether a procedure reaches its end, knows every name and fills every letter."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Table = dict[str, Any]

SLOT = re.compile(r"\{([a-z_]+)\}")
CONDITION = re.compile(r"^\[if ([a-z_]+)\]$", re.MULTILINE)


OTHER = "another procedure"


def faults(procedure: Table) -> list[str]:
    return [*routes(procedure), *names(procedure), *letters(procedure)]


def routes(procedure: Table) -> Iterator[str]:
    states, steps = procedure["states"], procedure["steps"]
    finals = {name for name, state in states.items() if state["final"]}
    leaving = [step for step in steps if not step.get("reopens")]
    onward = ways(leaving)
    reopened = ways(step for step in steps if step.get("reopens"))
    every = onward | reopened
    named = {name for pair in every for name in pair} - {OTHER}
    for place in sorted(named - states.keys()):
        yield f"no state {place}"
    yield from (f"{name} is never reached" for name in states.keys() - reach(every, procedure))
    for name in states.keys() - finals:
        if not (finals | {OTHER}) & closure(onward, {name}):
            yield f"{name} has no way out"
    yield from (f"{place} is final but left" for place, _ in sorted(onward) if place in finals)
    for place, _ in sorted(reopened):
        if place not in finals:
            yield f"{place} is opened again but not final"


def ways(steps: Iterable[Table]) -> set[tuple[str, str]]:
    return {(place, step.get("to", OTHER)) for step in steps for place in step["from"]}


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
        "facts": {*step["needs"], *step["makes"], *step.get("unless", [])},
        "kinds": {ask["kind"].partition(":")[0] for ask in step["asks"]},
        "choices": {name for ask in step["asks"] if (name := ask["kind"].partition(":")[2])},
        "by": set(step["by"]),
        "terms": {step[key] for key in ("term", "after") if key in step}
        | set(step.get("ends", [])),
        "procedures": set(step.get("opens", [])),
        "letters": {step["letter"]} if "letter" in step else set(),
    }


def known(kind: str) -> set[str]:
    if kind == "letters":
        return set(resources.letters())
    if kind == "procedures":
        return set(resources.procedures())
    if kind == "terms":
        return {row["key"] for row in resources.terms()}
    listed = resources.procedure_vocabulary()[kind]
    return set(listed) if kind == "by" else {row["key"] for row in listed}


def letters(procedure: Table) -> Iterator[str]:
    """Each letter's slots that are asked for must be asked on every path that reaches it."""
    asked = asked_before(procedure, on_entry().get(procedure["key"], set()))
    for step in procedure["steps"]:
        if step.get("letter") not in resources.letters():
            continue
        letter, _ = resources.letter(step["letter"], "nl")
        given = fields(step)
        for place in step["from"]:
            have = given | (asked[place] or set())
            for slot in letter["slots"]:
                if slot["from"] == "asks" and slot["required"] and slot["key"] not in have:
                    yield f"{step['id']} from {place}: {slot['key']} may be unknown"


def fields(step: Table) -> set[str]:
    return {ask["field"] for ask in step["asks"] if ask.get("required", True)}


@cache
def on_entry() -> dict[str, set[str]]:
    """What every course to a procedure has asked; new cases begin with nothing."""
    every = {key: resources.procedure(key) for key in resources.procedures()}
    entry = {key: set[str]() for key, table in every.items() if table.get("intake")}
    changed = True
    while changed:
        changed = False
        for key in list(entry):
            asked = asked_before(every[key], entry[key])
            for step in every[key]["steps"]:
                for place in step["from"] if "opens" in step else ():
                    brings = (asked.get(place) or set()) | fields(step)
                    for other in step["opens"]:
                        met = brings & entry[other] if other in entry else brings
                        changed = changed or met != entry.get(other)
                        entry[other] = met
    return entry


def asked_before(procedure: Table, entry: set[str]) -> dict[str, set[str] | None]:
    """What has been asked in each state, whatever the way there; None where nothing leads."""
    asked: dict[str, set[str] | None] = dict.fromkeys(procedure["states"])
    asked[procedure["start"]] = entry
    changed = True
    while changed:
        changed = False
        for step in procedure["steps"]:
            for place in step["from"]:
                before = asked.get(place)
                if before is None or "to" not in step:
                    continue
                after = asked.get(step["to"])
                met = (
                    before | fields(step) if after is None else after & (before | fields(step))
                )
                changed = changed or met != after
                asked[step["to"]] = met
    return asked
