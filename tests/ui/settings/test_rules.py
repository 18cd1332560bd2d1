"""The rules of consent in the settings: chosen, told with their sources, notices noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.consent.profiles import profile_of
from app.consent.records import Channel
from app.record import Compartment
from app.start.begin import make_ready
from tests.robots.settings import SettingsRobot
from tests.ui.desks import desk_for, run_here
from ui.settings.rules import NoticesCard, RulesCard
from ui.words import t

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from ui.shell.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, school: School) -> Desk:
    """The desk of a director whose register is ready for pupils."""
    found = desk_for(qtbot, school.director)
    run_here(found, make_ready)
    return found


@pytest.fixture
def robot(qtbot: QtBot, desk: Desk) -> SettingsRobot:
    """Somebody in the settings of the school."""
    found = SettingsRobot(qtbot, desk)
    found.open("school")
    return found


def country(session: Session) -> str:
    with session.look(Compartment.CONSENT) as reader:
        return profile_of(reader).key


def noticed(session: Session) -> int:
    with session.look(Compartment.CONSENT) as reader:
        return sum(len(one.noticed_on) for one in reader.all(Channel))


def test_another_country_is_chosen_and_undone(robot: SettingsRobot, desk: Desk) -> None:
    rules = robot.page.findChild(RulesCard)
    assert rules is not None
    assert rules.form.text("jurisdiction") == "nl"
    rules.form.set_values({"jurisdiction": "de"})
    robot.press("save_rules")
    assert run_here(desk, country) == "de"
    robot.page.bar.act()
    robot.settle()
    assert run_here(desk, country) == "nl"


def test_a_notice_is_noted_where_silence_can_permit(robot: SettingsRobot, desk: Desk) -> None:
    rules, notices = robot.page.findChild(RulesCard), robot.page.findChild(NoticesCard)
    assert rules is not None
    assert notices is not None
    assert notices.isHidden()
    rules.choose("us")
    robot.settle()
    assert not notices.isHidden()
    robot.press("add_notice")
    robot.save_sheet(channels=("website",))
    assert run_here(desk, noticed) == 1
    told = t("settings.notice_line", day=desk.clock.today())
    robot.press_spoken(f"{t('settings.notice_take_back')}: {told}")
    assert run_here(desk, noticed) == 0
