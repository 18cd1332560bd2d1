"""Withdrawing: three clicks for everything, two for one use, and back again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.consent.channels import save_channel
from app.consent.records import Answer, Channel
from app.record import Compartment
from tests.journeys.families import says
from tests.robots import part
from ui.consent.change import WithdrawSheet

if TYPE_CHECKING:
    from app.ports import Session
    from tests.ui.consent.conftest import ConsentRobot

USES = ("photo:website", "photo:newsletter", "film:website")


def switch(session: Session, key: str, *, active: bool) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key=key)
    save_channel(session, replace(channel, active=active))


@pytest.fixture
def agreed(robot: ConsentRobot) -> ConsentRobot:
    """Both parents said yes to three uses."""
    family = robot.family
    for parent in (family.mother, family.father):
        for use in USES:
            robot.do(partial(says, pupil=family.pupil, guardian=parent, use=use))
    return robot


def test_everything_is_withdrawn_in_three_clicks(agreed: ConsentRobot) -> None:
    assert agreed.verdict("Website") == "JA"
    agreed.press("withdraw")
    agreed.choose_person("Marijke Wal (moeder)")
    agreed.press("withdraw_now")
    assert agreed.clicks == 3
    assert agreed.said == "Ingetrokken bij 3 gebruiken, vanaf vandaag."
    assert agreed.verdict("Website") == "NEE"
    assert agreed.line("Website")[-1] == "moeder trok in op 22 nov 2026"


def test_a_draft_holds_what_was_ticked_and_no_more(agreed: ConsentRobot) -> None:
    agreed.press("withdraw")
    agreed.choose_person("Marijke Wal (moeder)")
    sheet = part(agreed.page, WithdrawSheet)
    sheet._uses.set_values({"uses": ("photo:website",)})
    kept = sheet.typed()
    assert kept["uses"] == ["photo:website"]
    again = WithdrawSheet(sheet._desk, sheet._found)
    agreed.qtbot.addWidget(again)
    again.put(kept)
    assert again._uses.editor("uses").value() == ("photo:website",)


def test_the_bar_takes_it_back(agreed: ConsentRobot) -> None:
    agreed.press("withdraw")
    agreed.choose_person("Piotr Wal (vader)")
    agreed.press("withdraw_now")
    agreed.undo()
    assert agreed.verdict("Website") == "JA"
    assert "Ongedaan gemaakt" in agreed.said


def test_one_use_is_withdrawn_from_its_cell(agreed: ConsentRobot) -> None:
    agreed.click_cell("Website", 2)
    agreed.press("change_withdraw")
    assert agreed.clicks == 2
    assert agreed.line("Website")[2] == "ingetrokken"
    assert agreed.verdict("Nieuwsbrief") == "JA"


def test_only_what_was_said_yes_to_can_be_withdrawn(robot: ConsentRobot) -> None:
    assert not robot.sees("withdraw")
    family = robot.family
    no = partial(says, pupil=family.pupil, guardian=family.mother, answer=Answer.NO)
    robot.do(no)
    assert not robot.sees("withdraw")
    robot.click_cell("Website", 1)
    assert not robot.sees("change_withdraw")


def test_some_uses_can_be_left_out(agreed: ConsentRobot) -> None:
    agreed.press("withdraw")
    agreed.choose_person("Marijke Wal (moeder)")
    agreed.fill(uses="Website · film")
    agreed.press("withdraw_now")
    assert agreed.said == "Ingetrokken bij 2 gebruiken, vanaf vandaag."


def test_everything_is_withdrawn_also_from_a_channel_that_is_off(agreed: ConsentRobot) -> None:
    agreed.do(partial(switch, key="newsletter", active=False))
    agreed.press("withdraw")
    agreed.choose_person("Marijke Wal (moeder)")
    agreed.press("withdraw_now")
    assert agreed.said == "Ingetrokken bij 3 gebruiken, vanaf vandaag."
    agreed.do(partial(switch, key="newsletter", active=True))
    assert agreed.verdict("Nieuwsbrief") == "NEE"


def test_consent_is_withdrawn_under_a_safety_flag(agreed: ConsentRobot) -> None:
    agreed.press("safety_flag")
    agreed.press("withdraw")
    agreed.choose_person("Piotr Wal (vader)")
    agreed.press("withdraw_now")
    assert agreed.said == "Ingetrokken bij 3 gebruiken, vanaf vandaag."
    agreed.press("safety_flag")
    assert agreed.line("Website")[-1] == "vader trok in op 22 nov 2026"


def test_the_flag_is_raised_and_lifted_without_questions(agreed: ConsentRobot) -> None:
    agreed.press("safety_flag")
    assert agreed.verdict("Website") == "NEE"
    assert agreed.line("Website")[-1] == "geen beeld"
    agreed.undo()
    assert agreed.verdict("Website") == "JA"
    agreed.press("safety_flag")
    agreed.press("safety_flag")
    assert agreed.verdict("Website") == "JA"
    agreed.undo()
    assert agreed.verdict("Website") == "NEE"
