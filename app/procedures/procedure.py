"""A procedure as values: states, and steps from one to the other, read from data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import EMPTY, DataError, Rows, Wording
from app.errors import Trouble
from app.protocol.values import AUDIENCES
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from datetime import date

KINDS = ("line", "text", "day", "moment", "yes_no")
"""What a step can ask for, beside one of a list; `app.procedures.answers` checks each."""

ONE_OF = "one_of"
"""Kind of what is chosen from a list of the vocabulary, written "one_of:sending"."""

COURSE = "course"
"""Kind and field of the question along which procedure a case goes on."""

LETTER = "letter"
"""In place of a field: the day on which the newest letter of the case was issued."""

SECONDS = ("asked", "needed")
"""A second person can be asked to countersign, or must have before the case goes on."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can be; only a step that reopens leaves a final state."""

    key: str
    name: Wording
    final: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    key: str
    name: Wording
    explain: Wording = EMPTY


@dataclass(frozen=True, slots=True)
class Ask:
    """What a step asks.

    Attributes:
        kind: one of `KINDS`, `ONE_OF` or `COURSE`.
        lies: for a day: "past" (today at the latest), "ahead" (after today) or "".
        since: for a day: the field with a day before which it cannot lie, `LETTER` for the day
            on which the newest letter was issued, or "".
        required: it must be answered.
        options: what can be chosen; of a course see `asked_on`.
    """

    field: str
    kind: str
    name: Wording
    lies: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    since: str = ""

    def option(self, key: str) -> Option | None:
        """What stands in the list under a key, or None."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """A step that can be taken.

    Attributes:
        sources: the states from which it can be taken; to: the state it leads to, or "" when
            the case stays where it is or goes on along another procedure.
        opens: keys of the procedures along one of which the case then goes on.
        by: roles that may take it.
        needs: facts that must be true; makes: facts that are true from then on.
        letter: key of the letter that it issues, or "".
        term: key of the term that starts with it, or ""; counts: the field with the day from
            which it counts, asked by this step or an earlier one, or "" for what the term says.
        ends: keys of running terms that it ends.
        after: key of a term that must have run out first, or ""; unless: facts of which one
            makes that needless.
        second: whether somebody else can ("asked") or must ("needed") countersign, or "".
        reopens: it leaves a final state.
        stays: the case stays where it is; it is offered only where what it needs is so.
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
    opens: tuple[str, ...] = ()
    counts: str = ""
    ends: tuple[str, ...] = ()
    after: str = ""
    unless: tuple[str, ...] = ()
    second: str = ""
    reopens: bool = False
    stays: bool = False

    def leads(self, here: str) -> str:
        """The state that it leads to from one of its sources; "" to another procedure."""
        return here if self.stays else self.to


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure.

    Attributes:
        start: key of the state in which a case begins.
        audience: the kind of person it is for.
        intake: a new case begins along it.
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
    intake: bool = False

    @property
    def frozen(self) -> str:
        """Key and version, as a case keeps them: "staff_reprimand@1"."""
        return f"{self.key}@{self.version}"

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
        intake=rows.flag("intake"),
    )


def procedure_of(key: str, version: int) -> Procedure:
    """The version of a procedure that a case follows; older ones stand in files of their own.

    Raises:
        Trouble: `procedures.procedure_missing` when this program does not have that version.
    """
    for name in (key, f"{key}-{version}"):
        if name in resources.procedures():
            found = load_procedure(name)
            if found.version == version:
                return found
    raise Trouble("procedures.procedure_missing", procedure=key, version=version)


def frozen_procedure(frozen: str) -> Procedure:
    """The procedure that an answer names by key and version.

    Raises:
        Trouble: `procedures.procedure_missing` when this program does not have that version.
    """
    key, _, version = frozen.rpartition("@")
    return procedure_of(key, int(version) if version.isdecimal() else 0)


def first_procedure(compartment: Compartment, audience: str, day: date) -> Procedure | None:
    """The procedure along which a new case starts, or None when none is meant for it."""
    fitting = [
        found
        for found in map(load_procedure, resources.procedures())
        if found.intake
        and found.compartment == compartment
        and found.audience == audience
        and found.in_force <= day
    ]
    return max(fitting, key=_newest, default=None)


def courses(step: ProcedureStep, day: date) -> tuple[Procedure, ...]:
    """The procedures along which a case can go on after a step, as they are in force."""
    found = (procedure_on(key, day) for key in step.opens)
    return tuple(procedure for procedure in found if procedure is not None)


def procedure_on(key: str, day: date) -> Procedure | None:
    """The version of a procedure that is in force on a day, or None."""
    versions = (load_procedure(name) for name in _names(key))
    return max((v for v in versions if v.in_force <= day), key=_newest, default=None)


