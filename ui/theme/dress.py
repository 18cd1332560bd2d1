"""Dresses the application: Fusion, palette, font and one style sheet, all from the tokens."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ui.theme.fonts import Type, load_fonts
from ui.theme.look import Look, wear
from ui.theme.ring import FocusRing
from ui.theme.sheet import sheet_of
from ui.theme.tokens import (
    BLACK_ON_WHITE,
    DARK,
    LIGHT,
    WHITE_ON_BLACK,
    Colours,
    from_system,
)

PaletteName = Literal["system", "light", "dark", "contrast"]
SMALLEST, LARGEST = 100, 200
_STYLE = "Fusion"
_WORN = "worn_style"


class Theme(NamedTuple):
    """What a person chose: a palette, and a text size in per cent (100 to 200)."""

    palette: PaletteName = "system"
    text_size: int = 100


class House(QObject):
    """Keeps the application dressed and follows the machine's colours under "system".

    Signals:
        changed: another look holds; painted widgets have already been asked to repaint.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        load_fonts()
        if app.property(_WORN) != _STYLE:
            app.setStyle(_STYLE)
        self._app = app
        self._system = QPalette(app.palette())
        self._theme = Theme()
        self._ring = FocusRing(app, self)
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._accessibility = self._hints.accessibility()
        self._accessibility.contrastPreferenceChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """What was chosen last."""
        return self._theme

    def wear(self, theme: Theme) -> None:
        """Show the whole application in another theme, at once."""
        self._theme = theme
        scale = min(max(theme.text_size, SMALLEST), LARGEST) / 100
        new = Look(self._colours(theme.palette), scale)
        wear(new)
        self._app.setPalette(palette_of(new.colours))
        self._app.setFont(new.font(Type.TEXT))
        self._app.setStyleSheet(sheet_of(new))
        self.changed.emit()

    def _colours(self, name: PaletteName) -> Colours:
        wants_dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        high = self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast
        if name == "contrast" or (name == "system" and high):
            if high:
                return from_system(self._system)
            return WHITE_ON_BLACK if wants_dark else BLACK_ON_WHITE
        if name == "dark" or (name == "system" and wants_dark):
            return DARK
        return LIGHT

    def _follow(self) -> None:
        if self._theme.palette in ("system", "contrast"):
            self.wear(self._theme)


class _Made:
    """The dresser that was made last."""

    house: House | None = None


def application(program: str) -> QApplication:
    """The application, in the house's style from the first moment.

    A style that is set later comes back as an object, and the hundreds of constants that belong
    to it take longer than the first window.
    """
    app = QApplication([program, "-style", _STYLE])
    app.setProperty(_WORN, _STYLE)
    return app


def house(app: QApplication) -> House:
    """The one dresser of the application; made when it is first asked for."""
    # Not looked for among the children: each that Qt made itself would become an object here.
    if _Made.house is None or not isValid(_Made.house) or _Made.house.parent() is not app:
        _Made.house = House(app)
    return _Made.house


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Show the whole application in a theme; may be called as often as wanted."""
    house(app).wear(theme)


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette for a set of colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, colours.background),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.hover),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.no),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.surface),
        (role.Highlight, colours.yes),
        (role.HighlightedText, colours.on_yes),
        (role.Accent, colours.yes),
        (role.Link, colours.yes),
        (role.LinkVisited, colours.yes),
        (role.Light, colours.hover),
        (role.Midlight, colours.hover),
        (role.Mid, colours.line),
        (role.Dark, colours.line),
        (role.Shadow, colours.line),
    ):
        palette.setColor(target, colour)
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, colours.muted)
    return palette
