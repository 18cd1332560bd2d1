"""Cases of every shipped kind are dealt with at random, beside a plain model.

No step succeeds that may not; where a case is, is always the fold of what was written down;
terms end on the right day; and nothing is decided before the person could be heard.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

import resources
from app.dossier.case import fold
from app.dossier.correct import correct_step, move_term, take_back
from app.dossier.records import Dossier, Step
from app.dossier.signing import countersign
from app.dossier.steps import next_step, next_steps, read_case
from app.duties.steps import take_step
from app.errors import Refusal
from app.override import override
from app.procedures.procedure import load_procedure
from app.register.records import School as Settings
from app.register.school import save_school
from tests.app.dossier.hearing import KEY, add_case, hearing, table
from tests.app.dossier.samples import BECAUSE, BREACH, CASE, TODAY
from tests.app.dossier.situations import STAFF
from tests.machines.afresh import run_afresh
from tests.machines.casebook import Book, Event
from tests.registers import DIRECTOR, Login, School

if TYPE_CHECKING:
    from pathlib import Path

    from db.register.session import LocalSession

__all__ = ["hearing"]

OTHER = Login("Hanna Vermeer", "drie lampen op de kade", ("director",))
STARTS = (KEY, "staff_intake", "guardian_intake")
REGIONS = ("", "north", "middle", "south")
PICK = st.integers(0, 40)
EDGES = st.sampled_from([None, None, -1, 0, 1])
LENGTHS = st.sampled_from([0, 1, 2, 6, 7, 13, 14, 20, 21, 22, 27, 28, 29, 41, 42, 43, 90, 365])


class Dealing(RuleBasedStateMachine):
    """One case, the director who deals with it, and another who signs with him."""

    def __init__(self, school: School, start: str) -> None:
        super().__init__()
        self.school, self.start = school, start
        self.session: LocalSession = school.director()
        self.case_id = ""

    @initialize(region=st.sampled_from(REGIONS), begin=LENGTHS)
    def begins(self, region: str, begin: int) -> None:
        start = self.start
        self.later(begin)
        save_school(self.session, Settings(id="school", name="De Meerpaal", region=region))
        audience = resources.procedure(start)["audience"]
        known = {key: resources.procedure(key) for key in resources.procedures()}
        words = resources.procedure_vocabulary()
        self.choices = {
            row["key"]: [one["key"] for one in row["options"]] for row in words["choices"]
        }
        self.book = Book(
            procedures={k: t for k, t in known.items() if t["audience"] == audience},
            terms=resources.terms(),
            lapses={row["key"] for row in words["facts"] if row.get("lapses") == "letter"},
            instead={r["key"]: set(r.get("instead_of", ())) for r in words["facts"]},
            start=start,
            holidays=[
                (row["first"], row["last"])
                for row in resources.school_holidays()["holidays"]
                if row["region"] == region
            ],
        )
        dossier = Dossier(
            id=CASE.dossier_id, subject_id="5" * 32, subject_name="K. Smit", opened_on=TODAY
        )
        breach = replace(BREACH, actor_kind=audience, reported_by="Pjotr Żak")
        case = replace(CASE, procedure=start)
        self.case_id = add_case(self.session, dossier, breach, case)

    @override
    def teardown(self) -> None:
        self.school.lock()

    @property
    def today(self) -> date:
        """The day on which everything happens."""
        return self.school.clock.today()

    @rule(days=LENGTHS)
    def later(self, days: int) -> None:
        day = self.school.clock.today() + timedelta(days=days)
        self.school.clock.set(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))

    @rule(
        days=st.lists(st.tuples(PICK, st.integers(0, 30), PICK, EDGES), min_size=5, max_size=8)
    )
    def deals(self, days: list[tuple[int, int, int, int | None]]) -> None:
        """Some days with a step each, often at the edge of a term."""
        for number, back, choice, edge in days:
            if edge is not None:
                self._come_to(number, edge)
            self._try(number, back, choice)
            self.the_case_is_where_the_model_says()

    def _come_to(self, number: int, off: int) -> None:
        """It is the last day of a term, or a day or so before or after it."""
        ends = sorted(self.book.place().started.values())
        if ends:
            days = (ends[number % len(ends)] + timedelta(days=off) - self.today).days
            self.later(max(days, 0))

    def _try(self, number: int, back: int, choice: int) -> None:
        """Take a step out of the present state, or one that does not leave it."""
        steps = self.book.steps()
        here = [step for step in steps if self.book.place().state in step["from"]]
        open_ = [step for step in here if self.book.allows(step, self.today)]
        going = [step for step in open_ if not self._ends(step)]
        if not going:
            self.another_signs()
        pool = (steps, here, open_, going, going, going)[number % 6] or open_ or steps
        step = pool[choice % len(pool)]
        answers = self._answers(step, back, choice)
        allowed = self.book.allows(step, self.today)
        allowed = allowed and self.book.in_order(step, answers, self.book.place())
        try:
            record = self._take(step, answers)
        except Refusal:
            assert not allowed, (step["id"], self.book.place())
            return
        assert allowed, (step["id"], self.book.place())
        known = {**self.book.place().known, **answers}
        due = self.book.due(step, self.today, known)
        assert record.due_on == due
        self.book.events.append(Event(record.id, step, self.today, answers, due))

    def _ends(self, step: dict[str, Any]) -> bool:
        table = self.book.procedures[self.book.place().procedure]
        return "to" in step and bool(table["states"][step["to"]]["final"])

    @rule(number=PICK, ahead=st.integers(1, 40))
    def takes_in_the_future(self, number: int, ahead: int) -> None:
        """Say of something that it was done on a day that has not come."""
        for step in self.book.steps():
            days = [ask["field"] for ask in step["asks"] if ask.get("lies") == "past"]
            if days and "letter" not in step:
                field = days[number % len(days)]
                answers = self._answers(step, 0, 0) | {field: self.today + timedelta(ahead)}
                with pytest.raises(Refusal):
                    self._take(step, answers)

    @precondition(lambda self: self.book.events)
    @rule(number=PICK, back=st.integers(0, 30))
    def corrects(self, number: int, back: int) -> None:
        """Put the days of a step right."""
        event = self.book.events[number % len(self.book.events)]
        days = {
            ask["field"]: self._day(ask, back, event.day)
            for ask in event.step.get("asks", ())
            if ask["kind"] == "day"
        }
        answers = {**event.answers, **days}
        fine = not event.moved and "letter" not in event.step and answers != event.answers
        fine = fine and self.book.in_order(event.step, answers, self.book.place(event))
        try:
            correct_step(self.session, STAFF, self.case_id, event.id, answers, "Vergissing.")
        except Refusal:
            assert not fine
            return
        assert fine
        event.answers, event.version = answers, event.version + 1

    @precondition(lambda self: self.book.events)
    @rule(number=PICK)
    def takes_back(self, number: int) -> None:
        """Take back a step, mostly the newest."""
        taken = [event for event in self.book.events if not event.moved]
        if not taken:
            return
        event = taken[-1] if number % 3 else taken[number % len(taken)]
        fine = event is taken[-1] and "letter" not in event.step
        try:
            take_back(self.session, STAFF, self.case_id, event.id, "Vergissing.")
        except Refusal:
            assert not fine
            return
        assert fine
        self.book.events.remove(event)

    @precondition(lambda self: self.book.place().running)
    @rule(number=PICK, days=st.integers(-3, 30))
    def moves(self, number: int, days: int) -> None:
        """Move a term that runs."""
        running = self.book.place().running
        key = sorted(running)[number % len(running)]
        day = running[key] + timedelta(days=days)
        rows = [t for t in resources.terms() if t["key"] == key]
        moves = rows[0]["kind"] == "soft" and not rows[0].get("outlives")
        fine = moves and days > 0 and day >= self.today
        try:
            move_term(self.session, STAFF, self.case_id, key, day, "Ziekte.")
        except Refusal:
            assert not fine
            return
        assert fine
        self.book.events.append(
            Event(f"moved{len(self.book.events)}", {}, self.today, {}, day, moved=key)
        )

    @rule()
    def another_signs(self) -> None:
        """The other director signs the newest step that asks for it."""
        event = self.book.place().signable
        if event is None or (event.id, event.version) in self.book.signed:
            return
        countersign(self.school.unlock(OTHER), STAFF, self.case_id, event.id, "Akkoord.")
        self.book.signed.add((event.id, event.version))
        self.session = self.school.director()

    @invariant()
    def the_case_is_where_the_model_says(self) -> None:
        if not self.case_id:
            return
        with self.session.look(STAFF) as reader:
            file = read_case(reader, self.case_id)
            records = list(reader.all(Step, case_id=self.case_id))
        state, here = file.state, self.book.place()
        assert (state.procedure.key, state.state.key) == (here.procedure, here.state)
        assert state.made == here.made
        assert {t.term.key: t.due_on for t in state.running} == here.running
        assert {t.term.key: t.due_on for t in state.started} == here.started
        assert state.due_on == min(here.running.values(), default=None)
        assert state.closed == self.book.is_final()
        leaving = [step for step in self.book.steps() if self.book.stands(step)]
        said = {one.step.id: one.possible for one in next_steps(self.session, file)}
        assert said == {step["id"]: self.book.allows(step, self.today) for step in leaving}
        Random(len(records)).shuffle(records)
        assert fold(load_procedure(file.case.procedure), file.case, records) == state

    # -- helping ------------------------------------------------------------------------------

    def _take(self, step: dict[str, Any], answers: dict[str, Any]) -> Step:
        if "letter" not in step:
            return take_step(self.session, STAFF, self.case_id, step["id"], answers, BECAUSE)
        with self.session.work(STAFF, "letter_issued", self.case_id) as work:
            file = read_case(work, self.case_id)
            record = next_step(self.session, file, step["id"], answers)
            work.add(record)
            work.commit()
        return record

    def _answers(self, step: dict[str, Any], back: int, choice: int) -> dict[str, Any]:
        found = {
            ask["field"]: self._answer(ask, back, choice)
            for ask in step["asks"]
            if ask.get("required", True) or choice % 2
        }
        if "opens" in step:
            found["course"] = f"{step['opens'][choice % len(step['opens'])]}@1"
        return found

    def _answer(self, ask: dict[str, Any], back: int, choice: int) -> object:
        kind, _, name = ask["kind"].partition(":")
        if kind == "day":
            return self._day(ask, back, self.today)
        if kind == "one_of":
            return self.choices[name][choice % len(self.choices[name])]
        return {"yes_no": True, "moment": self.school.clock.now()}.get(kind, "in orde")

    def _day(self, ask: dict[str, Any], back: int, day: date) -> date:
        ahead = ask.get("lies") == "ahead"
        return day + timedelta(days=back + 1) if ahead else day - timedelta(days=back)


@pytest.fixture(scope="session")
def two_directors(template_school: School, tmp_path_factory: pytest.TempPathFactory) -> School:
    """A register with a second director; not to be opened itself."""
    copy = template_school.copied(tmp_path_factory.mktemp("directors"))
    code = copy.director().add_user(OTHER.name, OTHER.roles)
    copy.lock()
    copy.vault.enrol(copy.folder, OTHER.name, code, OTHER.password).lock()
    return copy


@pytest.mark.usefixtures("hearing")
@pytest.mark.parametrize("start", STARTS)
def test_cases_at_random(two_directors: School, tmp_path: Path, start: str) -> None:
    number = 0

    def dealing() -> Dealing:
        nonlocal number
        number += 1
        return Dealing(two_directors.copied(tmp_path / str(number)), start)

    # A few rich stories find more than many short ones: each step is a real transaction.
    fewer = max(settings().max_examples // 3, 8)
    whole = settings(phases=[Phase.generate], stateful_step_count=12, max_examples=fewer)
    run_afresh(dealing, whole)


def test_the_practice_procedure_has_one_of_everything() -> None:
    steps = table()["steps"]
    said = {key for step in steps for key in step}
    assert {"term", "counts", "ends", "after", "unless", "second", "reopens", "stays"} <= said
    assert DIRECTOR.roles == OTHER.roles
