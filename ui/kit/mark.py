"""The three answers and their quiet companions: one symbol, one colour, one edge each."""

from enum import Enum


class Mark(Enum):
    """What a symbol says; the value is the token of its colour."""

    YES = "yes"
    NO = "no"
    ASK = "ask"
    OPEN = "muted"
    NONE = "text"

    @property
    def icon(self) -> str:
        """The symbol's drawing; nothing for NONE."""
        return _ICONS[self]

    @property
    def tint(self) -> str:
        """The token of the ground that goes with it."""
        return _TINTS[self]

    @property
    def dashed(self) -> bool:
        """Whether its edge is drawn in dashes."""
        return self is Mark.ASK


_ICONS = {
    Mark.YES: "yes",
    Mark.NO: "no",
    Mark.ASK: "ask",
    Mark.OPEN: "open",
    Mark.NONE: "",
}
_TINTS = {
    Mark.YES: "yes_tint",
    Mark.NO: "no_tint",
    Mark.ASK: "ask_tint",
    Mark.OPEN: "hover",
    Mark.NONE: "tally",
}
