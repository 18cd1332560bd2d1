"""Where those who decide answered differently, and what that means; neutral, without advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.outcome import Outcome
from app.consent.records import Answer
from app.errors import Message

if TYPE_CHECKING:
    from app.consent.facts import DecisionFact
    from app.consent.grid import Decider, Grid, GridLine


@dataclass(frozen=True, slots=True)
class Difference:
    """One use about which the answers differ.

    Attributes:
        said: who decides, with the answer that counts, in the order of the grid.
        meaning: what follows from it.
    """

    line: GridLine
    said: tuple[tuple[Decider, DecisionFact], ...]
    meaning: Message


def differences(grid: Grid) -> tuple[Difference, ...]:
    """The uses about which two who decide that day do not say the same.

    Somebody who does not decide, or has not answered, does not differ from anybody.
    """
    deciders = {decider.id: decider for decider in grid.deciders}
    found = []
    for line in grid.lines:
        said = tuple(
            (deciders[voice.decider_id], voice.decision)
            for voice in line.verdict.voices
            if voice.decision is not None and voice.decider_id in deciders
        )
        if len({_sense(decision) for _, decision in said}) > 1:
            found.append(Difference(line, said, _meaning(line)))
    return tuple(found)


def _sense(decision: DecisionFact) -> tuple[bool, frozenset[str]]:
    """What an answer comes to: a no is a no, be it by withdrawal."""
    return decision.answer is Answer.YES, frozenset(decision.conditions)


def _meaning(line: GridLine) -> Message:
    outcome = line.verdict.outcome
    if outcome is Outcome.NO and line.verdict.by is not None:
        return Message("consent.differ_no")
    if outcome is Outcome.YES_IF:
        return Message("consent.differ_if")
    return Message("consent.differ_other")
