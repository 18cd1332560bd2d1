"""What needs doing today, from the facts in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.asking.counting import count_asking
from app.asking.rules import rules
from app.consent.questions import CountAnswers
from app.dossier.inbox import waiting
from app.errors import Message
from app.jobs import SILENT, Progress
from app.lists.listing import look_at_lists
from app.people.questions import PupilIds
from app.procedures.terms import term_on
from app.protocol.edit import evaluation_due, may_edit
from app.protocol.shelf import current_protocol
from app.publications.tasks import look_for_tasks
from app.record import Compartment
from app.slices import InOne

if TYPE_CHECKING:
    from datetime import datetime

    from app.asking.questions import AskingCounts
    from app.consent.questions import AnswerCounts
    from app.lists.listing import ListState
    from app.ports import Session
    from app.publications.tasks import PublicationTasks
    from app.slices import Slices


_ORDER = (
    *("recovery", "inbox", "urgent", "bring_in", "first_pupil", "to_ask", "waiting"),
    *("authority", "no_guardian", "looked_for", "protocol"),
)
"""Tasks from top to bottom; what is urgent of publications and lists apart from the rest."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the start page.

    Attributes:
        key: what kind of task, naming the page that deals with it.
        weight: "act" (overdue or urgent), "ask" (to do) or "fine".
        what: the task; `detail`: since when, how many, until when.
    """

    key: str
    weight: str
    what: Message
    detail: Message | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at the top of the start page; `of` is the whole, 0 for none.

    Attributes:
        key: what it counts, naming the page that shows it.
    """

    key: str
    count: int
    of: int
    label: Message


@dataclass(frozen=True, slots=True)
class Today:
    """The start page of one user.

    Attributes:
        waiting: how many people were asked for consent and have not answered.
        publications: of how many publications something is to be done.
    """

    figures: tuple[Figure, ...]
    tasks: tuple[Task, ...]
    waiting: int = 0
    publications: int = 0


def today(session: Session) -> Today:
    """The start page for the user who is signed in."""
    return together(today_at_once(session), today_later(InOne(session)))


def today_at_once(session: Session) -> Today:
    """What of the start page takes no time: figures, and tasks that are only counted."""
    figures: tuple[Figure, ...] = ()
    tasks: list[Task] = []
    if session.opens(Compartment.CONSENT):
        day = session.clock.today()
        with session.look(Compartment.CONSENT) as reader:
            counts = reader.ask(CountAnswers(day))
            pupils = len(reader.ask(PupilIds(on=day)))
        figures = _figures(counts, pupils)
        if not pupils:
            tasks += _first_tasks(writes=session.user.may("consent.write"))
        tasks += _consent_tasks(counts)
        tasks += _protocol_tasks(session)
    tasks += _inbox_tasks(session)
    if not session.register.recovery_confirmed and session.user.root:
        tasks.insert(0, Task("recovery", "act", Message("today.confirm_recovery")))
    return Today(figures, tuple(tasks))


def today_later(slices: Slices, progress: Progress = SILENT) -> Today:
    """What everybody's answers are looked at for; in a large school that takes a while.

    It is read a part at a time, so that others are answered meanwhile.

    Raises:
        CancelledError: the person stopped it.
    """
    asked = slices.read(_asked)
    if asked is None:
        return Today((), ())
    counts = count_asking(slices, rules().remind_after, progress)
    used = look_for_tasks(slices, progress)
    stale = look_at_lists(slices, progress).stale
    tasks = [*_publication_tasks(used, asked.now), *_list_tasks(stale)]
    if asked.pupils:
        tasks += _asking_tasks(counts)
    return Today((), tuple(tasks), counts.waiting, len(used))


class _Asked(NamedTuple):
    """Whether there are pupils who can be asked about, and the present moment."""

    pupils: bool
    now: datetime


def _asked(session: Session) -> _Asked | None:
    if not session.opens(Compartment.CONSENT):
        return None
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        pupils = reader.ask(PupilIds(on=day))
    return _Asked(bool(pupils), session.clock.now())


def together(at_once: Today, later: Today) -> Today:
    """The whole start page, in the order in which tasks are to be done."""
    tasks = sorted((*at_once.tasks, *later.tasks), key=_place)
    return Today(at_once.figures, tuple(tasks), later.waiting, later.publications)


def _place(task: Task) -> int:
    if task.key in ("publications", "lists"):
        return _ORDER.index("urgent" if task.weight == "act" else "looked_for")
    return _ORDER.index(task.key)


