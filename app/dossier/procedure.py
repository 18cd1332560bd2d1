"""A procedure as values: states, and steps from one to the other, read from data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.breach.data import DataError, Rows, Wording
from app.breach.protocol import AUDIENCES
from app.errors import Trouble
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from datetime import date

KINDS = ("line", "text", "day", "moment", "yes_no")
"""What a step can ask for; each has its own check in `app.dossier.answers`."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can be; nothing leaves a final state."""

    key: str
    name: Wording
    final: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """What a step asks.

    Attributes:
        kind: one of `KINDS`.
        lies: for a day: "past" (today at the latest), "ahead" (after today) or "".
    """

    field: str
    kind: str
    name: Wording
    lies: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """A step that can be taken.

    Attributes:
        sources: the states from which it can be taken; to: the state it leads to.
        by: roles that may take it.
        needs: facts that must be true; makes: facts that are true from then on.
        letter: key of the letter that it issues, or "".
        term: key of the term that starts with it, or "".
        because: why the step is there; source: where that stands.
    """

    id: str
    name: Wording
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    needs: tuple[str, ...]
    asks: tuple[Ask, ...]
    makes: tuple[str, ...]
    letter: str
    term: str
    because: Wording
    source: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure.

    Attributes:
        start: key of the state in which a case begins.
        audience: the kind of person it is for.
    """

    key: str
    version: int
    in_force: date
    start: str
    audience: str
    compartment: Compartment
    name: Wording
    explain: Wording
    states: tuple[State, ...]
    steps: tuple[ProcedureStep, ...]

    def state(self, key: str) -> State | None:
        """The state with this key, or None."""
        return next((state for state in self.states if state.key == key), None)

    def step(self, id: str) -> ProcedureStep | None:
        """The step with this id, or None."""
        return next((step for step in self.steps if step.id == id), None)


@cache
def load_procedure(key: str) -> Procedure:
    """The procedure in the file with this key.

    Raises:
        KeyError: when no such file is shipped.
        DataError: when the file does not say what it must, naming the place.
    """
    rows = Rows(resources.procedure(key), f"procedures/{key}")
    rows.only(*_KEYS)
    dossiers = tuple(str(compartment) for compartment in DOSSIERS)
    return Procedure(
        key=rows.text("key"),
        version=rows.whole("version"),
        in_force=rows.day("in_force"),
        start=rows.text("start"),
        audience=rows.choice("audience", AUDIENCES),
        compartment=Compartment(rows.choice("compartment", dossiers)),
        name=rows.words("name"),
        explain=rows.words("explain"),
        states=tuple(
            State(key, row.words("name"), row.flag("final"))
            for key, row in rows.named("states")
        ),
        steps=tuple(_step(row) for row in rows.rows("steps", "id")),
    )


def procedure_of(key: str, version: int) -> Procedure:
    """The version of a procedure that a case follows; older ones stand in files of their own.

    Raises:
        Trouble: `dossier.procedure_missing` when this program does not have that version.
    """
    for name in (key, f"{key}-{version}"):
        if name in resources.procedures():
            found = load_procedure(name)
            if found.version == version:
                return found
    raise Trouble("dossier.procedure_missing", procedure=key, version=version)


def first_procedure(compartment: Compartment, audience: str, day: date) -> Procedure | None:
    """The procedure along which a new case starts, or None when none is meant for it."""
    fitting = [
        found
        for found in map(load_procedure, resources.procedures())
        if found.compartment == compartment
        and found.audience == audience
        and found.in_force <= day
    ]
    return max(fitting, key=lambda found: (found.in_force, found.version), default=None)


_KEYS = (
    "key",
    "version",
    "in_force",
    "start",
    "audience",
    "compartment",
    "name",
    "explain",
    "source",
    "also",
    "checked",
    "to_be_checked",
    "note",
    "states",
    "steps",
)
_STEP_KEYS = (
    "id",
    "from",
    "to",
    "by",
    "needs",
    "asks",
    "makes",
    "letter",
    "term",
    "name",
    "because",
)


def _step(row: Rows) -> ProcedureStep:
    row.only(*_STEP_KEYS)
    return ProcedureStep(
        id=row.text("id"),
        name=row.words("name"),
        sources=row.texts("from"),
        to=row.text("to"),
        by=row.texts("by"),
        needs=row.texts("needs"),
        asks=tuple(_ask(ask) for ask in row.rows("asks", "field")),
        makes=row.texts("makes"),
        letter=row.text("letter", ""),
        term=row.text("term", ""),
        because=row.words("because"),
        source=row.inner("because").text("source"),
    )


def _ask(row: Rows) -> Ask:
    row.only("field", "kind", "name", "lies")
    kind = row.choice("kind", KINDS)
    lies = row.choice("lies", ("past", "ahead"), "")
    if lies and kind != "day":
        raise DataError(row.where, "lies is for days only")
    return Ask(row.text("field"), kind, row.words("name"), lies)
