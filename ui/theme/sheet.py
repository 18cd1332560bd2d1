"""The one style sheet, generated from the look.

Widgets say what they are with the properties `look`, `type`, `fit` and `shape`.
"""

from PySide6.QtGui import QColor

from ui.theme.fonts import Type
from ui.theme.look import Look


def sheet_of(look: Look) -> str:
    """The style sheet for a look."""
    parts = (_types, _labels, _buttons, _button_looks, _fields, _frames, _bars, _lists, _menus)
    return "\n".join(part(look) for part in parts)


def _types(look: Look) -> str:
    return "\n".join(
        f'*[type="{kind.name}"] {{ font-size: {look.px(kind.size)}px;'
        f" font-weight: {kind.weight.value}; }}"
        for kind in Type
    )


def _labels(look: Look) -> str:
    c = look.colours
    return f"""
QLabel {{ background: transparent; color: {c.text}; }}
QLabel[look="muted"] {{ color: {c.muted}; }}
QLabel[look="yes"] {{ color: {c.yes}; }}
QLabel[look="no"] {{ color: {c.no}; }}
QLabel[look="ask"] {{ color: {c.ask}; }}
QLabel[look="bar"] {{ color: {c.bar_text}; }}
QLabel[look="keys"] {{ color: {c.muted}; }}
QToolTip {{ background: {c.text}; color: {c.surface}; border: {look.edge}px solid {c.text};
  padding: {look.px(4)}px {look.px(8)}px; font-size: {look.px(13)}px; }}
"""


def _buttons(look: Look) -> str:
    c, edge = look.colours, look.edge
    return f"""
QPushButton {{ background: {c.surface}; color: {c.text}; border: {edge}px solid {c.line};
  border-radius: {look.px(6)}px; padding: 0 {look.px(14)}px;
  min-height: {look.control - 2 * edge}px; outline: none; }}
QPushButton:hover {{ background: {c.hover}; border-color: {c.control}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:disabled {{ background: {c.background}; color: {c.muted};
  border-color: {c.line}; }}
QPushButton:checked {{ background: {c.yes_tint}; color: {c.yes}; border-color: {c.yes};
  font-weight: 600; }}
QPushButton[fit="small"] {{ min-height: {look.px(30) - 2 * edge}px;
  padding: 0 {look.px(10)}px; }}
QPushButton[fit="touch"] {{ min-height: {look.touch - 2 * edge}px;
  padding: 0 {look.px(16)}px; font-size: {look.px(16)}px; }}
QPushButton[shape="icon"] {{ padding: 0; min-width: {look.control - 2 * edge}px; }}
QPushButton[shape="letter"] {{ padding: 0 {look.px(2)}px; min-width: {look.px(44)}px; }}
QPushButton[shape="icon"][fit="small"] {{ min-width: {look.px(30) - 2 * edge}px; }}
QPushButton[shape="icon"][fit="touch"] {{ min-width: {look.touch - 2 * edge}px; }}
"""


def _button_looks(look: Look) -> str:
    c, edge = look.colours, look.edge
    main = _pushed(c.yes, dark=c.dark)
    asleep = c.surface if c.strong else c.line
    rim = "dashed" if c.strong else "solid"
    return f"""
QPushButton[look="main"] {{ background: {c.yes}; color: {c.on_yes}; border-color: {c.yes}; }}
QPushButton[look="main"]:hover {{ background: {main}; border-color: {main}; }}
QPushButton[look="main"]:pressed {{ background: {_pushed(main, dark=c.dark)}; }}
QPushButton[look="main"]:disabled {{ background: {asleep}; color: {c.muted};
  border: {edge}px {rim} {c.line}; }}
QPushButton[look="danger"] {{ color: {c.no}; border-color: {c.no}; }}
QPushButton[look="danger"]:hover {{ background: {c.no_tint}; }}
QPushButton[look="danger"]:disabled {{ color: {c.muted}; border-color: {c.line}; }}
QPushButton[look="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[look="quiet"]:hover {{ background: {c.hover}; border-color: {c.line}; }}
QPushButton[look="quiet"]:pressed {{ background: {c.line}; }}
QPushButton[look="link"] {{ background: transparent; border: 0; color: {c.yes}; padding: 0;
  min-height: {look.px(24)}px; text-align: left; }}
QPushButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:disabled {{ color: {c.muted}; }}
QPushButton[look="bar"] {{ background: transparent; border: {edge}px solid transparent;
  color: {c.bar_text}; padding: 0 {look.px(8)}px; min-height: {look.px(32) - 2 * edge}px; }}
QPushButton[look="bar"]:hover {{ border-color: {c.bar_text}; }}
"""


