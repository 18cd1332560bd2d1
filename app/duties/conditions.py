"""When a duty arises: a closed list of conditions over what was reported and weighed.

A new kind of condition is a function here; `resources/duties.toml` only names them. None of
them judges a person: "may come under" is all that is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.facts import categories
from app.dossier.weighing import NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.dossier.facts import CaseFacts
    from app.dossier.weighing import Weighing


@dataclass(frozen=True, slots=True)
class Situation:
    """What is looked at to answer whether a duty arises.

    Attributes:
        facts: of the case, with the categories as they were weighed last.
        weighing: the newest one, or None.
        done: keys of the duties that were done.
    """

    facts: CaseFacts
    weighing: Weighing | None = None
    done: frozenset[str] = frozenset()


def somebody(situation: Situation) -> bool:
    """Whether the breach is about staff or a parent: the sanctions speak of both."""
    return situation.facts.breach.actor_kind in ("staff", "guardian")


def category(situation: Situation) -> bool:
    """Whether it may come under a category for the confidential inspector."""
    return bool(categories(situation.facts))


def compulsory(situation: Situation) -> bool:
    """Whether it may come under the category for which the law asks to consult and report."""
    return any(found.hold_letters for found in categories(situation.facts))


def suspicion(situation: Situation) -> bool:
    """Whether it may be a criminal offence: by its category, or as it was weighed."""
    weighing = situation.weighing
    return compulsory(situation) or (weighing is not None and weighing.offence == YES)


def pupil_affected(situation: Situation) -> bool:
    """Whether it touches a pupil."""
    return bool(situation.facts.breach.affected)


def published(situation: Situation) -> bool:
    """Whether a recording of a pupil was shared."""
    return situation.facts.breach.shared and pupil_affected(situation)


def data_breach(situation: Situation) -> bool:
    """Whether it is a data breach of the school, or may be one and nobody said that it is not.

    What a member of staff shared of a pupil may be one, and a publication that was told as one
    is one, whoever made it; what a parent shared is so only when it was weighed like that.
    """
    weighing, breach = situation.weighing, situation.facts.breach
    if weighing is not None and weighing.data_breach in (YES, NO):
        return weighing.data_breach == YES
    told = bool(breach.publication_id)
    return told or (published(situation) and breach.actor_kind == "staff")


def police_told(situation: Situation) -> bool:
    """Whether a report to the police was made."""
    return "police_report" in situation.done


CONDITIONS: dict[str, Callable[[Situation], bool]] = {
    condition.__name__: condition
    for condition in (
        somebody,
        category,
        compulsory,
        suspicion,
        pupil_affected,
        published,
        data_breach,
        police_told,
    )
}
"""Every condition by its name in `resources/duties.toml`."""
