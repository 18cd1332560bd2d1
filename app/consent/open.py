"""What is still to be found out about consent; who has not answered stands with asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.questions import (
    AnswerCounts,
    AuthorityOpen,
    CountAnswers,
    WithoutGuardian,
)
from app.people.card import guardian_name
from app.people.questions import PupilLines
from app.people.records import Guardian, Relation
from app.record import Compartment

if TYPE_CHECKING:
    from datetime import date

    from app.people.questions import PupilLine
    from app.ports import Reader, Session

MOST = 1000


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A pupil and a guardian with something to settle; no guardian when there is none."""

    pupil: PupilLine
    guardian_id: str = ""
    guardian: str = ""
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Everything that is open; each list ends at `MOST` pairs, the counts do not."""

    counts: AnswerCounts
    authority: tuple[OpenPair, ...]
    alone: tuple[OpenPair, ...]


def open_matters(session: Session) -> OpenMatters:
    """What the office still has to find out today, by name of the pupil."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        lines = reader.ask(PupilLines(reader.ask(WithoutGuardian(day, MOST)), day))
        return OpenMatters(
            counts=reader.ask(CountAnswers(day)),
            authority=_pairs(reader, reader.ask(AuthorityOpen(day, MOST)), day),
            alone=tuple(OpenPair(line) for line in lines),
        )


def _pairs(
    reader: Reader, found: tuple[tuple[str, str], ...], day: date
) -> tuple[OpenPair, ...]:
    pupils = tuple(dict.fromkeys(pupil for pupil, _ in found))
    people = tuple(dict.fromkeys(guardian for _, guardian in found))
    lines = {line.id: line for line in reader.ask(PupilLines(pupils, day))}
    guardians = {person.id: person for person in reader.all(Guardian, id=people)}
    relations = {
        (relation.pupil_id, relation.guardian_id): relation.kind
        for relation in reader.all(Relation, pupil_id=pupils)
        if not relation.ended
    }
    return tuple(
        OpenPair(
            pupil=lines[pupil],
            guardian_id=guardian,
            guardian=guardian_name(guardians[guardian]),
            relation=relations.get((pupil, guardian), "other"),
            phone=guardians[guardian].phone,
        )
        for pupil, guardian in found
    )
