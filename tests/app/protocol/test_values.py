"""The protocol as data: whose dossier, and what was known to whom on which day."""

from __future__ import annotations

from datetime import date

import pytest

import resources
from app.data import DataError
from app.protocol.load import load_protocol
from app.protocol.values import known_on, was_known
from app.record import Compartment

LOVK = load_protocol("lovk-2023")
STAFF_TOLD = date(2024, 5, 30)


def test_every_shipped_protocol_is_sound() -> None:
    assert [load_protocol(key).key for key in resources.protocols()] == resources.protocols()


@pytest.mark.parametrize(
    ("audience", "day", "known"),
    [
        ("staff", date(2024, 5, 29), False),
        ("staff", STAFF_TOLD, True),
        ("guardian", date(2024, 2, 29), False),
        ("guardian", date(2024, 3, 1), True),
        ("other", date(2026, 1, 1), False),
    ],
)
def test_rules_are_known_from_the_day_of_publication(
    audience: str, day: date, known: bool
) -> None:
    assert was_known(LOVK, audience, day) is known


def test_the_day_of_each_audience_is_its_own() -> None:
    assert known_on(LOVK, "staff") == STAFF_TOLD
    assert known_on(LOVK, "other") is None


@pytest.mark.parametrize(
    ("actor", "pupil", "compartment"),
    [
        ("staff", True, Compartment.STAFF_DOSSIER),
        ("staff", False, Compartment.STAFF_DOSSIER),
        ("guardian", True, Compartment.PUPIL_DOSSIER),
        ("guardian", False, Compartment.PUPIL_DOSSIER),
        ("other", True, Compartment.PUPIL_DOSSIER),
        ("other", False, Compartment.STAFF_DOSSIER),
    ],
)
def test_whose_dossier(actor: str, pupil: bool, compartment: Compartment) -> None:
    assert LOVK.compartment(actor, pupil_affected=pupil) == compartment


def test_an_unknown_kind_of_person_has_no_dossier() -> None:
    assert LOVK.compartment("pupil", pupil_affected=True) is None


def test_articles_for_guardians_leave_those_for_staff_out() -> None:
    assert {a.audience for a in LOVK.articles_for("guardian")} == {"all"}
    assert LOVK.articles_for("other") == LOVK.articles


def test_measures_lead_to_procedures_that_exist() -> None:
    named = {measure.procedure for measure in LOVK.measures if measure.procedure}
    begun_by_filing = {key for key in resources.procedures() if key.endswith("_intake")}
    assert named == set(resources.procedures()) - begun_by_filing


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"articles": []}, "protocols/bad: articles is empty"),
        ({"actors": []}, "actors are not staff"),
        ({"name": {"nl": "Protocol"}}, "protocols/bad, name: en is missing"),
        ({"version": "1"}, "version is no int"),
    ],
)
def test_a_planted_fault_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str
) -> None:
    broken = resources.protocol("lovk-2023") | change
    monkeypatch.setattr(resources, "protocol", lambda key: broken)
    with pytest.raises(DataError, match=said):
        load_protocol("bad")


def test_a_fault_in_an_article_names_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = resources.protocol("lovk-2023")
    broken["articles"][4]["audience"] = "everybody"
    monkeypatch.setattr(resources, "protocol", lambda key: broken)
    with pytest.raises(DataError, match="protocols/bad, articles A5: audience is 'everybody'"):
        load_protocol("bad")
