"""What has to be taken down in all publications, looked for a part at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from app.consent.questions import TouchedSince
from app.jobs import SILENT, Progress
from app.letters.records import OfficeLetter
from app.publications.board import LETTER, BreachQuestion, question_of, step_of
from app.publications.now import People, Standings
from app.publications.questions import (
    FactsUp,
    PublicationsTouched,
    PublicationsUp,
    ToLookAt,
    Unpermitted,
)
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
)
from app.publications.state import Standing, in_it, standing_answer
from app.record import Compartment
from app.slices import InOne, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session
    from app.slices import Slices

_AT_ONCE = 15
"""So many publications are looked at before others have their turn."""
_MANY = 2000
"""So many people touched, and it is quicker to look at everything anew."""
F = TypeVar("F", PublicationSubject, PublicationStep, BreachAnswer)


@dataclass(frozen=True, slots=True)
class PublicationTasks:
    """One publication of which something is to be done.

    Attributes:
        people: how many people are in it; tasks: what is to be taken down for some of them.
        question: the data-breach question while it is open, or the authority is to be told.
    """

    publication: Publication
    people: int
    tasks: tuple[Standing, ...] = ()
    question: BreachQuestion | None = None

    @property
    def urgent(self) -> bool:
        """Whether somebody forbids it, a term has passed, or a clock runs."""
        return self.question is not None or any(task.urgent for task in self.tasks)

    @property
    def due(self) -> date | None:
        """The first day by which something must be gone."""
        return min((task.due for task in self.tasks if task.due), default=None)


def open_tasks(session: Session) -> tuple[PublicationTasks, ...]:
    """Every publication of which something is to be done, the most pressing first."""
    with session.look(Compartment.CONSENT) as reader:
        found = find_tasks(reader, session.clock.today())
    return tuple(sorted(found.values(), key=_press))


def kept_tasks(session: Session) -> tuple[PublicationTasks, ...]:
    """The same as `open_tasks`; only what was touched since the last look is looked at anew."""
    return look_for_tasks(InOne(session))


def look_for_tasks(slices: Slices, progress: Progress = SILENT) -> tuple[PublicationTasks, ...]:
    """The same as `kept_tasks`, a part at a time; it is true for when the last part was read.

    Raises:
        CancelledError: the person stopped it; the next look goes on from there.
    """
    while (so_far := slices.read(_look_on)).rest:
        progress.step(so_far.done, so_far.done + so_far.rest)
    return tuple(sorted(so_far.found, key=_press))


class _SoFar(NamedTuple):
    """How far a look has come; what was found only when nothing is left to look at."""

    done: int
    rest: int
    found: tuple[PublicationTasks, ...] = ()


class _Tasks(Look[PublicationTasks]):
    """The look of one session on one day."""

    done = 0


_KEPT: WeakKeyDictionary[Session, _Tasks] = WeakKeyDictionary()


def _look_on(session: Session) -> _SoFar:
    """Look at the next part of what was never looked at or was touched since."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        kept = _KEPT.get(session)
        if kept is None or kept.day != today or not _caught_up(reader, kept):
            ids = reader.ask(ToLookAt(today))
            kept = _KEPT[session] = _Tasks(today, reader.head().number, ids)
        if part := kept.part(_AT_ONCE):
            kept.put(part, find_tasks(reader, today, part))
    kept.done = kept.done + len(part) if kept.rest else 0
    found = () if kept.rest else tuple(kept.found.values())
    return _SoFar(kept.done, len(kept.rest), found)


def _caught_up(reader: Reader, kept: _Tasks) -> bool:
    """Follow what was written since; False when it is quicker to begin anew."""
    number = reader.head().number
    if number == kept.number:
        return True
    touched = reader.ask(TouchedSince(kept.number))
    if touched.everything or len(touched.pupils) > _MANY:
        return False
    kept.again(sorted(reader.ask(PublicationsTouched(kept.number, touched.pupils))))
    kept.number = number
    return True


def find_tasks(
    reader: Reader, today: date, among: tuple[str, ...] | None = None
) -> dict[str, PublicationTasks]:
    """The publications of which something is to be done, by id; of all or only of some."""
    up = reader.ask(PublicationsUp(today, among))
    facts = reader.ask(FactsUp(today, among))
    subjects, steps = _by(facts.subjects), _by(facts.steps)
    for letter in _letters(reader, tuple(p.publication_id for p in up if p.keeper)):
        steps[letter.subject_id].append(step_of(letter))
    people = People(reader, (fact.subject_id for fact in facts.subjects))
    now = Standings(reader, people, today)
    found = {}
    for one in up:
        within = in_it(subjects[one.publication_id])
        stands = now.standings(one, within, steps[one.publication_id])
        tasks = tuple(each for each in stands if each and each.stand.is_task)
        if tasks:
            found[one.publication_id] = PublicationTasks(one, len(within), tasks)
    for one, within, answer in _unanswered(reader, among):
        known = found.get(one.publication_id)
        found[one.publication_id] = PublicationTasks(
            one, len(within), known.tasks if known else (), question_of(within, answer)
        )
    return found


def _unanswered(
    reader: Reader, among: tuple[str, ...] | None
) -> list[tuple[Publication, tuple[PublicationSubject, ...], BreachAnswer | None]]:
    open_ = reader.ask(Unpermitted(among))
    ids = tuple(one.publication_id for one in open_)
    of = _by(reader.all(PublicationSubject, publication_id=ids))
    said = _by(reader.all(BreachAnswer, publication_id=ids))
    return [
        (one, in_it(of[one.publication_id]), standing_answer(said[one.publication_id]))
        for one in open_
    ]


def _letters(reader: Reader, ids: tuple[str, ...]) -> tuple[OfficeLetter, ...]:
    return reader.all(OfficeLetter, subject_id=ids, template=LETTER) if ids else ()


def _by(facts: Iterable[F]) -> defaultdict[str, list[F]]:
    found: defaultdict[str, list[F]] = defaultdict(list)
    for fact in facts:
        found[fact.publication_id].append(fact)
    return found


def _press(one: PublicationTasks) -> tuple[bool, bool, date, str]:
    late = any(task.overdue for task in one.tasks)
    return not one.urgent, not late, one.due or date.max, one.publication.publication_id
