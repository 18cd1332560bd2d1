from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.dossier.questions import DossierLine, DossierLines, HighestNumber
from app.dossier.records import Breach, Case, Dossier, Entry, Filed, Letter, Step
from app.procedures.procedure import procedure_of
from app.record import Compartment
from tests.db.store.hand import START, TODAY, Shelf, put, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.compartment import CompartmentFile

DOSSIERS = (
    Dossier(id="d1", subject_id="p1", subject_name="Zoë van der Wal", opened_on=TODAY),
    Dossier(id="d2", subject_id="p2", subject_name="Bas Bos", opened_on=TODAY),
)
ENTRY = Entry(
    id="e1", dossier_id="d1", kind="note", happened_on=TODAY, title="x", author="anna",
    recorded_at=START,
)  # fmt: skip
LETTER = Letter(
    id="l1", number="2026-009", dossier_id="d1", template="t", template_version=1,
    language="nl", facts="{}", addressee="x", issued_on=TODAY, signer="x", blob="", digest="",
    head="", recorded_at=START,
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CompartmentFile]:
    with Shelf(tmp_path, Compartment.PUPIL_DOSSIER).opened() as opened:
        put(opened, *DOSSIERS, ENTRY, replace(ENTRY, id="e2", happened_on=date(2026, 1, 1)))
        yield opened


def test_dossiers_come_by_name_with_their_counts(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(DossierLines()) == (
            DossierLine("d2", "p2", "Bas Bos", 0, 0, None),
            DossierLine("d1", "p1", "Zoë van der Wal", 2, 0, TODAY),
        )


@pytest.mark.parametrize(("search", "found"), [("zoe w", ["d1"]), ("al", []), ("b", ["d2"])])
def test_dossiers_are_found_by_beginnings_of_words(
    file: CompartmentFile, search: str, found: list[str]
) -> None:
    with file.look() as reader:
        assert [line.id for line in reader.ask(DossierLines(search))] == found


def test_the_highest_number_of_a_year(file: CompartmentFile) -> None:
    put(file, LETTER, replace(LETTER, id="l2", number="2026-1010"))
    put(file, replace(LETTER, id="l3", number="2025-999"))
    with file.look() as reader:
        assert reader.ask(HighestNumber("letter", 2026)) == 1010
        assert reader.ask(HighestNumber("letter", 2024)) == 0
        assert reader.ask(HighestNumber("case", 2026)) == 0


def test_one_number_is_used_once(file: CompartmentFile) -> None:
    put(file, LETTER)
    with file.work("letter_issued") as work, refused("store.already_there"):
        work.add(replace(LETTER, id="l2"))


def test_a_report_is_filed_once(file: CompartmentFile) -> None:
    filed = Filed(id="report", filed_at=START, filed_by="anna")
    put(file, filed)
    with file.work("report_filed") as work, refused("store.already_there"):
        work.add(filed)


CASE = Case(
    id="c1", number="2026-001", dossier_id="d1", breach_id="b1",
    procedure="staff_written_warning", version=1, opened_on=TODAY,
)  # fmt: skip
BREACH = Breach(
    id="b1", report_id="x", dossier_id="d1", protocol="x", articles=(), actor_kind="staff",
    actor_id="", actor_name="", occurred_on=TODAY, discovered_on=TODAY, facts="",
    reported_by="x", reported_at=START,
)  # fmt: skip
PROCEDURE = procedure_of(CASE.procedure, CASE.version)
FINAL = {state.key for state in PROCEDURE.states if state.final}
FIRST = [step for step in PROCEDURE.steps if PROCEDURE.start in step.sources and step.to]
CLOSING = next(step.id for step in FIRST if step.to in FINAL)
OPENING = next(step.id for step in FIRST if step.to not in FINAL)


@pytest.mark.parametrize(
    ("step", "procedure", "cases"),
    [
        ("", CASE.procedure, 1),
        (OPENING, CASE.procedure, 1),
        (CLOSING, CASE.procedure, 0),
        (CLOSING, "gone", 1),
    ],
)
def test_cases_count_until_they_are_closed(
    file: CompartmentFile, step: str, procedure: str, cases: int
) -> None:
    put(file, BREACH, replace(CASE, procedure=procedure))
    if step:
        put(file, Step(
            id="t1", case_id="c1", position=1, step=step, taken_on=TODAY, by="x",
            recorded_at=START,
        ))  # fmt: skip
    with file.look() as reader:
        assert [line.open_cases for line in reader.ask(DossierLines("zoe"))] == [cases]
