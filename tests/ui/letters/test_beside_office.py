"""Who deals with cases sees beside an office letter what waits; the office sees nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.letters.requests import OfficeRequest, written
from tests.app.letters.test_beside_office import filed
from tests.app.letters.test_office import REMOVAL
from tests.ui.letters.test_office import LettersRobot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.dossier.filer import Person
    from app.dossier.inbox import FiledReport
    from tests.registers import School

__all__ = ["filed"]


@pytest.mark.parametrize("director", [True, False])
def test_what_waits_is_told_and_the_letter_can_leave(
    qtbot: QtBot, school: School, filed: tuple[Person, FiledReport], *, director: bool
) -> None:
    school.lock()
    robot = LettersRobot(qtbot, school, school.director if director else None)
    request = OfficeRequest("takedown_request", filed[0].id, values=REMOVAL)
    robot.goto("office_letter", requests=written((request,)))
    assert ("zaak (2026-001)" in robot.said) is director
    assert robot.letter._prepared is not None
