"""The shipped procedures can be followed to their end, and speak the closed vocabulary only."""

import pytest

import resources
from tests.resources.soundness import faults

PROCEDURES = resources.procedures()


@pytest.mark.parametrize("key", PROCEDURES)
def test_a_procedure_is_sound(key: str) -> None:
    assert faults(resources.procedure(key)) == []


@pytest.mark.parametrize("key", PROCEDURES)
def test_a_procedure_is_for_one_dossier(key: str) -> None:
    procedure = resources.procedure(key)
    actor = {row["key"]: row for row in resources.protocol("lovk-2023")["actors"]}
    assert procedure["key"] == key
    assert procedure["compartment"] == actor[procedure["audience"]]["compartment"]


@pytest.mark.parametrize("key", PROCEDURES)
def test_every_step_says_why(key: str) -> None:
    for step in resources.procedure(key)["steps"]:
        assert step["because"].keys() == {"nl", "en", "source"}, step["id"]


@pytest.mark.parametrize("key", PROCEDURES)
def test_nobody_is_warned_unheard(key: str) -> None:
    for step in resources.procedure(key)["steps"]:
        if step.get("letter") in ("staff_warning", "guardian_warning"):
            assert step["from"] == ["heard"]
            assert "inspector_settled" in step["needs"]


def test_every_word_of_the_vocabulary_is_used() -> None:
    words, steps = resources.procedure_vocabulary(), every_step()
    spare = {word for key, row in words.items() if key.startswith("unused_") for word in row}
    facts = {
        name
        for step in steps
        for name in (*step["needs"], *step["makes"], *step.get("unless", []))
    }
    kinds = {ask["kind"].partition(":")[0] for step in steps for ask in step["asks"]}
    kinds |= {"course" for step in steps if "opens" in step}
    slots: dict[str, set[str]] = {"known": set(), "dossier": set(), "office": set()}
    for letter in (resources.letter(key, "nl")[0] for key in resources.letters()):
        office = letter["compartment"] == "consent"
        belongs = "known" if "procedures" in letter else "office" if office else "dossier"
        slots[belongs].update(slot["from"] for slot in letter["slots"])
    assert facts | spare >= {row["key"] for row in words["facts"]} >= facts
    assert kinds | spare >= {row["key"] for row in words["kinds"]} >= kinds
    assert slots["known"] - {"asks"} == {row["key"] for row in words["known"]}
    for belongs in ("dossier", "office"):
        said = {row["key"] for row in words[belongs]}
        assert slots[belongs] - {"given"} == said or not slots[belongs]


def test_roles_of_procedures_exist() -> None:
    assert set(resources.procedure_vocabulary()["by"]) <= {r["key"] for r in resources.roles()}


def every_step() -> list[resources.Table]:
    return [step for key in PROCEDURES for step in resources.procedure(key)["steps"]]


# -- the check finds what it is for ------------------------------------------------------------


@pytest.fixture
def procedure() -> resources.Table:
    return resources.procedure("staff_written_warning")


def test_a_dead_end_is_found(procedure: resources.Table) -> None:
    procedure["steps"] = [s for s in procedure["steps"] if s["id"] != "review"]
    assert faults(procedure) == ["closed is never reached", "warned has no way out"]


def test_a_way_out_of_the_end_is_found(procedure: resources.Table) -> None:
    procedure["steps"][0]["from"] = ["filed", "dropped"]
    assert faults(procedure) == ["dropped is final but left"]


def test_an_unknown_name_is_found(procedure: resources.Table) -> None:
    procedure["steps"][0] |= {"by": ["mayor"], "needs": ["full_moon"], "term": "later"}
    assert faults(procedure) == [
        "plan_talk: no facts full_moon",
        "plan_talk: no by mayor",
        "plan_talk: no terms later",
    ]


def test_a_shortcut_past_the_talk_is_found(procedure: resources.Table) -> None:
    warn = next(step for step in procedure["steps"] if step["id"] == "warn")
    warn["from"] = ["heard", "filed"]
    assert faults(procedure) == [
        "warn from filed: talk_day may be unknown",
        "warn from filed: reaction may be unknown",
    ]


def test_a_misspelt_state_is_found(procedure: resources.Table) -> None:
    procedure["steps"][0]["to"] = "talk_plannde"
    assert faults(procedure)[0] == "no state talk_plannde"
