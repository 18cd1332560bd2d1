"""Who may be in one picture: what each person's answer means for it, and the largest set.

Pure rules over answers that were proven before. A set of people is *valid* for a use when
everybody in it may be shown, under conditions that this program knows how to keep, and when
whoever may only be shown together with others is in it with enough of them. Conditions about
names and places bind the caption and the picture, and leave nobody out.

A child's company is other children: a parent who allowed pictures of a group did not allow one
of a single child among teachers (decision 0025). An adult's company is anybody.

Those who may be shown only together are the only ones whose answer depends on the others; more
people never make a valid set invalid. So there is one largest valid set: of the children all
who may be shown, or, when these are too few together, all but those who need company; and then
the same of the adults beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.check.records import RowKind
from app.consent.outcome import Outcome, Reason
from app.errors import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.check.answer import CheckAnswer, CheckLine


class Place(StrEnum):
    """Where somebody may be in a picture.

    Attributes:
        IN: may be recognised.
        BEHIND: may be in it only so that nobody can recognise him or her.
        OUT: stays out of the frame.
    """

    IN = "in"
    BEHIND = "behind"
    OUT = "out"


class Go(StrEnum):
    """The answer for a whole picture.

    Attributes:
        ALL: everybody may be in it; ALL_IF: under conditions.
        SOME: not everybody, but the others may.
        NOBODY: nobody may be in it; EMPTY: nobody is there.
    """

    ALL = "all"
    ALL_IF = "all_if"
    SOME = "some"
    NOBODY = "nobody"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the conditions of a yes ask of a picture, from `resources/compose.toml`.

    Attributes:
        together: condition of who may only be shown with others; least: so many at least.
        hidden: condition of who may only be shown unrecognisably.
        hides: kinds of recording in which somebody can be shown so.
        without: reasons for which who may not be shown may be there unrecognisably.
        harmless: conditions that bind the caption and the place, and leave nobody out.
    """

    together: str
    least: int
    hidden: str
    hides: frozenset[str]
    without: frozenset[Reason]
    harmless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the answer about one person means for a picture, before the others are looked at.

    Attributes:
        allowed: may be part of what is published.
        place: where he or she may be.
        company: may be part of it only together with others.
        adult: is no child, and so no company for one.
    """

    allowed: bool
    place: Place
    company: bool = False
    adult: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One child or adult in a composition.

    Attributes:
        name, group: as on the list, "" for whom the list does not know.
        outcome: the answer for the use; conditions: of a "yes, if".
        place: where he or she may be, now that the others are known.
        published: part of the largest set that may be published.
        why: the reason in one sentence.
    """

    id: str
    name: str
    group: str
    outcome: Outcome
    place: Place
    published: bool
    why: Message
    conditions: tuple[str, ...] = ()
    kind: RowKind = RowKind.PUPIL


@dataclass(frozen=True, slots=True)
class Composition:
    """The answer for one picture.

    Attributes:
        use: `medium:channel`.
        people: who is there, in order of names.
        asked: what must be kept for the picture as a whole, as keys of conditions, sorted.
    """

    use: str
    go: Go
    people: tuple[Person, ...]
    asked: tuple[str, ...] = ()

    @property
    def mixed(self) -> bool:
        """Whether any adult is among them."""
        return any(one.kind.adult for one in self.people)

    def at(self, place: Place) -> tuple[Person, ...]:
        """Who may be in one place, in order of names."""
        return tuple(one for one in self.people if one.place is place)


@dataclass(frozen=True, slots=True)
class Here:
    """Who is there today: whole groups and single people, without who is away.

    Attributes:
        groups: ids of groups, "" for the children who are in none.
        guests: ids of children and adults who came besides; away: ids of who is not there.
    """

    groups: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    away: frozenset[str] = frozenset()

    def with_group(self, group_id: str) -> Here:
        """With one more group."""
        return replace(self, groups=tuple(dict.fromkeys((*self.groups, group_id))))

    def with_guest(self, id: str) -> Here:
        """With one more child or adult, who is there also when he or she was away before."""
        guests = tuple(dict.fromkeys((*self.guests, id)))
        return replace(self, guests=guests, away=self.away - {id})

    def without_guest(self, id: str) -> Here:
        """Without somebody who came besides."""
        guests = tuple(guest for guest in self.guests if guest != id)
        return replace(self, guests=guests, away=self.away - {id})

    def turned(self, id: str) -> Here:
        """With somebody away who was there, or there who was away."""
        return replace(self, away=self.away ^ {id})


@dataclass(frozen=True, slots=True)
class Composed:
    """A composition as it can be handed on, to say later what was used and who was in it.

    Attributes:
        published: ids of the largest set that may be published; out: everybody else there.
        at: when it was composed; list_number: the publication of the check list behind it.
    """

    medium: str
    channel: str
    published: tuple[str, ...]
    out: tuple[str, ...]
    at: datetime
    list_number: int


