"""What every section of the settings is: cards, and its own way to say what is wrong."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refusal, Trouble
from ui.kit.bar import MessageBar
from ui.kit.form import Form
from ui.kit.sided import SidedPage, SideSheet
from ui.shell.desk import Desk
from ui.shell.sheets import FormSheet
from ui.theme import look
from ui.words import t


class SettingsSheet(FormSheet):
    """Adds or changes one thing; what was typed is kept when the program locks.

    Attributes:
        about: id of what it changes; "" when it adds something.
    """

    def __init__(self, desk: Desk, title: str, about: str = "", verb: str = "") -> None:
        super().__init__(desk, title, verb or t("settings.save"))
        self.about = about


class SectionView(QWidget):
    """One section. `read` is called each time it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._waits: tuple[str, Mapping[str, object]] | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look().gap)

    def add(self, *widgets: QWidget) -> None:
        """Put cards below one another."""
        for widget in widgets:
            self.body.addWidget(widget)

    def read(self) -> None:
        """Read again what is shown."""

    def resume(self, about: str, values: Mapping[str, object]) -> None:
        """Go on with what was typed about something, as soon as that was read again."""
        self._waits = about, values
        self.read()

    def take_up(self) -> None:
        """Open the sheet that waits; a section calls this when it shows what it has read."""
        waits, self._waits = self._waits, None
        if waits is not None:
            self.edit_again(waits[0])
            page = self.settings()
            if page is not None and isinstance(page.sheet, SettingsSheet):
                page.sheet.put(waits[1])

    def edit_again(self, about: str) -> None:
        """Open the sheet about a thing; without `about` the one that adds."""

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
