"""The shipped courses keep to what decency and law ask, on every way through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import resources
from app.letters.template import load_template
from app.procedures.procedure import load_procedure
from app.procedures.soundness import vocabulary
from app.procedures.terms import load_terms
from app.procedures.ways import Place, places, takes

if TYPE_CHECKING:
    from app.procedures.procedure import Procedure, ProcedureStep

BY_PROGRAM = frozenset(fact for fact, by in vocabulary().facts.items() if by == "case")
EVERY = [load_procedure(key) for key in resources.procedures()]
COURSES = [procedure for procedure in EVERY if not procedure.intake]
HEARD = {"views_given", "hearing_waived", "no_views", "talk_held", "talk_declined"}
VIEWS = {
    "staff_reprimand": "staff.views",
    "staff_suspension": "staff.views",
    "staff_order": "staff.order_views",
    "staff_dismissal": "staff.views",
    "guardian_ban": "guardian.ban_views",
}
"""Courses that give a term for views before they decide."""


def issuing(procedure: Procedure, purpose: str) -> list[ProcedureStep]:
    """The steps of a procedure that issue a letter of this purpose."""
    return [
        step
        for step in procedure.steps
        if step.letter and load_template(step.letter, "nl").purpose == purpose
    ]


def before(procedure: Procedure, step: ProcedureStep) -> list[Place]:
    """Every place at which a step can be taken."""
    reached = places(procedure, BY_PROGRAM)
    return [
        here for here in reached if here.state in step.sources and takes(step, here, BY_PROGRAM)
    ]


@pytest.mark.parametrize("procedure", COURSES, ids=lambda one: one.key)
def test_nobody_is_decided_about_unheard(procedure: Procedure) -> None:
    for purpose in ("decision", "warning", "agreement"):
        for step in issuing(procedure, purpose):
            found = before(procedure, step)
            assert found
            assert all(HEARD & here.made for here in found), step.id


@pytest.mark.parametrize("key", VIEWS)
def test_a_decision_waits_for_the_term_unless_views_came_or_were_waived(key: str) -> None:
    (decide,) = issuing(load_procedure(key), "decision")
    assert decide.after == VIEWS[key]
    assert set(decide.unless) == {"views_given", "hearing_waived"}


@pytest.mark.parametrize("key", VIEWS)
def test_the_term_for_views_counts_from_the_proven_dispatch(key: str) -> None:
    procedure = load_procedure(key)
    (starts,) = (step for step in procedure.steps if step.term == VIEWS[key])
    assert (starts.counts, starts.makes) == ("sent_on", ("dispatch_proven",))
    (intend,) = issuing(procedure, "intention")
    assert intend.to in starts.sources
    assert load_template(intend.letter, "nl").terms["views"] == VIEWS[key]


@pytest.mark.parametrize("key", [key for key in VIEWS if key != "staff_dismissal"])
def test_a_case_does_not_end_before_the_decision_can_be_reviewed(key: str) -> None:
    term = "guardian.ban_objection" if key == "guardian_ban" else "staff.appeal"
    procedure = load_procedure(key)
    (starts,) = (step for step in procedure.steps if step.term == term)
    assert starts.counts == "decision_sent_on"
    (decide,) = issuing(procedure, "decision")
    spoken = load_template(decide.letter, "nl").terms
    assert term in spoken.values()


def test_an_appeal_term_is_over_before_a_formal_case_is_closed() -> None:
    for key in ("staff_reprimand", "staff_suspension", "staff_order"):
        close = load_procedure(key).step("close")
        assert close is not None
        assert (close.after, close.unless) == ("staff.appeal", ())


@pytest.mark.parametrize("procedure", COURSES, ids=lambda one: one.key)
def test_what_proves_unfounded_leaves_early_whatever_the_course(procedure: Procedure) -> None:
    found = procedure.step("find_unfounded")
    assert found is not None
    assert (found.term, found.counts) == ("removal.unfounded", "removal_day")
    (removal,) = (term for term in load_terms() if term.key == "removal.unfounded")
    assert removal.outlives
    told = [step for step in procedure.steps if found.to in step.sources]
    assert {step.id for step in told} == {"tell", "close_untold"}


@pytest.mark.parametrize("procedure", EVERY, ids=lambda one: one.key)
def test_a_closed_case_is_opened_again_only_with_a_reason(procedure: Procedure) -> None:
    opens = [step for step in procedure.steps if step.reopens]
    assert [step.id for step in opens] == ["reopen"]
    assert [ask.field for ask in opens[0].asks] == ["reopen_reason"]


@pytest.mark.parametrize("procedure", COURSES, ids=lambda one: one.key)
def test_another_way_is_open_after_the_hearing(procedure: Procedure) -> None:
    heard = {"heard", "talked"} & {state.key for state in procedure.states}
    other = procedure.step("take_other_route")
    assert heard
    assert other is not None
    assert heard <= set(other.sources)


@pytest.mark.parametrize("key", ["staff_dismissal", "staff_dismissal_spot"])
def test_a_dismissal_asks_a_lawyer_and_a_second_signature(key: str) -> None:
    (decide,) = issuing(load_procedure(key), "decision")
    assert decide.second == "needed"
    assert "lawyer_asked" in decide.needs
    assert all("lawyer_asked" in here.made for here in before(load_procedure(key), decide))


def test_a_dismissal_on_the_spot_is_told_before_it_is_confirmed() -> None:
    procedure = load_procedure("staff_dismissal_spot")
    (confirm,) = issuing(procedure, "decision")
    assert (confirm.term, confirm.counts) == ("staff.instant_dismissal_court", "told_on")
    assert all("urgent_reason_told" in here.made for here in before(procedure, confirm))
    known = procedure.step("record_known")
    assert known is not None
    assert (known.term, known.counts) == ("staff.urgent_reason", "known_day")


def test_a_ban_is_told_orally_and_ends_with_a_letter() -> None:
    procedure = load_procedure("guardian_ban")
    assert "end" in {load_template(s.letter, "nl").purpose for s in procedure.steps if s.letter}
    (decide,) = issuing(procedure, "decision")
    assert (decide.term, decide.counts) == ("measure.end", "ends_on")
    assert "police_settled" in decide.needs
    sending = procedure.step("record_decision_sending")
    assert sending is not None
    assert "person_told" in sending.needs