def asked_on(step: ProcedureStep, day: date) -> tuple[Ask, ...]:
    """What a step asks, with the procedures that can be chosen on a day."""
    return tuple(
        replace(ask, options=_course_options(step, day)) if ask.kind == COURSE else ask
        for ask in step.asks
    )


@cache
def load_choices() -> dict[str, tuple[Option, ...]]:
    """Every list from which a step can let somebody choose, by its name.

    Raises:
        DataError: when the file does not say what it must, naming the place.
    """
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return {
        row.text("key"): tuple(
            Option(option.text("key"), option.words("name"), option.words("explain", EMPTY))
            for option in row.rows("options", "key")
        )
        for row in rows.rows("choices", "key")
    }


@cache
def superseded() -> dict[str, frozenset[str]]:
    """Per fact those that are no longer so when it comes true, such as that no views came."""
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return {
        row.text("key"): frozenset(row.texts("instead_of")) for row in rows.rows("facts", "key")
    }


@cache
def lapsing() -> frozenset[str]:
    """The facts that are open again as soon as another letter is issued."""
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    return frozenset(
        row.text("key")
        for row in rows.rows("facts", "key")
        if row.choice("lapses", ("letter",), "")
    )


def _course_options(step: ProcedureStep, day: date) -> tuple[Option, ...]:
    return tuple(
        Option(found.frozen, found.name, found.explain) for found in courses(step, day)
    )


def _names(key: str) -> list[str]:
    """The files that hold versions of a procedure."""
    return [name for name in resources.procedures() if name == key or _is_old(name, key)]


def _is_old(name: str, key: str) -> bool:
    return name.startswith(f"{key}-") and name.removeprefix(f"{key}-").isdecimal()


def _newest(found: Procedure) -> tuple[date, int]:
    return found.in_force, found.version


_KEYS = (
    "key",
    "version",
    "in_force",
    "start",
    "audience",
    "compartment",
    "intake",
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
    "stays",
    "opens",
    "by",
    "needs",
    "asks",
    "makes",
    "letter",
    "term",
    "counts",
    "ends",
    "after",
    "unless",
    "second",
    "reopens",
    "name",
    "because",
)


def _step(row: Rows) -> ProcedureStep:
    row.only(*_STEP_KEYS)
    opens, stays = row.texts("opens"), row.flag("stays")
    if (bool(opens), stays, row.has("to")).count(True) != 1:
        raise DataError(row.where, "says none or several of to, stays and opens")
    asks = tuple(_ask(ask) for ask in row.rows("asks", "field"))
    return ProcedureStep(
        id=row.text("id"),
        name=row.words("name"),
        sources=row.texts("from"),
        to=row.text("to") if row.has("to") else "",
        by=row.texts("by"),
        needs=row.texts("needs"),
        asks=(_course_ask(), *asks) if opens else asks,
        makes=row.texts("makes"),
        letter=row.text("letter", ""),
        term=row.text("term", ""),
        because=row.words("because"),
        source=row.inner("because").text("source"),
        opens=opens,
        counts=row.text("counts", ""),
        ends=row.texts("ends"),
        after=row.text("after", ""),
        unless=row.texts("unless"),
        second=row.choice("second", SECONDS, ""),
        reopens=row.flag("reopens"),
        stays=stays,
    )


def _ask(row: Rows) -> Ask:
    row.only("field", "kind", "name", "lies", "since", "required")
    field, kind, options = row.text("field"), row.text("kind"), _options(row)
    if not options:
        row.choice("kind", KINDS)
    lies = row.choice("lies", ("past", "ahead"), "")
    since = row.text("since", "")
    if (lies or since) and kind != "day":
        raise DataError(row.where, f"{'lies' if lies else 'since'} is for days only")
    if field == COURSE:
        raise DataError(row.where, "asks the course, which opens asks already")
    required = row.flag("required", default=True)
    return Ask(
        field=field,
        kind=ONE_OF if options else kind,
        name=row.words("name"),
        lies=lies,
        required=required,
        options=options,
        since=since,
    )


def _options(row: Rows) -> tuple[Option, ...]:
    """The list that a kind such as "one_of:sending" names; empty for another kind."""
    kind, parted, name = row.text("kind").partition(":")
    if kind != ONE_OF or not parted:
        return ()
    if not load_choices().get(name):
        raise DataError(row.where, f"there is no list {name}")
    return load_choices()[name]


@cache
def _course_ask() -> Ask:
    rows = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    kinds = {row.text("key"): row for row in rows.rows("kinds", "key")}
    return Ask(COURSE, COURSE, kinds[COURSE].words("name"))
