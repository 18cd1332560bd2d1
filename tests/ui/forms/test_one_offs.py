"""One-off uses on the screen: made in seconds, changed, undone, and on to their form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from app.consent.one_off import OneOffDraft, one_offs, save_one_off
from app.forms.listing import form_groups
from app.record import Compartment
from tests.robots.pages import PageRobot
from tests.ui.desks import desk_for, run_here
from tests.ui.forms.test_versions import words_of
from ui.forms.one_offs import OneOffSheet, OneOffsPage
from ui.forms.page import FormsPage

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from app.consent.records import Channel
    from app.ports import Session
    from tests.sample import Sample
    from ui.shell.desk import Desk


class OneOffsRobot(PageRobot):
    """Somebody in the office at the one-off uses."""

    def __init__(self, qtbot: QtBot, desk: Desk, **what: str) -> None:
        self.page = OneOffsPage(desk)
        self.page.arrive(what)
        super().__init__(qtbot, desk, self.page)

    @property
    def sheet(self) -> OneOffSheet:
        """The sheet that is open."""
        sheet = self.page.sheet
        assert isinstance(sheet, OneOffSheet)
        return sheet

    def fill(self, **values: object) -> None:
        """Fill the sheet in and save it."""
        self.sheet.form.set_values(values)
        self.press("sheet_save")


@pytest.fixture
def desk(qtbot: QtBot, sample: Sample) -> Desk:
    """The administrator of the sample school."""
    return desk_for(qtbot, sample.administrator)


def known(session: Session) -> tuple[Channel, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return one_offs(reader, session.clock.today())


def a_group(session: Session) -> str:
    return form_groups(session)[0].id


def later(desk: Desk) -> date:
    today = desk.clock.today()
    return today.replace(year=today.year + 1)


def a_trip(session: Session, end: date, groups: tuple[str, ...] = ()) -> Channel:
    draft = OneOffDraft("Schoolreis", ("photo",), "parent_page", None, end, groups)
    return save_one_off(session, draft)


def test_a_trip_takes_a_name_and_a_last_day(qtbot: QtBot, desk: Desk) -> None:
    robot = OneOffsRobot(qtbot, desk)
    assert "Geen eenmalig gebruik" in words_of(robot.page)
    robot.press("add_one_off")
    name = robot.sheet.form.editor("name")
    focused = robot.page.window().focusWidget()
    assert focused is not None
    assert name in (focused, focused.parentWidget())
    robot.fill(name="Schoolreis naar Zeeland", end=later(desk))
    (trip,) = run_here(desk, known)
    assert trip.media == ("photo", "film")
    assert trip.start == desk.clock.today()
    robot.settle()
    assert "Schoolreis naar Zeeland" in words_of(robot.page)
    assert "alle groepen" in words_of(robot.page)


def test_it_has_a_name_in_other_languages_where_one_is_given(qtbot: QtBot, desk: Desk) -> None:
    robot = OneOffsRobot(qtbot, desk)
    robot.press("add_one_off")
    robot.sheet.form.set_values({"name": "Schoolreis", "end": later(desk)})
    robot.press("choice_pl")
    assert robot.sheet.form.editor("name_pl").isVisible()
    robot.fill(name_pl="Wycieczka")
    (trip,) = run_here(desk, known)
    assert [trip.name(one) for one in ("nl", "en", "pl")] == [
        "Schoolreis", "Schoolreis", "Wycieczka",
    ]  # fmt: skip
    robot.press(f"change_{trip.key}")
    robot.fill(name="Uitstapje")
    (trip,) = run_here(desk, known)
    assert [trip.name(one) for one in ("nl", "en", "pl")] == [
        "Uitstapje", "Uitstapje", "Wycieczka",
    ]  # fmt: skip


def test_it_can_be_undone(qtbot: QtBot, desk: Desk) -> None:
    robot = OneOffsRobot(qtbot, desk)
    robot.press("add_one_off")
    robot.fill(name="Pers op bezoek", within="press", media=("film",), end=later(desk))
    robot.page.bar.act()
    robot.settle()
    assert run_here(desk, known) == ()


def test_undoing_a_longer_period_asks_nobody_again(qtbot: QtBot, desk: Desk) -> None:
    before = run_here(desk, partial(a_trip, end=later(desk)))
    robot = OneOffsRobot(qtbot, desk)
    robot.press(f"change_{before.key}")
    robot.fill(end=later(desk).replace(year=later(desk).year + 1))
    assert run_here(desk, known)[0].scope == 2
    robot.page.bar.act()
    robot.settle()
    assert run_here(desk, known) == (before,)


def test_what_is_wrong_stands_at_its_field(qtbot: QtBot, desk: Desk) -> None:
    robot = OneOffsRobot(qtbot, desk)
    robot.press("add_one_off")
    robot.fill(name="Reis", end=desk.clock.today().replace(year=2020))
    assert robot.sheet.form.error("end")
    assert run_here(desk, known) == ()


def test_from_a_group_the_sheet_is_open_at_once(qtbot: QtBot, desk: Desk) -> None:
    group = run_here(desk, a_group)
    robot = OneOffsRobot(qtbot, desk, group_id=group)
    robot.fill(name="Kinderboerderij", end=later(desk))
    assert run_here(desk, known)[0].group_ids == (group,)


def test_it_leads_to_its_own_form_for_its_group(qtbot: QtBot, desk: Desk) -> None:
    group = run_here(desk, a_group)
    trip = run_here(desk, partial(a_trip, end=later(desk), groups=(group,)))
    robot = OneOffsRobot(qtbot, desk)
    robot.press(f"forms_{trip.key}")
    assert robot.went == [("forms", {"one_off": trip.key, "group_id": group})]
    page = FormsPage(desk)
    page.arrive(dict(robot.went[0][1]))
    forms = PageRobot(qtbot, desk, page)
    assert page.maker.form.text("which") == trip.key
    forms.press("forms_show")
    assert page.maker._prepared is not None
    assert page.maker._prepared.version.channel == trip.key
