"""A page with a desk: it hears what changes, and keeps what was typed in its side sheet."""

from collections.abc import Callable, Mapping

from app.override import override
from app.ports import Committed, Session
from app.record import Compartment
from ui.kit.sided import SidedPage, SideSheet
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.words import t

_KIND = "sheet"


class DeskedPage(SidedPage):
    """A page of the office. `page_id` is its name for drafts, `hears` what it shows.

    A sheet that is left with something typed in it is kept as a draft; a sheet that the person
    closed can be opened again from the message bar.
    """

    page_id = ""
    hears = Compartment.CONSENT

    def __init__(self, desk: Desk, title: str = "", *, fill: bool = False) -> None:
        super().__init__(title, fill=fill)
        self.desk = desk
        self._shut: tuple[str, dict[str, object]] = ("", {})
        self._undo: Callable[[Session], object] | None = None
        desk.changed.connect(self._heard)

    def what(self) -> dict[str, str]:
        """The values with which this page was opened."""
        return {}

    def read(self) -> None:
        """Read again what the page shows."""

    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        """A sheet of a kind, to go on with what was typed; None when it is not possible now.

        Args:
            kind: which sheet.
            values: what a draft holds; may name what the sheet is about.
        """
        del kind, values
        return None

    def show_sheet(self, sheet: SideSheet, then: Callable[..., None]) -> None:
        """Open a sheet; `then` hears what it stored, after it was closed."""
        sheet.done.connect(self._finished)
        sheet.done.connect(then)
        self.open_sheet(sheet)

    def offer_undo(self, words: str, undo: Callable[[Session], object]) -> None:
        """Say what was done; `undo(session)` takes it back when the person asks for it."""
        self._undo = undo
        self.bar.done(words, self._take_back)

    @override
    def refresh(self) -> None:
        self.read()

    @override
    def leave(self) -> None:
        sheet = self.sheet
        values = sheet.typed() if sheet is not None else {}
        if sheet is not None and values:
            self.keep_typed(sheet.kind, sheet.accessibleName(), values)
            self.shut_sheet()

    def keep_typed(self, kind: str, title: str, values: Mapping[str, object]) -> None:
        """Keep what was typed in a sheet of a kind, for when the page is opened again."""
        kept = {**values, _KIND: kind}
        self.desk.keep_draft(Draft(self.page_id, title, kept, self.what()))

    @override
    def sheet_closed(self, sheet: SideSheet) -> None:
        values = sheet.typed()
        self._drop_draft()
        if values:
            self._shut = (sheet.kind, values)
            self.bar.done(t("shell.sheet_closed"), self._reopen)

    def look_for_draft(self) -> None:
        """Go on with a draft of this page, if there is one."""
        self.desk.find_draft(self.page_id, self._draft_found, self, **self.what())

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            self.desk.ask(undo, self._taken_back, self)

    def _taken_back(self, _answer: object) -> None:
        self.bar.done(t("shell.taken_back"))

    def _draft_found(self, draft: Draft | None) -> None:
        if draft is not None and self.sheet is None:
            kind = str(draft.values.get(_KIND, ""))
            self._go_on(kind, {k: v for k, v in draft.values.items() if k != _KIND})

    def _reopen(self) -> None:
        self._go_on(*self._shut)

    def _go_on(self, kind: str, values: dict[str, object]) -> None:
        sheet = self.make_sheet(kind, values)
        if sheet is not None:
            sheet.put(values)

    def _finished(self, _answer: object) -> None:
        self._drop_draft()
        self.shut_sheet()

    def _drop_draft(self) -> None:
        self.desk.drop_draft(Draft(self.page_id, "", {}, self.what()))

    def _heard(self, committed: Committed) -> None:
        if committed.compartment is self.hears and self.isVisible():
            self.read()
