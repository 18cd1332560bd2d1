"""The colours of the house, one set for each palette. Contrast was computed, not guessed."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Colours(NamedTuple):
    """Every colour a widget may use, as "#RRGGBB"; `strong` asks for thicker edges."""

    background: str
    surface: str
    line: str
    control: str
    text: str
    muted: str
    yes: str
    yes_tint: str
    on_yes: str
    no: str
    no_tint: str
    on_no: str
    ask: str
    ask_tint: str
    hover: str
    tally: str
    bar: str
    bar_text: str
    bar_field: str
    bar_field_text: str
    dark: bool = False
    strong: bool = False


LIGHT = Colours(
    background="#F4F6F8",
    surface="#FFFFFF",
    line="#D8DEE5",
    control="#8794A1",
    text="#15202B",
    muted="#55626F",
    yes="#0B5CAD",
    yes_tint="#E6F0FA",
    on_yes="#FFFFFF",
    no="#B93E07",
    no_tint="#FCEEE7",
    on_no="#FFFFFF",
    ask="#6B5600",
    ask_tint="#FBF5DD",
    hover="#F0F3F6",
    tally="#D8DEE5",
    bar="#102E47",
    bar_text="#DCE7F1",
    bar_field="#FFFFFF",
    bar_field_text="#15202B",
)

DARK = Colours(
    background="#11171D",
    surface="#1A222B",
    line="#33404D",
    control="#6B7A89",
    text="#E7EDF3",
    muted="#A6B2BF",
    yes="#79B8F5",
    yes_tint="#14304A",
    on_yes="#0B1F30",
    no="#FF9D6B",
    no_tint="#40210F",
    on_no="#2A1206",
    ask="#E3CC75",
    ask_tint="#3A3110",
    hover="#222C37",
    tally="#33404D",
    bar="#0B1F30",
    bar_text="#DCE7F1",
    bar_field="#1A222B",
    bar_field_text="#E7EDF3",
    dark=True,
)

BLACK_ON_WHITE = Colours(
    background="#FFFFFF",
    surface="#FFFFFF",
    line="#000000",
    control="#000000",
    text="#000000",
    muted="#000000",
    yes="#003A8C",
    yes_tint="#FFFFFF",
    on_yes="#FFFFFF",
    no="#8A1F00",
    no_tint="#FFFFFF",
    on_no="#FFFFFF",
    ask="#463800",
    ask_tint="#FFFFFF",
    hover="#FFFFFF",
    tally="#FFFFFF",
    bar="#000000",
    bar_text="#FFFFFF",
    bar_field="#FFFFFF",
    bar_field_text="#000000",
    strong=True,
)

WHITE_ON_BLACK = Colours(
    background="#000000",
    surface="#000000",
    line="#FFFFFF",
    control="#FFFFFF",
    text="#FFFFFF",
    muted="#FFFFFF",
    yes="#8CC8FF",
    yes_tint="#000000",
    on_yes="#000000",
    no="#FFB38A",
    no_tint="#000000",
    on_no="#000000",
    ask="#FFE680",
    ask_tint="#000000",
    hover="#000000",
    tally="#000000",
    bar="#000000",
    bar_text="#FFFFFF",
    bar_field="#000000",
    bar_field_text="#FFFFFF",
    dark=True,
    strong=True,
)


_KNEE = 0.04045


def from_system(palette: QPalette) -> Colours:
    """High contrast in the colours that the person chose for the whole machine."""
    window, text = palette.window().color(), palette.windowText().color()
    base = WHITE_ON_BLACK if window.lightness() < text.lightness() else BLACK_ON_WHITE
    back, front = _hex(window), _hex(text)
    return base._replace(
        background=back,
        surface=back,
        yes_tint=back,
        no_tint=back,
        ask_tint=back,
        hover=back,
        tally=back,
        bar=back,
        bar_field=back,
        text=front,
        muted=front,
        line=front,
        control=front,
        bar_text=front,
        bar_field_text=front,
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, checked 2026-11-22): 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= _KNEE else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: QColor) -> str:
    return colour.name().upper()
