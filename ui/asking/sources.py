"""What the list of asking asks; called on the storage thread."""

from collections.abc import Sequence
from dataclasses import replace

from app.asking.listing import AskingFilter, AskingLine, ListOrder, asking_lines, find_asking
from app.ports import Session
from ui.asking.wording import cause_words, decider_words, told, waits_words
from ui.models.columns import Order, Row


class AskingSource:
    """Everybody who has to be asked, filtered.

    Attributes:
        filter: what is listed, apart from the words of the search field.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.filter = AskingFilter()

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of the lines that match, in order."""
        by = ListOrder(order.by) if order.by else ListOrder.NAME
        found = find_asking(self._session, replace(self.filter, search=search), by)
        return found[::-1] if order.down else found

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these lines."""
        found = asking_lines(self._session, tuple(ids), self.filter.round_id)
        return [_row(line) for line in found]


def _row(line: AskingLine) -> Row:
    cells = {
        "pupil": line.name,
        "group": line.group,
        "decider": decider_words(line),
        "cause": cause_words(line.causes[:1]),
        "asked": waits_words(line),
        "phone": line.phone,
    }
    return Row(line.id, cells, summary=f"{line.name}: {told(line)}")
