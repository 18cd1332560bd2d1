"""The terms and duties of all cases as a calendar file, without names.

It leaves the register for calendars that others may see: it holds the number of a case and the
kind of step or duty, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.duties.ics import Event, calendar_file, stable_uid
from app.duties.records import PLANNED
from app.duties.settle import CaseDuties, every_case
from app.errors import Refusal
from app.export import check_place, save_to
from app.journal.leaving import Leaving, note_leaving
from app.record import DOSSIERS
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from app.data import Wording
    from app.ports import Session
    from app.record import Compartment

ACT = "agenda_saved"


def save_agenda(session: Session, path: Path, language: str) -> int:
    """Write the file, after the journal has it; how many events stand in it.

    Raises:
        Refusal: `today.agenda_empty` when there is nothing to put in it.
        Trouble: the journal or the file cannot be written; then nothing leaves.
    """
    words = Words(language)
    found = {
        compartment: tuple(_events(session, compartment, words))
        for compartment in DOSSIERS
        if session.opens(compartment)
    }
    events = [event for every in found.values() for event in every]
    if not events:
        raise Refusal("today.agenda_empty")
    check_place(path)
    for compartment, every in found.items():
        if every:
            note_leaving(session, Leaving(ACT, compartment=compartment))
    name = words("today.agenda_name")
    save_to(path, calendar_file(events, session.clock.now(), name, language))
    return len(events)


def _events(session: Session, compartment: Compartment, words: Words) -> Iterator[Event]:
    read = every_case(session, compartment)
    for each in sorted(read, key=lambda one: one.file.case.number):
        if not each.concerned:
            yield from _of_case(session.register.id, each, words)


def _of_case(register: str, read: CaseDuties, words: Words) -> Iterator[Event]:
    """The terms that run and the duties that are open; of a moment the hour before it."""
    case = read.file.case

    def event(key: str, name: Wording, when: date | datetime) -> Event:
        said = name.said(words.language)
        summary = words("today.agenda_line", number=case.number, name=said)
        return Event(stable_uid(register, case.id, key), when, summary)

    for term in read.file.state.running:
        yield event(f"term:{term.term.key}", term.term.name, term.due_on)
    for state in read.duties:
        if state.is_open:
            planned = state.fact.day if state.fact and state.status == PLANNED else None
            when = planned or state.until or state.due_on
            yield event(f"duty:{state.duty.key}", state.duty.name, when)
