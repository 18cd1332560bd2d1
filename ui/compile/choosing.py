"""The pieces of the period, to be ticked; what a purpose never holds cannot be."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.compile.offering import OfferedPiece
from ui.kit.button import Quiet
from ui.kit.card import Card
from ui.kit.editors import Box
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted, Strong, Text
from ui.theme import Type, look
from ui.words import day, t


class PiecesStep(QWidget):
    """The second step.

    Signals:
        changed(): other pieces are ticked.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _PieceRow] = {}
        self._count = Strong()
        self._rows_column = QVBoxLayout()
        self._rows_column.setSpacing(0)
        self._empty = EmptyState("folder", t("compile.no_pieces"), t("compile.no_pieces_words"))
        self._buttons = QWidget()
        flow = Flow(gap=8)
        self._buttons.setLayout(flow)
        for name in ("proposed", "all", "none"):
            button = Quiet(t(f"compile.take_{name}"), fit="small")
            button.call_it(f"take_{name}")
            button.clicked.connect(self._take)
            flow.addWidget(button)
        card = Card(t("compile.pieces_title"))
        card.add(Muted(t("compile.pieces_words")), self._count, self._buttons)
        card.add(self._rows_column, self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def show_pieces(self, offered: Sequence[OfferedPiece]) -> None:
        """Show the pieces of a period; those that the purpose proposes are ticked."""
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for each in offered:
            row = _PieceRow(each)
            row.box.clicked.connect(self._clicked)
            self._rows[each.piece.id] = row
            self._rows_column.addWidget(row)
        self._empty.setVisible(not offered)
        self._buttons.setVisible(bool(offered))
        self._count.setVisible(bool(offered))
        self._tell()

    def chosen(self) -> tuple[str, ...]:
        """Ids of the pieces that are ticked."""
        return tuple(id for id, row in self._rows.items() if row.box.isChecked())

    @property
    def all_barred(self) -> bool:
        """Whether there are pieces, and none of them may be in a copy for this purpose."""
        rows = self._rows.values()
        return bool(rows) and not any(row.box.isEnabled() for row in rows)

    def _take(self) -> None:
        name = self.sender().objectName().removeprefix("take_")
        for row in self._rows.values():
            wanted = name == "all" or (name == "proposed" and row.offered.proposed)
            row.box.setChecked(wanted and row.box.isEnabled())
        self._clicked()

    def _clicked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        number, whole = len(self.chosen()), len(self._rows)
        self._count.setText(t("compile.chosen", number=number, whole=whole))


class _PieceRow(QWidget):
    """One piece."""

    def __init__(self, offered: OfferedPiece) -> None:
        super().__init__()
        self.offered = offered
        piece, standing = offered.piece, offered.standing
        title = piece.text("title")
        self.box = Box(f"{day(piece.day)} · {piece.heading}".replace("&", "&&"))
        self.box.setObjectName(f"piece_{piece.id}")
        self.box.setChecked(offered.proposed)
        column = QVBoxLayout(self)
        own = look()
        column.setContentsMargins(0, own.px(6), 0, own.px(6))
        column.setSpacing(own.px(2))
        column.addWidget(self.box)
        about = t("compile.is_about", name=piece.about) if piece.about else ""
        file = piece.file.name if piece.file else ""
        detail = " · ".join(part for part in (piece.text("author"), about, file) if part)
        said: list[Text] = [Text(title)] if title else []
        if detail:
            said.append(Muted(detail))
        if standing.never:
            self.box.setEnabled(False)
            said.append(Text(t(f"compile.why_never_{standing.never}"), Type.SMALL, look="no"))
        elif standing.apart:
            said.append(Text(t(f"compile.why_apart_{standing.apart}"), Type.SMALL, look="ask"))
        for words in said:
            words.setIndent(own.px(30))
            column.addWidget(words)
        self.box.setAccessibleDescription(" ".join(words.text() for words in said))
