"""The trend: each month as it was known when it ended, and as looking back shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.asof import end_of
from app.consent.channels import save_channel
from app.consent.decide import raise_flag
from app.consent.records import Answer, Channel
from app.consent.then import HereSince
from app.figures.trend import _KEPT, month_ends, trend
from app.jobs import CancelledError
from app.people.people import PupilDraft, save_pupil
from app.people.places import leave
from app.people.questions import Presence, PupilIds
from app.record import Compartment
from app.slices import InOne
from tests.app.figures.each import one_by_one
from tests.busy import Busy
from tests.journeys.families import WEBSITE, Family, add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

MONTH = timedelta(days=31)


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Both parents said yes to the website."""
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    return family


def website(session: Session) -> list[str]:
    """How the only pupil stood month by month: yes, no, waiting, or "" when not there."""
    names = {(1, 0, 0): "yes", (0, 1, 0): "no", (0, 0, 1): "waiting", (0, 0, 0): ""}
    points = trend(InOne(session))
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(PupilIds(on=today, presence=Presence.ALL))
        for point in points:
            assert point.counts == one_by_one(reader, ids, point.day, today)
    found = [point.counts.get(WEBSITE) for point in points]
    return [names[count.parts] if count else "" for count in found]


def test_twelve_month_ends() -> None:
    days = month_ends(date(2026, 3, 31))
    assert (days[0], days[-1], len(days)) == (date(2025, 3, 31), date(2026, 2, 28), 12)


def test_nothing_is_known_of_the_time_before_the_register(
    session: Session, family: Family
) -> None:
    assert website(session) == [""] * 12


def test_what_is_learned_counts_from_the_month_in_which_it_was(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(MONTH)
    says(session, family.pupil, family.mother, Answer.WITHDRAWN)
    school.clock.move(2 * MONTH)
    assert website(session)[-3:] == ["yes", "no", "no"]


def test_a_yes_that_ends_is_waited_for_from_then(
    school: School, session: Session, family: Family
) -> None:
    until = session.clock.today() + MONTH
    says(session, family.pupil, family.mother, valid_until=until, signed_on=until - MONTH)
    school.clock.move(4 * MONTH)
    assert website(session)[-4:] == ["yes", "waiting", "waiting", "waiting"]


def test_a_use_that_is_widened_is_waited_for_from_then(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(MONTH)
    with session.look(Compartment.CONSENT) as reader:
        channel = reader.all(Channel, key="website")[0]
    save_channel(session, channel, widened=True)
    school.clock.move(2 * MONTH)
    assert website(session)[-3:] == ["yes", "waiting", "waiting"]


def test_a_birth_date_counts_as_it_was_known(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(MONTH)
    born = date(2008, 1, 1)
    save_pupil(session, PupilDraft("Zoë", birth_date=born, id=family.pupil.id))
    school.clock.move(2 * MONTH)
    assert website(session)[-3:] == ["yes", "waiting", "waiting"]


def test_who_left_before_these_months_is_not_read(
    school: School, session: Session, family: Family
) -> None:
    last = session.clock.today() + timedelta(days=1)
    school.clock.move(2 * MONTH)
    leave(session, family.pupil.id, last)
    school.clock.move(10 * MONTH)
    first, then = month_ends(session.clock.today())[:2]
    assert (website(session)[0], read_of(session, first)) == ("yes", (family.pupil.id,))
    school.clock.move(4 * MONTH)
    assert (website(session), read_of(session, then + 4 * MONTH)) == ([""] * 12, ())
    assert read_of(session, last, then + 4 * MONTH) == (family.pupil.id,)
    assert read_of(session, last + timedelta(days=1), then + 4 * MONTH) == ()


def read_of(session: Session, day: date, known: date | None = None) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(HereSince(day, end_of(known or day)))


def test_a_clock_set_back_hides_nothing(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(2 * MONTH)
    raise_flag(session, family.pupil.id)
    school.clock.move(-MONTH)
    says(session, family.pupil, family.mother)
    school.clock.move(3 * MONTH)
    assert website(session)[-4:] == ["yes", "no", "no", "no"]


def test_looking_back_can_be_stopped(session: Session, family: Family) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        trend(InOne(session), Stop())


# -- kept for a session -------------------------------------------------------------------------


def looked_back(session: Session) -> int:
    """Into how many parts a look back is cut: one when what was found before still holds."""
    busy = Busy(session)
    found, kept = trend(busy), _KEPT.pop(session)
    assert trend(InOne(session)) == found
    _KEPT[session] = kept
    return busy.parts


def test_months_that_ended_are_counted_once(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(MONTH)
    assert looked_back(session) > 1
    says(session, family.pupil, family.mother, Answer.WITHDRAWN)
    raise_flag(session, family.pupil.id)
    assert looked_back(session) == 1
    school.clock.move(MONTH)
    assert looked_back(session) > 1
    assert looked_back(session) == 1


def test_what_was_written_under_a_clock_set_back_is_looked_at(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(MONTH)
    trend(InOne(session))
    school.clock.move(-MONTH)
    says(session, family.pupil, family.mother, Answer.WITHDRAWN)
    school.clock.move(MONTH)
    assert looked_back(session) > 1
    assert website(session)[-1] == "no"


def test_a_setting_is_looked_at(school: School, session: Session, family: Family) -> None:
    school.clock.move(MONTH)
    trend(InOne(session))
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key="website")
    save_channel(session, replace(channel, lenient=False, outside_eea=True))
    assert looked_back(session) > 1
