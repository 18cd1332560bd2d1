"""A whole group on a day: as known then, with what was learned since, and the way back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem

from app.consent.asof import AsOf
from app.consent.decide import DecisionsDraft, record_papers
from app.consent.records import Answer
from tests.journeys.families import WEBSITE, Family, add_family, says, settle
from tests.robots import part
from tests.ui.desks import desk_for, run_here
from tests.ui.desks import settle as wait
from ui.consent.groupthen import GroupThenPage
from ui.consent.thengrid import wrapped
from ui.kit.form import Form
from ui.kit.label import Text
from ui.theme import Theme, apply_theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.registers import School
    from ui.shell.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, school: School) -> Desk:
    """The desk of an administrator."""
    return desk_for(qtbot, school.administrator)


def one_family(session: Session) -> Family:
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    return family


def test_a_group_is_shown_as_it_was_known_then(
    qtbot: QtBot, school: School, desk: Desk
) -> None:
    family = run_here(desk, one_family)
    day = school.clock.today()
    school.clock.move(timedelta(days=4))
    withdraw = partial(
        says, pupil=family.pupil, guardian=family.father, answer=Answer.WITHDRAWN
    )
    run_here(desk, partial(withdraw, signed_on=day))
    page = GroupThenPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    wait(qtbot, desk)
    assert page.band.isHidden()
    before = page.grid.model().index(0, 0).data()
    part(page, QPushButton, "look_back").click()
    assert page.sheet is not None
    form = page.sheet.findChildren(Form)[0]
    form.set_values({"day": day, "known_on": day})
    part(page, QPushButton, "sheet_save").click()
    wait(qtbot, desk)
    shown = _first_row(page)
    assert not page.band.isHidden()
    assert "Zoë" in str(page.grid.model().headerData(0, Qt.Orientation.Vertical))
    assert "JA" in shown
    assert "anders" in shown
    told = _told(page)
    assert any("De intrekking van 22 nov 2026 (vader) is ingevoerd op" in one for one in told)
    part(page, QPushButton, "back_to_today").click()
    wait(qtbot, desk)
    assert page.grid.model().index(0, 0).data() == before


def test_what_nobody_could_read_stands_beside_the_answer(
    qtbot: QtBot, school: School, desk: Desk
) -> None:
    family = run_here(desk, one_family)
    day = school.clock.today()
    school.clock.move(timedelta(days=4))
    draft = DecisionsDraft(family.pupil.id, family.father.id, (), day, unclear=(WEBSITE,))
    run_here(desk, partial(record_papers, drafts=(draft,)))
    page = GroupThenPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    wait(qtbot, desk)
    assert "JA · onduidelijk" in _first_row(page)
    said = "Op het papier van 22 nov 2026 (vader) is dit niet te lezen"
    assert any(said in one for one in _told(page))
    page.look_at(AsOf(day - timedelta(days=1), today=school.clock.today()))
    wait(qtbot, desk)
    assert "JA" in _first_row(page)
    assert not any("niet te lezen" in one for one in _told(page))


def _first_row(page: GroupThenPage) -> list[str]:
    model = page.grid.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def _told(page: GroupThenPage) -> list[str]:
    return [text.text() for text in page.findChildren(Text) if not text.isHidden()]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("WhatsApp-groep", "WhatsApp-\ngroep"),
        ("Foto op de website", "Foto op de\nwebsite"),
        ("Oudergedeelte", "Oudergedeelte"),
        ("", ""),
    ],
)
def test_long_names_stand_on_more_lines(words: str, lines: str) -> None:
    assert wrapped(words, 13) == lines


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_in_the_grid_is_cut(
    qtbot: QtBot, qapp: QApplication, desk: Desk, percent: int
) -> None:
    long = "Maria Wilhelmina Johanna Antoinette Cornelia"
    run_here(desk, lambda session: add_family(session, settle(session), long))
    apply_theme(qapp, Theme("light", percent))
    page = GroupThenPage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 700)
    page.show()
    page.refresh()
    wait(qtbot, desk)
    grid = page.grid
    header, model = grid.horizontalHeader(), grid.model()
    assert model.columnCount() > 5
    for column in range(model.columnCount()):
        cell = grid.itemDelegate().sizeHint(QStyleOptionViewItem(), model.index(0, column))
        assert grid.columnWidth(column) >= max(cell.width(), header.sectionSizeHint(column))
    assert header.height() >= header.sizeHint().height()
    line = QFontMetrics(grid.verticalHeader().font()).lineSpacing()
    name = str(model.headerData(0, Qt.Orientation.Vertical))
    assert name.count("\n") >= 2
    assert grid.rowHeight(0) >= (name.count("\n") + 1) * line
    bar = grid.horizontalScrollBar()
    assert header.length() <= grid.viewport().width() + bar.maximum()
    assert grid.verticalHeader().width() >= grid.verticalHeader().sizeHint().width()
