"""The shipped protocol: its articles, its dates and the dossier that a breach belongs in."""

from datetime import date

import pytest

import resources

COMPARTMENTS = {"pupil_dossier", "staff_dossier"}


@pytest.fixture
def lovk() -> resources.Table:
    return resources.protocol("lovk-2023")


def test_all_articles_are_there(lovk: resources.Table) -> None:
    ids = [row["id"] for row in lovk["articles"]]
    assert ids == [*(f"A{n}" for n in range(1, 8)), "B1", "B2", "B3", "C1", "C2", "C3", "C4"]
    assert [row["id"] for row in lovk["sanctions"]] == ["1", "2", "3", "4", "5", "6"]


def test_an_article_speaks_both_languages_to_an_audience(lovk: resources.Table) -> None:
    for row in lovk["articles"]:
        assert all(row[key].keys() == {"nl", "en"} for key in ("heading", "text")), row["id"]
        assert row["audience"] == ("all" if row["id"].startswith("A") else "staff")
        assert row["when"] in {"always", "at_work", "outside_work"}


def test_rules_are_known_to_an_audience_from_a_day(lovk: resources.Table) -> None:
    known = {row["audience"]: row["on"] for row in lovk["trail"] if "audience" in row}
    assert known == {"guardian": date(2024, 3, 1), "staff": date(2024, 5, 30)}


def test_the_dates_on_the_cover(lovk: resources.Table) -> None:
    dated = {row["key"]: row["on"] for row in lovk["trail"] if "on" in row}
    assert dated["in_force"] == date(2018, 12, 1)
    assert dated["adopted"] == date(2023, 4, 6)
    assert len(lovk["trail"]) == 8


def test_a_breach_belongs_in_one_dossier(lovk: resources.Table) -> None:
    places = {row["key"]: row["compartment"] for row in lovk["actors"]}
    assert places["staff"] == "staff_dossier"
    assert places["guardian"] == "pupil_dossier"
    assert set(places.values()) <= COMPARTMENTS


def test_the_sexual_category_alone_holds_letters(lovk: resources.Table) -> None:
    holding = {row["key"]: row["hold_letters"] for row in lovk["categories"]}
    assert holding == {"sexual": True, "violence": False, "discrimination": False}


def test_a_measure_names_a_shipped_procedure(lovk: resources.Table) -> None:
    named = {row["procedure"] for row in lovk["measures"] if "procedure" in row}
    shipped = {key: resources.procedure(key) for key in resources.procedures()}
    assert named == {key for key, table in shipped.items() if not table.get("intake")}
    assert {row["audience"] for row in lovk["measures"]} == {"staff", "guardian"}
    assert all(row["source"] for row in lovk["measures"])


def test_an_article_without_its_text_is_marked(lovk: resources.Table) -> None:
    sure = {row["id"] for row in lovk["articles"] if not row.get("to_be_checked")}
    assert sure == {"A5", "A6"}
