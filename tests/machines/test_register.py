"""Random stories on a real encrypted register, beside a plain model that shares no code with it.

After every step the office's verdicts equal the model's, the teacher's list says the same or
"ask first", the journals verify, and whatever was answered before is still answered so when
asked as it was known at that moment.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
)

from app.consent.channels import save_channel
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    lift_flag,
    raise_flag,
    record_decisions,
    retract,
    withdraw_consent,
)
from app.consent.grid import answer_for, consent_grid
from app.consent.records import Answer, Channel, Decision, SafetyFlag
from app.ids import new_id
from app.languages import texts_of
from app.override import override
from app.record import Compartment
from app.register.records import School as Settings
from app.register.school import save_school
from tests.campaigns.places import TORTURE
from tests.journeys.families import Place, settle
from tests.machines.afresh import run_afresh
from tests.machines.house import CHANNELS, LENGTHS, ONE, PAST, PICK, House
from tests.machines.plain import (
    PUPIL,
    Answered,
    Child,
    Line,
    Told,
    answer,
    of_age,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.consent.grid import GridLine
    from app.ports import Head, Reader
    from tests.registers import School

LONG = 200
"""Stories in `make torture`, of 80 steps each; a thousand would take hours."""
USES = ["photo:site", "photo:page", "film:site", "audio:page"]


class Given(NamedTuple):
    """An answer that was given, with the moment."""

    at: datetime
    day: date
    pupil: str
    use: str
    answered: Answered


class Stories(House):
    """What is decided in the house, and what must hold after every step."""

    def __init__(self, school: School, place: Place) -> None:
        super().__init__(school, place)
        self.given: list[Given] = []
        self.heads: dict[Compartment, Head] = {}
        self.turn = 0

    # -- consent --------------------------------------------------------------------------

    @precondition(lambda self: self.office())
    @rule(
        child=PICK,
        decider=PICK,
        uses=st.sets(st.sampled_from(["photo:site", "photo:page", "film:site", "audio:page"]), min_size=1),
        said=st.sampled_from(["yes", "yes", "yes", "no", "withdrawn"]),
        ago=PAST | st.just(0),
        condition=st.booleans(),
        length=LENGTHS,
        correct=st.booleans(),
    )  # fmt: skip
    def decide(
        self, child: int, decider: int, uses: set[str], said: str, ago: int, **more: Any
    ) -> None:
        """Somebody answers, or an answer that stands is corrected."""
        now, pupil = self.tick(), self.pupil(child)
        who = self.decider(pupil, decider)
        if who is None:
            return
        signed = max(
            self.clock.today() - timedelta(days=ago), self.children[pupil].born or date.min
        )
        end = signed + timedelta(days=more["length"]) if more["length"] is not None else None
        conditions = ("no_name",) if more["condition"] else ()
        old = {one.use: one.id for one in self.standing(pupil) if one.who == who}
        replaces = {use: old[use] for use in uses if use in old} if more["correct"] else {}
        drafted = DecisionsDraft(
            subject_id=pupil,
            decider_id=pupil if who == PUPIL else who,
            answers=tuple(UseAnswer(use, Answer(said), conditions) for use in sorted(uses)),
            signed_on=signed,
            valid_until=end,
            replaces=tuple(replaces.items()),
        )
        if said == "yes" and who == PUPIL and not of_age(self.children[pupil], signed):
            self.refused("own_yes_early", record_decisions, drafted)
            return
        self.note(now, pupil, who, record_decisions(self.signed_in(), drafted))

    @precondition(lambda self: self.office())
    @rule(child=PICK, decider=PICK, use=st.sampled_from(["photo:site", "photo:page"]))
    def withdraw(self, child: int, decider: int, use: str) -> None:
        now, pupil = self.tick(), self.pupil(child)
        who = self.decider(pupil, decider)
        if who is not None:
            id = pupil if who == PUPIL else who
            self.note(
                now,
                pupil,
                who,
                withdraw_consent(self.signed_in(), pupil, id, [use], how="phone"),
            )

    @precondition(lambda self: self.office())
    @rule(child=PICK, which=PICK)
    def retract(self, child: int, which: int) -> None:
        """Take back an answer that was entered by mistake."""
        now, pupil = self.tick(), self.pupil(child)
        alive = self.standing(pupil)
        if alive:
            gone = alive[which % len(alive)]
            with self.signed_in().look(Compartment.CONSENT) as reader:
                decision = reader.get(Decision, gone.id)
            retract(self.signed_in(), [decision], "wrong line")
            self.children[pupil].told.append(Told(now, "retracted", replaces=gone.id))

    @precondition(lambda self: self.office())
    @rule(child=PICK, length=LENGTHS)
    def raise_flag(self, child: int, length: int | None) -> None:
        now, pupil, today = self.tick(), self.pupil(child), self.clock.today()
        end = today + timedelta(days=length) if length is not None else None
        flag = raise_flag(self.signed_in(), pupil, end)
        self.children[pupil].told.append(Told(now, "flag", flag.id, today, end))

    @precondition(lambda self: self.office())
    @rule(child=PICK)
    def lift_flag(self, child: int) -> None:
        now, pupil = self.tick(), self.pupil(child)
        told = self.children[pupil].told
        lifted = {one.replaces for one in told if one.kind == "lifted"}
        raised = [one for one in told if one.kind == "flag" and one.id not in lifted]
        if raised:
            with self.signed_in().look(Compartment.CONSENT) as reader:
                flag = reader.get(SafetyFlag, raised[-1].id)
            lift_flag(self.signed_in(), flag)
            end = self.clock.today() - ONE
            told.append(Told(now, "lifted", start=flag.start, end=end, replaces=flag.id))

    @precondition(lambda self: self.office())
    @rule(key=st.sampled_from(["page", "site"]), widened=st.booleans(), lenient=st.booleans())
    def change_channel(self, key: str, widened: bool, lenient: bool) -> None:
        """The school widens a use, or makes it stricter; a public one stays strict."""
        self.tick()
        line = self.lines[key]
        with self.signed_in().look(Compartment.CONSENT) as reader:
            channel = reader.all(Channel, key=key)[0]
        if lenient and line.audience == "public":
            changed = replace(channel, lenient=True)
            self.refused("always_strict", save_channel, changed)
            return
        save_channel(self.signed_in(), replace(channel, lenient=lenient), widened=widened)
        line.lenient = lenient
        if widened:
            line.widened.append(self.clock.today())

    # -- what always holds ----------------------------------------------------------------

    @invariant()
    def the_office_answers_as_the_model(self) -> None:
        if not self.office():
            return
        at, day = self.clock.now(), self.clock.today()
        self.turn += 1
        with self.signed_in().look(Compartment.CONSENT) as reader:
            for step, (pupil, child) in enumerate(self.children.items(), self.turn):
                for found in consent_grid(reader, pupil, day).lines:
                    medium, line = found.medium, self.lines[found.channel.key]
                    assert flat(found) == answer(child, line, medium, day, at), found.use
                use, asked_line, asked_medium = self.uses()[step % 9]
                for days in (0, -45, 20):
                    asked = day + timedelta(days=days)
                    said = flat(answer_for(reader, pupil, use, asked))
                    assert said == answer(child, asked_line, asked_medium, asked, at), use
                    self.given.append(Given(at, asked, pupil, use, said))
            self.what_was_said_is_still_said(reader)

    def what_was_said_is_still_said(self, reader: Reader) -> None:
        """Asked as known at the moment it was given, an answer is the same for ever."""
        for one in self.given[:: max(1, len(self.given) // 3)]:
            again = flat(answer_for(reader, one.pupil, one.use, one.day, one.at))
            assert again == one.answered, (one, again)

    @invariant()
    def the_teachers_list_says_the_same_or_asks(self) -> None:
        if self.session is None:
            return
        at, day = self.clock.now(), self.clock.today()
        current = self.day_begun == day
        for pupil, child in self.children.items():
            lines = self.on_the_list(pupil)
            if lines is None:
                here = answer(child, Line("x", "closed", ()), "photo", day, at).reason
                assert here == "not_present" or not current or self.flagged_away(child, day, at)
                continue
            assert lines.doubt is None or not current, lines.doubt
            for found in lines.lines:
                medium, _, key = found.use.partition(":")
                if self.lines.get(key) is None:
                    continue
                expected = answer(child, self.lines[key], medium, day, at)
                said = (found.outcome, found.conditions)
                assert lines.doubt or said == (expected.outcome, expected.conditions), found
                assert not (lines.doubt and found.permits)

    def flagged_away(self, child: Child, day: date, at: datetime) -> bool:
        """A flag hides in the model's answer whether the pupil is there at all."""
        bare = Child(child.born, child.guardians, [t for t in child.told if t.kind != "flag"])
        return answer(bare, Line("x", "closed", ()), "photo", day, at).reason == "not_present"

    @invariant()
    def the_journals_verify(self) -> None:
        """Every time for consent, and every third time for the rest."""
        if self.session is None:
            return
        every = Compartment if self.turn % 3 == 0 else (Compartment.CONSENT,)
        for part in every:
            if not self.session.opens(part):
                continue
            found = self.session.verify(part)
            assert found.in_order, (part, found.findings)
            known = self.heads.get(part)
            assert known is None or found.head.number >= known.number
            self.heads[part] = found.head

    @override
    def teardown(self) -> None:
        self.school.lock()
        shutil.rmtree(self.school.folder.parent)


def flat(line: GridLine) -> Answered:
    """An answer of the product as far as it is compared."""
    found = line.verdict
    return Answered(found.outcome.value, found.reason.value, found.conditions)


def furnished(school: School) -> Place:
    """The template with three channels of different kinds, a site and a group."""
    session = school.director()
    save_school(session, Settings(id="school", name="De Meerpaal"))
    for place, line in enumerate(CHANNELS):
        said = {"name": line.key, "ground": "les" if line.ground else ""}
        save_channel(
            session,
            Channel(
                id=new_id(), key=line.key, texts=texts_of({"nl": said}), position=place,
                audience=line.audience, media=line.media, lenient=line.lenient,
            ),
        )  # fmt: skip
    place_ = settle(session)
    school.lock()
    return place_


def test_whatever_happens_the_answers_are_right(school: School, quick_disk: Path) -> None:
    place = furnished(school)

    def stories() -> Stories:
        return Stories(school.copied(quick_disk / new_id()), place)

    whole = settings(max_examples=LONG) if TORTURE else settings(phases=[Phase.generate])
    run_afresh(stories, whole)
