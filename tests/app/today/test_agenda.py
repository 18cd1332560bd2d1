"""The calendar of all cases: every term and duty, no name, and in the journal first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.duties.settle import Settling, settle_duty
from app.errors import Refusal, Trouble
from app.today.agenda import save_agenda
from app.today.director import director_start
from tests.app.dossier.situations import STAFF, filed_about_staff, walk
from tests.app.dossier.test_filing import acts
from tests.app.duties.test_ics import read

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session
    from tests.registers import School

NAMES = ("Smit", "Kees", "Żak", "de Wit", "Meerpaal", "Instagram", "groepsfoto")


@pytest.fixture
def planned(school: School) -> tuple[Session, str]:
    """The director, and a case in which a talk is planned."""
    session, _, filed = filed_about_staff(school)
    return session, walk(session, filed, STAFF, "plan_talk")


def test_terms_and_duties_stand_in_it(planned: tuple[Session, str], tmp_path: Path) -> None:
    session, _ = planned
    assert save_agenda(session, tmp_path / "a.ics", "nl") == 2
    events = read((tmp_path / "a.ics").read_bytes())
    assert [(event.when, event.summary) for event in events] == [
        (date(2026, 12, 7), "Zaak 2026-001: gesprek met de betrokkene"),
        (date(2026, 11, 5), "Zaak 2026-001: Afwegen: strafbaar feit, datalek"),
    ]


def test_no_name_leaves(planned: tuple[Session, str], tmp_path: Path) -> None:
    session, case_id = planned
    plan = Settling("planned", date(2026, 11, 24), note="Bel Kees Smit eerst.")
    with pytest.raises(Refusal):
        settle_duty(session, STAFF, case_id, "weighed", plan)
    save_agenda(session, tmp_path / "a.ics", "en")
    content = (tmp_path / "a.ics").read_text("utf-8").replace("\n ", "")
    assert not [name for name in NAMES if name.casefold() in content.casefold()]


def test_the_journal_has_it_before_it_leaves(
    planned: tuple[Session, str], tmp_path: Path
) -> None:
    session, _ = planned
    (tmp_path / "a.ics").mkdir()
    with pytest.raises((Trouble, Refusal)):
        save_agenda(session, tmp_path / "a.ics", "nl")
    save_agenda(session, tmp_path / "b.ics", "nl")
    assert acts(session, STAFF)[-1] == "agenda_saved"


def test_the_same_term_keeps_its_identifier(
    planned: tuple[Session, str], school: School, tmp_path: Path
) -> None:
    session, _ = planned
    for name in ("a.ics", "b.ics"):
        save_agenda(session, tmp_path / name, "nl")
    first, second = (read((tmp_path / name).read_bytes()) for name in ("a.ics", "b.ics"))
    assert [event.uid for event in first] == [event.uid for event in second]
    assert len({event.uid for event in first}) == len(first)


def test_an_empty_calendar_is_refused(school: School, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"today\.agenda_empty"):
        save_agenda(school.director(), tmp_path / "a.ics", "nl")
    assert not (tmp_path / "a.ics").exists()


def test_who_opens_no_dossier_gets_none(school: School, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"today\.agenda_empty"):
        save_agenda(school.administrator(), tmp_path / "a.ics", "nl")
    assert director_start(school.administrator()) is None
    assert director_start(school.teacher()) is None


def test_the_start_page_names_step_term_and_duty(planned: tuple[Session, str]) -> None:
    start = director_start(planned[0])
    assert start is not None
    (case,) = start.cases
    assert (case.number, case.weight) == ("2026-001", "act")
    assert case.next is not None
    assert case.next.step.id == "hold_talk"
    assert case.term is not None
    assert case.term.due_on == date(2026, 12, 7)
    assert [line.state.duty.key for line in case.duties] == ["weighed"]
    assert not start.line_now.is_open  # 22 November 2026 is a Sunday