def _figures(counts: AnswerCounts, pupils: int) -> tuple[Figure, ...]:
    silent = counts.deciders - counts.answered
    return (
        Figure("pupils", pupils, 0, Message("today.pupils", {"count": pupils})),
        Figure("answered", counts.answered, counts.deciders, Message("today.answered")),
        Figure("unanswered", silent, 0, Message("today.unanswered")),
        Figure("authority", counts.authority_open, 0, Message("today.authority_open")),
    )


def _first_tasks(*, writes: bool) -> list[Task]:
    """How people come in: from the file that the school has, or one by one."""
    if not writes:
        return []
    file = Task("bring_in", "ask", Message("today.bring_in"), Message("today.detail_bring_in"))
    one = Task("first_pupil", "ask", Message("today.add_pupils"), Message("today.detail_first"))
    return [file, one]


def _asking_tasks(counts: AskingCounts) -> list[Task]:
    """Who is to be asked, and who waits; to wait is usual and no hurry."""
    found = []
    if counts.to_ask:
        message = Message("today.task_to_ask", {"count": counts.to_ask})
        found.append(Task("to_ask", "ask", message, Message("today.detail_to_ask")))
    if counts.waiting:
        message = Message("today.task_waiting", {"count": counts.waiting})
        days = rules().remind_after
        detail = Message("today.detail_waiting")
        if counts.overdue:
            detail = Message("today.detail_overdue", {"count": counts.overdue, "number": days})
        found.append(Task("waiting", "ask" if counts.overdue else "fine", message, detail))
    return found


def _consent_tasks(counts: AnswerCounts) -> list[Task]:
    found = []
    if counts.authority_open:
        message = Message("today.task_authority", {"count": counts.authority_open})
        found.append(Task("authority", "ask", message, Message("today.detail_authority")))
    if counts.without_guardian:
        message = Message("today.task_no_guardian", {"count": counts.without_guardian})
        found.append(Task("no_guardian", "ask", message, Message("today.detail_no_guardian")))
    return found


def _list_tasks(stale: tuple[ListState, ...]) -> list[Task]:
    """Lists on paper that must not be used any more; at once when one allows too much."""
    if not stale:
        return []
    forbids = sum(state.forbids for state in stale)
    if forbids:
        message = Message("today.task_lists_forbid", {"count": forbids})
        holders = ", ".join(dict.fromkeys(each.list.holder for each in stale if each.forbids))
        return [Task("lists", "act", message, Message("today.detail_lists", {"who": holders}))]
    message = Message("today.task_lists", {"count": len(stale)})
    return [Task("lists", "ask", message, Message("today.detail_lists_stale"))]


def _protocol_tasks(session: Session) -> list[Task]:
    """For whoever writes the protocol: that it is to be looked at again, in time."""
    if not may_edit(session.user):
        return []
    today = session.clock.today()
    ahead = term_on("protocol.evaluation", today).amount
    due = evaluation_due(current_protocol(session), today, ahead)
    if due is None:
        return []
    text = "today.task_evaluate_late" if due < today else "today.task_evaluate"
    detail = Message("today.detail_evaluate")
    return [Task("protocol", "ask", Message(text, {"day": due}), detail)]


def _publication_tasks(used: tuple[PublicationTasks, ...], now: datetime) -> list[Task]:
    """What must be taken down, and what may have been a data breach; the clock comes first."""
    found = []
    every = [each.question for each in used if each.question]
    texts = {False: "today.task_data_breach", True: "today.task_notice"}
    for answered, text in texts.items():
        asked = [one for one in every if (one.answer is not None) is answered]
        if asked:
            message = Message(text, {"count": len(asked)})
            hours = min(question.hours_left(now) for question in asked)
            detail = Message("today.detail_data_breach", {"number": hours})
            if hours < 0:
                detail = Message("today.detail_data_breach_late")
            found.append(Task("publications", "act", message, detail))
    down = [each for each in used if each.tasks]
    urgent = [each for each in down if any(task.urgent for task in each.tasks)]
    detail = Message("today.detail_takedown")
    if urgent:
        message = Message("today.task_takedown_urgent", {"count": len(urgent)})
        found.append(Task("publications", "act", message, detail))
    elif down:
        message = Message("today.task_takedown", {"count": len(down)})
        found.append(Task("publications", "ask", message, detail))
    return found


def _inbox_tasks(session: Session) -> list[Task]:
    count = len(waiting(session))
    if not count:
        return []
    message = Message("today.task_inbox", {"count": count})
    return [Task("inbox", "act", message, Message("today.detail_inbox"))]
