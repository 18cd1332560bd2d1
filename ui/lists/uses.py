"""For what a list is: a kind of recording, and a few channels of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.consent.records import Medium
from app.lists.offer import ListChannel
from resources import media
from ui.kit.button import Plain, plain_words
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.label import Muted
from ui.theme import look
from ui.words import t, words


def at_left(widget: QWidget) -> QHBoxLayout:
    """A line on which a widget is no wider than it needs to be."""
    line = QHBoxLayout()
    line.addWidget(widget)
    line.addStretch(1)
    return line


class Uses(QWidget):
    """Takes one kind of recording and as many channels as a list has columns.

    Signals:
        changed(): other uses are taken.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._most = 1
        self._buttons: dict[str, Plain] = {}
        names = {item["key"]: item["name"][words().language] for item in media()}
        kinds = [(medium.value, names[medium.value]) for medium in Medium]
        self.media = Segments(kinds, t("lists.medium"))
        self.media.chosen.connect(self._other_medium)
        self._note = Muted("")
        self._flow = Flow(gap=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        column.addLayout(at_left(self.media))
        column.addLayout(self._flow)
        column.addWidget(self._note)

    @property
    def taken(self) -> tuple[str, ...]:
        """The uses that are taken, in the order of the channels."""
        chosen = (key for key, button in self._buttons.items() if button.isChecked())
        return tuple(f"{self.media.key}:{key}" for key in chosen)

    def offer(self, channels: Sequence[ListChannel], most: int) -> None:
        """Offer these channels, `most` of them at a time."""
        if list(self._buttons) == [channel.key for channel in channels]:
            return
        taken = {use.partition(":")[2] for use in self.taken}
        for old in self._buttons.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._most = most
        self._note.setText(t("lists.most_uses", most=most))
        language = words().language
        self._buttons = {
            channel.key: self._button(channel.key, channel.names[language])
            for channel in channels
        }
        for key in taken & self._buttons.keys():
            self._buttons[key].setChecked(True)
        self._let()

    def take(self, uses: Sequence[str]) -> None:
        """Take these uses without telling anybody; all must be of one kind of recording."""
        if uses:
            self.media.take(uses[0].partition(":")[0])
        keys = {use.partition(":")[2] for use in uses}
        for key, button in self._buttons.items():
            button.setChecked(key in keys)
        self._let()

    def _button(self, key: str, name: str) -> Plain:
        button = Plain(plain_words(name), fit="small")
        button.setCheckable(True)
        button.call_it(f"use_{key}")
        button.clicked.connect(self._told)
        self._flow.addWidget(button)
        return button

    def _let(self) -> None:
        """No more than fit; what is taken can always be given back."""
        full = len(self.taken) >= self._most
        for button in self._buttons.values():
            button.setEnabled(button.isChecked() or not full)

    def _told(self) -> None:
        self._let()
        self.changed.emit()

    def _other_medium(self, _key: str) -> None:
        self.changed.emit()
