"""A button that offers what is done now and then, so that a page keeps few buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from ui.kit.button import Plain, plain_words
from ui.theme import look
from ui.words import t


class MoreButton(Plain):
    """Opens a menu of deeds, each with a name for robots, its words and what it does."""

    def __init__(self, *deeds: tuple[str, str, Callable[[], None]]) -> None:
        super().__init__(t("people.more_deeds"), "more")
        self.call_it("more_deeds")
        self._deeds = deeds
        self.clicked.connect(self._offer)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words, then in self._deeds:
            action = menu.addAction(plain_words(words))
            action.setObjectName(name)
            action.triggered.connect(then)
        wide = menu.sizeHint().width()
        corner = self.rect().bottomRight() if wide > self.width() else self.rect().bottomLeft()
        place = self.mapToGlobal(corner)
        if wide > self.width():
            place.setX(place.x() - wide)
        place.setY(place.y() + look().px(4))
        menu.popup(place)
