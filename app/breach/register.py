"""What the register said about the affected pupils, to be frozen into a report.

Whoever opens consent gets the answers for the day of the event as they were known that day.
Everybody else gets those of the check list as it stands, with its number and how fresh it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.breach.sealed import LONGEST_LINE, MOST_ANSWERS, RegisterSaid, Said, tidy_line
from app.check.answer import gather
from app.consent.asof import end_of
from app.consent.grid import consent_grid
from app.errors import Refusal
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.breach.sealed import Affected
    from app.ports import Reader, Session

RECORDINGS = ("photo", "film", "audio")


def register_said(
    session: Session,
    affected: Iterable[Affected],
    use: tuple[str, str],
    day: date,
    language: str,
) -> RegisterSaid | None:
    """The answers about the affected who are known, or None when nothing is asked.

    Args:
        session: whose keys are used.
        affected: the pupils concerned; those without an id are passed over.
        use: the medium, and the key of a channel or "" for all channels of the medium.
        day: of the event.
        language: in which the reasons are frozen.
    """
    known = tuple(pupil for pupil in affected if pupil.id)
    if not known or use[0] not in RECORDINGS:
        return None
    words = Words(language)
    if session.opens(Compartment.CONSENT):
        with session.look(Compartment.CONSENT) as reader:
            answers = tuple(_known_then(session, reader, known, use, day, words))
        doubt = _cut(answers, words) if answers else words("breach.register_silent")
        return RegisterSaid("register", day, doubt=doubt, answers=answers[:MOST_ANSWERS])
    return _of_list(session, known, use, words)


def _known_then(
    session: Session,
    reader: Reader,
    known: tuple[Affected, ...],
    use: tuple[str, str],
    day: date,
    words: Words,
) -> Iterator[Said]:
    for pupil in known:
        try:
            grid = consent_grid(reader, pupil.id, day, end_of(day), session.clock.today())
        except Refusal:
            continue
        for line in grid.lines:
            if line.medium.value == use[0] and use[1] in ("", line.channel.key):
                name = line.channel.name(words.language)
                outcome = line.verdict.outcome.value
                yield _said(pupil, line.use, name, outcome, words.of(line.why))


def _of_list(
    session: Session, known: tuple[Affected, ...], use: tuple[str, str], words: Words
) -> RegisterSaid:
    found = gather(session, (), tuple(pupil.id for pupil in known))
    fresh = found.freshness
    names = {pupil.id: pupil for pupil in known}
    answers = tuple(
        _said(
            names[answer.pupil_id],
            line.use,
            line.channel.name(words.language),
            line.outcome.value,
            words.of(line.why),
        )
        for answer in found.answers
        for line in answer.lines
        if line.use.partition(":")[0] == use[0] and use[1] in ("", line.channel.key)
    )
    return RegisterSaid(
        source="list",
        day=session.clock.today(),
        number=fresh.number,
        published_at=fresh.published_at,
        doubt=words.of(fresh.trouble)[:LONGEST_LINE] if fresh.trouble else _cut(answers, words),
        answers=answers[:MOST_ANSWERS],
    )


def _cut(answers: tuple[Said, ...], words: Words) -> str:
    """That not all answers fit in a report; "" when they do."""
    return words("breach.register_cut") if len(answers) > MOST_ANSWERS else ""


def _said(pupil: Affected, use: str, name: str, outcome: str, why: str) -> Said:
    return Said(
        id=pupil.id,
        name=tidy_line(pupil.name),
        use=use,
        name_of_use=tidy_line(name)[:LONGEST_LINE],
        outcome=outcome,
        why=tidy_line(why)[:LONGEST_LINE],
    )
