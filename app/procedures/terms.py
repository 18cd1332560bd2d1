"""Legal and agreed terms: which value holds on a day, and the last day that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

import resources
from app.data import DataError, Rows, Wording
from app.days import add_months, next_working_day
from app.errors import Message
from app.procedures.school_days import next_school_day

UNITS = ("hours", "days", "weeks", "months")
MOVES = ("no", "next_working_day", "next_school_day")
STARTS = ("step", "dispatch", "receipt", "decision", "event", "discovery", "answer_due")


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a term.

    Attributes:
        amount, unit: calendar hours, days, weeks or months.
        starts: what the count starts from.
        moves: where a last day moves that is no such day: one of `MOVES`.
        hard: by law or agreement; otherwise good practice, of which one is only reminded.
        outlives: it runs on after the case was closed.
        theirs: it is the other side's (to give views, to appeal): over is no arrear of the
            school.
        sure: its value was read in the article itself; otherwise it is to be checked.
        valid_from: first day on which this value is used.
        article, source: where it stands; `article` is "" for good practice.
    """

    key: str
    name: Wording
    amount: int
    unit: str
    starts: str
    moves: str
    hard: bool
    valid_from: date
    article: str
    source: str
    checked: date
    outlives: bool = False
    theirs: bool = False
    sure: bool = True

    @property
    def fixed(self) -> bool:
        """Whether its last day stays: by law or agreement, or because a decision named it.

        A decision that was sent names the day of what outlives the case; only another decision
        makes that a later one.
        """
        return self.hard or self.outlives


@cache
def load_terms() -> tuple[Term, ...]:
    """Every value of every term.

    Raises:
        DataError: when the file does not say what it must, naming the place.
    """
    listed = {"terms": resources.terms()}
    return tuple(_term(row) for row in Rows(listed, "law/terms").rows("terms", "key"))


def term_on(key: str, day: date) -> Term:
    """The value of a term that holds on a day.

    Raises:
        KeyError: when there is none.
    """
    held = [term for term in load_terms() if term.key == key and term.valid_from <= day]
    if not held:
        raise KeyError(key)
    return max(held, key=lambda term: term.valid_from)


def last_day(term: Term, start: date, region: str = "") -> date:
    """The last day of a term, inclusive; the day of the event that starts it is not counted.

    `region` is the school's region, for a term that moves to the next school day.

    Regulation (EEC, Euratom) 1182/71 art. 3(1), Awb art. 6:8, Algemene termijnenwet art. 1;
    checked 2026-11-22.

    Raises:
        DataError: for a term in hours, which ends at a moment.
    """
    if term.unit == "months":
        day = add_months(start, term.amount)
    elif term.unit in ("days", "weeks"):
        day = start + timedelta(**{term.unit: term.amount})
    else:
        raise DataError(term.key, "is not counted in days")
    if term.moves == "next_school_day":
        return next_school_day(day, region)
    return next_working_day(day) if term.moves == "next_working_day" else day


def last_of(term: Term, first: date) -> date:
    """The last day of what lasts as long as a term and begins on a day, which counts itself.

    Four weeks from a Monday end on a Sunday; six months from the first of September end with
    February, from the thirty-first of August as well.

    Raises:
        DataError: for a term in hours.
    """
    day = last_day(replace(term, moves="no"), first)
    shortened = term.unit == "months" and day.day != first.day
    return day if shortened else day - timedelta(days=1)


def last_moment(term: Term, start: datetime) -> datetime:
    """The moment at which a term in hours ends.

    Raises:
        DataError: for a term in another unit.
    """
    if term.unit != "hours":
        raise DataError(term.key, "is not counted in hours")
    return start + timedelta(hours=term.amount)


def time_left(due_on: date, today: date, *, theirs: bool = False) -> Message:
    """What is left of a term, in words; of the other side's nobody is late."""
    days = (due_on - today).days
    if days > 0:
        return Message("procedures.term_left", {"count": days})
    if days == 0:
        return Message("procedures.term_today")
    if theirs:
        return Message("procedures.term_over")
    return Message("procedures.term_passed", {"count": -days})


def urgency(
    due_on: date, today: date, *, theirs: bool = False
) -> Literal["act", "ask", "fine"]:
    """How much a term presses: over or today, within a week, or later.

    The other side's is waited for; once it is over the school can go on.
    """
    days = (due_on - today).days
    if theirs:
        return "ask" if days < 0 else "fine"
    if days <= 0:
        return "act"
    return "ask" if days <= _WEEK else "fine"


_WEEK = 7
_YEAR = 12


def is_stale(term: Term, today: date) -> bool:
    """Whether the last check of a term's value is older than a year."""
    return today > add_months(term.checked, _YEAR)


def stale_terms(today: date) -> tuple[Term, ...]:
    """The terms whose last check is older than a year, the oldest check first.

    Of each term only the value that holds today: an older one needs no check any more.
    """
    keys = dict.fromkeys(term.key for term in load_terms() if term.valid_from <= today)
    held = [term_on(key, today) for key in keys]
    found = [term for term in held if is_stale(term, today)]
    return tuple(sorted(found, key=lambda term: (term.checked, term.key)))


def _term(row: Rows) -> Term:
    found = Term(
        key=row.text("key"),
        name=row.words("name"),
        amount=row.whole("amount"),
        unit=row.choice("unit", UNITS),
        starts=row.choice("starts", STARTS),
        moves=row.choice("moves", MOVES),
        hard=row.choice("kind", ("hard", "soft")) == "hard",
        valid_from=row.day("valid_from"),
        article=row.text("article", ""),
        source=row.text("source"),
        checked=row.day("checked"),
        outlives=row.flag("outlives"),
        theirs=row.flag("theirs"),
        sure=not row.flag("to_be_checked"),
    )
    if found.hard and not found.article:
        raise DataError(row.where, "a hard term names no article")
    return found
