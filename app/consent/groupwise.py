"""The answers of a whole group at once, as on a meeting evening: pupils by deciders by uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.decide import DecisionsDraft, UseAnswer, record_together, retract
from app.consent.grid import Decider, consent_grid
from app.consent.one_off import open_uses
from app.consent.records import Answer, Channel
from app.consent.unread import unread_facts
from app.consent.uses import use_key
from app.errors import Message, Refusal, Refusals
from app.jobs import SILENT, CancelledError
from app.people.card import places
from app.people.questions import GroupPupils, PupilLines
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.consent.facts import DecisionFact
    from app.consent.records import Decision
    from app.jobs import Progress
    from app.ports import Reader, Session


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One person who decides about one pupil, with what he or she last said per use.

    Attributes:
        unclear: uses of which the newest paper cannot be read.
    """

    pupil_id: str
    pupil: str
    decider: Decider
    before: tuple[DecisionFact | None, ...]
    unclear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """Everything that was and was not said in a group.

    Attributes:
        uses: the columns, as `medium:channel`; channels: all of them, for their names.
        rows: pupils in order of name, each with everybody who decides.
    """

    group_id: str
    name: str
    uses: tuple[str, ...]
    channels: tuple[Channel, ...]
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class RowAnswers:
    """What was typed in one row; conditions go with every yes of it."""

    pupil_id: str
    decider_id: str
    answers: tuple[tuple[str, Answer], ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """How the answers of a whole group came: when, in which way, and who heard them."""

    signed_on: date
    how: str
    note: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class GroupRecorded:
    """What was recorded, per pupil, and for which pupils it was refused and why."""

    decisions: tuple[tuple[Decision, ...], ...]
    refused: tuple[tuple[str, Message], ...] = ()


def group_answers(session: Session, progress: Progress, group_id: str) -> GroupAnswers:
    """What everybody in a group said until now about every use that is asked."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
        asked = open_uses(channels, today, group_id)
        uses = tuple(use_key(medium, one.key) for medium, one in asked)
        ids = reader.ask(GroupPupils(group_id, today))
        unread = _unread(reader, ids, today)
        rows: list[GroupRow] = []
        for place, line in enumerate(reader.ask(PupilLines(ids, today))):
            progress.step(place, len(ids))
            grid = consent_grid(reader, line.id, today, today=today)
            said = {one.use: one.voices for one in grid.lines}
            for column, decider in enumerate(grid.deciders):
                if decider.holds:
                    before = tuple(said[use][column] if use in said else None for use in uses)
                    unclear = unread.get((line.id, decider.id), frozenset())
                    rows.append(GroupRow(line.id, line.name, decider, before, unclear))
        groups = places(reader, today).groups
    name = next((group.name for group in groups if group.id == group_id), "")
    return GroupAnswers(group_id, name, uses, channels, tuple(rows))


def _unread(
    reader: Reader, ids: tuple[str, ...], today: date
) -> dict[tuple[str, str], frozenset[str]]:
    """By pupil and decider the uses of which the newest paper cannot be read."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for id, facts in unread_facts(reader, ids, today).items():
        for fact in facts:
            pair = id, fact.decider_id
            use = use_key(fact.medium, fact.channel)
            found[pair] = found.get(pair, frozenset()) | {use}
    return found


def record_group(
    session: Session, progress: Progress, rows: Iterable[RowAnswers], said: Said
) -> GroupRecorded:
    """Record what was typed: one unit of work for each pupil, whoever decides about him or her.

    A pupil whose answers are refused is left out and named; the others are recorded. When the
    work is stopped, what was recorded by then is taken back.
    """
    by_pupil: dict[str, list[RowAnswers]] = {}
    for row in rows:
        if row.answers:
            by_pupil.setdefault(row.pupil_id, []).append(row)
    done: list[tuple[Decision, ...]] = []
    refused: list[tuple[str, Message]] = []
    try:
        for place, (pupil_id, some) in enumerate(by_pupil.items()):
            progress.step(place, len(by_pupil))
            try:
                done.append(record_together(session, tuple(_drafts(some, said))))
            except Refusal as refusal:
                refused.append((pupil_id, _first(refusal)))
    except CancelledError:
        take_back_group(session, SILENT, done, "")
        raise
    return GroupRecorded(tuple(done), tuple(refused))


def take_back_group(
    session: Session,
    progress: Progress,
    recorded: Iterable[tuple[Decision, ...]],
    reason: str,
) -> int:
    """Undo what was recorded for a group; how many answers were taken back."""
    whole = tuple(recorded)
    for place, decisions in enumerate(whole):
        progress.step(place, len(whole))
        retract(session, decisions, reason)
    return sum(len(decisions) for decisions in whole)


def _drafts(rows: list[RowAnswers], said: Said) -> Iterator[DecisionsDraft]:
    for row in rows:
        yield DecisionsDraft(
            subject_id=row.pupil_id,
            decider_id=row.decider_id,
            answers=tuple(
                UseAnswer(use, answer, row.conditions if answer is Answer.YES else ())
                for use, answer in row.answers
            ),
            signed_on=said.signed_on,
            how=said.how,
            note=said.note,
            taken_by=said.taken_by,
        )


def _first(refusal: Refusal) -> Message:
    found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
    return found[0].message
