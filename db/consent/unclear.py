"""What nobody could read on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.consent.records import UnclearAnswer
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
    return tuple(
        replace(
            fact,
            subject_id=going.as_now(fact.subject_id),
            decider_id=going.as_now(fact.decider_id),
        )
        for fact in found
    )
