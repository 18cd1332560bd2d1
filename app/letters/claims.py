"""What a letter says against what was recorded: days that nobody logged, names of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.clock import school_day
from app.compile.names import INITIALS, LOWERCASE, SHARED, Finder, Named
from app.compile.registered import registered
from app.letters.facts import from_json
from app.letters.mandates import FREELY, Signing
from app.names import fold
from app.people.questions import AlsoKnown, ChildrenOf
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.facts import CaseFacts
    from app.dossier.steps import CaseFile
    from app.ports import Session

OTHERS = ("pupil", "guardian", "typed")
"""Whose names a letter to somebody else seldom needs; staff answer for the school."""

_UNSURE = (LOWERCASE, SHARED, INITIALS)
_MONTHS = 12
_BEGINS = "starts_on"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a letter when it is looked over.

    Attributes:
        days: the days that stand in its dossier; None where none can be looked up.
        others: finds the names of people who are neither addressed nor concerned.
        may_sign: the signer has a role that its step asks for.
        began_on: the first day of the same measure as earlier letters of the case took it.
        until: the last day of the measure, as it was decided last.
        signing: whether the board's mandate lets him sign.
    """

    days: frozenset[date] | None = None
    others: Finder | None = None
    may_sign: bool = True
    signing: Signing = FREELY
    began_on: date | None = None
    until: date | None = None


NOTHING_AROUND = Surroundings()
"""For a letter that is looked over by itself."""


def days_of(file: CaseFile) -> frozenset[date]:
    """Every day that stands in a case: of the event, of its entries, its steps, its letters."""
    steps = file.state.records
    said = file.state.days.values()
    return frozenset(
        (
            *days_of_facts(file.facts),
            file.case.opened_on,
            *(step.taken_on for step in steps),
            *(step.due_on for step in steps if step.due_on),
            *(day for day in said if isinstance(day, date)),
            *(letter.issued_on for letter in file.letters),
        )
    )


def days_of_facts(facts: CaseFacts) -> frozenset[date]:
    """Every day of an event, of its report and of the entries about it."""
    breach = facts.breach
    entries = ((each.happened_on, each.arrived_on) for each in facts.entries)
    return frozenset(
        (
            breach.occurred_on,
            breach.discovered_on,
            school_day(breach.reported_at),
            *(day for pair in entries for day in pair if day),
        )
    )


def began_on(file: CaseFile, template: str) -> date | None:
    """The first day of a measure that stands in earlier letters of a case; None without any."""
    replaced = {letter.replaces for letter in file.letters}
    same = [one for one in file.letters if one.template == template and one.id not in replaced]
    found = (from_json(one.facts)[0].values.get(_BEGINS) for one in same)
    return min((day for day in found if isinstance(day, date)), default=None)


def strangers(
    session: Session, staying: frozenset[str], kept: tuple[str, ...], more: tuple[str, ...]
) -> Finder:
    """Finds names of pupils and parents who are neither addressed nor concerned.

    `staying` are ids of whom the letter may name, `kept` their names as they were written;
    `more` are names that stand in the dossier itself, such as the reporter's.
    """
    stay = {fold(name) for name in kept}
    found = [Named("", "typed", name, stays=True) for name in kept if name]
    found += [Named("", "typed", name) for name in more if name and fold(name) not in stay]
    return registered(session, staying, found, OTHERS)


def children_of(session: Session, guardian_id: str) -> frozenset[str]:
    """Ids of somebody's own children, as far as the user can look them up."""
    if not guardian_id or not session.opens(Compartment.CONSENT):
        return frozenset()
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(AlsoKnown(guardian_id))
        return frozenset(child.id for id in ids for child in reader.ask(ChildrenOf(id)))


def names_in(finder: Finder, text: str) -> tuple[str, ...]:
    """The names of others that stand in a text, each once, as they are written there."""
    found = (one.text for one in finder.matches(text) if one.doubt not in _UNSURE)
    return tuple(dict.fromkeys(found))


def unlogged_days(
    text: str, logged: frozenset[date], language: str, today: date
) -> tuple[str, ...]:
    """Days in a text, up to today, on which nothing stands in the dossier; as written there.

    A day without a year is one of this year.
    """
    return tuple(
        words
        for words, day in _days(text, language, today)
        if day <= today and day not in logged
    )


def _days(text: str, language: str, today: date) -> Iterator[tuple[str, date]]:
    months = _months(language)
    names = "|".join(map(re.escape, months))
    pattern = rf"\b(\d{{1,2}})(?:\s+({names})|-(\d{{1,2}}))(?:[\s-]+(\d{{4}}))?\b"
    for found in re.finditer(pattern, text, re.IGNORECASE):
        number, name, figure, year = found.groups()
        if year is None and name is None:
            continue  # "groep 3-4"
        which = months[name.lower()] if name else int(figure)
        day = _day(int(year or today.year), which, int(number))
        if day is not None:
            yield found.group(), day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(language: str) -> dict[str, int]:
    words = Words(language)
    return {
        words.long_day(date(2026, month, 1)).split()[1].lower(): month
        for month in range(1, _MONTHS + 1)
    }
