"""Who has to be asked, read a part of the school at a time before lists ask for all of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.asking.questions import NamePart, NameParts
from app.asking.rounds import round_line
from app.asking.standing import pairs_question, rounds_of
from app.jobs import SILENT, Progress
from app.record import Compartment

if TYPE_CHECKING:
    from app.asking.records import Round
    from app.asking.rounds import RoundLine
    from app.ports import Session
    from app.slices import Slices

_AT_ONCE = 2000
"""So many deciders are looked at before others have their turn."""
_TRIES = 3
"""So often it is begun again when others write meanwhile; then lists read for themselves."""


def read_ahead(slices: Slices, progress: Progress = SILENT, *, channel: str = "") -> None:
    """Let the store know who has to be asked; it keeps that until something is written.

    Lists, rounds and letters that ask afterwards have it at once.

    Args:
        slices: reads the register.
        progress: told how far it is.
        channel: key of the one-off use that is asked about, or "" for the form of the school.

    Raises:
        CancelledError: the person stopped it.
    """
    for _ in range(_TRIES):
        number, parts = slices.read(_begun)
        for place, part in enumerate(parts):
            progress.step(place, len(parts))
            if slices.read(partial(_read, part, channel)) != number:
                break
        else:
            return


def look_at_rounds(slices: Slices, progress: Progress = SILENT) -> tuple[RoundLine, ...]:
    """The rounds that are going on, the newest first; each is looked at by itself.

    Afterwards the store also knows who has to be asked on the form of the school.

    Raises:
        CancelledError: the person stopped it.
    """
    going = slices.read(_going)
    found: dict[str, RoundLine] = {}
    for channel in sorted({"", *(one.channel for one in going)}, reverse=True):
        read_ahead(slices, progress, channel=channel)
        for one in going:
            if one.channel == channel:
                found[one.id] = slices.read(partial(_line, one))
    return tuple(found[one.id] for one in going)


def _going(session: Session) -> tuple[Round, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return rounds_of(reader, session.clock.today())


def _line(round_: Round, session: Session) -> RoundLine:
    with session.look(Compartment.CONSENT) as reader:
        return round_line(reader, round_, session.clock.today())


def _begun(session: Session) -> tuple[int, tuple[NamePart, ...]]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.head().number, reader.ask(NameParts(_AT_ONCE))


def _read(part: NamePart, channel: str, session: Session) -> int:
    """Read one part; the number of the journal entry up to which it is true."""
    with session.look(Compartment.CONSENT) as reader:
        question = pairs_question(reader, session.clock.today(), channel=channel)
        reader.ask(replace(question, part=part))
        return reader.head().number
