"""How earlier equal cases ended, without anybody's name, so that alike is treated alike.

A case is equal when it is about the same kind of person and touches one of the same articles or
categories. Fewer than a number that stands in the data are not shown: in a small school each
of them could be recognised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.data import Rows
from app.dossier.case import fold
from app.dossier.records import Breach, Case, Step
from app.errors import Trouble
from app.procedures.procedure import procedure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.data import Wording
    from app.dossier.case import CaseState
    from app.ports import Reader, Session
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class Ending:
    """How many equal cases ended in one way: the procedure they followed, and its end."""

    procedure: Wording
    end: Wording
    cases: int


@dataclass(frozen=True, slots=True)
class EqualCases:
    """How earlier equal cases ended, the most frequent way first.

    Attributes:
        endings: empty when there are fewer than `least`.
    """

    least: int
    endings: tuple[Ending, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there are enough of them to show."""
        return bool(self.endings)


def least_shown() -> int:
    """The number of equal cases below which none are shown."""
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return rows.whole("equal_cases_at_least")


def equal_cases(session: Session, compartment: Compartment, case_id: str) -> EqualCases:
    """How earlier equal cases of the same compartment ended.

    Raises:
        Refusal: `register.not_found`, `register.no_grant`.
    """
    with session.look(compartment) as reader:
        ends = Counter(_ends(reader, reader.get(Case, case_id)))
    least = least_shown()
    if sum(ends.values()) < least:
        return EqualCases(least)
    found = [Ending(procedure, end, count) for (procedure, end), count in ends.items()]
    found.sort(key=lambda ending: (-ending.cases, ending.procedure.nl, ending.end.nl))
    return EqualCases(least, tuple(found))


def _ends(reader: Reader, case: Case) -> Iterator[tuple[Wording, Wording]]:
    breaches = {breach.id: breach for breach in reader.all(Breach)}
    steps: dict[str, list[Step]] = {}
    for step in reader.all(Step):
        steps.setdefault(step.case_id, []).append(step)
    mine = breaches[case.breach_id]
    for other in reader.all(Case):
        if other.id != case.id and _is_equal(mine, breaches[other.breach_id]):
            state = _state(other, steps.get(other.id, []))
            if state is not None and state.closed:
                yield state.procedure.name, state.state.name


def _is_equal(one: Breach, other: Breach) -> bool:
    if one.actor_kind != other.actor_kind:
        return False
    articles = set(one.articles).intersection(other.articles)
    return bool(articles or set(one.categories).intersection(other.categories))


def _state(case: Case, steps: list[Step]) -> CaseState | None:
    """Where another case is; one that cannot be read is left out, its own page says why."""
    try:
        return fold(procedure_of(case.procedure, case.version), case, steps)
    except Trouble:
        return None
