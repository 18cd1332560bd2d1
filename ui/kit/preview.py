"""The preview: the very PDF that is printed, from memory, never through a file."""

from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QPointF,
    QSize,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import Trouble
from app.override import override
from ui.kit import ask
from ui.kit.button import Main, Plain, Quiet
from ui.kit.flow import Flow
from ui.kit.label import Muted, Small
from ui.runner import hearing
from ui.theme import look
from ui.words import t

PRINT_DPI = 300
_STEP = 1.25
_SMALLEST, _LARGEST = 0.25, 5.0
_WIDEST = 800
_POINTS = 72


class Preview(QWidget):
    """A document with its pages, zoom, Save and Print.

    It lets nothing out by itself: whoever shows it writes into the journal that the paper
    leaves, and then calls `print_now`, or saves the document. When the printer does not print,
    the page or sheet around it says so.

    Signals:
        print_chosen(): the person chose a printer; `print_now` prints.
        printed(): all pages went to the printer.
        save_chosen(path): the person chose where the document must be saved.
    """

    print_chosen = Signal()
    printed = Signal()
    save_chosen = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._document = QPdfDocument(self)
        # Within the document, so that it is not gone before whatever still draws from it.
        self._buffer = QBuffer(self._document)
        self._view = _Pages(self)
        self._view.resized.connect(self._fit_paper)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._fits = True
        self._view.setAccessibleName(t("kit.preview"))
        self._unreadable = Muted(t("kit.document_unreadable"))
        self._unreadable.hide()
        self._pages = Small("", wrap=False)
        self._printer: QPrinter | None = None
        self._make_buttons()
        self._lay_out()
        self._view.pageNavigator().currentPageChanged.connect(self._tell_page)

    @property
    def page_count(self) -> int:
        """How many pages the document has; 0 when it cannot be shown."""
        return max(0, self._document.pageCount())

    def show_document(self, content: bytes, name: str) -> None:
        """Show a PDF; `name` is proposed when it is saved, as "brief-2026-031.pdf"."""
        self._name = name
        self._empty()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        readable = self._document.status() is QPdfDocument.Status.Ready
        self._view.setVisible(readable)
        self._unreadable.setVisible(not readable)
        for button in (self._print, self._in, self._out, self._fit):
            button.setEnabled(readable)
        self._fits = True
        self._fit_paper()
        self._tell_page(0)

    def let_out(self, *, allowed: bool) -> None:
        """Offer to print and save, or only to look, as with a letter that was not issued."""
        self._save.setVisible(allowed)
        self._print.setVisible(allowed)

    def forget(self) -> None:
        """Take the document out of sight and memory, as at locking.

        What is being printed is printed to its end.
        """
        self._printer = None
        self._empty()
        self._tell_page(0)

    def _empty(self) -> None:
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray())

    def zoom(self, factor: float) -> None:
        """Show the pages at a size; 1 is the size of the paper."""
        self._fits = False
        self._set_zoom(factor)

    def print_now(self, _noted: object = None) -> None:
        """Print on the printer that was chosen."""
        printer, self._printer = self._printer, None
        if printer is not None:
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print every page, one at a time between other things, then tell so."""
        run = PrintRun(self._buffer.data(), printer)
        run.finished.connect(self.printed)
        run.failed.connect(self._print_failed)

    def _make_buttons(self) -> None:
        self._out = Quiet(icon="zoom-out", fit="small", tip=t("kit.zoom_out"))
        self._in = Quiet(icon="zoom-in", fit="small", tip=t("kit.zoom_in"))
        self._fit = Quiet(icon="fit", fit="small", tip=t("kit.fit_width"))
        self._save = Plain(t("kit.save_as"), "save")
        self._print = Main(t("kit.print"), "print")
        self._save.call_it("preview_save")
        self._print.call_it("preview_print")
        self._out.clicked.connect(self._zoom_out)
        self._in.clicked.connect(self._zoom_in)
        self._fit.clicked.connect(self._fit_width)
        self._save.clicked.connect(self._ask_where)
        self._print.clicked.connect(self._ask_printer)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(look().near)
        for button in (self._out, self._in, self._fit):
            line.addWidget(button)
        line.addWidget(self._pages)
        out = Flow(gap=8, right=True)
        out.addWidget(self._save)
        out.addWidget(self._print)
        line.addLayout(out, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().near)
        column.addLayout(line)
        column.addWidget(self._view, 1)
        column.addWidget(self._unreadable)
        self._view.setMinimumHeight(look().px(320))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _tell_page(self, page: int) -> None:
        count = self.page_count
        self._pages.setText(t("kit.page_of", page=page + 1, pages=count) if count else "")

    def _zoom_in(self) -> None:
        self.zoom(self._view.zoomFactor() * _STEP)

    def _zoom_out(self) -> None:
        self.zoom(self._view.zoomFactor() / _STEP)

    def _fit_width(self) -> None:
        self._fits = True
        self._fit_paper()

    def _fit_paper(self) -> None:
        """As wide as there is room, but never wider than is pleasant to read."""
        points = self._document.pagePointSize(0).width()
        if self._fits and points > 0:
            room = min(self._view.viewport().width() - look().px(24), look().px(_WIDEST))
            self._set_zoom(room / (points * self.logicalDpiX() / _POINTS))

    def _set_zoom(self, factor: float) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(factor, _SMALLEST), _LARGEST))

    def _ask_where(self) -> None:
        ask.save_file(
            self, t("kit.save_as"), self._name, self.save_chosen.emit, t("kit.pdf_files")
        )

    def _ask_printer(self) -> None:
        if self.page_count:
            ask.choose_printer(self, t("kit.print"), self._chosen)

    def _chosen(self, printer: QPrinter) -> None:
        self._printer = printer
        self.print_chosen.emit()

    def _print_failed(self, trouble: Trouble) -> None:
        hears = hearing(self)
        if hears is not None:
            hears.hear_trouble(trouble, self._ask_printer)


class _Pages(QPdfView):
    """The pages; tells when there is another amount of room for them."""

    resized = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def printing() -> list["PrintRun"]:
    """The documents that are being printed."""
    app = QCoreApplication.instance()
    return app.findChildren(PrintRun) if app is not None else []


class PrintRun(QObject):
    """Prints a document page by page, so that the window stays usable.

    It has its own copy of the document and goes on when the preview is gone.

    Signals:
        finished(): every page was handed over.
        failed(trouble): the printer did not take a page.
    """

    finished = Signal()
    failed = Signal(object)

    def __init__(self, content: QByteArray, printer: QPrinter) -> None:
        super().__init__(QCoreApplication.instance())
        self._document = QPdfDocument(self)
        buffer = QBuffer(self._document)
        buffer.setData(content)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(buffer)
        self._printer = printer
        printer.setResolution(PRINT_DPI)
        self._page = max(0, printer.fromPage() - 1)
        pages = self._document.pageCount()
        self._last = min(printer.toPage() or pages, pages)
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._one_page)
        self._timer.start(0)

    def finish(self) -> None:
        """Print what is left at once, as when the program ends."""
        while self._timer.isActive():
            self._one_page()

    def _one_page(self) -> None:
        if self._page >= self._last:
            self._end()
            self.finished.emit()
        elif not self._ready() or not self._draw():
            self._end()
            self.failed.emit(Trouble("kit.printer_trouble"))
        else:
            self._page += 1

    def _ready(self) -> bool:
        if self._painter.isActive():
            return self._printer.newPage()
        return self._painter.begin(self._printer)

    def _draw(self) -> bool:
        area = self._printer.pageLayout().fullRectPixels(PRINT_DPI)
        points = self._document.pagePointSize(self._page)
        scale = min(area.width() / points.width(), area.height() / points.height())
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        picture = self._document.render(self._page, size)
        if picture.isNull():
            return False
        shift = self._printer.pageLayout().paintRectPixels(PRINT_DPI).topLeft()
        self._painter.drawImage(QPointF(-shift.x(), -shift.y()), picture)
        return True

    def _end(self) -> None:
        self._timer.stop()
        if self._painter.isActive():
            self._painter.end()
        self.deleteLater()
