"""Duties of a case in a real register: they arise, are settled, and nothing disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.breach.sealed import Affected
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, file_report
from app.dossier.records import Entry
from app.dossier.steps import open_case
from app.duties.records import DutyFact
from app.duties.settle import (
    CaseDuties,
    Settling,
    Weighed,
    case_duties,
    every_case,
    settle_duty,
    weigh,
)
from app.duties.steps import take_step
from app.errors import Refusal, Refusals
from app.today.director import director_start
from tests.app.dossier.hearing import begun, hearing
from tests.app.dossier.samples import ANSWERS, BREACH
from tests.app.dossier.situations import (
    ABOUT_STAFF,
    PUPILS,
    STAFF,
    choose,
    reported,
    settle_in,
)
from tests.app.dossier.test_filing import acts
from tests.registers import DIRECTOR

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

__all__ = ["hearing"]

TODAY = date(2026, 11, 22)
DONE = Settling("done", TODAY, by="Jan de Wit", with_whom="mevr. Q. Pinas", note="Advies.")
SEXUAL = replace(
    ABOUT_STAFF, categories=("sexual",), affected=(Affected("Zoë van der Wal"),), shared=True
)


@pytest.fixture
def sexual(school: School) -> tuple[Session, str]:
    """The director, and a case that may come under the sexual category."""
    sent = reported(school, SEXUAL)
    session = school.director()
    people = settle_in(session)
    filed = file_report(session, STAFF, sent.id, Filing((people.kees,)))
    assert filed.case is not None
    choose(session, STAFF, filed.case.id)
    return session, filed.case.id


def status(session: Session, case_id: str) -> dict[str, str]:
    found = case_duties(session, STAFF, case_id).duties
    return {one.duty.key: one.status if one.arises else "lapsed" for one in found}


def read(session: Session, case_id: str) -> CaseDuties:
    return case_duties(session, STAFF, case_id)


def held(session: Session, case_id: str) -> set[str]:
    possible = open_case(session, STAFF, case_id).possible
    return {
        one.step.id
        for one in possible
        if "dossier.lacks_inspector" in {message.id for message in one.lacks}
    }


def test_duties_arise_when_a_report_is_filed(sexual: tuple[Session, str]) -> None:
    assert status(*sexual) == dict.fromkeys(
        (
            "board_told",
            "inspector_consulted",
            "weighed",
            "parents_told",
            "person_told",
            "police_report",
            "authority_told",
            "data_breach_kept",
            "published_told",
        ),
        "open",
    )


def test_what_was_done_stands_in_the_dossier(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    fact = settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    with session.look(STAFF) as reader:
        (entry,) = reader.all(Entry, kind="inspector")
    assert fact.entries == (entry.id,)
    assert entry.title == "De vertrouwensinspecteur bellen"
    assert entry.body == "Gedaan door Jan de Wit, contact: mevr. Q. Pinas.\n\nAdvies."
    assert status(session, case_id)["inspector_consulted"] == "done"
    assert acts(session, STAFF)[-1] == "duty_done"


def test_letters_wait_for_the_inspector_whichever_they_are(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    waiting = held(session, case_id)
    letters = {
        one.step.id for one in open_case(session, STAFF, case_id).possible if one.step.letter
    }
    assert waiting >= letters
    assert waiting
    settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    assert held(session, case_id) == set()


def test_word_that_nothing_follows_waits_for_the_inspector_too(
    sexual: tuple[Session, str],
) -> None:
    session, case_id = sexual
    take_step(session, STAFF, case_id, "stop", {"grounds": ANSWERS["grounds"]})
    assert held(session, case_id) == {"tell"}
    settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    assert held(session, case_id) == set()


def test_reasoning_the_consultation_away_lets_no_letter_go(
    sexual: tuple[Session, str],
) -> None:
    session, case_id = sexual
    before = held(session, case_id)
    away = Settling("reasoned", note="Het betreft een misverstand.")
    settle_duty(session, STAFF, case_id, "inspector_consulted", away)
    assert status(session, case_id)["inspector_consulted"] == "reasoned"
    assert held(session, case_id) == before


def test_a_duty_is_reasoned_away_with_a_reason_only(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    with pytest.raises(Refusals) as refused:
        settle_duty(session, STAFF, case_id, "authority_told", Settling("reasoned", note="  "))
    assert [each.message.id for each in refused.value.found] == ["duties.why_missing"]
    assert status(session, case_id)["authority_told"] == "open"


def test_a_correction_names_the_old_and_its_entry(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    old = settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    undone = Settling("open", reason="Het was de vertrouwenspersoon van de school.")
    new = settle_duty(session, STAFF, case_id, "inspector_consulted", undone)
    with session.look(STAFF) as reader:
        entries = {entry.id: entry for entry in reader.all(Entry, case_id=case_id)}
    assert new.replaces == old.id
    assert [entries[id].replaces for id in new.entries] == list(old.entries)
    assert status(session, case_id)["inspector_consulted"] == "open"
    assert held(session, case_id)


def test_a_correction_needs_a_reason(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    settle_duty(session, STAFF, case_id, "board_told", DONE)
    with pytest.raises(Refusals) as refused:
        settle_duty(session, STAFF, case_id, "board_told", DONE)
    assert [each.message.id for each in refused.value.found] == ["duties.reason_missing"]


def test_another_category_changes_the_duties_and_keeps_what_was_said(
    sexual: tuple[Session, str],
) -> None:
    session, case_id = sexual
    settle_duty(session, STAFF, case_id, "board_told", DONE)
    weigh(session, STAFF, case_id, Weighed((), "no", "no", "Het was een groepsfoto."))
    assert status(session, case_id) == {
        "board_told": "lapsed",
        "weighed": "done",
        "published_told": "open",
    }
    assert held(session, case_id) == set()
    (lapsed,) = [one for one in read(session, case_id).duties if not one.arises]
    assert [fact.kind for fact in lapsed.history] == ["done"]


def test_a_weighing_may_bring_duties(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    weigh(session, STAFF, case_id, Weighed((), "no", "no", "Eerst."))
    weigh(session, STAFF, case_id, Weighed(("violence",), "yes", "", "Nader gehoord."))
    found = status(session, case_id)
    assert {key for key, said in found.items() if said == "open"} == {
        "inspector_consulted",
        "weighed",
        "parents_told",
        "police_report",
        "authority_told",
        "data_breach_kept",
        "published_told",
    }


def test_the_inspector_hears_of_the_police_report(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    assert "inspector_told" not in status(session, case_id)
    settle_duty(session, STAFF, case_id, "police_report", DONE)
    assert status(session, case_id)["inspector_told"] == "open"


def test_a_consultation_in_the_dossier_settles_the_duty(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    dossier_id = open_case(session, STAFF, case_id).file.case.dossier_id
    entry = NewEntry("inspector", TODAY, "Overleg", "Advies.", case_id=case_id)
    add_entry(session, STAFF, dossier_id, entry)
    assert status(session, case_id)["inspector_consulted"] == "done"
    with pytest.raises(Refusal, match=r"duties\.known_by_entry"):
        settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)


@pytest.mark.parametrize(
    ("settling", "missing"),
    [
        (replace(DONE, day=None), ["duties.day_missing"]),
        (replace(DONE, day=date(2026, 11, 23)), ["procedures.day_ahead"]),
        (replace(DONE, day=date(2026, 11, 1)), ["duties.day_before"]),
        (replace(DONE, by=" ", with_whom=""), ["duties.by_missing", "duties.with_missing"]),
        (Settling("planned", date(2026, 11, 21)), ["duties.day_past"]),
        (Settling("open", reason="Zomaar."), ["duties.nothing_said"]),
        (Settling("other"), ["breach.choice_unknown"]),
    ],
)
def test_what_is_not_right_is_refused(
    sexual: tuple[Session, str], settling: Settling, missing: list[str]
) -> None:
    session, case_id = sexual
    with pytest.raises(Refusals) as refused:
        settle_duty(session, STAFF, case_id, "board_told", settling)
    assert [each.message.id for each in refused.value.found] == missing
    with session.look(STAFF) as reader:
        assert reader.all(DutyFact) == ()


def test_a_plan_is_kept_and_stays_open(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    settle_duty(session, STAFF, case_id, "board_told", Settling("planned", date(2026, 11, 23)))
    (state,) = [s for s in read(session, case_id).duties if s.duty.key == "board_told"]
    assert (state.status, state.is_open) == ("planned", True)
    assert state.fact is not None
    assert state.fact.day == date(2026, 11, 23)


def test_reading_all_cases_at_once_is_reading_each(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    settle_duty(session, STAFF, case_id, "inspector_consulted", DONE)
    weigh(session, STAFF, case_id, Weighed(("violence",), "yes", "", "Nader gehoord."))
    assert every_case(session, STAFF) == (read(session, case_id),)
    assert every_case(session, PUPILS) == ()


@pytest.mark.usefixtures("hearing")
def test_who_is_concerned_settles_nothing(school: School) -> None:
    session = school.director()
    case_id = begun(session, replace(BREACH, actor_name=DIRECTOR.name))
    assert read(session, case_id).concerned
    with pytest.raises(Refusal, match=r"dossier\.lacks_other_handler"):
        settle_duty(session, STAFF, case_id, "weighed", DONE)
    with pytest.raises(Refusal, match=r"dossier\.lacks_other_handler"):
        weigh(session, STAFF, case_id, Weighed((), "no", "no", "Niets."))
    start = director_start(session)
    assert start is not None
    assert start.cases == ()


def test_the_duty_to_weigh_is_settled_by_weighing_only(sexual: tuple[Session, str]) -> None:
    session, case_id = sexual
    with pytest.raises(Refusal, match=r"duties\.weigh_instead"):
        settle_duty(session, STAFF, case_id, "weighed", DONE)
    with pytest.raises(Refusals):
        weigh(session, STAFF, case_id, Weighed(("sexual",), "no", "no", ""))
