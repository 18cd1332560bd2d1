"""The answers of a group: what was said, recorded pupil by pupil, taken back in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.consent.decide import retract, withdraw_consent
from app.consent.grid import answer_for
from app.consent.groupwise import (
    RowAnswers,
    Said,
    group_answers,
    record_group,
    take_back_group,
)
from app.consent.outcome import Outcome
from app.consent.records import Answer, Decision
from app.forms.listing import group_of_pupil
from app.jobs import SILENT, CancelledError
from app.record import Compartment
from tests.journeys.families import WEBSITE, Family, Place, add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School


@pytest.fixture
def session(school: School) -> Session:
    """The administrator."""
    return school.administrator()


@pytest.fixture
def place(session: Session) -> Place:
    """A group."""
    return settle(session)


@pytest.fixture
def families(session: Session, place: Place) -> tuple[Family, Family]:
    """Two pupils of the group with two parents each."""
    return add_family(session, place), add_family(session, place, "Ada")


def rows(*families: Family) -> list[RowAnswers]:
    """Both parents of each say yes to the website."""
    yes = ((WEBSITE, Answer.YES),)
    return [RowAnswers(f.pupil.id, g.id, yes) for f in families for g in (f.mother, f.father)]


class Stop:
    """The person stops at the second pupil."""

    def step(self, done: int, total: int) -> None:
        """Report."""
        del total
        if done:
            raise CancelledError


def test_every_decider_has_a_row_with_what_was_said(
    session: Session, place: Place, families: tuple[Family, Family]
) -> None:
    zoe, ada = families
    says(session, zoe.pupil, zoe.mother, Answer.NO)
    found = group_answers(session, SILENT, place.group_id)
    assert [row.decider.id for row in found.rows] == [
        one.id for one in (ada.mother, ada.father, zoe.mother, zoe.father)
    ]
    said = [row.before[found.uses.index(WEBSITE)] for row in found.rows]
    assert [fact.answer if fact else None for fact in said] == [None, None, "no", None]


def test_a_pupil_is_one_unit_of_work(session: Session, families: tuple[Family, Family]) -> None:
    with session.look(Compartment.CONSENT) as reader:
        before = reader.head().number
    done = record_group(session, SILENT, rows(*families), said(session))
    with session.look(Compartment.CONSENT) as reader:
        assert reader.head().number == before + 2
    assert [len(some) for some in done.decisions] == [2, 2]
    assert take_back_group(session, SILENT, done.decisions, "") == 4


def said(session: Session) -> Said:
    return Said(session.clock.today(), "conversation")


def test_who_cannot_be_recorded_is_named_and_the_others_are(
    session: Session, families: tuple[Family, Family]
) -> None:
    zoe, ada = families
    wrong = RowAnswers(zoe.pupil.id, ada.pupil.id, ((WEBSITE, Answer.YES),))
    done = record_group(session, SILENT, [*rows(zoe), wrong, *rows(ada)], said(session))
    assert [(pupil, why.id) for pupil, why in done.refused] == [
        (zoe.pupil.id, "consent.not_a_decider")
    ]
    assert {d.subject_id for some in done.decisions for d in some} == {ada.pupil.id}


def test_stopping_keeps_nothing(session: Session, families: tuple[Family, Family]) -> None:
    with pytest.raises(CancelledError):
        record_group(session, Stop(), rows(*families), said(session))
    found = group_answers(session, SILENT, place_of(session, families[0]))
    assert not any(any(row.before) for row in found.rows)
    with session.look(Compartment.CONSENT) as reader:
        assert len(reader.all(Decision)) == 2


def place_of(session: Session, family: Family) -> str:

    return group_of_pupil(session, family.pupil.id)


def test_a_withdrawal_of_what_was_never_given_is_kept_and_forbids(
    session: Session, families: tuple[Family, Family]
) -> None:
    family = families[0]
    who = family.pupil.id, family.mother.id
    (gone,) = withdraw_consent(session, *who, (WEBSITE,), how="phone")
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        before = answer_for(reader, family.pupil.id, WEBSITE, today, today=today)
    assert before.verdict.outcome == Outcome.NO
    retract(session, (gone,))
    with session.look(Compartment.CONSENT) as reader:
        after = answer_for(reader, family.pupil.id, WEBSITE, today, today=today)
    assert after.verdict.outcome == Outcome.ASK
