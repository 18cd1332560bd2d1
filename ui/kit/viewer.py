"""A file to look at: a document, a picture or plain text, from memory, never through a file."""

from collections.abc import Callable
from pathlib import Path, PurePath

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.breach.active import dangers
from app.override import override
from ui.kit import ask
from ui.kit.button import Plain, Quiet
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Strong, Text
from ui.kit.page import scrolling
from ui.kit.preview import Preview
from ui.theme import look
from ui.words import t

_TEXTS = (".txt", ".csv", ".md", ".log", ".json")
_LARGEST_SIDE = 12_000
_MOST_TEXT = 200_000
_PICTURE = 1
_STEP = 1.5


class FileView(QWidget):
    """Shows one file, as far as it can be shown; the rest can only be saved.

    Signals:
        save_chosen(path): the person chose where the file must be saved.
    """

    save_chosen = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._content = b""
        self._title = Strong()
        save = Plain(t("kit.save_file"), "save")
        save.call_it("viewer_save")
        save.clicked.connect(self._ask_where)
        self._save = save
        self.document = Preview()
        self.document.let_out(allowed=False)
        self.picture = Picture()
        pictured = scrolling(self.picture)
        self._looks = (
            _look("zoom-out", "kit.zoom_out", self.picture.zoom_out),
            _look("zoom-in", "kit.zoom_in", self.picture.zoom_in),
            _look("refresh", "kit.turn", self.picture.turn),
        )
        self._words = Text("", selectable=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._other = EmptyState("form", t("kit.no_view"), t("kit.no_view_why"))
        self._faces = QStackedWidget()
        closed = EmptyState("shield", t("kit.not_opened"), t("kit.not_opened_why"))
        words = scrolling(self._words)
        for face in (self.document, pictured, words, self._other, closed):
            self._faces.addWidget(face)
        line = Flow(gap=8)
        line.addWidget(self._title)
        line.addWidget(save)
        for button in self._looks:
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        column.addLayout(line)
        column.addWidget(self._faces, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def content(self) -> bytes:
        """The very bytes that are shown."""
        return self._content

    def show_file(self, name: str, content: bytes) -> None:
        """Show a file; its kind is judged by what is in it, then by its name.

        One that can do something by itself is not opened; it can only be saved.
        """
        self._name, self._content = name, content
        self._title.setText(name)
        if dangers(content):
            self._faces.setCurrentIndex(4)
        elif content.startswith(b"%PDF"):
            self.document.show_document(content, name)
            self._faces.setCurrentIndex(0)
        elif self.picture.show_picture(content, name):
            self._faces.setCurrentIndex(_PICTURE)
        elif PurePath(name).suffix.lower() in _TEXTS:
            self._words.setText(content[:_MOST_TEXT].decode("utf-8", "replace"))
            self._faces.setCurrentIndex(2)
        else:
            self._faces.setCurrentIndex(3)
        for button in self._looks:
            button.setVisible(self._faces.currentIndex() == _PICTURE)

    def let_out(self, *, allowed: bool) -> None:
        """Offer to save, or only to look."""
        self._save.setVisible(allowed)

    def forget(self) -> None:
        """Take the file out of sight and memory."""
        self._content = b""
        self.document.forget()
        self.picture.show_picture(b"", "")
        self._words.setText("")

    def _ask_where(self) -> None:
        ask.save_file(self, t("kit.save_file"), self._name, self.save_chosen.emit)


class Picture(QWidget):
    """A picture as large as fits, or larger to read what is on it; it can be turned."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self._shown = QPixmap()
        self._factor = 1.0
        self._least = QSize(look().px(200), look().px(320))
        self.setMinimumSize(self._least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, content: bytes, name: str) -> bool:
        """Show a picture the way up that it says itself; says whether it is one."""
        image = _read(content) if content else QImage()
        self._whole = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self._factor = 1.0
        self.setAccessibleName(t("kit.picture_of", name=name) if name else "")
        self._fit()
        return not self._whole.isNull()

    def zoom_in(self) -> None:
        """Show it larger, up to as large as it is."""
        self._factor *= _STEP
        self._fit()

    def zoom_out(self) -> None:
        """Show it smaller, down to what fits."""
        self._factor = max(1.0, self._factor / _STEP)
        self._fit()

    def turn(self) -> None:
        """Show it turned a quarter to the right."""
        self._whole = self._whole.transformed(QTransform().rotate(90))
        self._fit()

    @property
    def shown(self) -> QSize:
        """How large it is shown."""
        return self._shown.size()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown.isNull():
            painter = QPainter(self)
            painter.drawPixmap(0, 0, self._shown)
            painter.end()

    def _fit(self) -> None:
        whole, around = self._whole.size(), self.parentWidget()
        room = around.size() if around is not None else self.size()
        keep = Qt.AspectRatioMode.KeepAspectRatio
        fits = whole.scaled(room.boundedTo(whole), keep)
        wanted = (fits * self._factor).boundedTo(whole)
        if fits.width():
            self._factor = max(1.0, min(self._factor, whole.width() / fits.width()))
        smooth = Qt.TransformationMode.SmoothTransformation
        self._shown = self._whole.scaled(wanted, keep, smooth) if fits.width() else QPixmap()
        self.setMinimumSize(self._least if self._factor <= 1 else self._shown.size())
        self.update()


def _look(icon: str, text_id: str, then: Callable[[], None]) -> Quiet:
    """A button for looking at a picture."""
    button = Quiet(icon=icon, fit="small", tip=t(text_id))
    button.call_it(f"viewer_{text_id.removeprefix('kit.')}")
    button.clicked.connect(then)
    return button


def _read(content: bytes) -> QImage:
    """A picture, turned as the camera noted; none that would fill the memory."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size: QSize = reader.size()
    sane = size.isValid() and max(size.width(), size.height()) <= _LARGEST_SIDE
    return reader.read() if sane else QImage()
