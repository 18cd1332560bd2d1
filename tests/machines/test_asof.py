"""Every answer that is given is kept, and asked for again as it was known at its moment.

Time goes by, people decide, withdraw, correct, leave and come back; channels are widened, the
school comes under other rules, notice is given, a clock is set back. What was answered then is
answered still: the same outcome for the same reason, resting on the same decisions.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.consent.channels import save_channel
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    lift_flag,
    raise_flag,
    record_decisions,
    retract,
)
from app.consent.grid import answer_for, consent_grid
from app.consent.jurisdiction import change_jurisdiction, give_notice
from app.consent.records import Answer, Channel, Decision, SafetyFlag
from app.errors import Refusal
from app.ids import new_id
from app.override import override
from app.record import Compartment
from tests.campaigns.places import TORTURE
from tests.machines.afresh import run_afresh
from tests.machines.house import LENGTHS, PAST, PICK, House
from tests.machines.test_register import USES, furnished

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.consent.verdict import Verdict
    from app.ports import Reader
    from tests.journeys.families import Place
    from tests.registers import School

LONG = 60
"""Stories in `make torture`, of 50 steps each."""
SHOWN = 40
"""So many answers are asked again at the end of a short story."""
COUNTRIES = ["nl", "be", "de", "uk", "us"]
ALL_USES = (*USES, "photo:making")


class Given(NamedTuple):
    """An answer that was given, with the moment and everything that explained it."""

    at: datetime
    day: date
    pupil: str
    use: str
    answered: tuple[object, ...]


class Times(House):
    """What happens to consent in the house; nothing is forgotten."""

    def __init__(self, school: School, place: Place) -> None:
        super().__init__(school, place)
        self.given: list[Given] = []
        self.turn = 0

    @precondition(lambda self: self.office())
    @rule(
        child=PICK,
        decider=PICK,
        use=st.sampled_from(ALL_USES),
        said=st.sampled_from(["yes", "yes", "yes", "no", "withdrawn"]),
        ago=PAST,
        length=LENGTHS,
        correct=st.booleans(),
    )
    def decide(
        self, child: int, decider: int, use: str, said: str, ago: int, **more: object
    ) -> None:
        """Somebody answers, a guardian or the pupil, or the last answer is corrected."""
        self.tick()
        pupil = self.pupil(child)
        who = [*self.parents, pupil][decider % (len(self.parents) + 1)]
        signed = self.clock.today() - timedelta(days=ago)
        length = more["length"]
        own = [
            one
            for one in self.decisions(pupil)
            if (one.decider_id, f"{one.medium}:{one.channel}") == (who, use)
        ]
        drafted = DecisionsDraft(
            subject_id=pupil,
            decider_id=who,
            answers=(UseAnswer(use, Answer(said)),),
            signed_on=signed,
            valid_until=signed + timedelta(days=length) if isinstance(length, int) else None,
            replaces=((use, own[-1].id),) if more["correct"] and own else (),
        )
        with suppress(Refusal):  # whoever may not answer does not
            record_decisions(self.signed_in(), drafted)

    @precondition(lambda self: self.office())
    @rule(child=PICK, which=PICK)
    def retract(self, child: int, which: int) -> None:
        self.tick()
        known = self.decisions(self.pupil(child))
        if known:
            with suppress(Refusal):  # taken back already
                retract(self.signed_in(), [known[which % len(known)]], "wrong line")

    @precondition(lambda self: self.office())
    @rule(child=PICK, length=LENGTHS, lift=st.booleans())
    def flag(self, child: int, length: int | None, lift: bool) -> None:
        self.tick()
        pupil, today = self.pupil(child), self.clock.today()
        with self.signed_in().look(Compartment.CONSENT) as reader:
            flags = reader.all(SafetyFlag, pupil_id=pupil)
        with suppress(Refusal):  # lifted already
            if lift and flags:
                lift_flag(self.signed_in(), flags[-1])
            else:
                end = today + timedelta(days=length) if length is not None else None
                raise_flag(self.signed_in(), pupil, end)

    @precondition(lambda self: self.office())
    @rule(key=st.sampled_from(["page", "site"]), widened=st.booleans(), lenient=st.booleans())
    def change_channel(self, key: str, widened: bool, lenient: bool) -> None:
        self.tick()
        with self.signed_in().look(Compartment.CONSENT) as reader:
            channel = reader.all(Channel, key=key)[0]
        changed = replace(channel, lenient=lenient and key == "page")
        save_channel(self.signed_in(), changed, widened=widened)

    @precondition(lambda self: self.office())
    @rule(country=st.sampled_from(COUNTRIES))
    def move_abroad(self, country: str) -> None:
        """The school comes under other rules."""
        self.tick()
        change_jurisdiction(self.signed_in(), country)

    @precondition(lambda self: self.office())
    @rule(ago=PAST)
    def give_notice(self, ago: int) -> None:
        self.tick()
        day = self.clock.today() - timedelta(days=ago)
        give_notice(self.signed_in(), ["page", "site"], day)

    @precondition(lambda self: self.office() and self.turn > 3)
    @rule(days=st.sampled_from([1, 2, 30]))
    def set_back(self, days: int) -> None:
        """The clock goes back, and something is stored by which the register can tell.

        What was answered at moments that come again is let go: at such a moment the register
        knew one thing, and then another.
        """
        self.clock.move(timedelta(days=-days))
        now = self.clock.now()
        give_notice(self.signed_in(), ["page"], self.clock.today())
        self.given = [one for one in self.given if one.at < now]

    def decisions(self, pupil: str) -> tuple[Decision, ...]:
        """Every decision about a pupil, as entered."""
        with self.signed_in().look(Compartment.CONSENT) as reader:
            return reader.all(Decision, subject_id=pupil)

    @invariant()
    def answers_are_kept(self) -> None:
        """Whatever is answered now is kept; some of what was answered before is asked again."""
        if not self.office():
            return
        self.turn += 1
        self.tick()
        at, today = self.clock.now(), self.clock.today()
        with self.signed_in().look(Compartment.CONSENT) as reader:
            for step, pupil in enumerate(self.children, self.turn):
                day = today + timedelta(days=(0, -45, 20)[step % 3])
                for line in consent_grid(reader, pupil, day, None, today).lines:
                    self.given.append(Given(at, day, pupil, line.use, flat(line.verdict)))
            self.ask_again(reader, self.given[:: max(1, len(self.given) // 5)])

    def ask_again(self, reader: Reader, asked: list[Given]) -> None:
        """What was answered then is answered still."""
        today = self.clock.today()
        for one in asked:
            line = answer_for(reader, one.pupil, one.use, one.day, one.at, today)
            assert flat(line.verdict) == one.answered, one

    @override
    def teardown(self) -> None:
        if self.session is None:
            self.open("director")
        if not self.office():
            self.open("director")
        with self.signed_in().look(Compartment.CONSENT) as reader:
            some = 1 if TORTURE else max(1, len(self.given) // SHOWN)
            self.ask_again(reader, self.given[::some])
        self.school.lock()
        shutil.rmtree(self.school.folder.parent)


def flat(found: Verdict) -> tuple[object, ...]:
    """An answer with what it rests on; until when it holds depends on what is known by then.

    Who decides stands in the order of the relations, which a relation that is taken up again
    changes.
    """
    voices = sorted(
        (voice.decider_id, voice.decision.id if voice.decision else "", voice.unsettled)
        for voice in found.voices
    )
    by = found.by.decider_id if found.by else ""
    return found.outcome, found.reason, found.conditions, tuple(voices), by, found.turned


def test_what_was_answered_then_is_answered_still(school: School, quick_disk: Path) -> None:
    place = furnished(school)

    def times() -> Times:
        return Times(school.copied(quick_disk / new_id()), place)

    whole = (
        settings(max_examples=LONG)
        if TORTURE
        else settings(phases=[Phase.generate], max_examples=10)
    )
    run_afresh(times, whole)