def _fields(look: Look) -> str:
    c, edge = look.colours, look.edge
    return f"""
QLineEdit, QComboBox, QPlainTextEdit {{ background: {c.surface}; color: {c.text};
  border: {edge}px solid {c.control}; border-radius: {look.px(6)}px;
  selection-background-color: {c.yes}; selection-color: {c.on_yes}; }}
QLineEdit {{ padding: 0 {look.px(8)}px; min-height: {look.control - 2 * edge}px; }}
QPlainTextEdit {{ padding: {look.px(4)}px {look.px(6)}px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border-color: {c.yes}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {{
  border: 2px solid {c.no}; }}
QLineEdit[wrong="true"] {{ min-height: {look.control - 4}px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{
  background: {c.background}; color: {c.muted}; border-color: {c.line}; }}
QLineEdit[fit="touch"] {{ min-height: {look.touch - 2 * edge}px;
  font-size: {look.px(18)}px; }}
QLineEdit[look="bar"] {{ background: {c.bar_field}; color: {c.bar_field_text};
  border-color: {c.bar_field if not c.strong else c.bar_text};
  min-height: {look.px(32) - 2 * edge}px; }}
QComboBox {{ padding: 0 {look.px(32)}px 0 {look.px(10)}px;
  min-height: {look.control - 2 * edge}px; }}
QComboBox::drop-down {{ border: 0; width: {look.px(32)}px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: {edge}px solid {c.control};
  outline: 0; selection-background-color: {c.yes_tint}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ min-height: {look.px(34)}px;
  padding: 0 {look.px(8)}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.yes_tint}; color: {c.yes}; }}
QCheckBox, QRadioButton {{ spacing: {look.px(10)}px; min-height: {look.px(28)}px;
  background: transparent; outline: none; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {look.px(20) - 2 * edge}px;
  height: {look.px(20) - 2 * edge}px; border: {edge}px solid {c.control};
  border-radius: {look.px(4)}px; background: {c.surface}; }}
QRadioButton::indicator {{ border-radius: {look.px(10)}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {c.yes};
  border-color: {c.yes}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
  background: {c.background}; border-color: {c.line}; }}
"""


def _frames(look: Look) -> str:
    c, edge = look.colours, look.edge
    return f"""
QScrollArea, QScrollArea[look="page"] {{ border: 0; background: transparent; }}
*[look="ground"] {{ background: {c.background}; }}
*[look="clear"] {{ background: transparent; }}
*[look="surface"] {{ background: {c.surface}; }}
QFrame[look="card"] {{ background: {c.surface}; border: {edge}px solid {c.line};
  border-radius: {look.px(8)}px; }}
QFrame[look="sheet"] {{ background: {c.surface}; border: 0;
  border-left: {edge}px solid {c.line}; }}
QFrame[look="popup"] {{ background: {c.surface}; border: {edge}px solid {c.control};
  border-radius: {look.px(8)}px; }}
QPushButton[look="stat"] {{ background: {c.surface}; border: {edge}px solid {c.line};
  border-radius: {look.px(8)}px; padding: 0; text-align: left; }}
QPushButton[look="stat"]:hover {{ border-color: {c.control}; background: {c.hover}; }}
QFrame[look="line"] {{ background: {c.line}; border: 0; min-height: {edge}px;
  max-height: {edge}px; }}
QFrame[look="keyed"] {{ border: {edge}px solid transparent; }}
QFrame[look="keyed-here"] {{ background: {c.yes_tint}; border: {edge}px solid {c.yes}; }}
QFrame[look="message-yes"] {{ background: {c.yes_tint}; border: {edge}px solid {c.yes};
  border-radius: {look.px(8)}px; }}
QFrame[look="message-no"] {{ background: {c.no_tint}; border: {edge}px solid {c.no};
  border-radius: {look.px(8)}px; }}
QFrame[look="message-ask"] {{ background: {c.ask_tint}; border: {edge}px dashed {c.ask};
  border-radius: {look.px(8)}px; }}
QFrame[look="title-bar"] {{ background: {c.bar};
  border-bottom: {0 if not c.strong else 2}px solid {c.bar_text}; }}
QFrame[look="navigation"] {{ background: {c.surface};
  border-right: {edge}px solid {c.line}; }}
QFrame[look="status"] {{ background: {c.surface}; border-top: {edge}px solid {c.line}; }}
QFrame[look="touch-bar"] {{ background: {c.surface};
  border-bottom: {edge}px solid {c.line}; }}
QFrame[look="touch-foot"] {{ background: {c.surface};
  border-top: {edge}px solid {c.line}; }}
"""


def _bars(look: Look) -> str:
    c = look.colours
    thick, least = look.px(12), look.px(32)
    return f"""
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: {thick}px; }}
QScrollBar:horizontal {{ height: {thick}px; }}
QScrollBar::handle {{ background: {c.control}; border-radius: {thick // 2 - 3}px;
  margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: {least}px; }}
QScrollBar::handle:horizontal {{ min-width: {least}px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c.line}; border: 0; border-radius: {look.px(4)}px;
  min-height: {look.px(8)}px; max-height: {look.px(8)}px; }}
QProgressBar::chunk {{ background: {c.yes}; border-radius: {look.px(4)}px; }}
"""


def _lists(look: Look) -> str:
    c, edge = look.colours, look.edge
    return f"""
QTableView, QListView {{ background: transparent; border: 0; outline: 0;
  selection-background-color: {c.yes_tint}; selection-color: {c.text}; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: 0;
  border-bottom: {edge}px solid {c.line}; padding: 0 {look.px(8)}px;
  font-size: {look.px(12)}px; font-weight: 600; min-height: {look.px(32)}px; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QTableView QTableCornerButton::section {{ background: {c.surface}; border: 0; }}
QTextBrowser {{ background: {c.surface}; color: {c.text}; border: 0; }}
"""


def _menus(look: Look) -> str:
    c, edge = look.colours, look.edge
    return f"""
QMenu {{ background: {c.surface}; color: {c.text}; border: {edge}px solid {c.control};
  padding: {look.px(4)}px; }}
QMenu::item {{ padding: {look.px(8)}px {look.px(16)}px; border-radius: {look.px(4)}px; }}
QMenu::item:selected {{ background: {c.yes_tint}; color: {c.yes}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: {edge}px; background: {c.line}; margin: {look.px(4)}px; }}
"""


def _pushed(colour: str, *, dark: bool) -> str:
    shade = QColor(colour)
    return (shade.lighter(110) if dark else shade.darker(115)).name()
