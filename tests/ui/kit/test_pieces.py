"""Smaller pieces: labels, segments, cards, progress, preview, the blank screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.override import override
from tests.robots import part
from tests.ui.kit.gallery import document
from tests.ui.kit.invented import LONG
from ui.kit import ask
from ui.kit.blank import BlankCover
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns
from ui.kit.label import Elided, Middle, Text
from ui.kit.lines import Facts, Lines
from ui.kit.page import Page
from ui.kit.preview import Preview, printing
from ui.kit.progress import SHOW_AFTER_MS, Working, WorkStrip
from ui.kit.sheet import Sheet
from ui.kit.titleline import TitleLine
from ui.runner import Task


class Hearing(QWidget):
    """A window that notes every key."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[int] = []

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


def test_words_never_become_markup(qtbot: QtBot) -> None:
    label = Text("<b>Zoë</b> & co")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_long_line_ends_in_an_ellipsis_with_its_words_as_tip(qtbot: QtBot) -> None:
    label = Elided(f"{LONG} <i>")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert "&lt;i&gt;" in label.toolTip()
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_a_title_that_is_wider_than_the_page_gets_a_second_line(qtbot: QtBot) -> None:
    line = TitleLine("Schriftelijke waarschuwing aan een medewerker", "zaak 2026-001")
    qtbot.addWidget(line)
    line.show()
    line.resize(line.title.sizeHint().width() * 2, 200)
    one = line.title.height()
    line.resize(line.title.sizeHint().width() * 2 // 3, 200)
    assert line.title.height() >= 2 * line.title.fontMetrics().lineSpacing() > one
    assert line.identity.y() >= line.title.geometry().bottom()
    words = line.title._lines(line.title.size())
    assert " ".join(words) == line.title.text()


def test_segments_take_one_choice_by_arrow(qtbot: QtBot) -> None:
    made = Segments([("p", "Foto"), ("f", "Film")], "Soort")
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.chosen) as told:
        qtbot.keyClick(part(made, QPushButton, "choice_p"), Qt.Key.Key_Right)
    assert told.args == ["f"]
    assert made.key == "f"
    made.take("p")
    assert made.key == "p"


def test_lines_can_be_emptied_and_filled_again(qtbot: QtBot) -> None:
    made = Lines()
    qtbot.addWidget(made)
    made.add("Een", "uitleg", QPushButton("Open"))
    made.clear()
    made.add("Twee")
    assert made.count() == 1


def test_facts_without_words_are_left_out(qtbot: QtBot) -> None:
    made = Facts([("Geboren", "4 mei 2021"), ("Nummer", "")])
    qtbot.addWidget(made)
    assert [label.text() for label in made.findChildren(Text)] == ["Geboren", "4 mei 2021"]


@pytest.mark.parametrize(("name", "below"), [("Dag", False), (LONG, True)])
def test_a_fact_stands_below_a_name_that_would_take_its_room(
    qtbot: QtBot, name: str, *, below: bool
) -> None:
    made = Facts([(name, "Een antwoord.")])
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    label, fact = made.findChildren(Text)
    assert (fact.geometry().top() >= label.geometry().bottom()) is below
    assert fact.width() > made.width() // 2


def test_work_shows_after_a_moment_with_real_numbers(qtbot: QtBot) -> None:
    strip = WorkStrip()
    qtbot.addWidget(strip)
    strip.show()
    task = Task("Brieven maken", strip)
    strip.watch(task)
    work = part(strip, Working)
    assert work.isHidden()
    assert work._wait.interval() == SHOW_AFTER_MS == 300
    task.progressed.emit(12, 1300)
    assert work._numbers.text() == "12 van 1\N{NARROW NO-BREAK SPACE}300"
    qtbot.waitUntil(work.isVisible)
    task.finished.emit()
    assert work.isHidden()


def test_preview_shows_prints_and_saves_the_same_bytes(qtbot: QtBot, tmp_path: Path) -> None:
    made = Preview()
    qtbot.addWidget(made)
    made.show_document(document(3), "brief.pdf")
    made.print_chosen.connect(made.print_now)
    assert made.page_count == 3
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with ask.scripted(printer, tmp_path / "x.pdf") as asked:
        with qtbot.waitSignal(made.printed):
            part(made, QPushButton, "preview_print").click()
        with qtbot.waitSignal(made.save_chosen) as told:
            part(made, QPushButton, "preview_save").click()
    assert told.args == [tmp_path / "x.pdf"]
    assert len(asked.questions) == 2
    assert (tmp_path / "out.pdf").stat().st_size > 1000


