"""The records of a case as lines of a time line: nothing that was written down is left out.

A step that was corrected shows what was answered first, and each correction with its reason; a
step that was taken back and a term that was moved stand there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.data import Wording
from app.dossier.case import TAKEN_BACK, TERM_MOVED
from app.dossier.items import TimelineItem
from app.procedures.answers import as_read, from_json
from app.procedures.procedure import asked_on
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.dossier.case import CaseState, TakenStep
    from app.dossier.records import Step

STEP = "step"
_SAID = {TAKEN_BACK: "dossier.trail_taken_back", TERM_MOVED: "dossier.trail_term_moved"}


def step_items(state: CaseState, number: str) -> Iterator[TimelineItem]:
    """Everything that was written down in a case, in the order of the records."""
    told: set[str] = set()
    for taken in state.taken:
        for item in _taken(taken, number):
            told.add(item.id)
            yield item
    undone = {record.replaces for record in state.records if record.kind == TAKEN_BACK}
    for record in state.records:
        if record.id not in told:
            yield _other(state, record, number, undone=record.id in undone)


def _taken(taken: TakenStep, number: str) -> Iterator[TimelineItem]:
    """A step that stands: as it was taken, then each correction."""
    chain = (taken.record, *taken.corrections)
    last = len(chain) - 1
    asks = asked_on(taken.step, taken.record.taken_on)
    for place, record in enumerate(chain):
        answers = taken.answers if last == 0 else from_json(asks, record.answers)
        yield TimelineItem(
            id=record.id,
            kind=STEP,
            day=record.taken_on,
            at=record.recorded_at,
            name=taken.step.name,
            details=tuple(
                (ask.name, as_read(ask, answers[ask.field]))
                for ask in asks
                if ask.field in answers
            ),
            author=record.by,
            case_number=number,
            due_on=taken.due_on if place == last else None,
            replaces=chain[place - 1].id if place else "",
            reason=record.reason,
            replaced_by=chain[place + 1].id if place < last else "",
        )


def _other(state: CaseState, record: Step, number: str, *, undone: bool) -> TimelineItem:
    """A step that was taken back, its taking back, or a term that was moved."""
    text = _SAID.get(record.kind, "")
    return TimelineItem(
        id=record.id,
        kind=STEP,
        day=record.taken_on,
        at=record.recorded_at,
        name=_text(text) if text else _name(state, record),
        author=record.by,
        case_number=number,
        due_on=record.due_on if record.kind == TERM_MOVED else None,
        replaces=record.replaces,
        reason=record.reason,
        replaced_by=_undone_by(state, record) if undone else "",
    )


def _name(state: CaseState, record: Step) -> Wording:
    names = (undone.step.name for undone in state.undone if undone.record.id == record.id)
    return next(names, Wording(record.step, record.step))


def _undone_by(state: CaseState, record: Step) -> str:
    found = (one.id for one in state.records if one.replaces == record.id)
    return next(found, "")


def _text(text_id: str) -> Wording:
    return Wording(Words("nl")(text_id), Words("en")(text_id))
