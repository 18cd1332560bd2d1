"""Step by step."""

from collections.abc import Mapping

import pytest
from pytestqt.qtbot import QtBot

from ui.kit.form import Form, Line
from ui.kit.wizard import FormStep, StepPage, Wizard, WizardStep


def name_step() -> FormStep:
    """A page with one required field."""
    return FormStep(Form((Line(key="name", label="Naam", required=True),)), "Uitleg")


def follows(answers: Mapping[str, object]) -> str:
    """Skips a page for De Walvis."""
    return "end" if answers["name"] == "De Walvis" else "more"


STEPS = (
    WizardStep("name", "Hoe heet de school?", name_step, follows),
    WizardStep("more", "Meer", StepPage),
    WizardStep("end", "Klaar", StepPage, verb="kit.close"),
)


@pytest.fixture
def wizard(qtbot: QtBot) -> Wizard:
    made = Wizard(STEPS)
    qtbot.addWidget(made)
    made.show()
    return made


def fill(wizard: Wizard, name: str) -> None:
    """Fill in the first page."""
    page = wizard.page("name")
    assert isinstance(page, FormStep)
    page.form.set_values({"name": name})


def test_waits_for_what_is_required(wizard: Wizard) -> None:
    wizard.forward()
    assert wizard.key == "name"


def test_answers_decide_the_way(wizard: Wizard, qtbot: QtBot) -> None:
    fill(wizard, "De Walvis")
    wizard.forward()
    assert wizard.key == "end"
    with qtbot.waitSignal(wizard.finished) as told:
        wizard.forward()
    assert told.args == [{"name": "De Walvis"}]


def test_going_back_keeps_what_was_filled_in(wizard: Wizard) -> None:
    fill(wizard, "Zeester")
    wizard.forward()
    assert wizard.key == "more"
    wizard.back()
    assert wizard.key == "name"
    page = wizard.page("name")
    assert isinstance(page, FormStep)
    assert page.form.text("name") == "Zeester"
