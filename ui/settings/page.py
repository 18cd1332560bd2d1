"""The settings page: tabs for its sections, each made when it is first looked at."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.override import override
from ui.kit.button import Plain
from ui.kit.flow import Flow
from ui.kit.sided import SidedPage, SideSheet
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.shell.drafts import Draft
from ui.shell.sections import Section, sections_of
from ui.words import t

_KEPT = "settings.section"
_ABOUT = "about:"


class SettingsPage(SidedPage):
    """Everything that can be set, as far as this user may."""

    help_topic = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("shell.settings"))
        self._desk = desk
        self._sections = {section.id: section for section in sections_of(desk.user)}
        self._views: dict[str, QWidget] = {}
        self._shown = ""
        self.tabs = Tabs(tuple(self._sections.values()))
        self.tabs.chosen.connect(self.show_section)
        self._room = QVBoxLayout()
        self.add(self.tabs)
        self.add(self._room)
        kept = desk.choices.recall(_KEPT)
        self.show_section(kept if kept in self._sections else next(iter(self._sections)))

    @property
    def section(self) -> str:
        """Which section is shown."""
        return self.tabs.key

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the section that was asked for."""
        wanted = what.get("section", "")
        if wanted in self._sections:
            self.show_section(wanted)

    def show_section(self, section_id: str) -> None:
        """Show a section, with the sheet that was open when it was left."""
        self.leave()
        self.shut_sheet()
        self.tabs.take(section_id)
        self._shown = section_id
        if section_id not in self._views:
            view = self._sections[section_id].make(self._desk)
            self._views[section_id] = view
            self._room.addWidget(view)
        for key, view in self._views.items():
            view.setVisible(key == section_id)
        self._desk.choices.keep(_KEPT, section_id)
        self.refresh()
        self._desk.find_draft("settings", self._found_draft, self, section=section_id)

    @override
    def leave(self) -> None:
        sheet = self.sheet
        values = sheet.typed() if isinstance(sheet, SettingsSheet) else {}
        if isinstance(sheet, SettingsSheet) and values:
            what, kept = {"section": self._shown}, {**values, _ABOUT: sheet.about}
            self._desk.keep_draft(Draft("settings", sheet.accessibleName(), kept, what))
            self.shut_sheet()

    @override
    def open_sheet(self, sheet: SideSheet) -> None:
        sheet.done.connect(self._drop_draft)
        super().open_sheet(sheet)

    @override
    def sheet_closed(self, sheet: SideSheet) -> None:
        self._drop_draft()

    def _drop_draft(self, _done: object = None) -> None:
        self._desk.drop_draft(Draft("settings", "", {}, {"section": self._shown}))

    def _found_draft(self, draft: Draft | None) -> None:
        view = self._views.get(self.section)
        mine = draft is not None and draft.what.get("section") == self.section
        if draft is not None and mine and isinstance(view, SectionView) and self.sheet is None:
            values = {key: said for key, said in draft.values.items() if key != _ABOUT}
            view.resume(str(draft.values.get(_ABOUT, "")), values)

    @override
    def refresh(self) -> None:
        view = self._views.get(self.tabs.key)
        if isinstance(view, SectionView):
            view.read()


class Tabs(QWidget):
    """The names of the sections; the arrow keys walk through them.

    Signals:
        chosen(key): the person took another one.
    """

    chosen = Signal(str)

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setAccessibleName(t("settings.sections"))
        self._group = QButtonGroup(self)
        self._keys = [section.id for section in sections]
        line = Flow(gap=6)
        self.setLayout(line)
        for number, section in enumerate(sections):
            button = Plain(t(section.title), section.icon, fit="small")
            button.setCheckable(True)
            button.call_it(f"section_{section.id}")
            button.clicked.connect(partial(self._clicked, section.id))
            self._group.addButton(button, number)
            line.addWidget(button)
        self._group.button(0).setChecked(True)

    @property
    def key(self) -> str:
        """The section that is taken."""
        return self._keys[self._group.checkedId()]

    def take(self, key: str) -> None:
        """Take a section without telling anybody."""
        self._group.button(self._keys.index(key)).setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._keys))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self, key: str, _on: object = None) -> None:
        self.chosen.emit(key)
