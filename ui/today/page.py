"""The start of the day: how far everything stands, and what needs doing."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.clock import local
from app.override import override
from app.today.agenda import save_agenda
from app.today.director import DirectorStart, director_start
from app.today.tasks import Figure, Task, Today, today_at_once, today_later, together
from ui.kit import ask
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.kit.mark import Mark
from ui.kit.stat import Stat
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.theme import look
from ui.today.director import CasesCard
from ui.words import say, t, words

_NOTHING_YET = Today((), ())
_MARKS = {"act": Mark.NO, "ask": Mark.ASK, "fine": Mark.YES}
_DAY_BEGINS, _NOON, _EVENING = 6, 12, 18
_FOUR = 4
_PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "pupils": ("people", {"list": "pupils"}),
    "answered": ("asking", {}),
    "unanswered": ("asking", {}),
    "to_ask": ("asking", {"list": "to_ask"}),
    "waiting": ("asking", {"list": "waiting"}),
    "authority": ("consent", {"list": "authority"}),
    "no_guardian": ("consent", {"list": "no_guardian"}),
    "bring_in": ("roster", {}),
    "first_pupil": ("people", {"add": "pupil"}),
    "lists": ("lists", {}),
    "publications": ("publications", {}),
    "inbox": ("inbox", {}),
    "protocol": ("protocol", {}),
    "recovery": ("settings", {"section": "account"}),
}


class TodayPage(DeskedPage):
    """The first page of the office."""

    page_id = "today"
    help_topic = "start"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, greeting(desk.user.name, desk.clock.now()))
        self._figures = Figures()
        self._figures.asked.connect(self._go)
        self._card = Card(t("today.to_do"))
        self._lines = Lines()
        self._nothing = EmptyState("yes", t("today.nothing"), t("today.nothing_words"))
        self._nothing.hide()
        self._looking = Muted(t("today.looking"))
        self._at_once, self._later = _NOTHING_YET, _NOTHING_YET
        self._shown: tuple[Task, ...] = ()
        self._card.add(self._lines, self._nothing, self._looking)
        self._card.hide()
        self._cases = CasesCard()
        self._cases.asked.connect(self._open)
        self._cases.agenda_asked.connect(self._ask_agenda)
        self._cases.hide()
        self.add(self._cases, self._figures, self._card)

    @override
    def read(self) -> None:
        now = self.desk.clock.now()
        day = words().weekday(self.desk.clock.today())
        self.set_title(greeting(self.desk.user.name, now), day)
        self.desk.ask(today_at_once, self._show_at_once, self)
        self.desk.ask(director_start, self._show_cases, self)
        self.desk.ask_sliced(today_later, self._show_later, self, t("today.looking_for"))

    def _show_at_once(self, found: Today) -> None:
        self._at_once = found
        self._figures.show_figures(found.figures)
        self._show_tasks()

    def _show_later(self, found: Today) -> None:
        self._later = found
        self._looking.hide()
        self._show_tasks()
        counts = {figure.key: figure.count for figure in self._at_once.figures}
        if "authority" in counts:
            self.desk.count("consent", counts["authority"])
            self.desk.count("asking", found.waiting)
            self.desk.count("publications", found.publications)

    def _show_tasks(self) -> None:
        tasks = together(self._at_once, self._later).tasks
        if tasks != self._shown:
            self._shown = tasks
            self._lines.clear()
            for task in tasks:
                self._add(task)
        self._card.show()
        self._lines.setVisible(bool(tasks))
        self._nothing.setVisible(not tasks and self._looking.isHidden())

    def _show_cases(self, start: DirectorStart | None) -> None:
        if start is None:
            self._cases.hide()
        else:
            self._cases.show_start(start, self.desk.clock)

    def _open(self, page: str, what: dict[str, str]) -> None:
        self.desk.goto(page, **what)

    def _ask_agenda(self) -> None:
        title, name = t("today.agenda"), t("today.agenda_file")
        ask.save_file(self, title, name, self._save_agenda, t("today.agenda_filter"))

    def _save_agenda(self, path: Path) -> None:
        work = partial(save_agenda, path=path, language=self.desk.language)
        self.desk.ask(work, self._agenda_saved, self)

    def _agenda_saved(self, count: int) -> None:
        self.bar.done(t("today.agenda_saved", count=count))

    def _add(self, task: Task) -> None:
        button = TaskButton(task)
        button.asked.connect(self._go)
        detail = say(task.detail) if task.detail else ""
        self._lines.add(say(task.what), detail, button, mark=_MARKS[task.weight])

    def _go(self, key: str) -> None:
        page, what = _PLACES[key]
        self.desk.goto(page, **what)


class Figures(QWidget):
    """Cards with large numbers, four or two beside each other, or one below another.

    Signals:
        asked(key): a card was pressed.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look().gap)
        self._cards: dict[str, FigureCard] = {}
        self._across = 0

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show other numbers."""
        for figure in figures:
            if figure.key not in self._cards:
                card = FigureCard(figure.key)
                card.asked.connect(self.asked)
                self._cards[figure.key] = card
                self._across = 0
            self._cards[figure.key].show_number(_number(figure), say(figure.label))
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fits = max(1, self.width() // look().px(190))
        across = 4 if fits >= _FOUR else min(fits, 2)
        if across == self._across:
            return
        self._across = across
        for place, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, place // across, place % across)
        for column in range(_FOUR):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


class FigureCard(Stat):
    """A number that leads somewhere.

    Signals:
        asked(key): it was pressed.
    """

    asked = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__("", "")
        self._key = key
        self.setObjectName(f"figure_{key}")
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._key)


class TaskButton(Plain):
    """Goes to where a task is dealt with.

    Signals:
        asked(key): it was pressed.
    """

    asked = Signal(str)

    def __init__(self, task: Task) -> None:
        super().__init__(t(f"today.do_{task.key}"), fit="small")
        self._key = task.key
        self.call_it(f"task_{task.key}")
        self.setAccessibleName(f"{self.text()}: {say(task.what)}")
        self.clicked.connect(self._told)

    def _told(self) -> None:
        self.asked.emit(self._key)


def greeting(name: str, now: datetime) -> str:
    """A greeting by the time of day, with the first name where it is known."""
    hour = local(now).hour
    if _DAY_BEGINS <= hour < _NOON:
        part = "morning"
    elif _NOON <= hour < _EVENING:
        part = "afternoon"
    else:
        part = "evening"
    first = name.split(maxsplit=1)[0] if name.split() else ""
    called = name if first.endswith(".") else first
    return t(f"today.good_{part}", name=called)


def _number(figure: Figure) -> str:
    shown = words().number(figure.count)
    return t("today.of", count=shown, of=words().number(figure.of)) if figure.of else shown
