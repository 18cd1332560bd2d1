"""The house's own icons, tinted from the tokens and sharp at every size."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

import resources
from app.override import override
from ui.theme import look

_APP_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
_RATIOS = (1, 2)


def pixmap(
    name: str, colour: QColor, size: int, ratio: float = 1.0, beside: int = 0
) -> QPixmap:
    """An icon in one colour, `size` logical pixels square, with so much room at its right."""
    key = f"boordboek/{name}/{colour.name()}/{size}/{ratio}/{beside}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    side = max(1, round(size * ratio))
    drawn = QPixmap(side + round(beside * ratio), side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name).render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    # Not fillRect: that makes PySide look at every kind of gradient.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(drawn.rect())
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def paint_icon(painter: QPainter, area: QRect, name: str, colour: QColor) -> None:
    """Draw an icon into the middle of an area, as large as fits."""
    size = min(area.width(), area.height())
    ratio = painter.device().devicePixelRatio()
    left = area.x() + (area.width() - size) // 2
    top = area.y() + (area.height() - size) // 2
    painter.drawPixmap(left, top, pixmap(name, colour, size, ratio))


def icon(name: str, tone: str = "text", size: int = 20, beside: int = 0) -> QIcon:
    """An icon for a button or action in the colour of a token, now, with room at its right."""
    made, side, room = QIcon(), look().px(size), look().px(beside)
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, look().colour(tone), side, ratio, room))
    faded = pixmap(name, look().colour("muted"), side, 1, room)
    made.addPixmap(faded, QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The product's own picture, for windows and the task bar."""
    made = QIcon()
    for size in _APP_SIZES:
        drawn = QPixmap(size, size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        _renderer("boordboek").render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(drawn)
    return made


class Symbol(QWidget):
    """An icon that stands in a layout; decoration only, the words beside it say the same."""

    def __init__(
        self, name: str, tone: str = "text", size: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setSizePolicy(
            self.sizePolicy().Policy.Fixed,
            self.sizePolicy().Policy.Fixed,
        )

    def show_icon(self, name: str, tone: str) -> None:
        """Show another icon, in the colour of another token."""
        self._name, self._tone = name, tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = look().px(self._size)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        paint_icon(painter, self.rect(), self._name, look().colour(self._tone))
        painter.end()


@cache
def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(resources.icon(name)))
