"""Somebody with a pile of paper forms, who types; counts the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.consent.records import Decision, Retraction, UnclearAnswer
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.record import Compartment
from reports.press import PaperPress
from tests.journeys.families import add_family, settle
from tests.robots.office import OfficeRobot
from ui.consent.entering import EnterFormsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.ports import Session
    from tests.journeys.families import Family, Place
    from tests.registers import School

T = TypeVar("T", Decision, Retraction, UnclearAnswer)
ENTER = Qt.Key.Key_Return
BACK = Qt.Key.Key_Backspace


class EnteringRobot(OfficeRobot):
    """Types a pile; the keyboard is never moved by hand.

    Attributes:
        keys_pressed: how many keys so far.
    """

    place: Place

    def __init__(
        self,
        qtbot: QtBot,
        school: School,
        sign_in: Callable[[], Session] | None = None,
        language: str = "nl",
    ) -> None:
        super().__init__(qtbot, school, sign_in, language)
        self.keys_pressed = 0

    def begin_pile(self) -> Family:
        """A family of which both parents got a form, and the page to enter it."""

        def work(session: Session) -> Family:
            self.place = settle(session)
            family = add_family(session, self.place)
            issue(session, family.pupil.id)
            return family

        family = self.do(work)
        self.goto("enter_forms")
        return family

    def tap(self, *keys: Qt.Key | str) -> None:
        """Type as it comes, and wait until everything was read and shown."""
        for key in keys:
            self.keys_pressed += len(key) if isinstance(key, str) else 1
        self.keys(*keys)

    def form(self, number: str, answers: str, day: str = "") -> None:
        """Type one form: its number, its answers, the day if it is another, and Enter."""
        self.tap(number, ENTER)
        self.tap(answers)
        if day:
            self.tap(day)
        self.tap(ENTER)

    def ahead(self, *keys: Qt.Key | str) -> None:
        """Type without waiting for anything."""
        for key in keys:
            target = QApplication.focusWidget() or self.frame
            if isinstance(key, str):
                self.qtbot.keyClicks(target, key)
            else:
                self.qtbot.keyClick(target, key)

    @property
    def entering(self) -> EnterFormsPage:
        """The page itself."""
        page = self.page
        assert isinstance(page, EnterFormsPage)
        return page

    @property
    def uses(self) -> list[str]:
        """The questions on the page, in order."""
        form = self.entering.card.form
        return [line.use for line in form.lines] if form else []

    @property
    def answers(self) -> dict[str, str]:
        """What was answered so far."""
        return self.entering.card.answers.answers()

    def stored(self, kind: type[T]) -> tuple[T, ...]:
        """What the register holds."""

        def work(session: Session) -> tuple[T, ...]:
            with session.look(Compartment.CONSENT) as reader:
                return reader.all(kind)

        return self.do(work)


def issue(session: Session, pupil_id: str) -> None:
    """Forms for everybody who decides about a pupil."""
    requests = requests_for_pupil(session, pupil_id)
    register_issue(session, prepare_forms(session, PaperPress(), requests, "nl"))
