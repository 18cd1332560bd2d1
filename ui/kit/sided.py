"""A page with a side sheet: editing beside what is edited, and nothing typed is lost."""

from collections.abc import Callable, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from app.errors import Refusal, Refusals, Trouble
from app.override import override
from ui.kit.bar import MessageBar
from ui.kit.editors import DayEditor
from ui.kit.form import Form
from ui.kit.page import Page, scrolling
from ui.kit.sheet import Sheet
from ui.theme import look


class SideSheet(Sheet):
    """A sheet whose content scrolls while its title and buttons stay in sight.

    It shows what was refused or went wrong itself, at its fields or above them. `kind` names it
    for drafts; `typed` and `put` are what a draft holds.
    """

    kind = ""
    wide = 440

    done = Signal(object)

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.setAccessibleName(title)
        self.touched = False
        self._waiting: QWidget | None = None
        self._deeds: tuple[QWidget, ...] = ()
        self.bar = MessageBar()
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        own = look()
        self.column.setContentsMargins(own.px(3), own.px(3), own.px(10), own.px(3))
        self.column.setSpacing(own.px(12))
        super().add(self.bar, scrolling(self._inner))
        outer = self.layout()
        if isinstance(outer, QBoxLayout):
            outer.setStretch(1, 1)
            outer.setStretch(3, 0)

    @override
    def add(self, *parts: QWidget | QLayout) -> None:
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    @override
    def set_actions(self, *buttons: QWidget) -> None:
        super().set_actions(*buttons)
        self._deeds = buttons

    @override
    def open(self) -> None:
        """Show it; Tab walks through the content, then to the buttons."""
        last = self._last_inside()
        for button in self._deeds:
            QWidget.setTabOrder(last, button)
            last = button
        super().open()

    def _last_inside(self) -> QWidget:
        """Where Tab is at the end of the content."""
        found, here = self._inner, self._inner.nextInFocusChain()
        while here is not None and here is not self._inner:
            tabbed = here.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tabbed and self._inner.isAncestorOf(here):
                found = here
            here = here.nextInFocusChain()
        return found

    def end(self) -> None:
        """Keep what is in the sheet at its top; call it after the last `add`."""
        self.column.addStretch(1)

    def wait_for(self, button: QWidget) -> None:
        """Disable the button that sends, and Enter with it, until the answer is there."""
        self._waiting = button
        button.setEnabled(False)
        for form in self.findChildren(Form):
            form.sent_by(button)

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show each refusal at its field, or above the fields."""
        self._answered()
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        forms = self.findChildren(Form)
        for each in reversed(found):
            if not any(form.take_refusal(each) for form in forms):
                self.bar.hear_refusal(each)

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show a trouble above the fields, with the way to try again."""
        self._answered()
        self.bar.hear_trouble(trouble, retry)

    def _answered(self) -> None:
        if self._waiting is not None:
            self._waiting.setEnabled(True)

    def typed(self) -> dict[str, object]:
        """What was typed, for a draft; nothing when nothing is worth keeping."""
        return {}

    def put(self, values: Mapping[str, object]) -> None:
        """Show what a draft holds."""

    def touch(self, _what: object = None) -> None:
        """Note that the person typed something."""
        self.touched = True

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(260), look().px(200))


class SidedPage(Page):
    """A page with room for one side sheet; when it is narrow the sheet takes its place."""

    def __init__(self, title: str = "", identity: str = "", *, fill: bool = False) -> None:
        super().__init__(title, identity, fill=fill)
        if fill:
            self._scroll_when_low()
        self._sheet: SideSheet | None = None
        self._before: QWidget | None = None

    @property
    def sheet(self) -> SideSheet | None:
        """The sheet that is open, or None."""
        return self._sheet

    def open_sheet(self, sheet: SideSheet) -> None:
        """Open a sheet at the right, in place of any other, and give it the keyboard."""
        self._before = self.focusWidget()
        self._drop()
        self._sheet = sheet
        outer = self.layout()
        if outer is not None:
            outer.addWidget(sheet)
        sheet.closed.connect(self._closed)
        self._share(self.width())
        sheet.open()

    def shut_sheet(self) -> None:
        """Close the sheet without a word; what was typed in it is gone."""
        if self._sheet is not None:
            self._drop()
            self._return_keyboard()

    def sheet_closed(self, sheet: SideSheet) -> None:
        """The person closed a sheet himself; pages that offer it again override this."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share(event.size().width())

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Esc for the sheet while one is open: the window would leave the page."""
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() is QEvent.Type.ShortcutOverride and escapes and self._sheet:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._sheet is not None:
            self._sheet.shut()
        else:
            super().keyPressEvent(event)

    def _scroll_when_low(self) -> None:
        """Let a page that fills its room scroll where there is too little of it."""
        outer = self.layout()
        first = outer.itemAt(0) if outer is not None else None
        content = first.widget() if first is not None else None
        if outer is not None and content is not None:
            outer.removeWidget(content)
            outer.addWidget(scrolling(content))

    def _closed(self) -> None:
        sheet = self._sheet
        if sheet is not None:
            self._drop()
            self._return_keyboard()
            self.sheet_closed(sheet)

    def _drop(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        sheet.closed.disconnect(self._closed)
        sheet.hide()
        sheet.deleteLater()
        self._share(self.width())

    def _return_keyboard(self) -> None:
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisibleTo(self):
            before.setFocus(Qt.FocusReason.TabFocusReason)

    def _share(self, width: int) -> None:
        outer = self.layout()
        first = outer.itemAt(0) if outer is not None else None
        content = first.widget() if first is not None else None
        if content is None:
            return
        if self._sheet is None:
            content.show()
            return
        wide = look().px(self._sheet.wide)
        narrow = width < wide + look().px(420)
        content.setVisible(not narrow)
        self._sheet.setFixedWidth(max(width, 1) if narrow else wide)


def typed_in(form: Form, keys: Sequence[str]) -> dict[str, object]:
    """What stands in the fields of a form, right or wrong, as texts, bools and lists."""
    return {key: _typed(form, key) for key in keys}


def put_in(form: Form, values: Mapping[str, object]) -> None:
    """Show what `typed_in` gave."""
    for key, value in values.items():
        try:
            editor = form.editor(key)
        except KeyError:
            continue
        if isinstance(editor, DayEditor):
            editor.setText(str(value))
        else:
            editor.set_value(value)


def _typed(form: Form, key: str) -> object:
    editor = form.editor(key)
    if isinstance(editor, DayEditor):
        return editor.text()
    value = editor.value()
    return list(value) if isinstance(value, tuple) else value
