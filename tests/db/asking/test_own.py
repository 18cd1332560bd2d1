"""A pupil who decides alone: a yes from before coming of age is no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.needs import Cause
from app.consent.records import Answer
from tests.db.asking.test_open import BASE, GUIDE, HERE, WEB, answer, counted, found
from tests.db.store.hand import TODAY, pupil, put

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile

YES, NO = Answer.YES, Answer.NO
EARLY, NOW = TODAY - timedelta(days=1), TODAY


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    """A pupil who is sixteen today, as was put right later."""
    put(file, *BASE, HERE)
    with file.work("born") as work:
        work.change(replace(pupil("p1"), birth_date=date(2010, 11, 22)))
        work.commit()
    return file


@pytest.mark.parametrize(
    ("said", "causes"),
    [
        ([(WEB, YES, EARLY), (GUIDE, YES, EARLY)], {(Cause.OF_AGE,)}),
        ([(WEB, YES, EARLY), (GUIDE, YES, NOW)], {(Cause.LEFT_OPEN,)}),
        ([(WEB, NO, EARLY), (GUIDE, YES, NOW)], set()),
        ([(WEB, YES, EARLY), (WEB, YES, NOW), (GUIDE, YES, NOW)], set()),
    ],
)
def test_a_yes_that_was_too_early_is_asked_again(
    file: CompartmentFile, said: list[tuple[str, Answer, date]], causes: set[tuple[Cause, ...]]
) -> None:
    for number, (use, given, day) in enumerate(said):
        more = {"decider_id": "p1", "answer": given, "signed_on": day}
        put(file, answer(f"d{number}", use, **more))
    assert {one.causes for one in found(file) if one.decider_id == "p1"} == causes
    counts = counted(file, 42)
    assert (counts.to_ask, counts.partly) == (
        int((Cause.OF_AGE,) in causes),
        int((Cause.LEFT_OPEN,) in causes),
    )
