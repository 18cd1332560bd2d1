"""What is said later about a step: answers put right, a step taken back, a term moved.

Nothing is overwritten: each is a record of its own that names the old one, and the case is
worked out again from all of them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from app.breach.report import text_faults
from app.breach.sealed import tidy_text
from app.dossier.case import CORRECTED, TAKEN_BACK, TERM_MOVED, term_of
from app.dossier.concern import is_concerned
from app.dossier.steps import new_record, read_case, region_of
from app.errors import Refusal, collect
from app.procedures import answers as written
from app.procedures.procedure import COURSE, asked_on

if TYPE_CHECKING:
    from datetime import date

    from app.dossier.case import RunningTerm, TakenStep
    from app.dossier.records import Step
    from app.dossier.steps import CaseFile
    from app.ports import Session
    from app.procedures.answers import Answer, Answers
    from app.record import Compartment


def correct_step(
    session: Session,
    compartment: Compartment,
    case_id: str,
    step_id: str,
    answers: Answers,
    reason: str,
) -> Step:
    """Put the answers of a step right; the terms that count from them are computed again.

    `step_id` is the id of the fact. Days that must lie ahead lie after the day of the step.

    Raises:
        Refusals: answers or a reason that are not right; nothing is recorded.
        Refusal: `register.not_found`; `dossier.letter_stands` for a step that issued a letter,
            which only a new letter corrects; `dossier.course_stands` for another course;
            `dossier.nothing_changed`; or what says that the user may not.
    """
    with session.work(compartment, "step_corrected", case_id) as work:
        file = read_case(work, case_id)
        old = _standing(session, file, step_id)
        given = _checked(file, old, answers, session.clock.today(), reason)
        if given == old.answers:
            raise Refusal("dossier.nothing_changed")
        record = replace(
            new_record(session, file, old.step.id),
            kind=CORRECTED,
            answers=written.to_json(given),
            replaces=old.record.id,
            reason=tidy_text(reason),
            terms=_computed_again(file, old, given, region_of(session)),
        )
        work.add(record)
        work.commit()
    return record


def take_back(
    session: Session, compartment: Compartment, case_id: str, step_id: str, reason: str
) -> Step:
    """Take back the newest step, as if it had not been taken; it stays on record.

    Raises:
        Refusals: a reason that is not right.
        Refusal: `register.not_found`; `dossier.not_the_newest`; `dossier.letter_stands`; or
            what says that the user may not.
    """
    with session.work(compartment, "step_taken_back", case_id) as work:
        file = read_case(work, case_id)
        old = _standing(session, file, step_id)
        if old is not file.state.taken[-1]:
            raise Refusal("dossier.not_the_newest")
        collect(_reason_faults(reason))
        record = replace(
            new_record(session, file, old.step.id),
            kind=TAKEN_BACK,
            replaces=old.record.id,
            reason=tidy_text(reason),
        )
        work.add(record)
        work.commit()
    return record


def move_term(
    session: Session,
    compartment: Compartment,
    case_id: str,
    key: str,
    day: date | None,
    reason: str,
) -> Step:
    """Move the last day of a term that rests on no law or agreement to a later day.

    Raises:
        Refusals: a day or a reason that are not right; nothing is recorded.
        Refusal: `register.not_found` for a term that does not run, `dossier.term_stays` for one
            that law, agreement or a decision fixes, or what says that the user may not.
    """
    with session.work(compartment, "term_moved", case_id) as work:
        file = read_case(work, case_id)
        term = _movable(session, file, key)
        collect([*_move_faults(term, day, session.clock.today()), *_reason_faults(reason)])
        record = replace(
            new_record(session, file, ""),
            kind=TERM_MOVED,
            term=key,
            due_on=day,
            reason=tidy_text(reason),
        )
        work.add(record)
        work.commit()
    return record


# -- rules ------------------------------------------------------------------------------------


def _standing(session: Session, file: CaseFile, step_id: str) -> TakenStep:
    """A step that stands and that the user may say something about."""
    found = next((t for t in file.state.taken if t.record.id == step_id), None)
    if found is None:
        raise Refusal("register.not_found")
    _may_say(session, file, found.step.by)
    if found.step.letter:
        raise Refusal("dossier.letter_stands")
    return found


def _movable(session: Session, file: CaseFile, key: str) -> RunningTerm:
    found = next((term for term in file.state.running if term.term.key == key), None)
    if found is None:
        raise Refusal("register.not_found")
    roles = {role for step in file.state.procedure.steps for role in step.by}
    _may_say(session, file, tuple(roles))
    if found.term.fixed:
        raise Refusal("dossier.term_stays")
    return found


def _may_say(session: Session, file: CaseFile, by: tuple[str, ...]) -> None:
    if not set(by).intersection(session.user.roles):
        raise Refusal("dossier.lacks_role")
    if is_concerned(session, session.user, file.breach):
        raise Refusal("dossier.lacks_other_handler")


def _checked(
    file: CaseFile, old: TakenStep, answers: Answers, today: date, reason: str
) -> dict[str, Answer]:
    asks = asked_on(old.step, old.record.taken_on)
    course = old.answers.get(COURSE)
    given = dict(answers)
    if course is not None and given.setdefault(COURSE, course) != course:
        raise Refusal("dossier.course_stands", field=COURSE)
    before = file.state.taken[: file.state.taken.index(old)]
    known = replace(file.state, taken=before).days
    span = written.Span(today, old.record.taken_on, known)
    found = written.faults(asks, given, span)
    collect([*found, *_reason_faults(reason)])
    return written.tidied(asks, given)


def _computed_again(
    file: CaseFile, old: TakenStep, given: dict[str, Answer], region: str
) -> str:
    """The last days that a correction changes, as JSON by the fact that started the term."""
    known: dict[str, Answer] = {}
    found: dict[str, str] = {}
    for taken in file.state.taken:
        known.update(given if taken is old else taken.answers)
        day = term_of(taken.step, file.breach, taken.record.taken_on, known, region)
        if taken.step.counts and day is not None and day != taken.due_on:
            found[taken.record.id] = day.isoformat()
    return json.dumps(found, sort_keys=True)


def _move_faults(term: RunningTerm, day: date | None, today: date) -> list[Refusal]:
    if day is None:
        return [Refusal("dossier.day_missing", field="day")]
    if day <= term.due_on or day < today:
        return [Refusal("dossier.term_not_later", field="day", day=term.due_on)]
    return []


def _reason_faults(reason: str) -> list[Refusal]:
    if not tidy_text(reason):
        return [Refusal("dossier.reason_missing", field="reason")]
    return list(text_faults([("reason", reason)]))
