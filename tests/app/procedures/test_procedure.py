"""Procedures as data: what is shipped is sound, and every planted fault is found and placed."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

import resources
from app.data import DataError
from app.dossier.facts import FACTS, LACKING
from app.errors import Trouble
from app.procedures.procedure import (
    Procedure,
    first_procedure,
    load_procedure,
    procedure_of,
)
from app.procedures.soundness import flaws, flaws_together, unused, vocabulary
from app.procedures.ways import entries, known_in
from app.record import Compartment

STAFF = resources.procedure("staff_written_warning")
EVERY = tuple(load_procedure(key) for key in resources.procedures())


def loaded(monkeypatch: pytest.MonkeyPatch, table: dict[str, Any]) -> Procedure:
    monkeypatch.setattr(resources, "procedure", lambda key: table)
    return load_procedure.__wrapped__("planted")


def step(table: dict[str, Any], id: str) -> dict[str, Any]:
    return next(row for row in table["steps"] if row["id"] == id)


def test_the_shipped_procedures_are_sound() -> None:
    assert flaws_together(EVERY, vocabulary()) == ()


def test_every_word_of_the_vocabulary_is_used() -> None:
    assert unused(EVERY, vocabulary(), FACTS) == ()


def test_every_fact_has_a_function_and_a_text() -> None:
    assert set(FACTS) == set(LACKING) == set(vocabulary().facts)


def test_what_is_known_in_a_state_is_known_on_every_way_to_it() -> None:
    known = known_in(load_procedure("staff_written_warning"))
    assert {field for field, _ in known["heard"]} == {"talk_day", "talk_place", "reaction"}
    assert known["dropped"] == {("grounds", "text")}


def _leaves_heard(row: dict[str, Any]) -> bool:
    """Whether a step goes on from where the person was heard without a letter."""
    return "heard" in row["from"] and row["id"] != "warn"


def once(plant: Any) -> Any:
    """The same fault where nothing opens a case again."""

    def planted(table: dict[str, Any]) -> None:
        table["steps"] = [row for row in table["steps"] if not row.get("reopens")]
        plant(table)

    return planted


def change_state(key: str, **values: object) -> Any:
    return lambda table: table["states"].setdefault(key, {}).update(values)


def change_step(id: str, **values: object) -> Any:
    return lambda table: step(table, id).update(values)


NAME = {"nl": "naam", "en": "name"}
SOUND_FLAWS = [
    (lambda t: t.update(start="nowhere"), "start: there is no state nowhere"),
    (change_step("drop", to="away"), "step drop: there is no state away"),
    (change_step("drop", **{"from": []}), "step drop: comes from nowhere"),
    (change_step("drop", **{"from": ["closed"]}), "step drop: leaves the final state closed"),
    (change_state("island", name=NAME, final=True), "state island: cannot be reached"),
    (once(change_state("closed", final=False)), "state closed: has no way to an end"),
    (
        lambda t: t["steps"].append(deepcopy(t["steps"][0])),
        "step plan_talk: stands there twice",
    ),
    (change_step("drop", needs=["is_guilty"]), "step drop: fact is_guilty is not in"),
    (change_step("drop", makes=["person_named"]), "step drop: makes person_named, which"),
    (
        lambda t: (
            [step(t, s).update(makes=[]) for s in ("hold_talk", "drop")]
            and step(t, "drop").update(needs=["talk_held"])
        ),
        "step drop: needs talk_held, which no step makes",
    ),
    (change_step("drop", by=["king"]), "step drop: role king is not in the vocabulary"),
    (change_step("drop", by=[]), "step drop: nobody may take it"),
    (change_step("drop", term="no.such"), "step drop: term no.such has no value"),
    (change_step("drop", term="breach.notice"), "step drop: term breach.notice is counted in"),
    (change_step("drop", letter="novel"), "step drop: letter novel does not exist"),
    (change_step("drop", letter="guardian_warning"), "letter guardian_warning is for another"),
    (change_step("drop", letter="guardian_warning"), "guardian_warning does not name this"),
    (
        lambda t: step(t, "warn")["from"].append("talk_planned"),
        "letter staff_warning lacks reaction (text) on a way through talk_planned",
    ),
    (
        lambda t: step(t, "warn").update(asks=step(t, "warn")["asks"][:-1]),
        "letter staff_warning lacks review_day (day) on a way through heard",
    ),
    (
        lambda t: step(t, "warn")["asks"].append(deepcopy(step(t, "warn")["asks"][0])),
        "step warn: asks the same twice",
    ),
    (
        lambda t: step(t, "record_no_talk")["asks"][0].update(kind="line"),
        "step record_no_talk: asks reaction as another kind",
    ),
    (
        change_step("drop", reopens=True, **{"from": ["closed", "heard"], "to": "filed"}),
        "step drop: opens again, but heard is not final",
    ),
    (
        change_step("drop", reopens=True, **{"from": ["closed"], "to": "dropped"}),
        "step drop: opens again, but dropped is final",
    ),
    (
        change_step("drop", reopens=True, asks=[], **{"from": ["closed"], "to": "filed"}),
        "step drop: opens again without asking why",
    ),
    (change_step("drop", ends=["no.such"]), "step drop: term no.such has no value"),
    (change_step("drop", after="no.such"), "step drop: term no.such has no value"),
    (change_step("drop", unless=["talk_held"]), "step drop: says unless, but waits for no"),
    (change_step("drop", unless=["is_guilty"]), "step drop: fact is_guilty is not in the"),
    (
        change_step("drop", after="talk.within"),
        "step drop: waits for talk.within, which was not started on a way through filed",
    ),
    (
        once(change_step("plan_talk", after="talk.within")),
        "step plan_talk: can never be taken",
    ),
    (change_step("drop", counts="talk_day"), "step drop: counts from talk_day, but starts no"),
    (
        change_step("plan_talk", counts="present"),
        "step plan_talk: counts from present, which is no day known on a way through filed",
    ),
    (
        lambda t: (
            step(t, "warn").update(counts="talk_day"),
            step(t, "plan_talk")["asks"][0].update(required=False),
        ),
        "step warn: counts from talk_day, which is no day known on a way through heard",
    ),
    (
        lambda t: step(t, "warn")["asks"][0].update(required=False),
        "letter staff_warning lacks facts (text) on a way through heard",
    ),
    (
        lambda t: step(t, "hold_talk")["asks"][0].update(since="present"),
        "step hold_talk: asks talk_day since present, which is no day",
    ),
    (change_step("drop", second="needed"), "step drop: needs a second signature, but ends"),
    (
        once(
            lambda t: (
                step(t, "warn").update(needs=["talk_held"]),
                [s["from"].remove("heard") for s in t["steps"] if _leaves_heard(s)],
            ),
        ),
        "state heard: nothing can follow, with talk_declined",
    ),
]


@pytest.mark.parametrize(("plant", "said"), SOUND_FLAWS, ids=[said for _, said in SOUND_FLAWS])
def test_a_planted_flaw_is_found(
    monkeypatch: pytest.MonkeyPatch, plant: Any, said: str
) -> None:
    table = deepcopy(STAFF)
    plant(table)
    found = flaws(loaded(monkeypatch, table), vocabulary())
    assert any(said in flaw for flaw in found), found
    assert all(flaw.startswith("staff_written_warning, ") for flaw in found)


def planted(monkeypatch: pytest.MonkeyPatch, key: str, plant: Any) -> tuple[str, ...]:
    """What is found when a fault is planted in one of the shipped procedures."""
    table = deepcopy(resources.procedure(key))
    plant(table)
    changed = loaded(monkeypatch, table)
    every = tuple(changed if found.key == key else found for found in EVERY)
    return flaws_together(every, vocabulary())


@pytest.mark.parametrize(
    ("key", "plant", "said"),
    [
        (
            "staff_intake",
            change_step("choose_course", opens=["staff_novel"]),
            "staff_intake, step choose_course: opens staff_novel, which does not exist",
        ),
        (
            "staff_intake",
            change_step("choose_course", opens=["guardian_written_warning"]),
            "opens guardian_written_warning, which is for others",
        ),
        (
            "staff_order",
            change_step("record_earlier_appeal", needs=["police_settled"]),
            "step record_earlier_appeal: needs police_settled, which no step makes",
        ),
        (
            "staff_written_warning",
            lambda t: t.update(in_force=date(2030, 1, 1)),
            "opens staff_written_warning, which is not in force yet",
        ),
        (
            "staff_talk",
            lambda t: t.update(key="staff_novel"),
            "staff_novel, no case can follow it",
        ),
        ("staff_intake", lambda t: t.update(intake=False), "staff: cases begin along none"),
        (
            "staff_written_warning",
            lambda t: t.update(intake=True),
            "staff: cases begin along staff_intake, staff_written_warning",
        ),
        (
            "staff_intake",
            lambda t: step(t, "choose_course")["asks"][0].update(field="facts", kind="line"),
            "asks facts as another kind",
        ),
        (
            "staff_dismissal",
            lambda t: [step(t, "settle").update(makes=[])],
            "staff_dismissal, its letter asks for settled, which no step makes",
        ),
    ],
)
def test_a_flaw_between_procedures_is_found(
    monkeypatch: pytest.MonkeyPatch, key: str, plant: Any, said: str
) -> None:
    found = planted(monkeypatch, key, plant)
    assert any(said in flaw for flaw in found), found


def test_courses_that_only_lead_to_each_other_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without_end(table: dict[str, Any]) -> None:
        table["steps"] = [row for row in table["steps"] if "opens" in row or "reopens" in row]

    found = planted(monkeypatch, "staff_intake", without_end)
    assert not any("leads to no end" in flaw for flaw in found)

    table = deepcopy(STAFF)
    table["steps"] = [row for row in table["steps"] if "opens" in row]
    intake = deepcopy(resources.procedure("staff_intake"))
    without_end(intake)
    step(intake, "choose_course")["opens"] = ["staff_written_warning"]
    pair = {"staff_intake": intake, "staff_written_warning": table}
    monkeypatch.setattr(resources, "procedure", pair.__getitem__)
    both = tuple(load_procedure.__wrapped__(key) for key in pair)
    said = flaws_together(both, vocabulary())
    assert {flaw for flaw in said if "leads to no end" in flaw} == {
        f"{key}, start: leads to no end, whatever course is chosen" for key in pair
    }


def test_a_letter_knows_only_what_every_course_to_it_has_asked() -> None:
    known = entries(EVERY)
    assert ("course_grounds", "text") in known["staff_written_warning"]
    assert known["staff_intake"] == frozenset()


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (change_step("drop", opens=["staff_intake"]), "steps drop: says none or several of to"),
        (change_step("drop", stays=True), "steps drop: says none or several of to"),
        (lambda t: step(t, "drop").pop("to"), "steps drop: says none or several of to"),
        (change_step("drop", second="perhaps"), "second is 'perhaps', not one of"),
        (
            lambda t: step(t, "drop")["asks"][0].update(kind="one_of:odours"),
            "steps drop, asks grounds: there is no list odours",
        ),
        (
            lambda t: step(t, "drop")["asks"][0].update(field="course"),
            "asks the course, which opens asks already",
        ),
        (change_step("drop", hurry=True), "procedures/planted, steps drop: unknown: hurry"),
        (change_step("drop", name={"nl": "x"}), "steps drop, name: en is missing"),
        (change_step("drop", because={"nl": "x", "en": "y"}), "because: source is missing"),
        (lambda t: step(t, "drop")["asks"][0].update(kind="odour"), "kind is 'odour'"),
        (
            lambda t: step(t, "drop")["asks"][0].update(lies="past"),
            "steps drop, asks grounds: lies is for days only",
        ),
        (
            lambda t: step(t, "drop")["asks"][0].update(since="letter"),
            "steps drop, asks grounds: since is for days only",
        ),
        (change_state("heard", name="gehoord"), "states heard: name is no dict"),
        (lambda t: t.pop("in_force"), "procedures/planted: in_force is missing"),
        (lambda t: t.update(colour="red"), "procedures/planted: unknown: colour"),
    ],
)
def test_a_fault_in_the_file_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, plant: Any, said: str
) -> None:
    table = deepcopy(STAFF)
    plant(table)
    with pytest.raises(DataError, match=re.escape(said)):
        loaded(monkeypatch, table)


def test_a_word_that_nobody_uses_is_found() -> None:
    found = unused(EVERY[:1], vocabulary(), FACTS)
    assert "letter staff_warning is issued nowhere" in found


def test_a_case_keeps_its_version() -> None:
    assert procedure_of("staff_written_warning", 1).version == 1
    with pytest.raises(Trouble) as trouble:
        procedure_of("staff_written_warning", 99)
    assert trouble.value.message.id == "procedures.procedure_missing"


@pytest.mark.parametrize(
    ("compartment", "audience", "day", "key"),
    [
        (Compartment.STAFF_DOSSIER, "staff", date(2026, 11, 22), "staff_intake"),
        (Compartment.PUPIL_DOSSIER, "guardian", date(2027, 1, 1), "guardian_intake"),
        (Compartment.PUPIL_DOSSIER, "other", date(2027, 1, 1), None),
        (Compartment.STAFF_DOSSIER, "staff", date(2026, 11, 21), None),
    ],
)
def test_which_procedure_a_new_case_follows(
    compartment: Compartment, audience: str, day: date, key: str | None
) -> None:
    found = first_procedure(compartment, audience, day)
    assert (found.key if found else None) == key
