"""Each article and sanction of the protocol leads to what it asks for.

The dossier, the duties, the courses, the letters and the consultation of the inspector.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import resources
from app.dossier.facts import CaseFacts, categories, inspector_settled
from app.dossier.weighing import Weighing
from app.duties.radar import radar
from app.letters.template import load_template
from app.procedures.procedure import first_procedure, load_procedure
from app.record import Compartment
from tests.app.dossier.samples import BREACH, CASE, LOVK, NOW, TODAY
from tests.app.letters.samples import case_file

if TYPE_CHECKING:
    from app.dossier.records import Breach
    from app.procedures.procedure import Procedure

STAFF, PUPILS = Compartment.STAFF_DOSSIER, Compartment.PUPIL_DOSSIER
INTAKE = {"staff": "staff_intake", "guardian": "guardian_intake"}
PLACE = {"staff": STAFF, "guardian": PUPILS}

COURSES = {
    "staff_talk": {"staff_invitation", "staff_minutes"},
    "staff_written_warning": {"staff_invitation", "staff_warning", "staff_reply"},
    "staff_reprimand": {"staff_reprimand_intention", "staff_reply", "staff_reprimand"},
    "staff_suspension": {"staff_suspension_intention", "staff_reply", "staff_suspension"},
    "staff_order": {"staff_order_intention", "staff_reply", "staff_order"},
    "staff_dismissal": {"staff_dismissal_intention", "staff_reply", "staff_dismissal"},
    "staff_dismissal_spot": {"staff_dismissal_spot"},
    "guardian_talk": {"guardian_invitation", "guardian_minutes"},
    "guardian_agreement": {"guardian_invitation", "guardian_agreement", "guardian_reply"},
    "guardian_written_warning": {"guardian_invitation", "guardian_warning", "guardian_reply"},
    "guardian_ban": {
        *("guardian_ban_intention", "guardian_reply", "guardian_ban", "guardian_ban_end"),
    },
}
"""Per course its letters, beside the one that says that nothing follows."""

MEASURES = {
    "3": {
        "staff_warning": "staff_written_warning",
        "staff_suspension": "staff_suspension",
        "staff_order_suspension": "staff_order",
        "staff_reprimand": "staff_reprimand",
        "staff_dismissal": "staff_dismissal",
        "staff_instant_dismissal": "staff_dismissal_spot",
        "staff_talk": "staff_talk",
    },
    "5": {
        "guardian_talk": "guardian_talk",
        "guardian_agreement": "guardian_agreement",
        "guardian_oral_warning": "guardian_talk",
        "guardian_warning": "guardian_written_warning",
        "guardian_contact_person": "guardian_agreement",
        "guardian_access_ban": "guardian_ban",
    },
}
"""Per sanction that names measures the course of each; the sanction for parents names none."""

BOUND = [
    (article.id, audience)
    for article in LOVK.articles
    for audience in INTAKE
    if article.binds(audience)
]


def intake_of(audience: str) -> Procedure:
    found = first_procedure(PLACE[audience], audience, TODAY)
    assert found is not None
    return found


def open_to(audience: str) -> set[str]:
    """The courses that can be chosen at once."""
    choose = intake_of(audience).step("choose_course")
    assert choose is not None
    return set(choose.opens)


def letters_of(course: str) -> set[str]:
    return {step.letter for step in load_procedure(course).steps if step.letter}


@pytest.mark.parametrize(("article", "audience"), BOUND)
def test_an_article_leads_to_its_dossier_and_every_course(article: str, audience: str) -> None:
    found = LOVK.article(article)
    assert found is not None
    assert LOVK.compartment(audience, pupil_affected=True) == PLACE[audience]
    assert intake_of(audience).key == INTAKE[audience]
    assert open_to(audience) == {key for key in COURSES if key.startswith(audience)}


def test_every_article_binds_staff_and_the_first_seven_parents_too() -> None:
    bound = {who: [id for id, audience in BOUND if audience == who] for who in INTAKE}
    assert bound["guardian"] == [f"A{number}" for number in range(1, 8)]
    assert bound["staff"] == [article.id for article in LOVK.articles]


@pytest.mark.parametrize("course", COURSES)
def test_a_course_issues_its_letters(course: str) -> None:
    audience = course.partition("_")[0]
    assert letters_of(course) == {*COURSES[course], f"{audience}_no_action"}
    for key in letters_of(course):
        assert PLACE[audience] in load_template(key, "nl").compartments


@pytest.mark.parametrize("sanction", MEASURES)
def test_a_sanction_leads_to_a_course_for_each_of_its_measures(sanction: str) -> None:
    rows = resources.protocol("lovk-2023")
    (audience,) = {row["audience"] for row in rows["sanctions"] if row["id"] == sanction}
    named = {r["key"]: r["procedure"] for r in rows["measures"] if r["audience"] == audience}
    assert named == MEASURES[sanction]
    assert set(named.values()) == open_to(audience)


@pytest.mark.parametrize(("sanction", "audience"), [("1", "staff"), ("4", "guardian")])
def test_a_sanction_leads_to_its_dossier(sanction: str, audience: str) -> None:
    (said,) = (found for found in LOVK.sanctions if found.id == sanction)
    assert said.audience == audience
    for course in open_to(audience):
        assert load_procedure(course).compartment == PLACE[audience]


def duties_of(breach: Breach, *weighings: Weighing) -> set[str]:
    """The duties that a case asks for."""
    file = replace(case_file(breach=breach), weighings=weighings)
    return {state.duty.key for state in radar(file, ()) if state.arises}


def weighed(offence: str, data_breach: str = "no") -> Weighing:
    """What somebody found."""
    return Weighing(
        id="9" * 32,
        case_id=CASE.id,
        position=1,
        offence=offence,
        data_breach=data_breach,
        reason="Er is overlegd.",
        author="H. Vermeer",
        recorded_at=NOW,
    )


@pytest.mark.parametrize(("article", "audience"), BOUND)
def test_an_article_leads_to_the_weighing_of_what_must_be_done(
    article: str, audience: str
) -> None:
    breach = replace(BREACH, articles=(article,), actor_kind=audience)
    assert duties_of(breach) == {"weighed"}


@pytest.mark.parametrize(
    ("category", "duties"),
    [
        ("violence", {"inspector_consulted"}),
        ("discrimination", {"inspector_consulted"}),
        ("sexual", {"inspector_consulted", "board_told", "person_told", "police_report"}),
    ],
)
def test_the_second_sanction_leads_to_the_inspector(category: str, duties: set[str]) -> None:
    breach = replace(BREACH, categories=(category,))
    facts = CaseFacts(breach, LOVK)
    assert [found.key for found in categories(facts)] == [category]
    assert inspector_settled(facts) == (category != "sexual")
    assert duties_of(breach) == {"weighed", *duties}
    assert load_template("inspector_report", "nl").compartments == (PUPILS, STAFF)


@pytest.mark.parametrize("audience", INTAKE)
def test_the_sixth_sanction_leads_to_the_police_whoever_it_is(audience: str) -> None:
    breach = replace(BREACH, actor_kind=audience)
    assert "police_report" not in duties_of(breach, weighed("no"))
    assert "police_report" in duties_of(breach, weighed("yes"))


def test_the_sixth_sanction_leads_to_the_police_for_staff_and_parents() -> None:
    template = load_template("police_cover", "nl")
    assert (template.audience, template.belongs) == ("any", "dossier")
    assert set(template.compartments) == {STAFF, PUPILS}


@pytest.mark.parametrize("course", [key for key in COURSES if key.startswith("staff")])
def test_no_letter_leaves_before_the_inspector_where_that_comes_first(course: str) -> None:
    for step in load_procedure(course).steps:
        template = load_template(step.letter, "nl") if step.letter else None
        if template and template.purpose in ("invitation", "intention", "warning", "decision"):
            assert "inspector_settled" in step.needs, step.id
