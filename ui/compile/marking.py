"""Marks what must go from the picture of a page: drawn with the mouse, or with the arrows."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.compile.papers import Area
from app.compile.request import PageArea
from app.override import override
from ui.kit.button import Plain, Quiet
from ui.kit.flow import Flow
from ui.kit.label import Muted, Small, Strong
from ui.theme import look
from ui.words import t

_STEP = 0.02
_FIRST = Area(0.4, 0.4, 0.6, 0.5)
_LEAST = 0.004


class MarkView(QWidget):
    """The pages of one file, one at a time, and what goes from them.

    Signals:
        turned(page): another page must be shown, from 0; changed(): other places go.
    """

    turned = Signal(int)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.piece_id = ""
        self._pages: tuple[int, ...] = ()
        self._place = 0
        self._areas: list[PageArea] = []
        self.sheet = MarkSheet()
        self.sheet.drawn.connect(self._add)
        self._name = Strong()
        self._where = Small("", wrap=False)
        self._before = Plain(t("compile.page_before"), "left", fit="small")
        self._before.call_it("mark_before")
        self._before.clicked.connect(self._turn_back)
        self._next = Plain(t("compile.page_next"), "right", fit="small")
        self._next.call_it("mark_next")
        self._next.clicked.connect(self._turn_on)
        self._undo = Quiet(t("compile.mark_undo"), "undo", fit="small")
        self._undo.call_it("mark_undo")
        self._undo.clicked.connect(self._take_back)
        line = Flow(gap=8)
        for part in (self._name, self._where, self._before, self._next, self._undo):
            line.addWidget(part)
        centre = QHBoxLayout()
        centre.addWidget(self.sheet, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        column.addWidget(Muted(t("compile.mark_words")))
        column.addLayout(line)
        column.addLayout(centre, 1)

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._pages[self._place] if self._pages else 0

    def begin(self, piece_id: str, name: str, pages: tuple[int, ...]) -> None:
        """Begin with a file; `areas` of other files stay as they are."""
        self.piece_id, self._pages, self._place = piece_id, pages, 0
        self._name.setText(name)
        self._tell()

    def show_picture(self, content: bytes) -> None:
        """Show the page that was asked for."""
        self.sheet.show_picture(content)
        self._tell()

    def areas(self) -> tuple[PageArea, ...]:
        """Everything that goes, from all files."""
        return tuple(self._areas)

    def forget(self) -> None:
        """Take the picture out of sight and memory; what was marked stays."""
        self.sheet.show_picture(b"")

    def _add(self, area: Area) -> None:
        self._areas.append(PageArea(self.piece_id, self.page, area))
        self._tell()
        self.changed.emit()

    def _take_back(self) -> None:
        here = self._here()
        if here:
            self._areas.remove(here[-1])
            self._tell()
            self.changed.emit()

    def _here(self) -> list[PageArea]:
        place = (self.piece_id, self.page)
        return [area for area in self._areas if (area.piece_id, area.page) == place]

    def _turn_back(self) -> None:
        self._turn(-1)

    def _turn_on(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self._place = min(max(self._place + by, 0), len(self._pages) - 1)
        self._tell()
        self.turned.emit(self.page)

    def _tell(self) -> None:
        here, whole = self._here(), len(self._pages)
        self.sheet.show_areas([each.area for each in here])
        self._where.setText(
            t("compile.mark_where", page=self._place + 1, pages=whole, number=len(here))
        )
        self._before.setVisible(whole > 1)
        self._next.setVisible(whole > 1)
        self._before.setEnabled(self._place > 0)
        self._next.setEnabled(self._place < whole - 1)
        self._undo.setEnabled(bool(here))


class MarkSheet(QWidget):
    """One page with the places that go.

    The mouse draws a place. With the keyboard: arrows move a frame, Shift and arrows change its
    size, Enter takes the place.

    Signals:
        drawn(area): a place was marked, in parts of the page (`Area`).
    """

    drawn = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pixels = QPixmap()
        self._areas: list[Area] = []
        self._frame = _FIRST
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self.setObjectName("mark_sheet")
        self.setAccessibleName(t("compile.mark_sheet"))
        self.setAccessibleDescription(t("compile.mark_words"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(look().px(240), look().px(480))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, content: bytes) -> None:
        """Show a page; nothing for no content."""
        image = QImage.fromData(QByteArray(content)) if content else QImage()
        self._pixels = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self._frame = _FIRST
        self.update()

    def show_areas(self, areas: Sequence[Area]) -> None:
        """Show what goes."""
        self._areas = list(areas)
        self.update()

    def page_rect(self) -> QRectF:
        """Where the page stands within the widget."""
        if self._pixels.isNull():
            return QRectF()
        size = QSize(self._pixels.size())
        size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        return QRectF(left, 0.0, size.width(), size.height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = self._to = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._from = self._from, None
        if start is not None:
            self._take(QRectF(start, event.position()).normalized())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }
        key = Qt.Key(event.key())
        if key in moves:
            grow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(*moves[key], grow=grow)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._pixels.isNull():
            self.drawn.emit(self._frame)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        page = self.page_rect()
        if page.isEmpty():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(page, self._pixels, QRectF(self._pixels.rect()))
        for area in self._areas:
            painter.fillRect(_on(page, area), QColor("black"))
        pen = QPen(self.palette().highlight().color(), 2)
        painter.setPen(pen)
        painter.drawRect(page)
        if self._from is not None and self._to is not None:
            painter.drawRect(QRectF(self._from, self._to).normalized())
        elif self.hasFocus():
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(_on(page, self._frame))
        painter.end()

    def _take(self, drawn: QRectF) -> None:
        page = self.page_rect()
        inside = drawn.intersected(page)
        self.update()
        if page.isEmpty() or inside.isEmpty():
            return
        area = Area(
            (inside.left() - page.left()) / page.width(),
            (inside.top() - page.top()) / page.height(),
            (inside.right() - page.left()) / page.width(),
            (inside.bottom() - page.top()) / page.height(),
        )
        if area.right - area.left > _LEAST and area.bottom - area.top > _LEAST:
            self.drawn.emit(area)

    def _move(self, across: float, down: float, *, grow: bool) -> None:
        frame = self._frame
        if grow:
            right = min(max(frame.right + across, frame.left + _STEP), 1.0)
            bottom = min(max(frame.bottom + down, frame.top + _STEP), 1.0)
            self._frame = replace(frame, right=right, bottom=bottom)
        else:
            across = min(max(across, -frame.left), 1.0 - frame.right)
            down = min(max(down, -frame.top), 1.0 - frame.bottom)
            self._frame = Area(
                frame.left + across,
                frame.top + down,
                frame.right + across,
                frame.bottom + down,
            )
        self.update()


def _on(page: QRectF, area: Area) -> QRectF:
    """A place on the page as it is shown."""
    return QRectF(
        page.left() + area.left * page.width(),
        page.top() + area.top * page.height(),
        (area.right - area.left) * page.width(),
        (area.bottom - area.top) * page.height(),
    )
