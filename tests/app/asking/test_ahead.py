"""Who has to be asked is read a part at a time, and lists find it ready."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ahead import look_at_rounds, read_ahead
from app.asking.listing import AskingFilter, find_asking, rounds, split
from app.asking.records import RoundKind
from app.asking.rounds import begin_round
from app.asking.standing import open_pairs, pairs_question
from app.consent.one_off import OneOffDraft, save_one_off
from app.jobs import CancelledError
from app.people.people import StaffDraft, save_staff
from app.record import Compartment
from db.asking import open as store
from tests.busy import Busy, StopsAfter
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.asking.questions import OpenPair, OpenPairs
    from app.ports import Session
    from db.store.reading import Reading
    from tests.registers import School


@pytest.fixture(params=[1, 2, 3, 1000])
def session(school: School, request: pytest.FixtureRequest) -> Iterator[Session]:
    """Three families, two of one name, and a member of staff; parts of several sizes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.asking.ahead._AT_ONCE", request.param)
        session = school.administrator()
        place = settle(session)
        *_, family = [add_family(session, place, name) for name in ("Bram", "Zoë", "Zoë")]
        says(session, family.pupil, family.mother)
        join(session, "Roos")
        yield session


def join(session: Session, name: str) -> None:
    save_staff(session, StaffDraft(first_name=name, surname="Smit"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[OpenPairs]:
    """What the store had to read for itself, from now on."""
    found: list[OpenPairs] = []
    real = store._pairs

    def watched(reader: Reading, question: OpenPairs) -> tuple[OpenPair, ...]:
        found.append(question)
        return real(reader, question)

    monkeypatch.setattr(store, "_pairs", watched)
    return found


def anew(session: Session) -> tuple[OpenPair, ...]:
    """Everybody, read at once after somebody else joined, who is the last."""
    join(session, "Zus")
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return open_pairs(reader, day)


def test_the_list_finds_everybody_ready_and_in_order(
    session: Session, read: list[OpenPairs]
) -> None:
    read_ahead(Busy(session))
    assert all(question.part is not None for question in read)
    read.clear()
    found = find_asking(session, AskingFilter())
    assert read == []
    again = tuple(f"{one.subject_id}:{one.decider_id}" for one in anew(session))
    assert len(read) == 1
    assert found == tuple(one for one in again if one in found)
    assert len(found) == len(again) - 1 == 7


def test_what_is_written_meanwhile_is_read_as_well(session: Session) -> None:
    read_ahead(Busy(session, [lambda: join(session, "Anna"), lambda: join(session, "Bep")]))
    found = {split(one)[0] for one in find_asking(session, AskingFilter())}
    assert found == {one.subject_id for one in anew(session)[:-1]}


def test_the_list_does_not_wait_for_somebody_who_always_writes(session: Session) -> None:
    deeds = [lambda: join(session, "Anna")] * 40
    read_ahead(Busy(session, deeds))
    assert len(find_asking(session, AskingFilter())) >= 8


@pytest.mark.parametrize("session", [1, 2], indirect=True)
def test_reading_that_was_stopped_leaves_nothing_half(session: Session) -> None:
    with pytest.raises(CancelledError):
        read_ahead(Busy(session), StopsAfter(1))
    assert len(find_asking(session, AskingFilter())) == 7


def test_a_part_of_the_school_is_not_taken_for_all(
    session: Session, read: list[OpenPairs]
) -> None:
    with session.look(Compartment.CONSENT) as reader:
        question = pairs_question(reader, session.clock.today())
        whole = reader.ask(question)
        assert reader.ask(question) is whole
    assert [one.part for one in read] == [None]


def test_each_round_is_looked_at_by_itself_and_in_parts(
    session: Session, read: list[OpenPairs]
) -> None:
    end = session.clock.today() + timedelta(days=9)
    trip = save_one_off(session, OneOffDraft("Schoolreis", ("photo",), "website", None, end))
    begun = [begin_round(session, kind) for kind in (RoundKind.NEW_PUPIL, RoundKind.OPEN)]
    begun.append(begin_round(session, RoundKind.ONE_OFF, channel=trip.key))
    busy = Busy(session)
    found = look_at_rounds(busy)
    assert {question.part is not None for question in read} == {True}
    assert {question.setting.channel for question in read} == {"", trip.key}
    assert busy.parts == 1 + 2 + len(read) + len(begun)
    read.clear()
    assert len(find_asking(session, AskingFilter())) == 7
    assert read == []
    assert found == rounds(session)
    assert [line.to_ask for line in found[::-1]] == [5, 7, 7]
