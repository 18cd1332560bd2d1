"""What was brought forward, to be read while it is weighed in a letter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.dossier.case import TakenStep
from app.dossier.records import Entry
from app.dossier.views import Views
from ui.kit.button import Plain, plain_words
from ui.kit.label import Muted, Small, Strong, Text
from ui.shell.asks import answered, capital
from ui.theme import look
from ui.words import day, t, words

_LONGEST, _ENDING = 32, 10


class ViewsPart(QFrame):
    """Each hearing with what was said in it, and what came in, each with the way to open it.

    Signals:
        file_asked(entry_id): the person wants to look at a file.
    """

    file_asked = Signal(str)

    def __init__(self, found: Views) -> None:
        super().__init__()
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("letters.views"))
        self._column = QVBoxLayout(self)
        side = look().px(12)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(look().px(4))
        self._column.addWidget(Strong(t("letters.views")))
        for taken in found.steps:
            self._show(taken)
        for entry in found.entries:
            self._add(entry)
        if not found.steps and not found.entries:
            self._column.addWidget(Muted(t("letters.no_views")))

    def _show(self, taken: TakenStep) -> None:
        """What was recorded, short answers on one line and long ones in full."""
        name = taken.step.name.said(words().language)
        self._column.addWidget(Text(name))
        self._column.addWidget(Muted(f"{day(taken.record.taken_on)} · {taken.record.by}"))
        long = {ask.field for ask in taken.step.asks if ask.kind == "text"}
        for field, label, answer in answered(taken):
            if field in long:
                self._column.addWidget(Small(label))
                self._column.addWidget(Text(answer, selectable=True))
            else:
                self._column.addWidget(Small(f"{label}: {answer}"))

    def _add(self, entry: Entry) -> None:
        self._column.addWidget(Text(capital(entry.title)))
        self._column.addWidget(Muted(f"{day(entry.happened_on)} · {entry.author}"))
        if entry.body:
            self._column.addWidget(Small(entry.body))
        if entry.blob:
            shown = plain_words(_short(entry.file_name))
            button = Plain(shown, "eye", fit="small")
            button.call_it(f"view_{entry.id}")
            button.setAccessibleName(t("letters.open_file", name=entry.file_name))
            button.clicked.connect(self._asked)
            self._column.addWidget(button)

    def _asked(self) -> None:
        self.file_asked.emit(self.sender().objectName().removeprefix("view_"))


def _short(name: str) -> str:
    """A file name that fits on a button: its beginning and its ending."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - _ENDING - 1]}…{name[-_ENDING:]}"
