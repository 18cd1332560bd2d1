"""The bundled typeface, and the few sizes in which the house sets its words."""

from enum import Enum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

import resources

FAMILY = "Noto Sans"
_FILES = ("Regular", "SemiBold", "Bold", "Italic")


class Type(Enum):
    """A kind of words: size at 100 % and weight."""

    TEXT = (14, QFont.Weight.Normal)
    STRONG = (14, QFont.Weight.DemiBold)
    SMALL = (12, QFont.Weight.Normal)
    SMALL_STRONG = (12, QFont.Weight.DemiBold)
    HEADING = (15, QFont.Weight.DemiBold)
    TITLE = (22, QFont.Weight.DemiBold)
    FIGURE = (28, QFont.Weight.Bold)
    TOUCH = (16, QFont.Weight.Normal)
    LARGE = (20, QFont.Weight.Normal)
    TOUCH_STRONG = (17, QFont.Weight.DemiBold)
    ANSWER = (30, QFont.Weight.Bold)
    NAME = (40, QFont.Weight.Bold)
    PILL = (13, QFont.Weight.DemiBold)

    @property
    def size(self) -> int:
        """Pixels at 100 %."""
        return self.value[0]

    @property
    def weight(self) -> QFont.Weight:
        """How heavy the strokes are."""
        return self.value[1]


@cache
def load_fonts() -> None:
    """Make the bundled typeface known to Qt; does nothing the second time."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(resources.font_file(f"NotoSans-{name}.ttf"))


def font_of(kind: Type, scale: float) -> QFont:
    """The font for a kind of words at a text size, with figures of equal width."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(kind.size * scale)))
    font.setWeight(kind.weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
