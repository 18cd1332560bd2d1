"""A director at the inbox: sees that something waits, opens, reads and files it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.robots.pages import PageRobot
from ui.breach.inbox import InboxPage
from ui.kit import ask
from ui.kit.label import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell.desk import Desk


class InboxRobot(PageRobot):
    """Deals with sealed reports."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = InboxPage(desk)
        super().__init__(qtbot, desk, self.page)

    @property
    def waiting(self) -> list[str]:
        """For which dossiers something waits."""
        model = self.page.table.model
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def rows(self) -> list[list[str]]:
        """What the list says of each thing that waits."""
        model = self.page.table.model
        across = range(model.columnCount())
        down = range(model.rowCount())
        return [[str(model.index(row, column).data()) for column in across] for row in down]

    @property
    def words(self) -> str:
        """Everything that can be read on the page."""
        labels = self.page.findChildren(Text)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def open(self) -> None:
        """Open the first report."""
        self.press("inbox_open")

    def choose_staff(self, name: str) -> None:
        """Choose the member of staff in whose dossier it goes."""
        assert self.page.reading is not None
        form = self.page.reading.form
        known = form._known.values()
        person = next(person for person in known if person.name == name)
        form.form.set_values({"subjects": person.id})

    def choose_first_staff(self) -> None:
        """Choose some member of staff in whose dossier it goes."""
        assert self.page.reading is not None
        known = self.page.reading.form._known
        self.choose_staff(next(iter(known.values())).name)

    def file(self, *, agree: bool = True) -> dict[str, str]:
        """Put it in the dossier; where the page goes then."""
        with ask.scripted(agree):
            self.press("inbox_file")
        return self.went[-1][1] if self.went else {}
