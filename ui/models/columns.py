"""What a column is: declared once, as data, for every list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from ui.kit.mark import Mark


class Face(Enum):
    """How the words of a column are drawn."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    NUMBER = "number"
    MARKED = "marked"
    PILL = "pill"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    Attributes:
        key: name of the cell in a row.
        title: text id of the header; "" for none.
        width: share of the room, compared with the other columns.
        face: how its words are drawn; MARKED and PILL take the mark of the row.
        order: what the source sorts by; "" when the column cannot be sorted.
        least: width in characters below which the table scrolls sideways instead.
    """

    key: str
    title: str
    width: int = 10
    face: Face = Face.TEXT
    order: str = ""
    least: int = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line, ready to show: nothing is computed or translated while painting.

    Attributes:
        id: of the thing the line is about.
        cells: words by column key.
        marks: symbols by column key.
        summary: the whole line as one sentence for a screen reader; "" joins the cells.
    """

    id: str
    cells: Mapping[str, str]
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    summary: str = ""

    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return self.summary or ", ".join(words for words in self.cells.values() if words)


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by; "" leaves the source's own order."""

    by: str = ""
    down: bool = False
