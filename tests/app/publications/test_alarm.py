"""A data breach reaches the director, once; whoever tells of it opens nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.dossier.inbox import OpenedReport, open_report, waiting
from app.errors import Refusal
from app.publications.record import record_publication
from app.publications.steps import answer_breach, take_back_answer
from app.record import DOSSIERS
from tests.app.publications.deeds import USED, told
from tests.journeys.families import add_family

if TYPE_CHECKING:
    from tests.app.publications.deeds import Told
    from tests.registers import School

REASON = "Het stond een week openbaar."


@pytest.fixture
def at(school: School) -> Told:
    return told(school.administrator())


@pytest.fixture
def one(at: Told) -> str:
    """A publication of the office with a child of whom nobody said yes."""
    bram = add_family(at.session, at.place, "Bram")
    noticed_at = at.session.clock.now() - timedelta(hours=30)
    draft = at.draft(subjects=(at.pupil, bram.pupil.id), found_at=noticed_at)
    return record_publication(at.session, draft).publication_id


def received(school: School) -> list[OpenedReport]:
    """What waits for the director."""
    director = school.director()
    return [open_report(director, line.compartment, line.id) for line in waiting(director)]


def test_a_data_breach_waits_for_the_director(school: School, at: Told, one: str) -> None:
    answer = answer_breach(at.session, one, breach=True, reason=REASON)
    (found,) = received(school)
    assert found.id == answer.report
    report = found.report
    assert (report.key, report.occurred_on, report.shared) == (one, USED, True)
    for word in ("Herfstwandeling", REASON, "https://meerpaal.example/herfst"):
        assert word in report.facts
    assert "24 nov 2026 om 05:00" in report.facts


def test_only_those_without_consent_are_named(school: School, at: Told, one: str) -> None:
    answer_breach(at.session, one, breach=True, reason=REASON)
    (found,) = received(school)
    assert [pupil.name for pupil in found.report.affected] == ["Bram van der Wal"]
    assert at.pupil not in str(found.report)
    assert (found.report.actor_name, found.report.people) == ("", ())


def test_it_is_told_once_however_often_it_is_answered(
    school: School, at: Told, one: str
) -> None:
    first = answer_breach(at.session, one, breach=True, reason=REASON)
    take_back_answer(at.session, first)
    assert answer_breach(at.session, one, breach=True, reason="Toch.").report == first.report
    answer_breach(at.session, one, breach=False, reason="Nee.")
    assert len(received(school)) == 1


def test_what_was_told_stays_as_it_was(school: School, at: Told, one: str) -> None:
    answer_breach(at.session, one, breach=True, reason=REASON)
    ids = tuple(person.id for person in at.view(one).people)
    record_publication(at.session, at.draft(subjects=ids, title="Iets anders"))
    (found,) = received(school)
    assert "Iets anders" not in found.report.facts


def test_who_tells_it_opens_nothing(at: Told, one: str) -> None:
    answer = answer_breach(at.session, one, breach=True, reason=REASON)
    for compartment in DOSSIERS:
        assert not at.session.opens(compartment)
        with pytest.raises(Refusal, match="no_grant"), at.session.look(compartment):
            pass
        with pytest.raises(Refusal):
            at.session.unseal(compartment, answer.report)
    assert waiting(at.session) == ()


def test_no_breach_is_told_to_nobody(school: School, at: Told, one: str) -> None:
    assert not answer_breach(at.session, one, breach=False, reason="Op de rug.").report
    assert received(school) == []


def test_where_everybody_was_permitted_there_is_nothing_to_tell(at: Told) -> None:
    with pytest.raises(Refusal, match="no_question"):
        answer_breach(at.session, at.used(), breach=True, reason=REASON)
