"""Journal entries of users who can write in no journal: sealed notes, written down by the next.

A note waits in the inbox of consent, signed by who left it. The next user who may write there
and signs in writes it into the journal, once, with the name and the moment of the one who left
it. Whoever can delete files of the folder can delete notes that still wait.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Refusal
from app.journal.questions import JournalLines
from app.record import Compartment
from db.register.sealed_objects import Letter

if TYPE_CHECKING:
    from datetime import datetime

    from db.register.compartments import Compartments
    from db.register.inbox import Post
    from db.register.members import Members
    from db.register.sealed_objects import Opened

_PLACE = Compartment.CONSENT
_NOTE = re.compile(r"note\n([a-z_]{1,40})\n([a-z0-9_:-]{0,100})")
_UNREADABLE = "note_unreadable"
_BEGIN = b"note\n"


@dataclass(frozen=True, slots=True)
class Notes:
    """Leaves notes, and collects those that wait."""

    post: Post
    compartments: Compartments

    def leave(self, act: str, subject: str, at: datetime) -> None:
        """Seal a note.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`.
        """
        self.post.seal(_PLACE, Letter(at, f"note\n{act}\n{subject}".encode()))

    def collect(self, members: Members) -> int:
        """Write every note that waits into the journal of consent; returns how many.

        Raises:
            Trouble: as every writing; what was not written still waits.
        """
        collected = 0
        for card in self.post.waiting(_PLACE):
            found = self._read(card.id, members)
            if found is None:
                continue
            act, subject = found
            file = self.compartments.file(_PLACE)
            with file.work(act, subject) as work:
                # Written already when the machine stopped before the note was taken out.
                if not work.ask(JournalLines(limit=1, subject=subject, act=act)):
                    work.commit()
            self.post.settle(_PLACE, card.id)
            collected += 1
        return collected

    def _read(self, name: str, members: Members) -> tuple[str, str] | None:
        """Act and subject of the entry for a note: what it was about, who left it, and when.

        None for what somebody sealed to the office that is no note: others take it out.
        """
        try:
            opened = self.post.unseal(_PLACE, name)
        except Refusal:
            return _UNREADABLE, name
        signed = _is_signed(opened, members)
        if signed and not opened.letter.content.startswith(_BEGIN):
            return None
        found = _NOTE.fullmatch(opened.letter.content.decode("utf-8", "replace"))
        if found is None or not signed:
            return _UNREADABLE, name
        moment = opened.letter.at.isoformat(timespec="microseconds")
        return found[1], ":".join(part for part in (found[2], opened.author, moment) if part)


def _is_signed(opened: Opened, members: Members) -> bool:
    key = members.signing_key(opened.author, opened.key)
    return key is not None and opened.is_signed_by(key)
