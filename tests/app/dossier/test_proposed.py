"""What somebody who opens a case is led to: the main road of its procedure."""

from __future__ import annotations

import pytest

from app.dossier.case import CaseState
from app.dossier.possible import PossibleStep, proposed
from app.errors import Message
from app.procedures.procedure import load_procedure

WAITS = (Message("dossier.lacks_term"),)


def road(key: str, state: str, *, over: bool = False) -> tuple[str, bool]:
    """The proposed step and whether it can be taken; terms are over or not."""
    procedure = load_procedure(key)
    here = procedure.state(state)
    assert here is not None
    steps = [step for step in procedure.steps if state in step.sources]
    found = tuple(PossibleStep(s, WAITS if s.after and not over else ()) for s in steps)
    step = proposed(CaseState(procedure, here), found)
    assert step is not None
    return step.step.id, step.possible


@pytest.mark.parametrize(
    ("key", "state", "over", "step", "possible"),
    [
        ("staff_intake", "filed", False, "choose_course", True),
        ("staff_reprimand", "views_open", False, "record_views", True),
        ("staff_reprimand", "views_open", True, "record_views", True),
        ("staff_reprimand", "in_force", False, "close", False),
        ("staff_reprimand", "in_force", True, "close", True),
        ("guardian_ban", "heard", True, "settle_police", True),
        ("guardian_ban", "objected", False, "answer_objection", True),
        ("guardian_ban", "in_force", False, "end_ban", True),
    ],
)
def test_the_main_road(key: str, state: str, over: bool, step: str, possible: bool) -> None:
    assert road(key, state, over=over) == (step, possible)


def test_what_is_held_up_is_not_passed_by_for_another_procedure() -> None:
    procedure = load_procedure("staff_reprimand")
    here = procedure.state("chosen")
    assert here is not None
    found = tuple(
        PossibleStep(step, WAITS if step.id == "intend" else ())
        for step in procedure.steps
        if "chosen" in step.sources
    )
    step = proposed(CaseState(procedure, here), found)
    assert step is not None
    assert (step.step.id, step.possible) == ("intend", False)
