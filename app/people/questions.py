"""What screens and use cases ask about people, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.people.records import Authority, Guardian, Pupil, Relation, StaffMember
from app.record import Question

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class GonePerson(Question[Pupil | Guardian | StaffMember | None]):
    """The last state of somebody whom the undoing of an import took out, or None.

    Who still holds the id, such as a dossier that the undoing could not see, finds the person
    here until the history is erased. Nobody finds him in a list.
    """

    id: str


class PupilOrder(StrEnum):
    """Orders of the pupil list; names the Dutch way, without the prefix first."""

    NAME = "name"
    GROUP = "group"
    BIRTH = "birth"
    NUMBER = "number"


class Presence(StrEnum):
    """Which pupils a list holds; who visits is present too."""

    PRESENT = "present"
    VISITING = "visiting"
    LEFT = "left"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PupilIds(Question[tuple[str, ...]]):
    """Ids of pupils in order.

    Attributes:
        on: the day on which presence and group are looked at.
        search: words of a name or a number, as typed; every word must begin a word of the name.
    """

    on: date
    search: str = ""
    order: PupilOrder = PupilOrder.NAME
    descending: bool = False
    presence: Presence = Presence.PRESENT
    group_id: str = ""
    site_id: str = ""


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil in a list, ready to show."""

    id: str
    name: str
    group: str
    site: str
    birth_date: date | None
    number: str


@dataclass(frozen=True, slots=True)
class PupilLines(Question[tuple[PupilLine, ...]]):
    """The lines for these ids, in the order of the ids."""

    ids: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class GuardianIds(Question[tuple[str, ...]]):
    """Ids of guardians in order of name, found by words of their name."""

    search: str = ""


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """One guardian in a list, ready to show; `children` are the names of the pupils."""

    id: str
    name: str
    town: str
    ship: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardianLines(Question[tuple[GuardianLine, ...]]):
    """The lines for these ids, in the order of the ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found by the global search.

    Attributes:
        kind: "pupil" or "guardian".
        detail: what tells two people of one name apart (group and site, or the children).
    """

    kind: str
    id: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class FindPeople(Question[tuple[Hit, ...]]):
    """The best matches among pupils and guardians, pupils first."""

    text: str
    on: date
    limit: int = 12


@dataclass(frozen=True, slots=True)
class GuardianOf:
    """A guardian of one pupil, with the relation and every authority fact, oldest first."""

    guardian: Guardian
    relation: Relation
    authority: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class GuardiansOf(Question[tuple[GuardianOf, ...]]):
    """The guardians of a pupil, in the order of the relation; ended relations are left out."""

    pupil_id: str


@dataclass(frozen=True, slots=True)
class ChildrenOf(Question[tuple[Pupil, ...]]):
    """The pupils of a guardian, by birth date."""

    guardian_id: str


@dataclass(frozen=True, slots=True)
class AlsoKnown(Question[tuple[str, ...]]):
    """Every id of a pupil or guardian after mergers, the one that goes on first.

    Just the id itself for somebody who was never merged, or who is neither.
    """

    id: str


@dataclass(frozen=True, slots=True)
class GroupPupils(Question[tuple[str, ...]]):
    """Ids of the pupils taught in a group on a day, in the order of names."""

    group_id: str
    on: date


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A group with the number of pupils taught in it."""

    group_id: str
    pupils: int


@dataclass(frozen=True, slots=True)
class GroupSizes(Question[tuple[GroupSize, ...]]):
    """How many pupils each group has on a day; groups without pupils are left out."""

    on: date
