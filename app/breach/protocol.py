"""The school's protocol as values: articles, dates, whose dossier, what can follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.breach.data import EMPTY, DataError, Rows, Wording
from app.record import DOSSIERS, Compartment
from app.register.records import School

if TYPE_CHECKING:
    from datetime import date

    from app.ports import Session

AUDIENCES = ("staff", "guardian", "other")
_ALL = "all"


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
        return self.audience in (_ALL, audience)


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
class Protocol:
    """A school's protocol in one version."""

    key: str
    version: int
    name: Wording
    trail: tuple[TrailDate, ...]
    articles: tuple[Article, ...]
    actors: tuple[Actor, ...]
    categories: tuple[Category, ...]
    measures: tuple[Measure, ...]

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


@cache
def load_protocol(key: str) -> Protocol:
    """The protocol with this key.

    Raises:
        KeyError: when no such protocol is shipped.
        DataError: when the file does not say what it must, naming the place.
    """
    rows = Rows(resources.protocol(key), f"protocols/{key}")
    return Protocol(
        key=rows.text("key"),
        version=rows.whole("version"),
        name=rows.words("name"),
        trail=tuple(_trail(row) for row in rows.rows("trail", "key")),
        articles=_articles(rows),
        actors=_actors(rows),
        categories=tuple(_category(row) for row in rows.rows("categories", "key")),
        measures=tuple(_measure(row) for row in rows.rows("measures", "key")),
    )


def current_protocol(session: Session) -> Protocol:
    """The protocol that the school works with.

    The school's choice stands in a compartment that not everybody can open; for those who
    cannot, it is the newest protocol that is shipped.
    """
    keys = resources.protocols()
    key = keys[-1]
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            school = reader.find(School, "school")
        key = school.protocol if school and school.protocol in keys else key
    return load_protocol(key)


def _trail(row: Rows) -> TrailDate:
    audience = row.choice("audience", AUDIENCES, "")
    return TrailDate(row.text("key"), row.words("name"), row.day_or_none("on"), audience)


def _articles(rows: Rows) -> tuple[Article, ...]:
    found = tuple(_article(row) for row in rows.rows("articles", "id"))
    ids = [article.id for article in found]
    if not ids:
        raise DataError(rows.where, "articles is empty")
    if len(set(ids)) < len(ids):
        raise DataError(rows.where, "two articles have the same id")
    return found


def _article(row: Rows) -> Article:
    return Article(
        id=row.text("id"),
        heading=row.words("heading"),
        text=row.words("text"),
        audience=row.choice("audience", (_ALL, *AUDIENCES)),
        when=row.choice("when", ("always", "at_work", "outside_work")),
        concerns=row.choice("concerns", ("recording", "privacy", "conduct", "channel")),
        note=row.words("note", EMPTY),
        complete=not row.flag("to_be_checked"),
    )


def _actors(rows: Rows) -> tuple[Actor, ...]:
    found = tuple(_actor(row) for row in rows.rows("actors", "key"))
    if {actor.key for actor in found} != set(AUDIENCES):
        raise DataError(rows.where, f"actors are not {', '.join(AUDIENCES)}")
    return found


def _actor(row: Rows) -> Actor:
    dossiers = tuple(str(compartment) for compartment in DOSSIERS)
    compartment = row.choice("compartment", dossiers)
    return Actor(
        key=row.text("key"),
        name=row.words("name"),
        compartment=Compartment(compartment),
        without_pupil=Compartment(row.choice("without_pupil", dossiers, compartment)),
        note=row.words("note", EMPTY),
    )


def _category(row: Rows) -> Category:
    return Category(
        key=row.text("key"),
        name=row.words("name"),
        explain=row.words("explain"),
        actor=row.choice("actor", AUDIENCES),
        hold_letters=row.flag("hold_letters"),
    )


def _measure(row: Rows) -> Measure:
    return Measure(
        key=row.text("key"),
        name=row.words("name"),
        audience=row.choice("audience", AUDIENCES),
        kind=row.text("kind"),
        procedure=row.text("procedure", ""),
        note=row.words("note", EMPTY),
    )
