"""Which windows are kept out of pictures of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import delete

from tests.ui.desks import MemoryPreferences, desk_for
from ui.dossier.case import CasePage
from ui.dossier.cases import CasesPage
from ui.dossier.list import DossiersPage
from ui.dossier.page import DossierPage
from ui.letters.list import LettersPage
from ui.letters.page import LetterPage
from ui.shell.choices import Choices
from ui.shell.shield import CHOICE, OFF, Shield, is_shielded

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.registers import School


def test_a_window_is_kept_out_while_a_dossier_can_be_seen(qtbot: QtBot) -> None:
    choices = Choices(MemoryPreferences())
    window, pages = QMainWindow(), QStackedWidget()
    plain, one, other = QWidget(), QWidget(), QWidget()
    for page in (plain, one, other):
        pages.addWidget(page)
    for page in (one, other):
        Shield(page, choices)
    window.setCentralWidget(pages)
    qtbot.addWidget(window)
    window.show()
    seen = []
    for page in (plain, one, other, plain):
        pages.setCurrentWidget(page)
        seen.append(is_shielded(window))
    assert seen == [False, True, True, False]


def test_a_page_that_is_gone_asks_for_nothing(qtbot: QtBot) -> None:
    choices = Choices(MemoryPreferences())
    window = QWidget()
    qtbot.addWidget(window)
    page = QWidget(window)
    Shield(page, choices)
    window.show()
    assert is_shielded(window)
    delete(page)
    assert not is_shielded(window)


def test_it_can_be_switched_off_on_a_machine(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    Shield(page, Choices(MemoryPreferences({CHOICE: OFF})))
    page.show()
    assert not is_shielded(page)


def test_every_page_with_dossiers_asks_for_it(qtbot: QtBot, school: School) -> None:
    desk = desk_for(qtbot, school.director)
    kinds = (DossiersPage, DossierPage, CasesPage, CasePage, LettersPage, LetterPage)
    for kind in kinds:
        page = kind(desk)
        qtbot.addWidget(page)
        page.show()
        assert is_shielded(page)


def test_a_shield_that_the_collector_has_emptied_says_nothing(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    shield = Shield(page, Choices(MemoryPreferences()))
    vars(shield).clear()
    page.show()
    assert not is_shielded(page)
