"""Invented families for the sample school: children, their guardians, authority and answers.

Everything follows from the seed, so that two registers made with one seed hold the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import resources
from app.clock import SCHOOL_ZONE
from app.consent.records import Answer, Decision, Medium, SafetyFlag
from app.consent.uses import asked_uses
from app.ids import new_id
from app.names import initials
from app.people.records import (
    Authority,
    AuthorityKind,
    Enrolment,
    EnrolmentKind,
    Guardian,
    Pupil,
    Relation,
)
from app.text import DEFAULT_LANGUAGE, PAPER_LANGUAGES

if TYPE_CHECKING:
    from app.consent.records import Channel
    from app.people.records import Group
    from app.record import Record

ALL_MEDIA_UP_TO = 2000
_GUARDIANSHIP, _ALONE, _PARTED, _UNKNOWN = 0.03, 0.13, 0.32, 0.4
_AGREE, _FLAGGED = 0.8, 0.015
_POLISH, _GIRL = 0.2, 0.5
_MOODS = {"yes": 60, "no_social": 14, "careful": 10, "silent": 12, "no": 4}
_WISHES = (("no_name",), ("group_only",), ("from_behind",), ("no_location", "no_name"))
"""What careful parents attach to a yes, by turns."""
_ZONE = ZoneInfo(SCHOOL_ZONE)


@dataclass(frozen=True, slots=True)
class Parent:
    """A guardian of a family with what he is to the children and how he answers.

    Attributes:
        mood: yes, no_social, no, silent, withdrew or careful (a yes with a condition).
    """

    guardian: Guardian
    relation: str
    authority: AuthorityKind | None
    mood: str


@dataclass(slots=True)
class Batch:
    """Records of many families, by the unit of work that stores them."""

    people: list[Record] = field(default_factory=list)
    facts: list[Record] = field(default_factory=list)
    decisions: list[Record] = field(default_factory=list)


class Families:
    """Makes families one after another.

    Args:
        seed: decides everything.
        today: ages and answers are relative to it.
        groups: groups to teach the children in, with the ages taught.
        channels: what parents were asked.
        large: a register for measuring: answers about photos only.
    """

    def __init__(
        self,
        seed: int,
        today: date,
        groups: list[tuple[Group, int, int]],
        channels: tuple[Channel, ...],
        *,
        large: bool,
    ) -> None:
        self._random = Random(seed)  # noqa: S311 - invents people, guards nothing
        self._names = resources.sample_names()
        self._today = today
        self._groups = groups
        self._uses = [
            (medium, channel)
            for medium, channel in asked_uses(channels)
            if not large or medium is Medium.PHOTO
        ]
        self._proof = resources.authority_proofs()[0]["key"]
        self._stored: set[str] = set()
        self._number = 2041

    def first(self, batch: Batch) -> None:
        """The family that manual and pictures show: Zoë van der Wal and her parents."""
        pupil = self._pupil("Zoë", "van der", "Wal", date(self._today.year - 5, 5, 4))
        mother = self._parent(
            "Marijke", "van der", "Wal", "mother", "withdrew", ship="Volharding"
        )
        father = self._parent("Piotr", "", "Kowalczyk", "father", "yes")
        self._store(batch, pupil, [mother, father], self._groups[0][0])

    def hard(self, batch: Batch) -> int:
        """A child for every name that programs stumble over; returns how many."""
        found = self._names["hard"]
        for item in found:
            born = self._today - timedelta(days=365 * 4 + self._random.randrange(700))
            pupil = self._pupil(item["given"], item.get("prefix", ""), item["surname"], born)
            parent = self._parent(
                "Anna", item.get("prefix", ""), item["surname"], "mother", "yes"
            )
            self._store(batch, pupil, [parent], self._random.choice(self._groups)[0])
        return len(found)

    def family(self, batch: Batch, most: int) -> int:
        """One more family with one to three children (at most `most`); returns how many."""
        children = min(most, self._random.choices((1, 2, 3), (60, 32, 8))[0])
        polish = self._random.random() < _POLISH
        parents, prefix, surnames = self._household(polish=polish)
        for _ in range(children):
            girl = self._random.random() < _GIRL
            names = self._names["polish" if polish else "dutch"]["girls" if girl else "boys"]
            group, youngest, oldest = self._random.choice(self._groups)
            age = self._random.randint(youngest, oldest)
            born = self._today - timedelta(days=365 * age + self._random.randrange(20, 340))
            surname = surnames[0] if girl else surnames[1]
            pupil = self._pupil(self._random.choice(names), prefix, surname, born)
            self._store(batch, pupil, parents, group)
        return children

    def _household(self, *, polish: bool) -> tuple[list[Parent], str, tuple[str, str]]:
        """The guardians of a family, and prefix and surname of its girls and boys."""
        draw = self._random.random()
        if polish:
            names = self._random.choice(self._names["polish"]["surnames"])
            women, men, prefix = names["women"], names["men"], ""
        else:
            names = self._random.choice(self._names["dutch"]["surnames"])
            women = men = names["name"]
            prefix = names["prefix"]
        people = self._names["polish" if polish else "dutch"]
        given = (self._random.choice(people["women"]), self._random.choice(people["men"]))
        home = self._home("pl" if polish else "nl")
        surnames = (women, men)
        if draw < _GUARDIANSHIP:
            return [self._institution()], prefix, surnames
        mother = Parent(self._guardian(given[0], prefix, women, home), "mother", None, "yes")
        father = Parent(self._guardian(given[1], prefix, men, home), "father", None, "yes")
        return self._shape(mother, father, draw), prefix, surnames

    def _shape(self, mother: Parent, father: Parent, draw: float) -> list[Parent]:
        """Together, parted, or alone; with what is known of authority and how they answer."""
        joint, sole = AuthorityKind.JOINT_PARENTAL, AuthorityKind.SOLE_PARENTAL
        if draw < _ALONE:
            return [self._set(mother, sole, self._mood())]
        if draw < _PARTED:
            home = self._home(father.guardian.language)
            away = replace(father.guardian, large_print=False, **home)
            moods = self._random.choice(
                (("yes", "no_social"), ("yes", "silent"), ("no", "yes"))
            )
            parted = replace(father, guardian=away)
            return [self._set(mother, joint, moods[0]), self._set(parted, joint, moods[1])]
        known = None if draw < _UNKNOWN else joint
        mood = self._mood()
        other = mood if self._random.random() < _AGREE else self._mood()
        return [self._set(mother, known, mood), self._set(father, known, other)]

    def _mood(self) -> str:
        return self._random.choices([*_MOODS], [*_MOODS.values()])[0]

    @staticmethod
    def _set(parent: Parent, authority: AuthorityKind | None, mood: str) -> Parent:
        return replace(parent, authority=authority, mood=mood)

    def _institution(self) -> Parent:
        name = self._random.choice(self._names["institutions"]["names"])
        home = self._home("nl", ashore=True)
        guardian = Guardian(id=new_id(), institution=name, large_print=False, **home)
        return Parent(guardian, "institution", AuthorityKind.GUARDIANSHIP, self._mood())

    def _home(self, language: str, *, ashore: bool = False) -> dict[str, str]:
        town = self._random.choice(self._names["towns"])
        return {
            "street": f"{town['quay']} {self._random.randint(1, 90)}",
            "postcode": town["postcode"],
            "town": town["town"],
            "ship": "" if ashore else self._random.choice(self._names["boats"]["ships"]),
            "language": language if language in PAPER_LANGUAGES else DEFAULT_LANGUAGE,
        }

    def _guardian(
        self, given: str, prefix: str, surname: str, home: dict[str, str]
    ) -> Guardian:
        return Guardian(
            id=new_id(),
            first_name=given,
            initials=initials(given),
            prefix=prefix,
            surname=surname,
            phone=f"06 00 {self._random.randint(10, 99)} {self._random.randint(10, 99)} 00",
            large_print=False,
            **home,
        )

    def _parent(
        self, given: str, prefix: str, surname: str, relation: str, mood: str, ship: str = ""
    ) -> Parent:
        home = {**self._home("nl"), "ship": ship}
        guardian = self._guardian(given, prefix, surname, home)
        return Parent(guardian, relation, AuthorityKind.JOINT_PARENTAL, mood)

    def _pupil(self, given: str, prefix: str, surname: str, born: date) -> Pupil:
        number = str(self._number)
        self._number += 1
        return Pupil(
            id=new_id(),
            first_name=given,
            prefix=prefix,
            surname=surname,
            birth_date=born,
            number=number,
        )

    def _store(self, batch: Batch, pupil: Pupil, parents: list[Parent], group: Group) -> None:
        begun = self._today - timedelta(days=self._random.randrange(90, 500))
        batch.people.append(pupil)
        batch.facts.append(
            Enrolment(
                id=new_id(),
                pupil_id=pupil.id,
                kind=EnrolmentKind.ENROLLED,
                site_id=group.site_id,
                group_id=group.id,
                start=begun,
                recorded_at=_noon(begun),
            )
        )
        for position, parent in enumerate(parents, start=1):
            self._relate(batch, pupil, parent, position, begun)
            self._answer(batch, pupil, parent)
        if self._random.random() < _FLAGGED:
            flag = SafetyFlag(
                id=new_id(), pupil_id=pupil.id, start=begun, recorded_at=_noon(begun)
            )
            batch.facts.append(flag)

    def _relate(
        self, batch: Batch, pupil: Pupil, parent: Parent, position: int, day: date
    ) -> None:
        guardian = parent.guardian
        if guardian.id not in self._stored:
            self._stored.add(guardian.id)
            batch.people.append(guardian)
        batch.people.append(
            Relation(
                id=new_id(),
                pupil_id=pupil.id,
                guardian_id=guardian.id,
                kind=parent.relation,
                position=position,
            )
        )
        if parent.authority is not None:
            batch.facts.append(
                Authority(
                    id=new_id(),
                    pupil_id=pupil.id,
                    guardian_id=guardian.id,
                    kind=parent.authority,
                    source=self._proof,
                    seen_on=day,
                    seen_by="A. de Wit",
                    recorded_at=_noon(day),
                )
            )

    def _answer(self, batch: Batch, pupil: Pupil, parent: Parent) -> None:
        if parent.mood == "silent":
            return
        signed = self._today - timedelta(days=self._random.randrange(40, 85))
        wishes = _WISHES[int(pupil.number) % len(_WISHES)]
        for medium, channel in self._uses:
            yes = _says_yes(parent.mood, channel)
            conditions = wishes if yes and parent.mood == "careful" else ()
            answer = Answer.YES if yes else Answer.NO
            args = (pupil, parent.guardian, medium, channel)
            batch.decisions.append(_decision(*args, answer, signed, conditions))
            if parent.mood == "withdrew" and channel.audience in ("public", "social"):
                later = self._today - timedelta(days=19)
                batch.decisions.append(_decision(*args, Answer.WITHDRAWN, later, ()))


def _says_yes(mood: str, channel: Channel) -> bool:
    if mood == "no":
        return False
    return mood != "no_social" or channel.audience not in ("public", "social", "press")


def _decision(  # noqa: PLR0913, PLR0917 - the parts of one answer
    pupil: Pupil,
    guardian: Guardian,
    medium: Medium,
    channel: Channel,
    answer: Answer,
    signed: date,
    conditions: tuple[str, ...],
) -> Decision:
    received = signed + timedelta(days=6)
    return Decision(
        id=new_id(),
        subject_id=pupil.id,
        decider_id=guardian.id,
        medium=medium,
        channel=channel.key,
        answer=answer,
        conditions=conditions,
        signed_on=signed,
        received_on=received,
        how="paper",
        scope=channel.scope,
        recorded_at=_noon(received),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), _ZONE)
