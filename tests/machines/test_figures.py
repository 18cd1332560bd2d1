"""The trend is what evaluating everybody at the end of every month would give.

The stories are those of looking back: people decide, withdraw, correct, come and go, channels
are widened, the school comes under other rules, a clock is set back.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer
from app.errors import Refusal
from app.figures.collect import collect
from app.figures.trend import trend
from app.ids import new_id
from app.override import override
from app.people.questions import Presence, PupilIds
from app.record import Compartment
from app.slices import InOne
from tests.app.figures.each import one_by_one
from tests.campaigns.places import TORTURE
from tests.machines.afresh import run_afresh
from tests.machines.test_asof import Times
from tests.machines.test_register import USES, furnished

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Reader
    from tests.registers import School

SHORT, LONG = 6, 60
"""Stories, in every run and in `make torture`."""


class Months(Times):
    """A story that ends with the figures of every month."""

    @precondition(lambda self: self.office())
    @rule(said=st.sampled_from(["yes", "yes", "yes", "no"]))
    def everybody_answers(self, said: str) -> None:
        """So that there is something to lose."""
        self.tick()
        for pupil in self.children:
            for parent in self.parents:
                answers = tuple(UseAnswer(use, Answer(said)) for use in USES)
                today = self.clock.today()
                with suppress(Refusal):  # whoever may not answer does not
                    record_decisions(
                        self.signed_in(), DecisionsDraft(pupil, parent, answers, today)
                    )

    @override
    def ask_again(self, reader: Reader, asked: object) -> None:
        """Looking back at single answers is told elsewhere."""

    @rule(days=st.sampled_from([20, 31, 45]))
    def a_month_goes_by(self, days: int) -> None:
        """Stories of figures are long."""
        self.clock.move(timedelta(days=days))

    @override
    def teardown(self) -> None:
        if self.session is None or not self.office():
            self.open("director")
        found = trend(InOne(self.signed_in()))
        with self.signed_in().look(Compartment.CONSENT) as reader:
            today = self.clock.today()
            ids = reader.ask(PupilIds(on=today, presence=Presence.ALL))
            for point in found:
                assert point.counts == one_by_one(reader, ids, point.day, today), point.day
        self.listed_and_worked_out()
        super().teardown()

    def listed_and_worked_out(self) -> None:
        """What is counted from the check list is what follows from the facts."""
        slices = InOne(self.signed_in())
        assert collect(slices).counts == collect(slices, anew=True).counts


def test_the_trend_is_that_of_evaluating_everybody_each_month(
    school: School, quick_disk: Path
) -> None:
    place = furnished(school)

    def months() -> Months:
        return Months(school.copied(quick_disk / new_id()), place)

    whole = (
        settings(max_examples=LONG)
        if TORTURE
        else settings(phases=[Phase.generate], max_examples=SHORT)
    )
    run_afresh(months, whole)
