"""Parts of a page that another room makes, so that rooms need not know each other."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from ui.kit.button import Button
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage

_PUPIL = "ui.consent.part:ConsentPart"
_ASKING = "ui.asking.part:AskingCard"
_LEAVE = "ui.leave.part:LeaveCard"
_PUBLICATIONS = "ui.publications.part:ShownIn"


class PupilPart(Protocol):
    """What the room of consent puts on the page of a pupil.

    Attributes:
        band: says that the page shows another day, above everything; hidden for today.
        notices: the card with what to look out for.
        card: the card with who said what.
        actions: the buttons of the title line, the main one last.
        shown: signal with `app.consent.overview.PupilConsent` after each reading.
    """

    band: QWidget
    notices: QWidget
    card: QWidget
    actions: Sequence[Button]

    @property
    def shown(self) -> SignalInstance:
        """Signal: the page was read again."""
        ...

    @property
    def past(self) -> bool:
        """Whether another day than today is shown; then nothing is changed."""
        ...

    def show_pupil(self, pupil_id: str) -> None:
        """Show another pupil as of today."""
        ...

    def refresh(self) -> None:
        """Read the same pupil again."""
        ...

    def sheet_for(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        """A sheet of this room by its kind, to go on with a draft."""
        ...


class AskingPart(Protocol):
    """The card on the page of a pupil that says who was asked, and when."""

    def show_subject(self, subject_id: str, *, past: bool) -> None:
        """Show another pupil, or the same one again; nothing while another day is shown."""
        ...


class PublicationsPart(Protocol):
    """The line on the page of a pupil that says in how many publications he or she is."""

    def show_subject(self, subject_id: str) -> None:
        """Show another person, or the same one again."""
        ...


class LeavePart(Protocol):
    """The card on the page of a member of staff that says which leave was given."""

    def show_subject(self, staff_id: str) -> None:
        """Show another person, or the same one again."""
        ...

    def sheet_for(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        """A sheet of this room by its kind, to go on with a draft."""
        ...


def leave_part(desk: Desk, page: DeskedPage) -> tuple[QWidget, LeavePart]:
    """The part about leave for the page of a member of staff: the card, and how to fill it."""
    module, _, name = _LEAVE.partition(":")
    card = getattr(import_module(module), name)(desk, page)
    return card, card


def publications_part(desk: Desk) -> tuple[QWidget, PublicationsPart]:
    """The part about publications for the page of a pupil: the line, and how to fill it."""
    module, _, name = _PUBLICATIONS.partition(":")
    line = getattr(import_module(module), name)(desk)
    return line, line


def asking_part(desk: Desk, page: DeskedPage) -> tuple[QWidget, AskingPart]:
    """The part about asking for the page of a pupil: the card, and how to fill it."""
    module, _, name = _ASKING.partition(":")
    card = getattr(import_module(module), name)(desk, page)
    return card, card


def pupil_part(desk: Desk, page: DeskedPage) -> PupilPart:
    """The part about consent for the page of a pupil."""
    module, _, name = _PUPIL.partition(":")
    return cast("PupilPart", getattr(import_module(module), name)(desk, page))
