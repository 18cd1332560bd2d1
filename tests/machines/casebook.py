"""Where a case is, from a plain list of what happened in it; knows the data but no product code.

Everything is worked out from the start after every event. The days are counted one by one, and
the holidays stand in a list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Table = dict[str, Any]
ONE = timedelta(days=1)
BY_PROGRAM = {
    "person_named",
    "inspector_settled",
    "article_known_to_person",
    "handler_not_concerned",
}
"""Facts that are true of the cases told here."""

HOLIDAYS = {
    2026: "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26",
    2029: "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26",
    2030: "01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26",
    2031: "01-01",
}
"""The holidays of a year as they stand in a diary, month and day."""


@dataclass(slots=True)
class Event:
    """Something that happened: a step, or a term that was moved.

    Attributes:
        answers: as they were corrected last; version: how often that was.
        due: last day of the term it started, where that counts from no answer.
    """

    id: str
    step: Table
    day: date
    answers: dict[str, Any]
    due: date | None = None
    moved: str = ""
    version: int = 0


@dataclass(slots=True)
class Place:
    """Where a case is."""

    procedure: str
    state: str
    made: set[str] = field(default_factory=set)
    running: dict[str, date] = field(default_factory=dict)
    started: dict[str, date] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    letter: date | None = None
    last: Event | None = None
    signable: Event | None = None


@dataclass(slots=True)
class Book:
    """One case, its events, and the rules as the files have them.

    Attributes:
        holidays: school holidays of the region, as first and last days.
        signed: id and version of the events that somebody else signed.
    """

    procedures: dict[str, Table]
    terms: list[Table]
    lapses: set[str]
    instead: dict[str, set[str]]
    start: str
    holidays: list[tuple[date, date]]
    events: list[Event] = field(default_factory=list)
    signed: set[tuple[str, int]] = field(default_factory=set)

    def place(self, before: Event | None = None) -> Place:
        """Where the case is now, or was before an event."""
        here = Place(self.start, self.procedures[self.start]["start"])
        for event in self.events:
            if event is before:
                break
            if event.moved:
                self._move(here, event)
            else:
                self._follow(here, event)
        return here

    def steps(self) -> list[Table]:
        """The steps of the procedure that the case follows now."""
        steps: list[Table] = self.procedures[self.place().procedure]["steps"]
        return steps

    def stands(self, step: Table) -> bool:
        """Whether a step is shown, possible or not."""
        here = self.place()
        if here.state not in step["from"]:
            return False
        return not step.get("stays") or self._facts(here) >= set(step["needs"])

    def _facts(self, here: Place) -> set[str]:
        facts = here.made | BY_PROGRAM
        second = here.signable
        if second is not None and (second.id, second.version) in self.signed:
            facts.add("countersigned")
        return facts

    def allows(self, step: Table, today: date) -> bool:
        """Whether a step may be taken."""
        here = self.place()
        if here.state not in step["from"]:
            return False
        facts = self._facts(here)
        needs = set(step["needs"])
        if here.last is not None and here.last.step.get("second") == "needed":
            needs.add("countersigned")
        if not facts >= needs:
            return False
        wait = step.get("after")
        if not wait or facts & set(step.get("unless", [])):
            return True
        return wait in here.started and today > here.started[wait]

    def in_order(self, step: Table, answers: dict[str, Any], here: Place) -> bool:
        """Whether no day lies before the one that it must follow."""
        known = {**here.known, **answers, "letter": here.letter}
        days = [(answers.get(a["field"]), known.get(a.get("since", ""))) for a in step["asks"]]
        return all(not one or not other or one >= other for one, other in days)

    def due(self, step: Table, day: date, answers: dict[str, Any]) -> date | None:
        """The last day of the term that a step starts."""
        if "term" not in step:
            return None
        rows = [t for t in self.terms if t["key"] == step["term"] and t["valid_from"] <= day]
        term = max(rows, key=lambda row: row["valid_from"])
        begins: date | None = answers.get(step["counts"]) if step.get("counts") else day
        return self._last(term, begins) if begins else None

    def is_final(self) -> bool:
        """Whether the case is closed."""
        here = self.place()
        return bool(self.procedures[here.procedure]["states"][here.state]["final"])

    def _follow(self, here: Place, event: Event) -> None:
        step = event.step
        here.known.update(event.answers)
        due = self.due(step, event.day, here.known) if step.get("counts") else event.due
        for key in step.get("ends", []):
            here.running.pop(key, None)
        if "term" in step:
            waiting = [s for s in self._table(here)["steps"] if s.get("after") == step["term"]]
            here.made -= {fact for other in waiting for fact in other.get("unless", [])}
            here.running.pop(step["term"], None)
            if due is not None:
                here.running[step["term"]] = here.started[step["term"]] = due
        if "letter" in step:
            here.made -= self.lapses
            here.letter = event.day
        here.made -= {other for fact in step["makes"] for other in self.instead[fact]}
        here.made |= set(step["makes"])
        if "opens" in step:
            here.procedure = event.answers["course"].partition("@")[0]
            here.state = self._table(here)["start"]
        here.state = step.get("to", here.state)
        if self._table(here)["states"][here.state]["final"]:
            lasting = {t["key"] for t in self.terms if t.get("outlives")}
            here.running = {k: day for k, day in here.running.items() if k in lasting}
        here.last = event
        if "second" in step:
            here.signable = event

    def _move(self, here: Place, event: Event) -> None:
        assert event.due is not None
        for terms in (here.running, here.started):
            if event.moved in terms:
                terms[event.moved] = max(event.due, terms[event.moved])

    def _table(self, here: Place) -> Table:
        return self.procedures[here.procedure]

    def _last(self, term: Table, begins: date) -> date:
        day = begins
        if term["unit"] == "months":
            month = begins.month - 1 + term["amount"]
            year, month = begins.year + month // 12, month % 12 + 1
            number = begins.day
            while True:
                try:
                    day = date(year, month, number)
                    break
                except ValueError:
                    number -= 1
        else:
            for _ in range(term["amount"] * {"days": 1, "weeks": 7}[term["unit"]]):
                day += ONE
        while term["moves"] != "no" and not self._counts(day, term["moves"]):
            day += ONE
        return day

    def _counts(self, day: date, moves: str) -> bool:
        if day.strftime("%a") in ("Sat", "Sun") or day.strftime("%m-%d") in HOLIDAYS[day.year]:
            return False
        at_school = moves == "next_school_day"
        return not (at_school and any(one <= day <= last for one, last in self.holidays))
