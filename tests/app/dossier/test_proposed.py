"""What somebody who opens a case is led to: the main road of its procedure."""

from __future__ import annotations

from datetime import date

import pytest

from app.dossier.case import CaseState, RunningTerm
from app.dossier.possible import PossibleStep, proposed
from app.errors import Message
from app.procedures.procedure import load_procedure
from app.procedures.terms import term_on

DAY = date(2027, 1, 8)
WAITS = (Message("dossier.lacks_term"),)


def road(key: str, state: str, *, over: bool = False, running: str = "") -> tuple[str, bool]:
    """The proposed step and whether it can be taken; terms are over or not."""
    procedure = load_procedure(key)
    here = procedure.state(state)
    assert here is not None
    steps = [step for step in procedure.steps if state in step.sources]
    found = tuple(PossibleStep(s, WAITS if s.after and not over else ()) for s in steps)
    terms = (RunningTerm(term_on(running, DAY), "", DAY, DAY),) if running else ()
    step = proposed(CaseState(procedure, here, running=terms), found)
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


@pytest.mark.parametrize("key", ["guardian_ban", "guardian_agreement"])
def test_looking_back_comes_before_the_end_while_its_day_stands(key: str) -> None:
    assert road(key, "in_force", running="measure.review") == ("look_back", True)
    assert road(key, "in_force", running="measure.end") == road(key, "in_force")


def test_what_the_other_side_may_do_is_never_the_next_step() -> None:
    assert road("guardian_ban", "in_force", running="guardian.ban_objection")[0] == "end_ban"
    assert road("staff_reprimand", "in_force", running="staff.appeal")[0] == "close"
