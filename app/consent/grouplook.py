"""A whole group on a day: every answer, as known then or now, and what was learned since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.asof import past_moment
from app.consent.grid import channels_known, group_verdicts
from app.consent.hindsight import learned_since
from app.consent.records import Channel
from app.consent.unread import unread_facts, unread_lines
from app.people.questions import GroupPupils, PupilLines
from app.record import Compartment

if TYPE_CHECKING:
    from app.consent.asof import AsOf
    from app.consent.hindsight import Learned
    from app.consent.unread import UnreadLine
    from app.consent.verdict import Verdict
    from app.jobs import Progress
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One pupil of the group on that day.

    Attributes:
        verdicts: of every use, in the order of the uses.
        learned: which of them are others now, and why; only with a moment of knowledge.
        unread: what on paper nobody could read by then; it had to be asked again.
    """

    pupil_id: str
    name: str
    verdicts: tuple[Verdict, ...]
    learned: tuple[Learned, ...]
    unread: tuple[UnreadLine, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLook:
    """The group as looked at; `channels` as they are known then, and all of now for names."""

    at: AsOf
    channels: tuple[Channel, ...]
    lines: tuple[GroupLine, ...]


def group_look(session: Session, progress: Progress, group_id: str, at: AsOf) -> GroupLook:
    """Who was in a group on a day, by name, and what held for each.

    Raises:
        CancelledError: the person stopped it.
    """
    with session.look(Compartment.CONSENT) as reader:
        ids = reader.ask(GroupPupils(group_id, at.day))
        found = dict(group_verdicts(reader, ids, at.day, at.known_at, at.today))
        unread = unread_facts(reader, ids, at.day, past_moment(at.known_at, at.today))
        lines = []
        for place, line in enumerate(reader.ask(PupilLines(ids, at.day))):
            progress.step(place, len(ids))
            learned = learned_since(reader, line.id, at)
            beside = unread_lines(reader, line.id, unread.get(line.id, ()))
            lines.append(GroupLine(line.id, line.name, found[line.id], learned, beside))
        then = channels_known(reader, at.known_at, at.today)
        known = {one.key: one for one in (*reader.all(Channel), *then)}
    return GroupLook(at, tuple(known.values()), tuple(lines))
