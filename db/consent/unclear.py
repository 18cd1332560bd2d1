"""What nobody could read on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.consent.records import Decision, UnclearAnswer
from db.consent.merged import GoesOn

if TYPE_CHECKING:
    from app.consent.questions import UnclearAbout
    from db.store.reading import Reading


def unclear_about(reader: Reading, question: UnclearAbout) -> tuple[UnclearAnswer, ...]:
    """Everything that nobody could read, each about and of whoever goes on by now."""
    going = GoesOn(reader)
    if question.subject_ids:
        wanted = tuple(sorted(going.with_former(question.subject_ids)))
        found = reader.all(UnclearAnswer, subject_id=wanted)
    else:
        found = reader.all(UnclearAnswer)
    return tuple(_as_now(reader, going, fact, question) for fact in found)


def _as_now(
    reader: Reading, going: GoesOn, fact: UnclearAnswer, question: UnclearAbout
) -> UnclearAnswer:
    now = replace(
        fact,
        subject_id=going.as_now(fact.subject_id),
        decider_id=going.as_now(fact.decider_id),
    )
    if now == fact or not question.beside_answers:
        return now
    before = [one for one in _answers(reader, fact) if one.recorded_at <= fact.recorded_at]
    said = {_content(one) for one in before}
    again = [
        one.recorded_at
        for one in _answers(reader, now)
        if _content(one) in said
        and (question.known_at is None or one.recorded_at <= question.known_at)
    ]
    return replace(now, recorded_at=max(fact.recorded_at, min(again, default=fact.recorded_at)))


def _answers(reader: Reading, fact: UnclearAnswer) -> list[Decision]:
    """What the same person said about the same use, signed on the day of the paper."""
    return [
        one
        for one in reader.all(Decision, subject_id=fact.subject_id, decider_id=fact.decider_id)
        if (one.medium, one.channel, one.signed_on)
        == (fact.medium, fact.channel, fact.signed_on)
    ]


def _content(decision: Decision) -> tuple[object, ...]:
    """What a merger leaves of an answer that it records once more."""
    return decision.answer, decision.how, decision.proof, decision.note, decision.received_on
