"""What painters ask for: the colours, measures and fonts of now."""

from PySide6.QtGui import QColor, QFont

from ui.theme.fonts import Type, font_of
from ui.theme.tokens import LIGHT, Colours


class Look:
    """Colours and measures that hold until the theme changes.

    Attributes:
        colours: of every kind of thing.
        scale: of every measure; 1 at a text size of 100 %.
    """

    def __init__(self, colours: Colours = LIGHT, scale: float = 1.0) -> None:
        self.colours, self.scale = colours, scale
        self._fonts: dict[Type, QFont] = {}

    def px(self, measure: float) -> int:
        """A measure of the 100 % design at the present text size."""
        return round(measure * self.scale)

    def font(self, kind: Type = Type.TEXT) -> QFont:
        """The font for a kind of words."""
        if kind not in self._fonts:
            self._fonts[kind] = font_of(kind, self.scale)
        return self._fonts[kind]

    def colour(self, token: str) -> QColor:
        """A colour by its token, such as "yes_tint"."""
        return QColor(getattr(self.colours, token))

    @property
    def edge(self) -> int:
        """Width of the line around cards and controls: 1, in high contrast 2."""
        return 2 if self.colours.strong else 1

    @property
    def margin(self) -> int:
        """Space around a page."""
        return self.px(24)

    @property
    def padding(self) -> int:
        """Space inside a card."""
        return self.px(16)

    @property
    def gap(self) -> int:
        """Space between cards."""
        return self.px(16)

    @property
    def near(self) -> int:
        """Space between things that belong together."""
        return self.px(8)

    @property
    def control(self) -> int:
        """Height of a button or field."""
        return self.px(36)

    @property
    def touch(self) -> int:
        """Height of a button or field that is meant for a finger."""
        return self.px(48)

    @property
    def row(self) -> int:
        """Height of a table row."""
        return self.px(40)


class _Worn:
    """The look of now, for painters that cannot wait for a search through objects."""

    look = Look()


def look() -> Look:
    """The colours, measures and fonts of now."""
    return _Worn.look


def wear(new: Look) -> None:
    """Hold another look from now on; whoever calls this has everything painted again."""
    _Worn.look = new