def test_nothing_is_printed_before_somebody_noted_it(qtbot: QtBot, tmp_path: Path) -> None:
    made = Preview()
    qtbot.addWidget(made)
    made.show_document(document(1), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with ask.scripted(printer), qtbot.waitSignal(made.print_chosen):
        part(made, QPushButton, "preview_print").click()
    assert printing() == []
    with qtbot.waitSignal(made.printed):
        made.print_now()


def test_what_is_being_printed_is_printed_to_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    made = Preview()
    qtbot.addWidget(made)
    made.show_document(document(3), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    made.print_to(printer)
    made.forget()
    assert made.page_count == 0
    qtbot.waitUntil(lambda: not printing())
    paper = QPdfDocument()
    paper.load(str(tmp_path / "out.pdf"))
    assert paper.pageCount() == 3


def test_what_is_printed_from_a_sheet_does_not_need_the_sheet(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = Preview()
    made.show_document(document(3), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    made.print_to(printer)
    made.deleteLater()
    qtbot.waitUntil(lambda: not printing())
    paper = QPdfDocument()
    paper.load(str(tmp_path / "out.pdf"))
    assert paper.pageCount() == 3


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_the_page_around_says_that_the_printer_does_not_print(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = Page("Brief")
    made = Preview()
    page.add(made)
    qtbot.addWidget(page)
    made.print_chosen.connect(made.print_now)
    made.show_document(document(1), "brief.pdf")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    made.print_to(printer)
    qtbot.waitUntil(lambda: not printing())
    assert "Afdrukken is niet gelukt" in page.bar.words
    other = QPrinter()
    other.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    other.setOutputFileName(str(tmp_path / "out.pdf"))
    with ask.scripted(other), qtbot.waitSignal(made.printed):
        page.bar.act()


@pytest.mark.parametrize("content", [b"", b"no pdf at all"])
def test_document_that_is_none_says_so(qtbot: QtBot, content: bytes) -> None:
    made = Preview()
    qtbot.addWidget(made)
    made.show()
    made.show_document(content, "x.pdf")
    assert made.page_count == 0
    assert made._unreadable.isVisible()


def test_preview_forgets_at_locking(qtbot: QtBot) -> None:
    made = Preview()
    qtbot.addWidget(made)
    made.show_document(document(1), "x.pdf")
    made.forget()
    assert made.page_count == 0
    assert made._buffer.size() == 0


def test_blank_screen_hides_everything_and_gives_the_keyboard_back(qtbot: QtBot) -> None:
    window = QWidget()
    field = QLineEdit(window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    cover = BlankCover(window)
    cover.cover()
    assert cover.geometry() == window.rect()
    qtbot.keyClick(cover, Qt.Key.Key_A)
    qtbot.keyClick(cover, Qt.Key.Key_Tab)
    assert field.text() == ""
    assert QApplication.focusWidget() is cover
    qtbot.keyClick(cover, Qt.Key.Key_F11)
    assert cover.isHidden()
    assert QApplication.focusWidget() is field


def test_no_key_reaches_what_is_covered(qtbot: QtBot) -> None:
    window = Hearing()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    cover = BlankCover(window)
    cover.cover()
    qtbot.keyClick(cover, Qt.Key.Key_A)
    assert window.heard == []


def test_escape_closes_a_sheet(qtbot: QtBot) -> None:
    made = Sheet("Besluit")
    qtbot.addWidget(made)
    made.open()
    with qtbot.waitSignal(made.closed):
        qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.isHidden()


def test_below_one_another_the_tall_one_takes_the_room(qtbot: QtBot) -> None:
    short, tall = Card("Rondes"), Card("Lijst")
    for card in (short, tall):
        card.add(Text("Eén regel"))
    columns = Columns(short, tall, narrow=600, tall=tall)
    qtbot.addWidget(columns)
    columns.resize(400, 700)
    columns.show()
    qtbot.waitUntil(lambda: tall.y() > short.geometry().bottom())
    assert short.height() < tall.height() / 3
    columns.resize(900, 700)
    qtbot.waitUntil(lambda: tall.x() > short.geometry().right())
    assert short.height() == tall.height()


@pytest.mark.parametrize("width", [320, 700, 1400])
def test_an_empty_state_shows_every_line_of_its_words(qtbot: QtBot, width: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    empty = EmptyState("folder", "Nog geen dossiers", "Wat hier komt, begint elders. " * 8)
    column = QVBoxLayout(page)
    column.addWidget(empty)
    page.resize(width, 600)
    page.show()
    qtbot.waitExposed(page)
    for label in empty.findChildren(Middle):
        assert label.height() >= QLabel.heightForWidth(label, label.width())
        assert label.width() <= label.measure()
