"""Where a composition begins: what it is for and which group; and who is there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.check.answer import CheckAnswer, CheckBoard, CheckHit
from ui.check.bar import Chips
from ui.check.face import Face, Warn, place_of, place_words
from ui.kit.flow import Flow
from ui.kit.label import Heading, Muted, Text
from ui.kit.mark import Mark
from ui.kit.tiles import Tile, TileGrid
from ui.theme import Type
from ui.words import t, words

STRAYS = "-"
"""Key of the tile for children who are in no group; a tile needs a key."""
GUESTS = "+"
AGAIN = "="


class WhoFace(Face):
    """The channels, and the groups as large tiles.

    Signals:
        channel_chosen(key): another channel was taken.
        group_chosen(id): a group was pressed, "" for who is in none.
        guests_asked(): names one by one are wanted.
        again_asked(): the composition of before is wanted again.
    """

    channel_chosen = Signal(str)
    group_chosen = Signal(str)
    guests_asked = Signal()
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.warn = Warn()
        self.channels = Chips(t("check.channel"))
        self.groups = TileGrid(widest=300)
        self.more = TileGrid(widest=300)
        self._nobody = Muted(t("check.no_groups"))
        self.column.addWidget(self.warn)
        self.column.addWidget(Heading(t("check.what_for")))
        self.column.addWidget(self.channels)
        self.column.addWidget(Heading(t("check.who_is_here")))
        self.column.addWidget(self.groups)
        self.column.addWidget(self._nobody)
        self.column.addWidget(self.more)
        self.column.addStretch(1)
        self._nobody.hide()
        self.channels.chosen.connect(self.channel_chosen)
        self.groups.chosen.connect(self._group)
        self.more.chosen.connect(self._more)

    def show_board(self, board: CheckBoard, again: str) -> None:
        """Show channels and groups; `again` says which composition can be taken up again."""
        language = words().language
        self.warn.tell(board.freshness.trouble)
        self.channels.offer([(each.key, each.name(language)) for each in board.channels])
        tiles = [Tile(group.id, group.name, group.site) for group in board.groups]
        if board.ungrouped:
            tiles.append(Tile(STRAYS, t("check.without_group")))
        self.groups.show_tiles(tiles)
        self._nobody.setVisible(not tiles)
        more = [Tile(GUESTS, t("check.pick_names"), t("check.pick_names_why"))]
        if again:
            more.append(Tile(AGAIN, t("check.go_on_with"), again))
        self.more.show_tiles(more)

    def _group(self, key: str) -> None:
        self.group_chosen.emit("" if key == STRAYS else key)

    def _more(self, key: str) -> None:
        if key == AGAIN:
            self.again_asked.emit()
        else:
            self.guests_asked.emit()


class TickFace(Face):
    """Everybody who could be there, to press who is and who is not.

    Signals:
        turned(id): somebody was pressed.
    """

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._count = Text("", Type.FIGURE)
        self.names = TileGrid(widest=440)
        self.names.chosen.connect(self.turned)
        line = Flow(gap=14)
        line.addWidget(self._count)
        self.column.addLayout(line)
        self.column.addWidget(Text(t("check.tick_why"), Type.TOUCH, look="muted"))
        self.column.addWidget(self.names)
        self.column.addStretch(1)

    def show_names(self, answers: Sequence[CheckAnswer], away: frozenset[str]) -> None:
        """Show who is there and who is not."""
        here = sum(answer.pupil_id not in away for answer in answers)
        self._count.setText(t("check.here_count", number=here, total=len(answers)))
        self.names.show_tiles([_tick(answer, away) for answer in answers])


class AdultsFace(Face):
    """All adults, to press who comes along.

    Signals:
        turned(id): an adult was pressed.
    """

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.names = TileGrid(widest=440)
        self.names.chosen.connect(self.turned)
        self.column.addWidget(Text(t("check.adults"), Type.FIGURE))
        self.column.addWidget(Text(t("check.adults_why"), Type.TOUCH, look="muted"))
        self.column.addWidget(self.names)
        self.column.addStretch(1)

    def show_adults(self, hits: Sequence[CheckHit], here: frozenset[str]) -> None:
        """Show everybody, and who of them is there."""
        self.names.show_tiles([_escort(hit, here=hit.id in here) for hit in hits])


def _escort(hit: CheckHit, *, here: bool) -> Tile:
    detail = " · ".join((t("check.is_here"), place_of(hit))) if here else place_of(hit)
    return Tile(hit.id, hit.name, detail, taken=here)


def _tick(answer: CheckAnswer, away: frozenset[str]) -> Tile:
    here = answer.pupil_id not in away
    said = t("check.is_here") if here else t("check.is_away")
    group = answer.group.name if answer.group else ""
    detail = " · ".join(part for part in (said, place_words(answer.kind, group)) if part)
    return Tile(
        answer.pupil_id, answer.name, detail, Mark.NONE if here else Mark.OPEN, taken=here
    )
