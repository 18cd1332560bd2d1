"""Who may sign which measure: what the law data says, and the mandates that were recorded.

The board decides about the measures that touch somebody's work or access; another may sign for
it where the board gave a mandate. Nothing here says that a mandate is valid: a director records
what stands in the board's paper, and names the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.breach.sealed import tidy_line
from app.breach.texts import line_faults
from app.data import Rows
from app.errors import Refusal, collect
from app.ids import new_id
from app.letters.records import Mandate
from app.protocol.edit import may_edit
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.data import Wording
    from app.ports import Session

BOARD, SCHOOL = "board", "school"
"""Who decides about a measure without a mandate."""

ASKED = "mandate"
"""The slot in which a letter says what the competence of its signer rests on."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure about which somebody decides.

    Attributes:
        letters: keys of the letters that announce or take it.
        decides: `BOARD` or `SCHOOL`.
    """

    key: str
    name: Wording
    letters: tuple[str, ...]
    decides: str


class Competence(StrEnum):
    """What is known of somebody's competence to sign.

    FREE: no mandate is needed; GIVEN: a mandate holds on that day; NOT_RECORDED: nobody
    recorded how it is; WITHOUT: what was recorded gives him none on that day.
    """

    FREE = "free"
    GIVEN = "given"
    NOT_RECORDED = "not_recorded"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Signing:
    """Whether a signer is competent for one letter, and what that rests on.

    Attributes:
        measure: which it announces or takes, or None.
        basis: what the mandate rests on, as recorded.
    """

    competence: Competence
    measure: Measure | None = None
    basis: str = ""


FREELY = Signing(Competence.FREE)
"""For a letter that asks for no mandate."""


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A mandate as typed.

    Attributes:
        roles: the roles that may sign; () when the board keeps the measure to itself.
        basis: the board's paper in which it stands, with its day.
        start, end: the days on which it holds, both inclusive; None for open.
    """

    measure: str
    roles: tuple[str, ...]
    basis: str
    start: date | None = None
    end: date | None = None


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure with who decides about it, in order.

    Raises:
        DataError: when the data does not say what it must.
    """
    rows = Rows(resources.mandates(), "law/mandates")
    return tuple(
        Measure(
            key=row.text("key"),
            name=row.words("name"),
            letters=row.texts("letters"),
            decides=row.choice("decides", (BOARD, SCHOOL)),
        )
        for row in rows.rows("measures", "key")
    )


def mandates(session: Session) -> dict[str, Mandate]:
    """What was recorded last of each measure, by its key, as far as the user can read it."""
    if not session.opens(Compartment.CONSENT):
        return {}
    with session.look(Compartment.CONSENT) as reader:
        every = sorted(reader.all(Mandate), key=lambda one: (one.recorded_at, one.id))
    return {one.measure: one for one in every}


def signing(session: Session, letter: str, day: date) -> Signing:
    """Whether the user is competent to sign a letter on a day, as far as that is known."""
    measure = next((one for one in measures() if letter in one.letters), None)
    if measure is None or measure.decides == SCHOOL:
        return FREELY
    kept = mandates(session).get(measure.key)
    if kept is None:
        return Signing(Competence.NOT_RECORDED, measure)
    holds = kept.start <= day and (kept.end is None or day <= kept.end)
    if holds and set(kept.roles).intersection(session.user.roles):
        return Signing(Competence.GIVEN, measure, kept.basis)
    return Signing(Competence.WITHOUT, measure, kept.basis)


def record_mandate(session: Session, typed: NewMandate) -> Mandate:
    """Record who may sign a measure; what was recorded before stays in the history.

    Raises:
        Refusals: fields that are not right; nothing is stored.
        Refusal: `letters.only_directors`.
    """
    if not may_edit(session.user):
        raise Refusal("letters.only_directors")
    collect(list(_faults(typed)))
    record = Mandate(
        id=new_id(),
        measure=typed.measure,
        roles=typed.roles,
        basis=tidy_line(typed.basis),
        start=typed.start or session.clock.today(),
        end=typed.end,
        recorded_by=session.user.name,
        recorded_at=session.clock.now(),
    )
    with session.work(Compartment.CONSENT, "mandate_recorded", typed.measure) as work:
        work.add(record)
        work.commit()
    return record


def signing_roles() -> tuple[str, ...]:
    """Keys of the roles that can sign letters of a case: those that write in dossiers."""
    return tuple(
        row["key"]
        for row in resources.roles()
        if any("write" in row["grants"].get(str(each), ()) for each in DOSSIERS)
    )


def _faults(typed: NewMandate) -> Iterator[Refusal]:
    known = {one.key for one in measures() if one.decides == BOARD}
    if typed.measure not in known:
        yield Refusal("breach.choice_unknown", field="measure")
    if not set(typed.roles) <= set(signing_roles()):
        yield Refusal("breach.choice_unknown", field="roles")
    if not tidy_line(typed.basis):
        yield Refusal("letters.mandate_basis_missing", field="basis")
    yield from line_faults((("basis", typed.basis),))
    if typed.start and typed.end and typed.end < typed.start:
        yield Refusal("letters.mandate_turned", field="end", day=typed.start)
