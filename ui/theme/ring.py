"""The focus ring: two pixels of accent, two pixels away from whatever has the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from app.override import override
from ui.theme.look import look

GAP = 2
LINE = 2
_INSIDE = "ring_inside"
_MOVES = (
    *(QEvent.Type.Move, QEvent.Type.Resize),
    *(QEvent.Type.Show, QEvent.Type.ZOrderChange),
)


class _Frame(QWidget):
    """The ring itself: stands over one widget and moves with it.

    It stands in the nearest parent that has room for it, so that no edge cuts it off, but
    scrolls with what it stands around.

    Not Qt's own focus frame: that takes its margins from a style of its own, and a style that
    was once worn under a style sheet crashes the next widget that wears it (PySide6 6.12).
    """

    _followed: Sequence[QWidget] = ()  # what is left once the collector has emptied it

    def __init__(self, around: QWidget) -> None:
        super().__init__(around.parentWidget())
        self._around = around
        self._token = ring_token(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stand(around)

    def leave(self) -> None:
        """Take the ring away; what it stood around may be gone already."""
        self._follow(())
        self.hide()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._followed and isValid(self._around):
            if event.type() in _MOVES:
                self._stand(self._around)
            elif event.type() is QEvent.Type.Hide:
                self.hide()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour(self._token), LINE))
        half = LINE / 2
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, 8, 8)
        painter.end()

    def _stand(self, around: QWidget) -> None:
        followed = _followed(around)
        host = followed[-1].parentWidget()
        if host is None:
            return
        if followed != self._followed:
            self._follow(followed)
            self.setParent(host)
        self.setGeometry(_area(around, host))
        self.raise_()
        self.setVisible(around.isVisible())

    def _follow(self, widgets: Sequence[QWidget]) -> None:
        """Hear the moves of these widgets, and of no others any more."""
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._followed = widgets
        for widget in widgets:
            widget.installEventFilter(self)


def _area(around: QWidget, host: QWidget) -> QRect:
    """Where the ring stands, in a parent."""
    outside = GAP + LINE
    area = QRect(around.mapTo(host, QPoint(0, 0)), around.size())
    return area.adjusted(-outside, -outside, outside, outside)


def _followed(around: QWidget) -> list[QWidget]:
    """The widget, and its parents up to below the one that has room for the ring."""
    found = [around]
    while (parent := found[-1].parentWidget()) is not None:
        beyond = parent.parentWidget()
        if beyond is None or parent.isWindow() or _scrolls(beyond):
            break
        if parent.rect().contains(_area(around, parent)):
            break
        found.append(parent)
    return found


def _scrolls(widget: QWidget) -> bool:
    """Whether what stands in a widget is scrolled."""
    return isinstance(widget.parentWidget(), QAbstractScrollArea)


def ring_token(widget: QWidget | None) -> str:
    """Name of the colour of a focus ring on the ground of this widget."""
    while widget is not None:
        token = widget.property("ring_colour")
        if token:
            return str(token)
        widget = widget.parentWidget()
    return "yes"


def ring_colour(widget: QWidget | None) -> QColor:
    """The colour of a focus ring on the ground of this widget."""
    return look().colour(ring_token(widget))


class FocusRing(QObject):
    """Moves the ring to the widget with the keyboard; a mouse click does not show it.

    Widgets that paint their own focus (tables, lists, tiles) carry the property `ring_inside`.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._frame: _Frame | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or pressed or _paints_its_own(new):
            return
        self._frame = _Frame(new)

    def _drop(self) -> None:
        frame, self._frame = self._frame, None
        if frame is not None and isValid(frame):
            frame.leave()


def _paints_its_own(widget: QWidget) -> bool:
    return (
        bool(widget.property(_INSIDE))
        or widget.inherits("QAbstractItemView")  # the class itself is slow to load
        or widget.isWindow()
        or widget.focusPolicy() is Qt.FocusPolicy.NoFocus
        or (isinstance(widget, QAbstractScrollArea) and widget.property("look") == "page")
    )
