"""The school's protocol as values: articles, dates, whose dossier, what can follow."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.data import EMPTY, Wording

if TYPE_CHECKING:
    from datetime import date

    from app.record import Compartment

AUDIENCES = ("staff", "guardian", "other")
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class TrailDate:
    """A date in the history of the protocol.

    Attributes:
        on: the day, or None when it is not known.
        audience: to whom the rules are known from that day on, or "".
    """

    key: str
    name: Wording
    on: date | None
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A rule of the protocol.

    Attributes:
        audience: all, staff or guardian.
        when: always, at_work or outside_work.
        concerns: what it is about: recording, privacy, conduct or channel.
        note: what to record when this rule is used, or empty.
        complete: the wording says what the rule is; otherwise the protocol itself must be read.
    """

    id: str
    heading: Wording
    text: Wording
    audience: str
    when: str
    concerns: str
    note: Wording = EMPTY
    complete: bool = True

    def binds(self, audience: str) -> bool:
        """Whether the rule is meant for this audience at all."""
        return self.audience in (EVERYBODY, audience)


@dataclass(frozen=True, slots=True)
class Actor:
    """A kind of person whom a breach can be about, and the compartment of the dossier.

    Attributes:
        without_pupil: the compartment when no pupil is affected.
    """

    key: str
    name: Wording
    compartment: Compartment
    without_pupil: Compartment
    note: Wording = EMPTY


@dataclass(frozen=True, slots=True)
class Category:
    """What must be put to the confidential inspector.

    Attributes:
        actor: the kind of person it concerns.
        hold_letters: no letter to the person before the inspector was consulted.
    """

    key: str
    name: Wording
    explain: Wording
    actor: str
    hold_letters: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """What can follow; a set, not a ladder.

    Attributes:
        kind: talk, agreement, warning, formal, order, contract or access.
        procedure: the procedure that leads there, or "" when none is shipped.
    """

    key: str
    name: Wording
    audience: str
    kind: str
    procedure: str = ""
    note: Wording = EMPTY


@dataclass(frozen=True, slots=True)
class Sanction:
    """What the protocol says may follow, in short words; `audience` as of an article."""

    id: str
    audience: str
    text: Wording


@dataclass(frozen=True, slots=True)
class Protocol:
    """A school's protocol in one version.

    Attributes:
        starts: the first day on which this version is in force, or None when not known.
        follows: key of the version that it took the place of, or "".
        articles_known: the program has the articles; of an older version it may not.
        evaluate_on: the day on which the school looks at it again, or None.
        base: key of the shipped protocol on which a version of the school's own stands, or "".
        channels: names of the formal channels of the school.
    """

    key: str
    version: int
    name: Wording
    trail: tuple[TrailDate, ...]
    articles: tuple[Article, ...]
    actors: tuple[Actor, ...]
    categories: tuple[Category, ...]
    measures: tuple[Measure, ...]
    sanctions: tuple[Sanction, ...] = ()
    starts: date | None = None
    follows: str = ""
    articles_known: bool = True
    evaluate_on: date | None = None
    base: str = ""
    channels: tuple[Wording, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over name, version and articles, hexadecimal; dates noted later leave it."""
        articles = [asdict(article) for article in self.articles]
        said = [self.key, self.version, asdict(self.name), articles]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def trail_date(self, key: str) -> TrailDate | None:
        """The date on the cover with this key, or None."""
        return next((trail for trail in self.trail if trail.key == key), None)

    def article(self, id: str) -> Article | None:
        """The article with this id, or None."""
        return next((article for article in self.articles if article.id == id), None)

    def actor(self, key: str) -> Actor | None:
        """The kind of person with this key, or None."""
        return next((actor for actor in self.actors if actor.key == key), None)

    def articles_for(self, audience: str) -> tuple[Article, ...]:
        """The articles that are meant for an audience; all of them for "other"."""
        if audience == "other":
            return self.articles
        return tuple(article for article in self.articles if article.binds(audience))

    def compartment(self, actor: str, *, pupil_affected: bool) -> Compartment | None:
        """Where a report about this kind of person belongs; None for an unknown kind."""
        found = self.actor(actor)
        if found is None:
            return None
        return found.compartment if pupil_affected else found.without_pupil


def known_on(protocol: Protocol, audience: str) -> date | None:
    """The first day on which an audience could know the rules; None when not known."""
    days = [trail.on for trail in protocol.trail if trail.audience == audience and trail.on]
    return min(days, default=None)


def was_known(protocol: Protocol, audience: str, day: date) -> bool:
    """Whether an audience could know the rules on a day, that of publication included."""
    known = known_on(protocol, audience)
    return known is not None and known <= day
