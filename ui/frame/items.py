"""What the frame is told: who is at work, where one can go, and where it keeps its measures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Identity:
    """What the title bar and the status bar show, in words."""

    school: str = ""
    user: str = ""
    role: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place in the navigation.

    Attributes:
        id: its name, also for `Frame.go`.
        text: text id of its words.
        icon: name of its icon.
        make: makes the page when the person first goes there.
        full: the page fills the window, without title bar, navigation and status.
        begins: the first of some places that belong together.
        key: leads there from anywhere, and stands beside the words; "" for none.
    """

    id: str
    text: str
    icon: str
    make: Callable[[], QWidget]
    full: bool = False
    begins: bool = False
    key: str = ""


class Settings(Protocol):
    """Keeps a few plain settings of this person on this machine; never names of people."""

    def recall(self, key: str) -> str:
        """What was kept, or ""."""
        ...

    def keep(self, key: str, value: str) -> None:
        """Keep a value."""
        ...


class NoSettings:
    """Keeps nothing."""

    def recall(self, key: str) -> str:  # noqa: ARG002 - fulfils the port
        """Nothing was kept."""
        return ""

    def keep(self, key: str, value: str) -> None:
        """Keep nothing."""
