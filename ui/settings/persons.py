"""Who an account is in the register: recorded once, so that nobody goes by names alone."""

from functools import partial

from app.people.accounts import OPEN, OTHER, SAME, say_account
from app.people.likely import Likely, likely
from app.ports import Session, UserCard
from ui.kit.button import Plain
from ui.kit.form import Form, Line
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.words import t

_MARKS = {SAME: Mark.YES, OTHER: Mark.NO, OPEN: Mark.OPEN}


class PersonsSheet(SideSheet):
    """Says which member of staff or parent an account is, and which namesake it is not."""

    wide = 480

    def __init__(self, desk: Desk, user: UserCard) -> None:
        super().__init__(t("settings.who_is", name=user.name))
        self._desk, self._user = desk, user
        self._search = Form([Line(key="search", label="settings.who_search")], columns=1)
        self._search.submitted.connect(self._read)
        find = Plain(t("settings.who_find"), "search", fit="small")
        find.call_it("find_person")
        find.clicked.connect(self._search.submit)
        self._lines, self._none = Lines(shares=(3, 2)), Muted(t("settings.who_none"))
        self.add(Muted(t("settings.who_words")), self._search, find, self._none, self._lines)
        self.end()
        self._read()

    def _read(self, _values: object = None) -> None:
        text = self._search.text("search")
        self._desk.ask(partial(likely, user=self._user, text=text), self._show, self)

    def _show(self, found: tuple[Likely, ...]) -> None:
        self._lines.clear()
        self._none.setVisible(not found)
        for one in found:
            kind = t(f"settings.who_{one.kind}")
            detail = " · ".join(part for part in (kind, one.detail) if part)
            self._lines.add(one.name, detail, *self._buttons(one), mark=_MARKS[one.said])

    def _buttons(self, one: Likely) -> list[Plain]:
        own = self._user.id == self._desk.user.id
        wanted = [SAME] if one.said != SAME else []
        if not own:
            wanted += [each for each in (OTHER, OPEN) if each != one.said]
            wanted = wanted if one.said != OPEN else [SAME, OTHER]
        return [self._button(one, said) for said in wanted]

    def _button(self, one: Likely, said: str) -> Plain:
        button = Plain(t(f"settings.who_say_{said}"), fit="small")
        button.setAccessibleName(f"{t(f'settings.who_say_{said}')}: {one.name}")
        button.call_it(f"say_{said}")
        button.clicked.connect(partial(self._say, one, said))
        return button

    def _say(self, one: Likely, said: str, _on: object = None) -> None:
        self._desk.ask(partial(_said, self._user.id, one, said), self._kept, self)

    def _kept(self, _record: object) -> None:
        self._read()
        self.bar.notice(t("settings.who_kept"))


def _said(user_id: str, one: Likely, said: str, session: Session) -> object:
    return say_account(session, user_id, one.kind, one.id, said)
