"""Scrolling so that something can be seen."""

from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import look

_AROUND = 60


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the nearest area so that the widget can be seen, with something around it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, look().px(_AROUND))
            return
        parent = parent.parentWidget()
