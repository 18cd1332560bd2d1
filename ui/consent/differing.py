"""Where the answers of those who decide differ: side by side, with what it means."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.consent.differences import Difference
from ui.consent.wording import (
    answer_words,
    relation_name,
    use_words,
)
from ui.kit.button import Plain
from ui.kit.flow import Flow
from ui.kit.icon import Symbol
from ui.kit.label import Muted, Strong, Text
from ui.theme import look
from ui.words import say, t

_MOST = 12


class Differing(QWidget):
    """Below the grid, only when answers differ; says what is, and advises nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = Plain(t("consent.letters_to_all"), "letter", fit="small")
        self.letters.call_it("letters_to_all")
        self._rows = QWidget(self)
        own = look()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, own.near, 0, 0)
        column.setSpacing(own.near)
        head = Flow(gap=12)
        head.addWidget(Symbol("info", "muted", 18))
        head.addWidget(Strong(t("consent.differ_title")))
        head.addWidget(self.letters)
        column.addLayout(head)
        column.addWidget(self._rows)
        self._column = column

    def show_differences(self, found: Sequence[Difference], *, writes: bool) -> None:
        """Show every use about which the answers differ."""
        fresh = QWidget(self)
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(4))
        for difference in found[:_MOST]:
            column.addWidget(Text(difference_words(difference)))
        if len(found) > _MOST:
            column.addWidget(Muted(t("consent.differ_more", count=len(found) - _MOST)))
        unsettled = (d.name for one in found for d, _ in one.said if d.unsettled)
        for name in dict.fromkeys(unsettled):
            column.addWidget(Muted(t("consent.differ_unsettled", who=name)))
        self._column.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self.letters.setVisible(writes)
        self.setVisible(bool(found))


def difference_words(difference: Difference) -> str:
    """One use, who says what, the outcome and what it means, in one line."""
    line = difference.line
    said = ", ".join(
        t(
            "consent.differ_said",
            who=relation_name(decider.relation),
            answer=answer_words(decision, decider)[0].lower(),
            day=decision.signed_on,
        )
        for decider, decision in difference.said
    )
    use = use_words(line.use, (line.channel,))
    return t("consent.differ_line", use=use, said=said, meaning=say(difference.meaning))
