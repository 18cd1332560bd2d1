"""The card: a surface with a title, perhaps actions, and what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.label import Heading
from ui.theme import look


class Card(QFrame):
    """A surface for what belongs together. `body` is its layout; `add` puts things in it.

    With `fill` the content takes all the height there is, as a table wants; otherwise it
    stays at the top.
    """

    def __init__(
        self,
        title: str = "",
        *actions: QWidget,
        fill: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        outer = QVBoxLayout(self)
        side = look().padding
        outer.setContentsMargins(side, side, side, side)
        outer.setSpacing(look().near)
        self.title = Heading(title)
        self._head = QHBoxLayout()
        self._head.setSpacing(look().near)
        self._head.addWidget(self.title, 1)
        outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(look().near)
        outer.addLayout(self.body, 1 if fill else 0)
        if not fill:
            outer.addStretch(1)
        self.title.setVisible(bool(title))
        for action in actions:
            self.add_action(action)
        if title:
            self.setAccessibleName(title)

    def set_title(self, words: str) -> None:
        """Change the title."""
        self.title.setText(words)
        self.title.setVisible(bool(words))
        self.setAccessibleName(words)

    def add_action(self, widget: QWidget) -> None:
        """Put a small button or a badge at the right of the title."""
        self._head.addWidget(widget)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put things below one another in the card."""
        for part in parts:
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
