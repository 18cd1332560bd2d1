"""What leaves the register: it stands in the journal before the paper or the file is there.

Whether it really arrived is not known to the journal: a printer can jam, a stick can be full.
An entry without a paper is harmless; a paper without an entry is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.export import save_to
from app.record import Compartment

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session


@dataclass(frozen=True, slots=True)
class Leaving:
    """One thing that is about to leave.

    Attributes:
        act: of the journal entry, such as "letter_printed".
        subject: id of what leaves, or "".
        compartment: whose journal it goes into.
    """

    act: str
    subject: str = ""
    compartment: Compartment = Compartment.CONSENT


def note_leaving(session: Session, leaving: Leaving) -> None:
    """Write into the journal that something leaves now.

    Raises:
        Trouble: it cannot be written; then nothing may leave.
    """
    session.note(leaving.compartment, leaving.act, leaving.subject)


def save_noted(session: Session, leaving: Leaving, path: Path, content: bytes) -> None:
    """Write a file outside the register, after the journal has it.

    Raises:
        Trouble: as `note_leaving`, or `shell.export_full` and the like.
    """
    note_leaving(session, leaving)
    save_to(path, content)
