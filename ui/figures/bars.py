"""Bars and lines that figures are painted with; the numbers always stand beside them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.figures.counts import Count
from app.override import override
from ui.theme import look
from ui.words import t, words

_TONES = ("yes", "no", "ask")
_HATCH = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
)


class Bar(QWidget):
    """One count as a bar: full for yes, hatched for no, dotted for who is waited for."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self._count = count
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = words().number
        self.setAccessibleName(
            t(
                "figures.bar",
                yes=said(count.yes),
                no=said(count.no),
                waiting=said(count.waiting),
            )
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(14))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(60), look().px(14))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect().adjusted(0, 0, -1, -1)
        x = area.x()
        for part, tone, pattern in zip(self._count.parts, _TONES, _HATCH, strict=True):
            wide = round(area.width() * part / max(self._count.total, 1))
            colour = look().colour(tone)
            piece = QRect(x, area.y(), wide, area.height())
            brush = painter.brush()
            brush.setColor(colour)
            brush.setStyle(pattern)
            painter.fillRect(piece, brush)
            x += wide
        painter.setPen(QPen(look().colour("line"), look().edge))
        painter.drawRect(area)
        painter.end()


class TrendLine(QWidget):
    """Shares of yes as a line through months; the table beside it says the numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[float | None], said: str) -> None:
        """Show other months; None where nobody was there yet."""
        self._shares = tuple(shares)
        self.setAccessibleName(said)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(320), look().px(180))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(180))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        painter.setPen(QPen(look().colour("line"), look().edge))
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - share * room.height()
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        step = room.width() / max(len(self._shares) - 1, 1)
        points = [
            QPointF(room.left() + place * step, room.bottom() - share * room.height())
            for place, share in enumerate(self._shares)
            if share is not None
        ]
        painter.setPen(QPen(look().colour("yes"), look().px(2)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(look().colour("yes"))
        for point in points:
            painter.drawEllipse(point, look().px(3), look().px(3))
        painter.end()
