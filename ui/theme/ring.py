"""The focus ring: two pixels of accent, two pixels away from whatever has the keyboard."""

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from typing_extensions import override

from ui.theme.look import look

GAP = 2
LINE = 2
_INSIDE = "ring_inside"


class _Margins(QProxyStyle):
    """Tells Qt's focus frame how far outside the widget it stands."""

    @override
    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in (
            QStyle.PixelMetric.PM_FocusFrameHMargin,
            QStyle.PixelMetric.PM_FocusFrameVMargin,
        ):
            return GAP + LINE
        return super().pixelMetric(metric, option, widget)

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


class _Frame(QFocusFrame):
    """The ring itself; takes its colour from the highlight of the present palette."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ring_colour(self.widget()), LINE))
        half = LINE / 2
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, 8, 8)
        painter.end()


def ring_colour(widget: QWidget | None) -> QColor:
    """The colour of a focus ring on the ground of this widget."""
    while widget is not None:
        token = widget.property("ring_colour")
        if token:
            return look().colour(str(token))
        widget = widget.parentWidget()
    return look().colour("yes")


class FocusRing(QObject):
    """Moves the ring to the widget with the keyboard; a mouse click does not show it.

    Widgets that paint their own focus (tables, lists, tiles) carry the property `ring_inside`.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: _Frame | None = None
        self._style = _Margins("Fusion")
        self._style.setParent(self)
        self._begun = False
        app.focusChanged.connect(self._moved)

    def _begin(self) -> None:
        self._begun = True
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self._begun:
            # The first ring costs as much as a page, so the first window is painted before it.
            QTimer.singleShot(0, self._begin)
            return
        self._drop()
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or pressed or _paints_its_own(new):
            return
        frame = _Frame(new)
        frame.setStyle(self._style)
        frame.setWidget(new)
        frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame = frame
        frame.destroyed.connect(self._gone)

    def _drop(self) -> None:
        frame, self._frame = self._frame, None
        if frame is not None:
            frame.destroyed.disconnect(self._gone)
            frame.hide()
            frame.deleteLater()

    def _gone(self) -> None:
        self._frame = None


def _paints_its_own(widget: QWidget) -> bool:
    return (
        bool(widget.property(_INSIDE))
        or isinstance(widget, QAbstractItemView)
        or widget.isWindow()
        or widget.focusPolicy() is Qt.FocusPolicy.NoFocus
        or (isinstance(widget, QAbstractScrollArea) and widget.property("look") == "page")
    )
