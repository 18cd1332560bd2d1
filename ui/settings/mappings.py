"""Lists whose columns are remembered, so that the next export is read the same way."""

from collections.abc import Sequence
from functools import partial

from app.override import override
from app.roster.readers.mapping import Mapping
from app.roster.records import RosterSource
from app.roster.remembered import Remembered, forget, remember, remembered
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.words import moment, t

_MOST = 6
"""So many columns are named; of a list with more, how many more."""


class MappingsSection(SectionView):
    """Every remembered list: its columns, when it was last used, and a button to forget it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines(shares=(2, 5))
        words = t("settings.mappings_none_words")
        self._nothing = EmptyState("list", t("settings.mappings_none"), words)
        card = Card(t("settings.mappings_title"))
        card.add(Muted(t("settings.mappings_words")), self._lines, self._nothing)
        self._forgotten: Mapping | None = None
        self.add(card)

    @override
    def read(self) -> None:
        self.desk.ask(remembered, self._show, self)

    def _show(self, found: Sequence[Remembered]) -> None:
        self._lines.clear()
        for each in found:
            name = each.mapping.name
            button = Plain(t("settings.mapping_forget"), fit="small")
            button.call_it("forget_mapping")
            button.setAccessibleName(t("settings.mapping_forget_named", name=name))
            button.clicked.connect(partial(self._forget, each.source_id))
            self._lines.add(name, _said(each), button)
        self._lines.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def _forget(self, source_id: str, _on: object = None) -> None:
        self.desk.ask(partial(forget, source_id=source_id), self._gone, self)

    def _gone(self, mapping: Mapping) -> None:
        self._forgotten = mapping
        self.read()
        self.done(t("settings.mapping_forgotten", name=mapping.name), self._undo)

    def _undo(self) -> None:
        if self._forgotten is not None:
            self.desk.ask(partial(remember, mapping=self._forgotten), self._back, self)

    def _back(self, _source: RosterSource) -> None:
        self.read()
        if self._forgotten is not None:
            self.done(t("settings.mapping_back", name=self._forgotten.name))


def _said(each: Remembered) -> str:
    """Its columns and when it was last used."""
    headers = [header for header, _ in each.mapping.columns]
    columns = ", ".join(headers[:_MOST])
    more = len(headers) - _MOST
    if more > 0:
        columns = t("settings.mapping_more", columns=columns, count=more)
    if each.last_used is None:
        return t("settings.mapping_unused", columns=columns)
    return t("settings.mapping_used", columns=columns, moment=moment(each.last_used))
