"""What a report must say before it can be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.breach.report import (
    LARGEST_FILE,
    LONGEST_FILE_NAME,
    BreachDraft,
    EvidenceFile,
    faults,
    file_name,
)
from app.breach.sealed import Affected, Involved
from app.ports import UserCard
from app.protocol.load import load_protocol

LOVK = load_protocol("lovk-2023")
TODAY = date(2026, 11, 22)
BSN = "111222333"
LINK = bytes.fromhex("4c0000000114020000000000c000000000000046")
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
        ({"discovered_on": date(2026, 11, 23)}, "discovered_on", "breach.day_ahead"),
        ({"capacity": "head"}, "capacity", "breach.choice_unknown"),
        ({"facts": " \n "}, "facts", "breach.facts_missing"),
        ({"facts": "x" * 20_001}, "facts", "breach.too_long"),
        ({"facts": f"nummer {BSN}"}, "facts", "people.bsn"),
        ({"opinion": f"nummer {BSN}"}, "opinion", "people.bsn"),
        ({"place": BSN}, "place", "people.bsn"),
        ({"actor_name": BSN}, "actor_name", "people.bsn"),
        ({"articles": ("Z9",)}, "articles", "breach.article_unknown"),
        ({"articles": ("B1",)}, "articles", "breach.article_not_meant"),
        ({"medium": "smell"}, "medium", "breach.choice_unknown"),
        ({"audience": "moon"}, "audience", "breach.choice_unknown"),
        ({"categories": ("x",)}, "categories", "breach.choice_unknown"),
        ({"affected": (Affected(" "),)}, "affected", "breach.affected_unnamed"),
        ({"affected": (Affected(BSN),)}, "affected", "people.bsn"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, Any], field: str, said: str) -> None:
    assert (field, said) in found(replace(GOOD, **change))


def test_a_report_needs_no_more_than_who_when_and_what() -> None:
    short = BreachDraft(actor_kind="other", occurred_on=TODAY, facts="Een foto.")
    assert found(short) == set()


KEES = UserCard("a" * 32, "Kees Smit", ("teacher",), frozenset())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"actor_name": "kees  smit"}, ("capacity", "breach.capacity_missing")),
        ({"actor_user": KEES.id}, ("capacity", "breach.capacity_missing")),
        ({"actor_user": KEES.id, "capacity": "staff"}, ("actor_kind", "breach.capacity_other")),
    ],
)
def test_who_works_here_and_is_a_parent_is_asked_in_which_capacity(
    change: dict[str, Any], said: tuple[str, str]
) -> None:
    draft = replace(GOOD, **change)
    faulty = {(one.field, one.message.id) for one in faults(draft, LOVK, TODAY, (KEES,))}
    assert faulty == {said}


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "Kees Smit", "capacity": "guardian"},
        {"actor_name": "Kees Smit", "actor_other": True},
        {"actor_name": "Kees Smit", "actor_kind": "staff"},
        {"actor_name": "Kees Smit", "actor_kind": "other"},
        {"actor_name": ""},
    ],
)
def test_one_capacity_is_not_asked_for(change: dict[str, Any]) -> None:
    draft = replace(GOOD, **change)
    assert faults(draft, LOVK, TODAY, (KEES,)) == []


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Involved("judge", "Jan"), "breach.choice_unknown"),
        (Involved("witness", "Jan", "robot"), "breach.choice_unknown"),
        (Involved("witness", " "), "breach.affected_unnamed"),
        (Involved("witness", BSN), "people.bsn"),
    ],
)
def test_others_have_a_role_and_a_name(person: Involved, said: str) -> None:
    assert found(replace(GOOD, people=(person,))) == {("people", said)}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (EvidenceFile("a.png", b"", "gekregen"), "breach.file_empty"),
        (EvidenceFile("a.png", b"x", ""), "breach.obtained_missing"),
        (EvidenceFile("a.png", b"x", f"van {BSN}"), "people.bsn"),
        (EvidenceFile(f"{BSN}.png", b"x", "gekregen"), "people.bsn"),
        (EvidenceFile("a.mp4", bytes(LARGEST_FILE + 1), "gekregen"), "breach.file_too_large"),
        (EvidenceFile("foto.jpg", b"MZ\x90\x00", "gekregen"), "breach.file_program"),
        (EvidenceFile("foto.jpg", LINK, "gekregen"), "breach.file_shortcut"),
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
