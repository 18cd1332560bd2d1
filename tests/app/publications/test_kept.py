"""What must be taken down, kept while a session lasts: the same as when all is looked at anew."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.consent.decide import lift_flag, raise_flag, retract
from app.consent.records import Answer
from app.errors import Refusal
from app.jobs import CancelledError
from app.people.people import StaffDraft, save_staff
from app.people.places import leave
from app.publications.record import correct_publication, take_back_publication
from app.publications.records import StepKind
from app.publications.steps import answer_breach, take_back_answer, take_back_steps
from app.publications.tasks import kept_tasks, look_for_tasks, open_tasks
from app.record import Compartment
from app.register.school import save_school, school_of
from app.roster.merge import merge_pupils
from tests.app.publications.deeds import TODAY, told
from tests.busy import Busy, StopsAfter
from tests.journeys.families import add_family, says

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.publications.deeds import Told
    from tests.journeys.families import Family
    from tests.registers import School

_DAY = timedelta(days=1)


class Office:
    """Does one thing after another, whatever the number that is drawn stands for."""

    def __init__(self, at: Told, school: School) -> None:
        self.at, self.school, self.session = at, school, at.session
        self.families: list[Family] = [at.family, add_family(at.session, at.place, "Bram")]
        self.used = [at.used()]
        self.back: list[Callable[[], object]] = []
        self.acts: list[Callable[[int], object]] = [
            *(self.use, self.correct, self.take_back, self.step, self.answer, self.withdraw),
            *(self.agree, self.flag, self.undo, self.leave, self.merge, self.staff, self.town),
            *(self.clock, self.join),
        ]

    def family(self, n: int) -> Family:
        return self.families[n % len(self.families)]

    def publication(self, n: int) -> str:
        return self.used[n % len(self.used)]

    def use(self, n: int) -> None:
        subjects = (self.family(n).pupil.id, self.family(n + 1).pupil.id)[: 1 + n % 2]
        self.used.append(self.at.used(subjects=tuple(dict.fromkeys(subjects))))

    def correct(self, n: int) -> None:
        draft = self.at.draft(subjects=(self.family(n).pupil.id,), title=f"Herfst {n}")
        correct_publication(self.session, self.publication(n), draft)

    def take_back(self, n: int) -> None:
        take_back_publication(self.session, self.publication(n))

    def step(self, n: int) -> None:
        kinds = (StepKind.REMOVED, StepKind.KEPT, StepKind.ASKED, StepKind.BACK)
        steps = self.at.step(self.publication(n), kinds[n % len(kinds)])
        self.back.append(lambda: take_back_steps(self.session, steps))

    def answer(self, n: int) -> None:
        found = answer_breach(self.session, self.publication(n), breach=False, reason="Niet.")
        self.back.append(lambda: take_back_answer(self.session, found))

    def withdraw(self, n: int) -> None:
        family = self.family(n)
        fact = says(self.session, family.pupil, family.mother, Answer.WITHDRAWN)
        self.back.append(lambda: retract(self.session, (fact,), "Vergissing."))

    def agree(self, n: int) -> None:
        family = self.family(n)
        for parent in (family.mother, family.father):
            says(self.session, family.pupil, parent, signed_on=TODAY)

    def flag(self, n: int) -> None:
        flag = raise_flag(self.session, self.family(n).pupil.id)
        self.back.append(lambda: lift_flag(self.session, flag))

    def undo(self, _n: int) -> None:
        if self.back:
            self.back.pop()()

    def leave(self, n: int) -> None:
        leave(self.session, self.family(n).pupil.id, TODAY - _DAY)

    def merge(self, n: int) -> None:
        merge_pupils(self.session, self.family(n).pupil.id, self.family(n + 1).pupil.id)

    def staff(self, n: int) -> None:
        member = save_staff(self.session, StaffDraft(first_name="Roos", surname="Smit"))
        self.used.append(self.at.used(subjects=(member.id, self.family(n).pupil.id)))

    def town(self, n: int) -> None:
        with self.session.look(Compartment.CONSENT) as reader:
            school = school_of(reader)
        save_school(self.session, replace(school, town=f"Dorp {n}"))

    def clock(self, n: int) -> None:
        self.school.clock.move(_DAY * (1 if n % 3 else -1))

    def join(self, n: int) -> None:
        self.families.append(add_family(self.session, self.at.place, f"Kind {n}"))


@pytest.fixture
def at(school: School) -> Told:
    return told(school.administrator())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9)), min_size=10, max_size=20))
def test_kept_is_the_same_as_looked_at_anew(
    at: Told, school: School, drawn: list[tuple[int, int]]
) -> None:
    office = Office(at, school)
    for which, number in drawn:
        with suppress(Refusal):
            office.acts[which](number)
        assert kept_tasks(at.session) == open_tasks(at.session)


def test_only_what_was_touched_is_looked_at_anew(at: Told) -> None:
    bram = add_family(at.session, at.place, "Bram")
    kept, other = at.used(), at.used(subjects=(bram.pupil.id,))
    says(at.session, at.family.pupil, at.family.mother, Answer.WITHDRAWN)
    first = {one.publication.publication_id: one for one in kept_tasks(at.session)}
    raise_flag(at.session, bram.pupil.id)
    again = {one.publication.publication_id: one for one in kept_tasks(at.session)}
    assert first.keys() == again.keys() == {kept, other}
    assert again[kept] is first[kept]
    assert again[other] is not first[other]


def test_what_decides_about_everybody_is_looked_at_anew(at: Told) -> None:
    one = at.used()
    says(at.session, at.family.pupil, at.family.mother, Answer.WITHDRAWN)
    (first,) = kept_tasks(at.session)
    assert kept_tasks(at.session)[0] is first
    with at.session.look(Compartment.CONSENT) as reader:
        school = school_of(reader)
    save_school(at.session, replace(school, town="Dordrecht"))
    (again,) = kept_tasks(at.session)
    assert again == first is not again
    assert again.publication.publication_id == one


def test_a_new_day_is_looked_at_anew(at: Told, school: School) -> None:
    at.used(until=TODAY)
    says(at.session, at.family.pupil, at.family.mother, Answer.WITHDRAWN)
    assert len(kept_tasks(at.session)) == 1
    school.clock.move(_DAY)
    assert kept_tasks(at.session) == ()


# -- a part at a time -------------------------------------------------------------------------


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.publications.tasks._AT_ONCE", 1)


@pytest.mark.usefixtures("one_by_one")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=4)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 9)), min_size=6, max_size=10))
def test_what_is_written_between_two_parts_is_followed(
    at: Told, school: School, drawn: list[tuple[int, int]]
) -> None:
    office = Office(at, school)
    office.used += [at.used() for _ in range(2)]
    deeds = [partial(office.acts[which], number) for which, number in drawn]
    busy = Busy(at.session, deeds)
    while busy.deeds:
        look_for_tasks(busy)
    assert look_for_tasks(busy) == open_tasks(at.session)


@pytest.mark.usefixtures("one_by_one")
def test_others_have_their_turn_after_each_publication(at: Told) -> None:
    for _ in range(3):
        at.used()
    says(at.session, at.family.pupil, at.family.mother, Answer.WITHDRAWN)
    busy = Busy(at.session)
    assert len(look_for_tasks(busy)) == 3
    assert busy.parts == 3
    assert look_for_tasks(busy) == open_tasks(at.session)
    assert busy.parts == 4


@pytest.mark.usefixtures("one_by_one")
def test_a_look_that_was_stopped_goes_on_from_there(at: Told) -> None:
    for _ in range(4):
        at.used()
    says(at.session, at.family.pupil, at.family.mother, Answer.WITHDRAWN)
    busy = Busy(at.session)
    with pytest.raises(CancelledError):
        look_for_tasks(busy, StopsAfter(1))
    assert busy.parts == 2
    assert look_for_tasks(busy) == open_tasks(at.session)
    assert busy.parts == 4
