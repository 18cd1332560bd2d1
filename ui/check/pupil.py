"""One pupil or adult: the name, and a large answer for every channel."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.check.answer import CheckAnswer
from app.check.records import RowKind
from app.errors import Message
from app.override import override
from ui.check.face import Face, Foot, Warn, kind_words
from ui.check.said import MARKS, answer_of, provided, why
from ui.kit.badge import VerdictTile
from ui.kit.button import Plain
from ui.kit.icon import Symbol
from ui.kit.label import Text
from ui.theme import Type, look
from ui.words import t, words

_MANY = 8
_WIDE = 1080
_NARROW = 620


class PupilFace(Face):
    """One pupil or adult: the name, who that is, and the answer for every channel.

    Signals:
        whole_asked(): the whole group is wanted; other_asked(): somebody else.
    """

    whole_asked = Signal()
    other_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        own = look()
        self.name = Text("", Type.NAME)
        self._symbol = Symbol("person", "text", 26)
        self._kind = Text("", Type.TITLE, wrap=False)
        self._place = Text("", Type.TOUCH_STRONG, look="muted")
        self.warn = Warn()
        self.tiles = Answers()
        self.fresh = Text("", Type.TOUCH, look="muted")
        self._whole = Plain(t("check.whole_group"), "group", fit="touch")
        self._whole.call_it("check_whole")
        self.other = Plain(t("check.other_child"), "person", fit="touch")
        self.other.call_it("check_other")
        self._whole.clicked.connect(self.whole_asked)
        self.other.clicked.connect(self.other_asked)
        head = QVBoxLayout()
        head.setSpacing(own.px(2))
        head.addWidget(self.name)
        line = QHBoxLayout()
        line.setSpacing(own.near)
        line.addWidget(self._symbol)
        line.addWidget(self._kind)
        line.addWidget(self._place, 1)
        head.addLayout(line)
        self.column.addLayout(head)
        self.column.addWidget(self.warn)
        self.column.addWidget(self.tiles)
        foot = Foot(self.fresh, self._whole, self.other)
        self.column.addWidget(foot)
        self.column.addStretch(1)

    def show_answer(self, answer: CheckAnswer, medium: str, fresh: str) -> None:
        """Show the answers for one kind of recording."""
        self.name.setText(answer.name)
        group = answer.group
        where = (group.name, group.site) if group else (answer.site,)
        self._say_who(answer.kind, where)
        self._whole.setVisible(group is not None)
        self.warn.tell(answer.doubt)
        self.fresh.setText(fresh)
        self.tiles.show_answer(answer, medium)
        self.to_top()

    def show_unknown(self, name: str, reason: Message) -> None:
        """Somebody of whom the list knows nothing: no answer, so no recording."""
        self.name.setText(name)
        self._say_who(RowKind.PUPIL, ())
        self._whole.hide()
        self.warn.tell(reason)
        self.fresh.setText("")
        self.tiles.clear()

    def spoken(self) -> str:
        """All answers in one go, for a screen reader."""
        who = (self.name.text(), self._kind.text())
        return " ".join((*(f"{part}." for part in who if part), *self.tiles.spoken()))

    def _say_who(self, kind: RowKind, where: Sequence[str]) -> None:
        self._kind.setText(kind_words(kind))
        for part in (self._symbol, self._kind):
            part.setVisible(kind.adult)
        self._place.setText(" · ".join(part for part in where if part))
        self.other.setText(t("check.somebody_else" if kind.adult else "check.other_child"))


class Answers(QWidget):
    """The answer tiles: two in a row, three where there are many and room for them."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look().gap)
        self._tiles: list[VerdictTile] = []
        self._across = 0

    @property
    def shown(self) -> tuple[VerdictTile, ...]:
        """The tiles, in the order of the channels."""
        return tuple(self._tiles)

    def show_answer(self, answer: CheckAnswer, medium: str) -> None:
        """Show the answers about one kind of recording."""
        self.clear()
        language = words().language
        for line in answer.lines:
            if line.use.partition(":")[0] == medium:
                tile = VerdictTile(
                    line.channel.name(language),
                    answer_of(line),
                    why(line, answer),
                    MARKS[line.outcome],
                    provided=provided(line),
                )
                tile.setObjectName(f"answer_{line.channel.key}")
                self._tiles.append(tile)
        self._across = 0
        self._place(self.width())

    def clear(self) -> None:
        """Show no answer at all."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []

    def spoken(self) -> list[str]:
        """What a screen reader says of each."""
        return [tile.accessibleName() + "." for tile in self._tiles]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int) -> None:
        own = look()
        across = 2 if width >= own.px(_NARROW) else 1
        if width >= own.px(_WIDE) and len(self._tiles) > _MANY:
            across = 3
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
