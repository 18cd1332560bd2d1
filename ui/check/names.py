"""The pupils of a group: their names, and for one use who may be in the picture."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.check.answer import CheckAnswer, CheckChannel, CheckHit
from app.consent.verdict import Outcome
from ui.check.bar import Chips
from ui.check.face import Face, Warn
from ui.check.said import MARKS, stands
from ui.kit.badge import Badge
from ui.kit.button import Plain
from ui.kit.flow import Flow
from ui.kit.label import Muted, Text
from ui.kit.mark import Mark
from ui.kit.tiles import Tile, TileGrid
from ui.theme import Type
from ui.words import t, words


class NamesFace(Face):
    """The names of a group, large.

    Signals:
        pupil_chosen(id): a name was pressed.
        whole_asked(): the whole group at once is wanted.
    """

    pupil_chosen = Signal(str)
    whole_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Text("", Type.FIGURE)
        self._site = Text("", Type.TOUCH, look="muted")
        self.whole = Plain(t("check.whole_group"), "group", fit="touch")
        self.whole.call_it("check_whole")
        self.whole.clicked.connect(self.whole_asked)
        self.names = TileGrid(widest=440)
        self.names.chosen.connect(self.pupil_chosen)
        self._empty = Muted(t("check.group_empty"))
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._site)
        head.addLayout(words, 1)
        head.addWidget(self.whole)
        self.column.addLayout(head)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.names)
        self.column.addStretch(1)

    def show_group(self, name: str, site: str, hits: Sequence[CheckHit]) -> None:
        """Show the pupils of a group."""
        self._title.setText(t("check.group", group=name))
        self._site.setText(site)
        self.names.show_tiles([Tile(hit.id, hit.name) for hit in hits])
        self._empty.setVisible(not hits)
        self.whole.setEnabled(bool(hits))
        self.to_top()


class WholeFace(Face):
    """A whole group for one use: who may be in the picture, who must not.

    Signals:
        pupil_chosen(id): a name was pressed, to see why.
        channel_chosen(): another channel was taken.
    """

    pupil_chosen = Signal(str)
    channel_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.channels = Chips(t("check.channel"))
        self.channels.chosen.connect(self._other_channel)
        self.warn = Warn()
        self.count = Text("", Type.FIGURE, wrap=False)
        self._no, self._ask = Badge("", Mark.NO), Badge("", Mark.ASK)
        self.names = TileGrid(widest=440)
        self.names.chosen.connect(self.pupil_chosen)
        self.fresh = Text("", Type.TOUCH, look="muted")
        line = Flow(gap=14)
        for part in (self.count, self._no, self._ask):
            line.addWidget(part)
        self._group = Text("", Type.TOUCH_STRONG, look="muted")
        self.column.addWidget(self._group)
        self.column.addWidget(self.channels)
        self.column.addWidget(self.warn)
        self.column.addLayout(line)
        self.column.addWidget(self.names)
        self.column.addWidget(self.fresh)
        self.column.addStretch(1)
        self._answers: Sequence[CheckAnswer] = ()
        self._medium = ""

    def show_group(
        self,
        title: str,
        answers: Sequence[CheckAnswer],
        channels: Sequence[CheckChannel],
        medium: str,
        fresh: str,
    ) -> None:
        """Show the answers about a group for one kind of recording."""
        self._answers, self._medium = answers, medium
        self._group.setText(title)
        language = words().language
        self.channels.offer([(channel.key, channel.name(language)) for channel in channels])
        self.fresh.setText(fresh)
        self._show()

    def spoken(self) -> str:
        """The outcome in one sentence, for a screen reader."""
        badges = (badge.text() for badge in (self._no, self._ask) if not badge.isHidden())
        return ". ".join((self.count.text(), *badges))

    def _show(self) -> None:
        use = f"{self._medium}:{self.channels.key}"
        lines = [
            (answer, line)
            for answer in self._answers
            for line in answer.lines
            if line.use == use
        ]
        doubts = [answer.doubt for answer in self._answers]
        self.warn.tell(doubts[0] if doubts and all(doubts) else None)
        may = sum(1 for _, line in lines if line.permits)
        no = sum(1 for _, line in lines if line.outcome is Outcome.NO)
        ask = len(lines) - may - no
        self.count.setText(t("check.may_count", count=may))
        self._no.show_answer(t("check.no_count", count=no), Mark.NO)
        self._no.setVisible(bool(no))
        self._ask.show_answer(t("check.ask_count", count=ask), Mark.ASK)
        self._ask.setVisible(bool(ask))
        self.names.show_tiles(
            [
                Tile(answer.pupil_id, answer.name, stands(line), MARKS[line.outcome])
                for answer, line in lines
            ]
        )

    def _other_channel(self, _key: str) -> None:
        self._show()
        self.channel_chosen.emit()
