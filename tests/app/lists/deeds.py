"""What tests of lists do again and again: print one in the office, or as a teacher."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import resources
from app.check.answer import board
from app.journal.questions import JournalLines
from app.lists.lines import Word, read
from app.lists.make import ListRequest, prepare_checked_list, prepare_list, register_list
from app.record import Compartment
from app.start.begin import make_ready
from reports.press import PaperPress

if TYPE_CHECKING:
    from app.lists.make import PreparedList
    from app.lists.records import PrintedList
    from app.ports import Session
    from tests.sample import Sample

PRESS = PaperPress()
USE = "photo:website"
DAYS = int(resources.list_rules()["valid_days"])


def groups(session: Session) -> tuple[str, ...]:
    return tuple(group.id for group in board(session).groups)


def asked(session: Session, **other: Any) -> ListRequest:
    request = ListRequest(groups(session)[:1], (USE,))
    return replace(request, **other)


def printed(session: Session, **other: object) -> PrintedList:
    """A list of the office that left on paper."""
    prepared = prepare_list(session, PRESS, asked(session, **other))
    register_list(session, prepared)
    return prepared.record


def taught(session: Session, **other: object) -> PreparedList:
    """A list of a teacher that left on paper."""
    prepared = prepare_checked_list(session, PRESS, asked(session, **other))
    register_list(session, prepared)
    return prepared


def office(sample: Sample) -> Session:
    session = sample.administrator()
    make_ready(session)
    return session


def acts(session: Session) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return [line.act for line in reader.ask(JournalLines(limit=20))]


def allowed(record: PrintedList) -> str:
    """Somebody on the list who may be shown."""
    found = read(record.lines)
    return next(id for id, (cell,) in found.items() if cell.word in (Word.YES, Word.YES_IF))
