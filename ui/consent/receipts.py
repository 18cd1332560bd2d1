"""Links to the receipt of everybody whose answers stand in the grid."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.consent.overview import PupilConsent
from ui.kit.button import Link, plain_words
from ui.kit.flow import Flow
from ui.words import t


class ReceiptLink(Link):
    """A link to the receipt of one person.

    Signals:
        asked(person_id): it is wanted.
    """

    asked = Signal(str)

    def __init__(self, person_id: str, name: str) -> None:
        super().__init__(plain_words(t("consent.receipt_for", who=name)))
        self._person_id = person_id
        self.call_it("open_receipt")
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self._person_id)


class ReceiptLinks(QWidget):
    """One link for each.

    Signals:
        asked(person_id): a receipt is wanted.
    """

    asked = Signal(str)

    def __init__(self, found: PupilConsent | None = None) -> None:
        super().__init__()
        line = Flow(gap=12)
        self.setLayout(line)
        deciders = found.grid.deciders if found else ()
        decided = {d.decider_id for d in found.decisions.values()} if found else set()
        for decider in deciders:
            if decider.id in decided:
                link = ReceiptLink(decider.id, decider.name)
                link.asked.connect(self.asked)
                line.addWidget(link)
