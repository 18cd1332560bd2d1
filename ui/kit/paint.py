"""Drawing that tiles, tables and badges share."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ui.kit.icon import paint_icon
from ui.kit.mark import Mark
from ui.theme import Type, look

PILL_HEIGHT = 24
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Edge(NamedTuple):
    """How a surface ends: colour, width in pixels, dashes, and the radius at 100 %."""

    colour: QColor
    width: int = 1
    dashed: bool = False
    radius: int = 8


def panel(painter: QPainter, area: QRect, ground: QColor, edge: Edge) -> None:
    """A rounded surface with an edge that lies wholly inside the area."""
    pen = QPen(edge.colour, edge.width)
    if edge.dashed:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen if edge.width else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    half = edge.width / 2
    side = look().px(edge.radius)
    painter.drawRoundedRect(QRectF(area).adjusted(half, half, -half, -half), side, side)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def one_line(
    painter: QPainter,
    area: QRect,
    words: str,
    font: QFont,
    colour: QColor,
    align: int = _MIDDLE,
) -> bool:
    """One line of words, ended by an ellipsis where it must; says whether all of it fitted."""
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, align | int(Qt.TextFlag.TextSingleLine), shown)
    return shown == words


def focus_inside(painter: QPainter, area: QRect) -> None:
    """The focus ring of things that draw themselves, just inside their edge."""
    gap = 3
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look().colour("yes"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = look().px(6)
    painter.drawRoundedRect(
        QRectF(area).adjusted(gap + 1, gap + 1, -gap - 1, -gap - 1), radius, radius
    )


def pill_width(words: str, mark: Mark) -> int:
    """How wide a pill is with all its words."""
    own = look()
    symbol = own.px(16) + own.px(4) if mark.icon else 0
    wide = QFontMetrics(own.font(Type.PILL)).horizontalAdvance(words)
    return own.px(10) * 2 + symbol + wide + 1


def paint_pill(painter: QPainter, area: QRect, words: str, mark: Mark) -> bool:
    """A verdict as a pill at the left of an area; says whether its words fitted."""
    own = look()
    high = min(own.px(PILL_HEIGHT), area.height())
    wide = min(pill_width(words, mark), area.width())
    box = QRect(area.x(), area.y() + (area.height() - high) // 2, wide, high)
    colour = own.colour(mark.value)
    framed = mark.dashed or own.colours.strong
    ground = own.colour(mark.tint)
    width = own.edge if framed else 0
    panel(painter, box, ground, Edge(colour, width, mark.dashed, 12))
    inner = box.adjusted(own.px(10), 0, -own.px(10), 0)
    if mark.icon:
        side = own.px(16)
        paint_icon(painter, QRect(inner.x(), inner.y(), side, high), mark.icon, colour)
        inner.setLeft(inner.x() + side + own.px(4))
    return one_line(painter, inner, words, own.font(Type.PILL), colour)


def paint_marked(painter: QPainter, area: QRect, words: str, mark: Mark) -> bool:
    """A symbol with words beside it; no answer yet is a dash."""
    own = look()
    if mark.icon:
        side = own.px(18)
        box = QRect(area.x(), area.y(), side, area.height())
        paint_icon(painter, box, mark.icon, own.colour(mark.value))
        area = area.adjusted(side + own.px(8), 0, 0, 0)
    token = "muted" if mark in (Mark.OPEN, Mark.NONE) else "text"
    return one_line(painter, area, words, own.font(), own.colour(token))
