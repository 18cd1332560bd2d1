"""One register with its people and places, and what happens to them; beside the plain model."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from app.check.answer import CheckAnswer, check_pupil
from app.consent.records import Decision, Medium
from app.errors import Refusal
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    end_relation,
    relate,
    restore_relation,
    save_guardian,
)
from app.people.places import EnrolmentDraft, enrol, leave
from app.people.records import AuthorityKind, EnrolmentKind, Relation
from app.record import Compartment
from app.start.begin import make_ready, new_day
from tests.machines.plain import (
    DOUBT,
    PUPIL,
    Child,
    Line,
    Told,
    decides,
    periods,
    standing,
)
from tests.registers import NOW, School

if TYPE_CHECKING:
    from datetime import datetime

    from db.register.session import LocalSession
    from tests.journeys.families import Place

ONE = timedelta(days=1)
TODAY = NOW.date()
STALE_AFTER = 14
NAMES = ("Zoë", "Şeyma", "D'Angelo", "\u540d\u524d", "Łucja")
CHANNELS = (
    Line("lesson", "internal", ("photo", "film"), ground=True),
    Line("page", "closed", ("photo", "audio"), lenient=True),
    Line("site", "public", ("photo", "film", "audio")),
)
PICK = st.integers(0, 9)
EDGES = st.sampled_from([-46, -45, -44, -2, -1, 0, 1, 2, 19, 20, 21])
"""Days around those that are asked, where a rule is off by one or is not."""
DAYS = (EDGES | st.integers(-400, 60)).map(lambda days: TODAY + timedelta(days=days))
PAST = st.sampled_from([0, 1, 44, 45, 46]) | st.integers(0, 400)
KINDS = st.sampled_from([kind.value for kind in AuthorityKind])
LENGTHS = st.none() | st.sampled_from([0, 1, 2, 45]) | st.integers(0, 200)


class House(RuleBasedStateMachine):
    """One register and its people; somebody is signed in, or nobody."""

    def __init__(self, school: School, place: Place) -> None:
        super().__init__()
        self.school, self.place = school, place
        self.clock = school.clock
        self.session: LocalSession | None = None
        self.lines = {line.key: replace(line, widened=[]) for line in CHANNELS}
        self.children: dict[str, Child] = {}
        self.parents: list[str] = []
        self.day_begun = self.clock.today()

    # -- who is there ---------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        """Two children of one mother; one has a father too."""
        self.open("director")
        self.add_pupil(0, 6 * 365)
        self.add_guardian(0)
        self.add_guardian(0)
        self.add_pupil(1, 15 * 365 + 340)
        self.relate_again(0, 1)

    @rule(role=st.sampled_from(["director", "administrator", "teacher"]))
    def open(self, role: str) -> None:
        """Somebody signs in, after the one before was locked out."""
        session: LocalSession = getattr(self.school, role)()
        self.session = session
        make_ready(session)
        if session.user.may("check.publish"):
            self.day_begun = self.clock.today()

    @rule()
    def lock(self) -> None:
        """Everybody goes home."""
        self.school.lock()
        self.session = None

    @rule(days=st.sampled_from([0, 1, 1, 2, 30, 90]), turned=st.booleans())
    def pass_time(self, days: int, turned: bool) -> None:
        """Days go by; the program may or may not be told."""
        self.clock.move(timedelta(days=days, minutes=7))
        if turned and self.session is not None:
            new_day(self.session)
            if self.office():
                self.day_begun = self.clock.today()

    def office(self) -> bool:
        """Whether somebody is signed in who records consent."""
        return self.session is not None and self.session.opens(Compartment.CONSENT)

    # -- people ---------------------------------------------------------------------------

    @precondition(lambda self: self.office() and len(self.children) < 4)
    @rule(name=PICK, age=st.integers(3 * 365, 17 * 365))
    def add_pupil(self, name: int, age: int) -> None:
        now, today = self.tick(), self.clock.today()
        born = today - timedelta(days=age)
        drafted = PupilDraft(first_name=NAMES[name % 5], surname="O'Hara <b>", birth_date=born)
        start = today - timedelta(days=100)
        where = EnrolmentDraft("", self.place.site_id, self.place.group_id, start=start)
        pupil = admit(self.signed_in(), drafted, where)
        self.children[pupil.id] = Child(born, told=[Told(now, "stay", start=start)])

    @precondition(lambda self: self.office() and len(self.parents) < 5)
    @rule(child=PICK)
    def add_guardian(self, child: int) -> None:
        now, pupil = self.tick(), self.pupil(child)
        drafted = GuardianDraft(first_name="Anna", surname="Wal")  # all have the same name
        guardian = save_guardian(self.signed_in(), drafted, pupil, "parent")
        self.parents.append(guardian.id)
        self.children[pupil].guardians[guardian.id] = now

    @precondition(lambda self: self.office() and self.parents)
    @rule(parent=PICK, child=PICK)
    def relate_again(self, parent: int, child: int) -> None:
        """A sibling's parent; refused when that is known already."""
        now, pupil = self.tick(), self.pupil(child)
        guardian = self.parents[parent % len(self.parents)]
        if any(one.guardian_id == guardian and not one.ended for one in self.relations(pupil)):
            self.refused("related_already", relate, pupil, guardian, "mother")
            return
        relate(self.signed_in(), pupil, guardian, "mother")
        self.children[pupil].guardians.setdefault(guardian, now)

    @precondition(lambda self: self.office())
    @rule(child=PICK, which=PICK)
    def end_or_restore_relation(self, child: int, which: int) -> None:
        """Authority decides, not the relation; it only ends when there is no authority."""
        self.tick()
        pupil = self.pupil(child)
        relations = self.relations(pupil)
        if not relations:
            return
        found = relations[which % len(relations)]
        told, today = self.children[pupil].told, self.clock.today()
        if found.ended:
            restore_relation(self.signed_in(), found.id)
        elif decides(told, found.guardian_id, today):
            self.refused("authority_first", end_relation, found.id)
        else:
            end_relation(self.signed_in(), found.id)

    @precondition(lambda self: self.office() and self.parents)
    @rule(
        child=PICK,
        parent=PICK,
        kind=KINDS,
        start=st.none() | DAYS,
        length=LENGTHS,
        over=st.booleans(),
    )
    def authority(
        self,
        child: int,
        parent: int,
        kind: str,
        start: date | None,
        length: int | None,
        over: bool,
    ) -> None:
        """What is known of somebody's authority; `over` corrects what was noted last."""
        now, pupil = self.tick(), self.pupil(child)
        who = self.parents[parent % len(self.parents)]
        end = (
            (start or self.clock.today()) + timedelta(days=length)
            if length is not None
            else None
        )
        told = self.children[pupil].told
        former = [one for one in told if one.kind == "authority" and one.who == who]
        replaces = former[-1].id if over and former else ""
        known = [one for id, one in periods(told, who).items() if id != replaces]
        begin = start
        if begin is None and any(one.kind not in DOUBT for one in known):
            begin = self.clock.today()
        drafted = AuthorityDraft(
            pupil, who, AuthorityKind(kind), start, end, "register_extract", replaces=replaces
        )
        fact = record_authority(self.signed_in(), drafted)
        told.append(
            Told(now, "authority", fact.id, begin, end, who, what=kind, replaces=replaces)
        )

    @precondition(lambda self: self.office())
    @rule(child=PICK, start=DAYS, length=LENGTHS)
    def enrol(self, child: int, start: date, length: int | None) -> None:
        now, pupil = self.tick(), self.pupil(child)
        end = start + timedelta(days=length) if length is not None else None
        enrol(self.signed_in(), self.draft_of(pupil, start, end))
        self.children[pupil].told.append(Told(now, "stay", start=start, end=end))

    @precondition(lambda self: self.office())
    @rule(child=PICK, start=DAYS, length=st.integers(0, 60))
    def visit(self, child: int, start: date, length: int) -> None:
        now, pupil = self.tick(), self.pupil(child)
        end = start + timedelta(days=length)
        enrol(self.signed_in(), self.draft_of(pupil, start, end, EnrolmentKind.VISITING))
        self.children[pupil].told.append(Told(now, "visit", start=start, end=end))

    @precondition(lambda self: self.office())
    @rule(child=PICK, last=DAYS)
    def leave(self, child: int, last: date) -> None:
        now, pupil = self.tick(), self.pupil(child)
        with suppress(Refusal):  # was not enrolled any more
            leave(self.signed_in(), pupil, last)
        self.children[pupil].told.append(Told(now, "leave", end=last))

    # -- small things ---------------------------------------------------------------------

    def signed_in(self) -> LocalSession:
        assert self.session is not None
        return self.session

    def tick(self) -> datetime:
        """A little later, so that everything has a moment of its own."""
        self.clock.move(timedelta(seconds=1))
        return self.clock.now()

    def pupil(self, pick: int) -> str:
        return list(self.children)[pick % len(self.children)]

    def decider(self, pupil: str, pick: int) -> str | None:
        able = [*self.children[pupil].guardians, PUPIL]
        return able[pick % len(able)]

    def relations(self, pupil: str) -> tuple[Relation, ...]:
        with self.signed_in().look(Compartment.CONSENT) as reader:
            return reader.all(Relation, pupil_id=pupil)

    def standing(self, pupil: str) -> list[Told]:
        return standing(self.children[pupil].told)

    def uses(self) -> list[tuple[str, Line, str]]:
        return [(f"{m}:{line.key}", line, m) for line in self.lines.values() for m in Medium]

    def draft_of(
        self,
        pupil: str,
        start: date,
        end: date | None,
        kind: EnrolmentKind = EnrolmentKind.ENROLLED,
    ) -> EnrolmentDraft:
        return EnrolmentDraft(
            pupil, self.place.site_id, self.place.group_id, kind=kind, start=start, end=end
        )

    def note(self, at: datetime, pupil: str, who: str, stored: tuple[Decision, ...]) -> None:
        for one in stored:
            assert one.scope == self.lines[one.channel].scope_on(one.signed_on)
            use = f"{one.medium}:{one.channel}"
            self.children[pupil].told.append(
                Told(
                    at, "said", one.id, one.signed_on, one.valid_until, who, one.answer.value, use,
                    conditions=("no_name",) if one.conditions else (),
                    scope=one.scope, replaces=one.replaces,
                )
            )  # fmt: skip

    def refused(self, text: str, act: Any, *values: object) -> None:
        """An act that is refused with this text and leaves no trace."""
        session = self.signed_in()
        with session.look(Compartment.CONSENT) as reader:
            before = reader.head()
        with pytest.raises(Refusal, match=text):
            act(session, *values)
        with session.look(Compartment.CONSENT) as reader:
            assert reader.head() == before

    def on_the_list(self, pupil: str) -> CheckAnswer | None:
        try:
            return check_pupil(self.signed_in(), pupil)
        except Refusal:
            return None
