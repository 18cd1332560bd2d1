"""How a case goes: what was done, what is to be done now, what may come after that."""

from dataclasses import replace
from datetime import date

from app.clock import school_day
from app.dossier.case import CaseState, TakenStep
from app.dossier.possible import PossibleStep, proposed
from app.dossier.steps import OpenedCase
from app.procedures.procedure import ProcedureStep
from ui.dossier.said import due_words, wording
from ui.kit.timeline import Step, When
from ui.words import day, t, words

_LATER = 3


def course(opened: OpenedCase, today: date) -> tuple[Step, ...]:
    """The steps of a case as a time line."""
    file = opened.file
    breach, case = file.breach, file.case
    reported = f"{_short(school_day(breach.reported_at))} · {breach.reported_by}"
    done = [
        Step(t("dossier.reported_sealed"), reported),
        Step(t("dossier.was_filed"), _short(case.opened_on)),
        *(_done(taken) for taken in file.state.taken),
    ]
    if file.state.state.final:
        return (*done, Step(_first(wording(file.state.state.name)), "", When.DONE))
    return (*done, *_now(opened, today), *_later(opened))


def _done(taken: TakenStep) -> Step:
    record = taken.record
    return Step(wording(taken.step.name), f"{_short(record.taken_on)} · {record.by}")


def _now(opened: OpenedCase, today: date) -> list[Step]:
    """The step that comes next on the main road, with the term that ends first."""
    state = opened.file.state
    due = [
        f"{wording(term.term.name)}: {due_words(term.due_on, today, theirs=term.term.theirs)}"
        for term in state.running[:1]
    ]
    return [Step(wording(step.name), "".join(due), When.NOW) for step in main_step(opened)]


def main_step(opened: OpenedCase) -> list[ProcedureStep]:
    """The step on the main road, none or one: also one that must still wait."""
    found = proposed(opened.file.state, opened.possible)
    return [found.step] if found is not None else []


def _later(opened: OpenedCase) -> list[Step]:
    """The main road from here: the first step out of each state, until the end."""
    state = opened.file.state
    here, seen = state.state.key, {state.state.key}
    road: list[ProcedureStep] = []
    while (step := _first_from(state, here)) is not None and step.to not in seen:
        if step.opens:
            break
        road.append(step)
        seen.add(step.to)
        here = step.to
    now = main_step(opened)
    later = [step for step in road if step not in now]
    return [Step(wording(step.name), "", When.LATER) for step in later[:_LATER]]


def _first_from(state: CaseState, key: str) -> ProcedureStep | None:
    """The step on the main road from a state that the case has not reached."""
    there = state.procedure.state(key)
    if there is None:
        return None
    leaving = tuple(
        PossibleStep(step)
        for step in state.procedure.steps
        if key in step.sources and step.leads(key) != key
    )
    found = proposed(replace(state, state=there, made=frozenset()), leaving)
    return found.step if found is not None else None


def _first(name: str) -> str:
    return name[:1].upper() + name[1:]


def _short(value: date) -> str:
    weekday = words().weekday(value)
    return f"{weekday.partition(' ')[0][:2]} {day(value)}"
