"""How equal cases ended, once there are enough of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from app.dossier.equal import equal_cases, least_shown
from app.dossier.records import Dossier
from app.duties.settle import Settling, case_duties, settle_duty
from app.errors import Refusal
from app.ids import new_id
from tests.app.dossier.hearing import KEY, add_case, begun, take
from tests.app.dossier.samples import BREACH, CASE, TODAY
from tests.app.dossier.situations import STAFF

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

pytestmark = pytest.mark.usefixtures("hearing")
OWN = Dossier(id=CASE.dossier_id, subject_id="5" * 32, subject_name="K. Smit", opened_on=TODAY)
MINE = "c" * 32


def earlier(session: Session, number: int, *, closed: bool = True, **breach: Any) -> None:
    """Another case, closed unless said otherwise."""
    other = replace(BREACH, id=new_id(), **breach)
    case = replace(
        CASE, id=new_id(), number=f"2025-{number:03}", breach_id=other.id, procedure=KEY
    )
    add_case(session, OWN, other, case)
    for state in case_duties(session, STAFF, case.id).duties:
        if closed and state.duty.must:
            away = Settling("reasoned", note="Het was een misverstand.")
            settle_duty(session, STAFF, case.id, state.duty.key, away)
    if closed:
        take(session, case.id, "drop", grounds="Klein gebleken.")


def test_fewer_than_enough_are_not_shown(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    for number in range(least_shown() - 1):
        earlier(session, number)
    found = equal_cases(session, STAFF, case_id)
    assert (found.shown, found.endings, found.least) == (False, (), 5)


def test_enough_are_counted_by_how_they_ended(school: School) -> None:
    session = school.director()
    case_id = begun(session)
    for number in range(least_shown()):
        earlier(session, number)
    (ending,) = equal_cases(session, STAFF, case_id).endings
    assert (ending.procedure.nl, ending.end.nl, ending.cases) == (
        "Oefenprocedure",
        "afgesloten",
        5,
    )


@pytest.mark.parametrize(
    ("other", "closed"),
    [
        ({}, False),
        ({"articles": ("B1",)}, True),
        ({"actor_kind": "guardian"}, True),
    ],
)
def test_what_is_not_equal_does_not_count(
    school: School, other: dict[str, object], *, closed: bool
) -> None:
    session = school.director()
    case_id = begun(session)
    for number in range(least_shown() - 1):
        earlier(session, number)
    earlier(session, 99, closed=closed, **other)
    assert not equal_cases(session, STAFF, case_id).shown


def test_the_same_category_makes_cases_equal(school: School) -> None:
    session = school.director()
    case_id = begun(session, replace(BREACH, categories=("violence",)))
    for number in range(least_shown()):
        earlier(session, number, articles=("B1",), categories=("violence",))
    assert equal_cases(session, STAFF, case_id).shown


def test_nobody_else_learns_how_cases_ended(school: School) -> None:
    begun(school.director())
    with pytest.raises(Refusal, match="no_grant"):
        equal_cases(school.teacher(), STAFF, MINE)
