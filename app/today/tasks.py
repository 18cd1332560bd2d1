"""What needs doing today, from the facts in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.questions import CountAnswers
from app.errors import Message
from app.people.questions import PupilIds
from app.record import DOSSIERS, Compartment

if TYPE_CHECKING:
    from app.consent.questions import AnswerCounts
    from app.ports import Session


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
    """A number at the top of the start page; `of` is the whole, 0 for none."""

    count: int
    of: int
    label: Message


@dataclass(frozen=True, slots=True)
class Today:
    """The start page of one user."""

    figures: tuple[Figure, ...]
    tasks: tuple[Task, ...]


def today(session: Session) -> Today:
    """The start page for the user who is signed in."""
    figures: tuple[Figure, ...] = ()
    tasks: list[Task] = []
    if session.opens(Compartment.CONSENT):
        day = session.clock.today()
        with session.look(Compartment.CONSENT) as reader:
            counts = reader.ask(CountAnswers(day))
            pupils = len(reader.ask(PupilIds(on=day)))
        figures = _figures(counts, pupils)
        tasks += _consent_tasks(counts, pupils)
    tasks += _inbox_tasks(session)
    if not session.register.recovery_confirmed and session.user.may("users.confirm_recovery"):
        tasks.insert(0, Task("recovery", "act", Message("today.confirm_recovery")))
    return Today(figures, tuple(tasks))


def _figures(counts: AnswerCounts, pupils: int) -> tuple[Figure, ...]:
    return (
        Figure(pupils, 0, Message("today.pupils", {"count": pupils})),
        Figure(counts.answered, counts.deciders, Message("today.answered")),
        Figure(counts.deciders - counts.answered, 0, Message("today.unanswered")),
        Figure(counts.authority_open, 0, Message("today.authority_open")),
    )


def _consent_tasks(counts: AnswerCounts, pupils: int) -> list[Task]:
    if not pupils:
        return [Task("first_pupil", "ask", Message("today.add_pupils"))]
    waiting = counts.deciders - counts.answered
    found = []
    if waiting:
        found.append(
            Task("unanswered", "ask", Message("today.task_unanswered", {"count": waiting}))
        )
    if counts.authority_open:
        message = Message("today.task_authority", {"count": counts.authority_open})
        found.append(Task("authority", "ask", message))
    if counts.without_guardian:
        message = Message("today.task_no_guardian", {"count": counts.without_guardian})
        found.append(Task("no_guardian", "ask", message))
    return found


def _inbox_tasks(session: Session) -> list[Task]:
    waiting = sum(
        len(session.waiting(compartment))
        for compartment in DOSSIERS
        if session.opens(compartment)
    )
    if not waiting:
        return []
    return [Task("inbox", "act", Message("today.task_inbox", {"count": waiting}))]
