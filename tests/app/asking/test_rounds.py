"""Rounds in the sample school: who gets a form, in which order, and what is noted when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.asking.ask import Whom, note_asked, take_back
from app.asking.forms import Sorting, prepare_asking, reminder_requests, round_requests
from app.asking.listing import (
    AskingFilter,
    ListOrder,
    Stand,
    asking_counts,
    asking_lines,
    find_asking,
    rounds,
    split,
)
from app.asking.needs import Cause
from app.asking.questions import Selection
from app.asking.records import Request, Round, RoundKind, Way
from app.asking.rounds import begin_round, end_round, take_back_end
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer, Channel, IssuedForm
from app.consent.uses import asked_uses, use_key
from app.errors import Refusal
from app.forms.issue import register_issue
from app.people.people import GuardianDraft, save_guardian
from app.people.records import Guardian
from app.record import Compartment
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.asking.listing import AskingLine
    from app.forms.issue import PreparedForms
    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def session(sample: Sample) -> Session:
    return sample.administrator()


def lines(session: Session, wanted: AskingFilter = AskingFilter()) -> tuple[AskingLine, ...]:  # noqa: B008
    return asking_lines(session, find_asking(session, wanted))


def drawn(session: Session, round_id: str, sorting: Sorting = Sorting.HOUSEHOLD) -> PreparedForms:
    return prepare_asking(session, PaperPress(), round_requests(session, round_id, sorting))


def test_the_list_of_the_sample_school(session: Session) -> None:
    found = lines(session)
    print(len(found), rounds(session))
    for line in found:
        print(line)
    assert found