@cache
def rules() -> Rules:
    """The rules that the program was shipped with."""
    found = resources.compose_rules()
    hidden = found["unrecognisable"]
    return Rules(
        together=found["together"]["condition"],
        least=int(found["together"]["least"]),
        hidden=hidden["condition"],
        hides=frozenset(hidden["media"]),
        without=frozenset(Reason(each) for each in hidden["without"]),
        harmless=frozenset((found["caption"]["condition"], found["place"]["condition"])),
    )


def shown(
    medium: str,
    outcome: Outcome,
    reason: Reason | None,
    conditions: tuple[str, ...],
    kept: Rules,
) -> Shown:
    """What one answer means for a picture; whatever is not known means out."""
    if not outcome.permits:
        hidden = medium in kept.hides and reason is not None and reason in kept.without
        return Shown(allowed=False, place=Place.BEHIND if hidden else Place.OUT)
    if not set(conditions) <= {kept.together, kept.hidden, *kept.harmless}:
        return Shown(allowed=False, place=Place.OUT)
    behind = kept.hidden in conditions and medium in kept.hides
    place = Place.BEHIND if behind else Place.IN
    return Shown(allowed=True, place=place, company=kept.together in conditions)


def largest(everybody: Mapping[str, Shown], kept: Rules) -> frozenset[str]:
    """Ids of the largest set of these people that may be published."""
    allowed = {id: each for id, each in everybody.items() if each.allowed}
    children = _enough({id for id, each in allowed.items() if not each.adult}, allowed, kept)
    adults = {id for id, each in allowed.items() if each.adult}
    return frozenset(children | (_enough(children | adults, allowed, kept) & adults))


def _enough(ids: set[str], allowed: Mapping[str, Shown], kept: Rules) -> set[str]:
    """All of these when they are enough together, else those who need no company."""
    if len(ids) >= kept.least:
        return ids
    return {id for id in ids if not allowed[id].company}


def is_valid(ids: Iterable[str], everybody: Mapping[str, Shown], kept: Rules) -> bool:
    """Whether exactly these people may be published together."""
    chosen = [everybody[id] for id in ids]
    children = [each for each in chosen if not each.adult]
    if any(each.company for each in children) and len(children) < kept.least:
        return False
    if any(each.company for each in chosen) and len(chosen) < kept.least:
        return False
    return all(each.allowed for each in chosen)


def compose(
    answers: Iterable[CheckAnswer], unknown: Iterable[str], use: str, kept: Rules | None = None
) -> Composition:
    """The answer for a picture of these people on one use.

    Args:
        answers: about the children and adults who are there.
        unknown: ids of whom the list knows nothing; they stay out.
        use: `medium:channel`.
        kept: the rules; the program's own when None.
    """
    kept = kept or rules()
    medium = use.partition(":")[0]
    lines = [(answer, answer.line(use)) for answer in answers]
    means = {answer.pupil_id: _means(medium, answer, line, kept) for answer, line in lines}
    published = largest(means, kept)
    people = [
        _person(answer, line, means[answer.pupil_id], published, kept) for answer, line in lines
    ]
    people += [_stranger(id) for id in unknown]
    asked = {key for one in people if one.published for key in one.conditions}
    return Composition(use, _go(people, asked), tuple(people), tuple(sorted(asked)))


def composed(found: Composition, at: datetime, list_number: int) -> Composed:
    """A composition as it can be handed on."""
    medium, _, channel = found.use.partition(":")
    published = tuple(one.id for one in found.people if one.published)
    out = tuple(one.id for one in found.people if not one.published)
    return Composed(medium, channel, published, out, at, list_number)


def _means(medium: str, answer: CheckAnswer, line: CheckLine | None, kept: Rules) -> Shown:
    if line is None:
        return Shown(allowed=False, place=Place.OUT)
    found = shown(medium, line.outcome, line.reason, line.conditions, kept)
    return replace(found, adult=answer.kind.adult)


def _person(
    answer: CheckAnswer,
    line: CheckLine | None,
    means: Shown,
    published: frozenset[str],
    kept: Rules,
) -> Person:
    group = answer.group.name if answer.group else ""
    place, why = means.place, line.why if line else Message("check.not_signed")
    if means.allowed and answer.pupil_id not in published:
        few = "check.too_few_adult" if means.adult else "check.too_few"
        place, why = Place.OUT, Message(few, {"least": kept.least})
    elif line and line.outcome.permits and not means.allowed:
        why = Message("check.condition_unknown")
    return Person(
        id=answer.pupil_id,
        name=answer.name,
        group=group,
        outcome=line.outcome if line else Outcome.ASK,
        place=place,
        published=answer.pupil_id in published,
        why=why,
        conditions=line.conditions if line else (),
        kind=answer.kind,
    )


def _stranger(id: str) -> Person:
    why = Message("check.unknown_pupil")
    return Person(id, "", "", Outcome.NO, Place.OUT, published=False, why=why)


def _go(people: list[Person], asked: set[str]) -> Go:
    if not people:
        return Go.EMPTY
    published = sum(one.published for one in people)
    if published == len(people):
        return Go.ALL_IF if asked else Go.ALL
    return Go.SOME if published else Go.NOBODY
