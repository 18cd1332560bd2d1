"""Lists that teachers printed: taken out of the inbox of consent and filed, each once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from app.consent.inbox import take_in
from app.errors import Refusal
from app.lists.records import PrintedList
from app.lists.sealed import from_bytes, is_list
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session, Unsealed


def receive_lists(session: Session) -> int:
    """File every list that waits, once; returns how many.

    Nothing for who may not write in consent.

    Raises:
        Trouble: as every writing; what was not filed still waits.
    """
    return take_in(session, is_list, _file)


def _file(session: Session, opened: Unsealed) -> bool:
    try:
        found = from_bytes(opened.content)
    except Refusal:
        session.note(Compartment.CONSENT, "list_unreadable", opened.id)
        return False
    act = "list_saved" if found.saved else "list_printed"
    with session.work(Compartment.CONSENT, act, found.record.id) as work:
        if work.find(PrintedList, found.record.id) is None:
            record = replace(found.record, printed_by=opened.author.name, printed_at=opened.at)
            paper = _paper(opened, record.digest)
            work.add(replace(record, blob=work.attach(paper) if paper else ""))
        work.commit()
    return True


def _paper(opened: Unsealed, digest: str) -> bytes:
    """The paper that came with it, when it is the one that the list speaks of."""
    for _, content in opened.files:
        if hashlib.sha256(content).hexdigest() == digest:
            return content
    return b""
