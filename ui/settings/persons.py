"""Who an account is in the register: recorded once, so that nobody goes by names alone."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.people.accounts import OPEN, OTHER, SAME, say_account
from app.people.likely import Likely, likely, who_is_who
from app.ports import Session, UserCard
from app.record import DOSSIERS
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.form import Form, Line
from ui.kit.label import Muted, Strong
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import t

Who = tuple[UserCard, tuple[Likely, ...]]


class WhoCard(Card):
    """Every account with whom it was recorded to be.

    Signals:
        asked(user): who this account is, is to be recorded.
    """

    asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.who"))
        self._desk, self._lines = desk, Lines(shares=(2, 4))
        self.add(Muted(t("settings.who_words")), self._lines)
        self.setVisible(desk.user.may("consent.write"))

    def read(self) -> None:
        """Read again what was recorded."""
        if self._desk.user.may("consent.write"):
            self._desk.ask(who_is_who, self._show, self)

    def _show(self, found: Sequence[Who]) -> None:
        self._lines.clear()
        for user, people in found:
            button = Plain(t("settings.who_record"), fit="small")
            button.setAccessibleName(t("settings.who_name", name=user.name))
            button.call_it("who_is")
            button.clicked.connect(partial(self._ask, user))
            same = any(one.said == SAME for one in people)
            mark = Mark.YES if same else Mark.ASK if _reads_dossiers(user) else Mark.OPEN
            self._lines.add(user.name, _said(people), button, mark=mark)

    def _ask(self, user: UserCard, _on: object = None) -> None:
        self.asked.emit(user)


class PersonsSheet(SideSheet):
    """Says which member of staff or parent an account is, and which namesake it is not.

    Signals:
        recorded(): something was.
    """

    recorded = Signal()

    def __init__(self, desk: Desk, user: UserCard) -> None:
        super().__init__(t("settings.who_is", name=user.name))
        self._desk, self._user = desk, user
        self._search = Form([Line(key="search", label="settings.who_search")], columns=1)
        self._search.submitted.connect(self._read)
        find = Plain(t("settings.who_find"), "search", fit="small")
        find.call_it("find_person")
        find.clicked.connect(self._search.submit)
        line = Flow()
        line.addWidget(find)
        self._people, self._none = QVBoxLayout(), Muted(t("settings.who_none"))
        self._people.setSpacing(look().gap)
        explain = "settings.who_own" if user.id == desk.user.id else "settings.who_help"
        self.add(Muted(t(explain)), self._search, line, self._none, self._people)
        self.end()
        self._read()

    def _read(self, _values: object = None) -> None:
        text = self._search.text("search")
        self._desk.ask(partial(likely, user=self._user, text=text), self._show, self)

    def _show(self, found: tuple[Likely, ...]) -> None:
        while (item := self._people.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._none.setVisible(not found)
        for one in found:
            self._people.addWidget(self._row(one))

    def _row(self, one: Likely) -> QFrame:
        row = QFrame(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        column.addWidget(Strong(one.name))
        parts = (t(f"settings.who_{one.kind}"), one.detail)
        said = "" if one.said == OPEN else t(f"settings.who_is_{one.said}")
        column.addWidget(Muted(" · ".join(part for part in (*parts, said) if part)))
        line = Flow(gap=8)
        for button in self._buttons(one):
            line.addWidget(button)
        column.addLayout(line)
        return row

    def _buttons(self, one: Likely) -> list[Plain]:
        own = self._user.id == self._desk.user.id
        wanted = [each for each in (SAME, OTHER, OPEN) if each != one.said]
        if own:
            wanted = [each for each in wanted if each == SAME]
        return [self._button(one, said) for said in wanted]

    def _button(self, one: Likely, said: str) -> Plain:
        button = Plain(t(f"settings.who_say_{said}"), fit="small")
        button.setAccessibleName(f"{t(f'settings.who_say_{said}')}: {one.name}")
        button.call_it(f"say_{said}")
        button.clicked.connect(partial(self._say, one, said))
        return button

    def _say(self, one: Likely, said: str, _on: object = None) -> None:
        self._desk.ask(partial(_record, self._user.id, one, said), self._kept, self)

    def _kept(self, _record: object) -> None:
        self._read()
        self.bar.notice(t("settings.who_kept"))
        self.recorded.emit()


def _reads_dossiers(user: UserCard) -> bool:
    """Whether it matters who somebody is: he could deal with a case about himself."""
    return any(user.may(f"{compartment}.read") for compartment in DOSSIERS)


def _record(user_id: str, one: Likely, said: str, session: Session) -> object:
    return say_account(session, user_id, one.kind, one.id, said)


def _said(people: tuple[Likely, ...]) -> str:
    """Whom an account was recorded to be, and not to be."""
    if not people:
        return t("settings.who_open")
    return " · ".join(
        t(f"settings.who_line_{one.said}", name=one.name, kind=t(f"settings.who_{one.kind}"))
        for one in people
    )
