"""Each article and sanction of the protocol leads to the duties that it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.duties.radar import radar
from tests.app.dossier.samples import BREACH
from tests.app.dossier.test_protocol_leads import BOUND
from tests.app.duties.test_radar import file_of, weighing

POLICE = {"police_report"}
LEAK = {"authority_told", "data_breach_kept"}


def duties(
    *, audience: str = "staff", judged: tuple[str, str] = ("", ""), **said: Any
) -> set[str]:
    breach = replace(BREACH, actor_kind=audience, **said)
    weighings = [weighing(1, breach.categories, *judged)] if any(judged) else []
    found = radar(file_of(breach, *weighings), ())
    return {state.duty.key for state in found if state.is_open}


@pytest.mark.parametrize(("article", "audience"), BOUND)
def test_an_article_asks_to_weigh_what_it_may_be(article: str, audience: str) -> None:
    assert duties(audience=audience, articles=(article,)) == {"weighed"}


@pytest.mark.parametrize(("article", "audience"), BOUND)
def test_a_picture_of_a_pupil_that_was_shared_asks_to_tell_parents(
    article: str, audience: str
) -> None:
    found = duties(audience=audience, articles=(article,), shared=True, affected=("Zoë",))
    leak = LEAK if audience == "staff" else set()
    assert found == {"weighed", "published_told", *leak}


@pytest.mark.parametrize(
    ("category", "asked"),
    [
        ("sexual", {"inspector_consulted", "board_told", "person_told", *POLICE}),
        ("violence", {"inspector_consulted"}),
        ("discrimination", {"inspector_consulted"}),
    ],
)
def test_the_second_sanction(category: str, asked: set[str]) -> None:
    assert duties(categories=(category,)) == {"weighed", *asked}
    assert duties(categories=(category,), audience="guardian") == {"weighed"}


@pytest.mark.parametrize("audience", ["staff", "guardian"])
def test_the_sixth_sanction(audience: str) -> None:
    assert duties(audience=audience, judged=("yes", "no")) == POLICE
    touched = duties(audience=audience, judged=("yes", "no"), affected=("Zoë",))
    assert touched == {*POLICE, "parents_told"}
    assert duties(audience=audience, judged=("no", "no")) == set()


@pytest.mark.parametrize("audience", ["staff", "guardian", "other"])
def test_a_data_breach_has_its_own_duties(audience: str) -> None:
    assert duties(audience=audience, judged=("no", "yes")) == LEAK


def test_what_was_weighed_to_be_no_data_breach_has_none() -> None:
    found = duties(judged=("no", "no"), shared=True, affected=("Zoë",))
    assert found == {"published_told"}


def test_sanctions_one_three_four_and_five_ask_for_nothing_beside_the_case() -> None:
    for audience in ("staff", "guardian"):
        assert duties(audience=audience, judged=("no", "no")) == set()
