"""What every section of the settings is: cards, and its own way to say what is wrong."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refusal, Trouble
from ui.kit.bar import MessageBar
from ui.kit.form import Form
from ui.kit.sided import SidedPage, SideSheet
from ui.shell.desk import Desk
from ui.theme import look


class SectionView(QWidget):
    """One section. `read` is called each time it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look().gap)

    def add(self, *widgets: QWidget) -> None:
        """Put cards below one another."""
        for widget in widgets:
            self.body.addWidget(widget)

    def read(self) -> None:
        """Read again what is shown."""

    def settings(self) -> SidedPage | None:
        """The page around this section."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, SidedPage):
            parent = parent.parentWidget()
        return parent

    def bar(self) -> MessageBar | None:
        """The message bar of the page."""
        page = self.settings()
        return page.bar if page is not None else None

    def done(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done."""
        bar = self.bar()
        if bar is not None:
            bar.done(words, undo)

    def notice(self, words: str) -> None:
        """Say something that stays."""
        bar = self.bar()
        if bar is not None:
            bar.notice(words)

    def open_sheet(self, sheet: SideSheet) -> None:
        """Open a sheet beside the section."""
        page = self.settings()
        if page is not None:
            page.open_sheet(sheet)

    def shut_sheet(self) -> None:
        """Close the sheet."""
        page = self.settings()
        if page is not None:
            page.shut_sheet()

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show a refusal at its field here, or in the bar of the page."""
        if any(form.take_refusal(refusal) for form in self.findChildren(Form)):
            return
        bar = self.bar()
        if bar is not None:
            bar.hear_refusal(refusal)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble in the bar of the page."""
        bar = self.bar()
        if bar is not None:
            bar.hear_trouble(trouble, retry)
