"""The house style: contrast, text size, and the sheet made from the tokens."""

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from tests.ui.kit.gallery import BOARDS
from ui.kit.button import Main, Plain
from ui.kit.icon import pixmap
from ui.kit.mark import Mark
from ui.theme import Colours, Theme, Type, apply_theme, look
from ui.theme.dress import PaletteName
from ui.theme.tokens import BLACK_ON_WHITE, DARK, LIGHT, WHITE_ON_BLACK, contrast, from_system

ALL = {"light": LIGHT, "dark": DARK, "black": BLACK_ON_WHITE, "white": WHITE_ON_BLACK}


@pytest.mark.parametrize("colours", ALL.values(), ids=ALL.keys())
def test_words_are_readable_on_every_ground(colours: Colours) -> None:
    for ground in (colours.background, colours.surface):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
    for words, ground in (
        (colours.yes, colours.yes_tint),
        (colours.no, colours.no_tint),
        (colours.ask, colours.ask_tint),
        (colours.on_yes, colours.yes),
        (colours.bar_text, colours.bar),
    ):
        assert contrast(words, ground) >= 4.5, (words, ground)


@pytest.mark.parametrize("colours", ALL.values(), ids=ALL.keys())
def test_edges_of_fields_can_be_seen(colours: Colours) -> None:
    assert contrast(colours.control, colours.surface) >= 3


def test_answers_differ_in_grey(qtbot: QtBot) -> None:
    """The three symbols share no outline, so that colour is not needed."""
    shapes = {
        bytes(pixmap(mark.icon, QColor("black"), 24).toImage().constBits())
        for mark in (Mark.YES, Mark.NO, Mark.ASK, Mark.OPEN)
    }
    assert len(shapes) == 4


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#FFFFFF")) == 21


def test_high_contrast_takes_the_colours_of_the_machine() -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    colours = from_system(palette)
    assert (colours.background, colours.text) == ("#000000", "#FFFF00")
    assert colours.strong
    assert colours.dark


@pytest.mark.parametrize(("size", "height"), [(100, 36), (150, 54), (200, 72)])
def test_everything_grows_with_the_text(
    qapp: QApplication, qtbot: QtBot, size: int, height: int
) -> None:
    apply_theme(qapp, Theme("light", size))
    button = Main("Vastleggen")
    qtbot.addWidget(button)
    button.ensurePolished()
    assert button.sizeHint().height() == height
    assert button.font().pixelSize() == 14 * size // 100


def test_text_size_outside_its_range_is_brought_back(qapp: QApplication) -> None:
    apply_theme(qapp, Theme("light", 900))
    assert look().scale == 2.0


def test_noto_sans_comes_with_the_program(qapp: QApplication) -> None:
    assert {"Regular", "SemiBold", "Bold", "Italic"} <= set(QFontDatabase.styles("Noto Sans"))
    metrics = {look().font(Type.TEXT).family()}
    assert metrics == {"Noto Sans"}


def test_dark_reaches_the_palette(qapp: QApplication) -> None:
    apply_theme(qapp, Theme("dark", 100))
    assert qapp.palette().window().color().name().upper() == DARK.background


def test_icons_of_buttons_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = Plain("Afdrukken", "print")
    qtbot.addWidget(button)
    before = button.icon().pixmap(20).toImage()
    apply_theme(qapp, Theme("dark", 100))
    assert button.icon().pixmap(20).toImage() != before


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark.icon])
def test_every_mark_has_its_drawing(mark: Mark) -> None:
    assert resources.icon(mark.icon).startswith(b"<svg")


@pytest.mark.parametrize("board", BOARDS)
def test_nothing_is_wider_than_its_page_at_200_percent(
    qapp: QApplication, qtbot: QtBot, board: str
) -> None:
    apply_theme(qapp, Theme("light", 200))
    page: QWidget = BOARDS[board]()
    qtbot.addWidget(page)
    page.resize(1150, 800)
    page.show()
    assert page.minimumSizeHint().width() <= 1150


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_words_on_a_button_that_sleeps_can_be_read(
    qtbot: QtBot, qapp: QApplication, palette: PaletteName
) -> None:
    apply_theme(qapp, Theme(palette, 100))
    button = Main("Vastleggen")
    qtbot.addWidget(button)
    button.setEnabled(False)
    button.show()
    picture = button.grab().toImage()
    shades = {picture.pixelColor(x, y).lightness() for x in range(10, 60) for y in range(8, 28)}
    apply_theme(qapp, Theme("light", 100))
    assert max(shades) - min(shades) > 60
