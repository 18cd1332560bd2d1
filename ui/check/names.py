"""The pupils of a group, or the adults: their names."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.check.answer import CheckHit
from ui.check.face import Face, place_of
from ui.kit.button import Plain
from ui.kit.label import Muted, Text
from ui.kit.tiles import Tile, TileGrid
from ui.theme import Type
from ui.words import t


class NamesFace(Face):
    """The names of a group or of all adults, large.

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
        self._take(t("check.group", group=name), site)
        self.names.show_tiles([Tile(hit.id, hit.name) for hit in hits])
        self._empty.setVisible(not hits)
        self.whole.setEnabled(bool(hits))
        self.whole.show()

    def show_adults(self, hits: Sequence[CheckHit]) -> None:
        """Show all adults, each with in which capacity."""
        self._take(t("check.adults"), "")
        self.names.show_tiles([Tile(hit.id, hit.name, place_of(hit)) for hit in hits])
        self._empty.hide()
        self.whole.hide()

    @property
    def title(self) -> str:
        """Whose names are shown."""
        return self._title.text()

    def _take(self, title: str, site: str) -> None:
        self._title.setText(title)
        self._site.setText(site)
        self._site.setVisible(bool(site))
        self.to_top()
