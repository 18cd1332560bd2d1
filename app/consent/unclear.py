"""Answers on paper that nobody can read: they decide nothing, and are asked again.

No verdict ever looks at them. What the person said before about the same use stands, yes or no,
until he or she says something that can be read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.consent.records import Answer, Decision, Retraction, UnclearAnswer
from app.consent.uses import split_use, use_key
from app.errors import Refusal
from app.ids import new_id
from app.names import tidy
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from app.consent.decide import DecisionsDraft
    from app.consent.facts import DecisionFact
    from app.ports import Session, Work


def still_unclear(
    facts: Iterable[UnclearAnswer], words: Iterable[DecisionFact]
) -> tuple[UnclearAnswer, ...]:
    """What cannot be read and was followed by nothing, the newest for each person and use.

    An answer follows when it was signed on a later day, or on the same day and entered later.

    Args:
        facts: about one subject, those that were taken back and their ends as well.
        words: what each person said last about each use (`last_words`).
    """
    known = tuple(facts)
    ended = {fact.replaces for fact in known if fact.taken_back}
    said = {(word.decider_id, word.use): (word.signed_on, word.recorded_at) for word in words}
    newest: dict[tuple[str, str], UnclearAnswer] = {}
    for fact in sorted(known, key=_moment):
        pair = fact.decider_id, use_key(fact.medium, fact.channel)
        if fact.taken_back or fact.id in ended:
            continue
        if pair not in said or said[pair] <= _moment(fact):
            newest[pair] = fact
    return tuple(newest.values())


def unclear_of(draft: DecisionsDraft, now: datetime, proof: str) -> Iterator[UnclearAnswer]:
    """What is stored of the lines of a paper that cannot be read."""
    for use in draft.unclear:
        medium, key = split_use(use)
        yield UnclearAnswer(
            id=new_id(),
            subject_id=draft.subject_id,
            decider_id=draft.decider_id,
            medium=medium,
            channel=key,
            signed_on=draft.signed_on,
            how=draft.how,
            proof=proof,
            note=tidy(draft.note),
            form_version_id=draft.form_version_id,
            recorded_at=now,
        )


def unclear_faults(draft: DecisionsDraft) -> list[Refusal]:
    """A line is either answered or unclear."""
    answered = {answer.use for answer in draft.answers}
    both = answered.intersection(draft.unclear)
    return [Refusal("consent.unclear_answered", field="answers")] if both else []


def misread(draft: DecisionsDraft, work: Work) -> tuple[Decision, ...]:
    """Every yes that this correction says cannot be read after all.

    A no is left alone: without it an older yes might count again.
    """
    replaces = dict(draft.replaces)
    before = (work.find(Decision, replaces[use]) for use in draft.unclear if use in replaces)
    return tuple(one for one in before if one is not None and one.answer is Answer.YES)


def never_said(decision: Decision, now: datetime) -> Retraction:
    """The fact that a decision was entered by mistake."""
    return Retraction(
        id=new_id(), decision_id=decision.id, subject_id=decision.subject_id, recorded_at=now
    )


def take_back_unclear(
    session: Session, facts: Iterable[UnclearAnswer], misread_before: Iterable[Decision] = ()
) -> None:
    """Undo: these lines were not unclear; that they were entered so stays in the history.

    Args:
        session: who takes it back.
        facts: what was entered.
        misread_before: what was taken back on account of it, and stands again.
    """
    now = session.clock.now()
    ends = tuple(
        replace(one, id=new_id(), recorded_at=now, replaces=one.id, taken_back=True)
        for one in facts
    )
    if not ends:
        return
    again = tuple(replace(one, id=new_id(), recorded_at=now) for one in misread_before)
    with session.work(Compartment.CONSENT, "unclear_taken_back", ends[0].subject_id) as work:
        work.add(*ends, *again)
        work.commit()


def _moment(fact: UnclearAnswer) -> tuple[date, datetime]:
    return fact.signed_on, fact.recorded_at
