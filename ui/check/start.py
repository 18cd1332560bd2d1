"""Where a check begins: three letters, a letter, a group, the adults, or who was last."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.check.answer import CheckBoard, CheckHit
from app.override import override
from ui.check.face import Face, Warn, place_of
from ui.kit.button import Plain
from ui.kit.flow import Flow
from ui.kit.label import Heading, Muted
from ui.kit.tiles import LetterBar, Tile, TileGrid
from ui.theme import look
from ui.words import t

ADULTS = "@"
"""Key of the tile for the adults; a tile needs a key."""


class StartFace(Face):
    """Groups, letters, a field for three letters, and who was looked at last.

    Signals:
        group_chosen(id): a group was pressed; adults_asked(): the adults were.
        pupil_chosen(id): somebody was pressed, or Enter with a name in front.
        typed(text): other letters stand in the field.
        reports_asked(): the person wants to see his own reports.
    """

    group_chosen = Signal(str)
    adults_asked = Signal()
    pupil_chosen = Signal(str)
    typed = Signal(str)
    reports_asked = Signal()

    def __init__(self, last: str = "") -> None:
        """`last` is the heading over whom `show_last` shows; who was looked at when ""."""
        super().__init__()
        self.warn = Warn()
        self.field = Letters()
        self.letters = LetterBar()
        self.groups = TileGrid(widest=300)
        self.hits = TileGrid(widest=380)
        self.last = TileGrid(widest=300)
        self.reports = Plain(t("shell.reports"), "list", fit="touch")
        self._reported = False
        self.reports.call_it("check_reports")
        self.reports.clicked.connect(self.reports_asked)
        self._note = Muted("")
        self._headings = {
            "groups": Heading(t("check.groups")),
            "last": Heading(last or t("check.last")),
        }
        self._first = ""
        self._waits = False
        self._lay_out()
        self.field.textChanged.connect(self._other_letters)
        self.field.entered.connect(self._entered)
        self.field.down.connect(self._into_hits)
        self.letters.letter_chosen.connect(self.field.setText)
        self.groups.chosen.connect(self._group)
        self.hits.chosen.connect(self.pupil_chosen)
        self.last.chosen.connect(self.pupil_chosen)

    def show_board(self, board: CheckBoard) -> None:
        """Show the groups, the adults if there are any, and whether the list can be trusted."""
        self.warn.tell(board.freshness.trouble)
        tiles = [Tile(g.id, g.name, g.site) for g in board.groups]
        if board.adults:
            tiles.append(Tile(ADULTS, t("check.adults"), t("check.adults_who")))
        self.groups.show_tiles(tiles)
        self._arrange()

    def show_hits(self, text: str, hits: Sequence[CheckHit], most: int) -> None:
        """Show who was found; the first one is what Enter opens."""
        if text != self.field.text():
            return
        self._first = hits[0].id if hits else ""
        self.hits.show_tiles(
            [Tile(hit.id, hit.name, place_of(hit), taken=hit.id == self._first) for hit in hits]
        )
        if not hits:
            self._note.setText(t("check.nobody_found", typed=text))
        else:
            self._note.setText(t("check.more_letters", count=most) if len(hits) >= most else "")
        self._arrange()
        if self._waits and self._first:
            self.pupil_chosen.emit(self._first)
        self._waits = False

    def show_last(self, hits: Sequence[CheckHit]) -> None:
        """Show who was looked at last, the latest first."""
        self.last.show_tiles([Tile(hit.id, hit.name, place_of(hit)) for hit in hits])
        self._arrange()

    def show_reports(self, said: str) -> None:
        """Lead to the person's own reports; "" where there are none."""
        self._reported = bool(said)
        self.reports.setText(said)
        self.reports.updateGeometry()
        self._arrange()

    def begin(self) -> None:
        """Empty the field and give it the keyboard."""
        self._waits = False
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to_top()

    def _lay_out(self) -> None:
        line = Flow(gap=12)
        line.addWidget(self.field)
        self.column.addWidget(self.warn)
        self.column.addLayout(line)
        self.column.addWidget(self.letters)
        for part in (self._note, self.hits, self._headings["groups"], self.groups):
            self.column.addWidget(part)
        for part in (self._headings["last"], self.last):
            self.column.addWidget(part)
        self.column.addWidget(self.reports, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._arrange()

    def _arrange(self) -> None:
        searching = bool(self.field.text().strip())
        self.hits.setVisible(searching)
        self._note.setVisible(searching and bool(self._note.text()))
        for part in (self._headings["groups"], self.groups):
            part.setVisible(not searching)
        self.reports.setVisible(self._reported and not searching)
        some = bool(self.last.count) and not searching
        for part in (self._headings["last"], self.last):
            part.setVisible(some)

    def _other_letters(self, text: str) -> None:
        self._first = ""
        letter = text.strip().upper() if len(text.strip()) == 1 else ""
        self.letters.take(letter)
        if not text.strip():
            self._note.setText("")
            self.hits.show_tiles([])
            self._arrange()
        self.typed.emit(text)

    def _entered(self) -> None:
        if self._first:
            self.pupil_chosen.emit(self._first)
        else:
            self._waits = bool(self.field.text().strip())

    def _group(self, key: str) -> None:
        if key == ADULTS:
            self.adults_asked.emit()
        else:
            self.group_chosen.emit(key)

    def _into_hits(self) -> None:
        grid = self.hits if self.hits.isVisible() else self.groups
        grid.focus_first()


class Letters(QLineEdit):
    """The field for a few letters of a name.

    Signals:
        entered(): Enter was pressed.
        down(): the arrow down was pressed.
    """

    entered = Signal()
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("check_letters")
        self.setProperty("fit", "touch")
        self.setPlaceholderText(t("check.letters_hint"))
        self.setAccessibleName(t("check.letters"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(60)
        self.setMinimumWidth(look().px(420))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
