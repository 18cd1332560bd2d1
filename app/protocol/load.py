"""Reads the protocols that are shipped with the program."""

from __future__ import annotations

from functools import cache

import resources
from app.data import EMPTY, DataError, Rows
from app.protocol.values import (
    AUDIENCES,
    EVERYBODY,
    Actor,
    Article,
    Category,
    Measure,
    Protocol,
    Sanction,
    TrailDate,
)
from app.record import DOSSIERS, Compartment


@cache
def load_protocol(key: str) -> Protocol:
    """The protocol with this key.

    Raises:
        KeyError: when no such protocol is shipped.
        DataError: when the file does not say what it must, naming the place.
    """
    rows = Rows(resources.protocol(key), f"protocols/{key}")
    rest = _rest(rows)
    known = not rows.flag("articles_not_known")
    return Protocol(
        key=rows.text("key"),
        version=rows.whole("version"),
        name=rows.words("name"),
        trail=tuple(_trail(row) for row in rows.rows("trail", "key")),
        articles=_articles(rows, known=known),
        actors=_actors(rest),
        categories=tuple(_category(row) for row in rest.rows("categories", "key")),
        measures=tuple(_measure(row) for row in rest.rows("measures", "key")),
        sanctions=tuple(_sanction(row) for row in rest.rows("sanctions", "id")),
        starts=rows.day_or_none("starts"),
        follows=rows.text("follows", ""),
        articles_known=known,
        evaluate_on=rows.day_or_none("evaluate_on"),
        channels=tuple(row.words("name") for row in rest.rows("channels", "key")),
    )


def shipped() -> tuple[Protocol, ...]:
    """Every protocol that is shipped, the earliest first."""
    return tuple(load_protocol(key) for key in resources.protocols())


def newest_keys() -> tuple[str, ...]:
    """The keys of the shipped protocols that no other one took the place of."""
    followed = {protocol.follows for protocol in shipped()}
    return tuple(key for key in resources.protocols() if key not in followed)


def _rest(rows: Rows) -> Rows:
    """Where all but dates and articles stand: here, or in another version."""
    other = rows.text("rest_as", "")
    return Rows(resources.protocol(other), f"protocols/{other}") if other else rows


def _trail(row: Rows) -> TrailDate:
    audience = row.choice("audience", AUDIENCES, "")
    return TrailDate(row.text("key"), row.words("name"), row.day_or_none("on"), audience)


def _articles(rows: Rows, *, known: bool) -> tuple[Article, ...]:
    found = tuple(_article(row) for row in rows.rows("articles", "id"))
    ids = [article.id for article in found]
    if known is not bool(ids):
        raise DataError(rows.where, "articles is empty" if known else "articles is not empty")
    if len(set(ids)) < len(ids):
        raise DataError(rows.where, "two articles have the same id")
    return found


def _article(row: Rows) -> Article:
    return Article(
        id=row.text("id"),
        heading=row.words("heading"),
        text=row.words("text"),
        audience=row.choice("audience", (EVERYBODY, *AUDIENCES)),
        when=row.choice("when", ("always", "at_work", "outside_work")),
        concerns=row.choice("concerns", ("recording", "privacy", "conduct", "channel")),
        note=row.words("note", EMPTY),
        complete=not row.flag("to_be_checked"),
    )


def _sanction(row: Rows) -> Sanction:
    audience = row.choice("audience", (EVERYBODY, *AUDIENCES))
    return Sanction(row.text("id"), audience, row.words("text"))


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
