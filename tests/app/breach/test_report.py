"""What a report must say before it can be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.breach.protocol import load_protocol
from app.breach.report import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    BreachDraft,
    EvidenceFile,
    faults,
    file_name,
)
from app.breach.sealed import Affected

LOVK = load_protocol("lovk-2023")
TODAY = date(2026, 11, 22)
BSN = "111222333"
GOOD = BreachDraft(
    actor_kind="guardian",
    actor_name="J. Zeilstra",
    occurred_on=date(2026, 11, 20),
    discovered_on=date(2026, 11, 21),
    facts="Een filmpje van het kerstspel stond op een openbare pagina.",
    articles=("A5", "A6"),
    medium="film",
    audience="public",
    affected=(Affected("Zoë de Wal"),),
    files=(EvidenceFile("scherm.png", b"png", "zelf gemaakt op 21 november"),),
)


def found(draft: BreachDraft) -> set[tuple[str | None, str]]:
    return {(fault.field, fault.message.id) for fault in faults(draft, LOVK, TODAY)}


def test_a_good_report_has_no_faults() -> None:
    assert found(GOOD) == set()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"actor_kind": ""}, "actor_kind", "breach.actor_kind_missing"),
        ({"occurred_on": None}, "occurred_on", "breach.day_missing"),
        ({"occurred_on": date(2026, 11, 23)}, "occurred_on", "breach.day_ahead"),
        ({"discovered_on": date(2026, 11, 19)}, "discovered_on", "breach.found_before"),
        ({"facts": " \n "}, "facts", "breach.facts_missing"),
        ({"facts": "x" * 20_001}, "facts", "breach.too_long"),
        ({"facts": f"nummer {BSN}"}, "facts", "people.bsn"),
        ({"opinion": f"nummer {BSN}"}, "opinion", "people.bsn"),
        ({"place": BSN}, "place", "people.bsn"),
        ({"actor_name": BSN}, "actor_name", "people.bsn"),
        ({"articles": ()}, "articles", "breach.article_missing"),
        ({"articles": ("Z9",)}, "articles", "breach.article_unknown"),
        ({"articles": ("B1",)}, "articles", "breach.article_not_meant"),
        ({"medium": "smell"}, "medium", "breach.choice_unknown"),
        ({"audience": "moon"}, "audience", "breach.choice_unknown"),
        ({"categories": ("x",)}, "categories", "breach.choice_unknown"),
        ({"affected": (Affected(" "),)}, "affected", "breach.affected_unnamed"),
        ({"affected": (Affected(BSN),)}, "affected", "people.bsn"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, object], field: str, said: str) -> None:
    assert (field, said) in found(replace(GOOD, **change))  # type: ignore[arg-type] # by table


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (EvidenceFile("a.png", b"", "gekregen"), "breach.file_empty"),
        (EvidenceFile("a.png", b"x", ""), "breach.obtained_missing"),
        (EvidenceFile("a.png", b"x", f"van {BSN}"), "people.bsn"),
        (EvidenceFile(f"{BSN}.png", b"x", "gekregen"), "people.bsn"),
        (EvidenceFile("a.mp4", bytes(LARGEST_FILE + 1), "gekregen"), "breach.file_too_large"),
    ],
)
def test_a_file_that_is_not_right_is_named(file: EvidenceFile, said: str) -> None:
    assert found(replace(GOOD, files=(file,))) == {("files", said)}


def test_too_many_files_are_refused() -> None:
    files = tuple(EvidenceFile(f"{n}.png", b"x", "gekregen") for n in range(21))
    assert found(replace(GOOD, files=files)) == {("files", "breach.too_many_files")}


def test_an_article_for_staff_fits_somebody_else() -> None:
    assert found(replace(GOOD, actor_kind="other", articles=("B1",))) == set()


def test_an_event_of_today_can_be_reported() -> None:
    assert found(replace(GOOD, occurred_on=TODAY, discovered_on=TODAY)) == set()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\K\\foto.jpg", "foto.jpg"),
        ("", "-"),
        ("a\x00b.png", "ab.png"),
        ("x" * 300 + ".jpeg", "x" * (LONGEST_FILE_NAME - 5) + ".jpeg"),
    ],
)
def test_a_file_name_is_never_a_path(given: str, shown: str) -> None:
    assert file_name(given) == shown
