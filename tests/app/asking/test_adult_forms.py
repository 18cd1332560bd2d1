"""Adults in a round: their forms lie in the same file as those of the pupils."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.asking.forms import Sorting, prepare_asking, round_requests
from app.asking.listing import asking_lines
from app.asking.records import RoundKind
from app.asking.rounds import begin_round
from app.forms.issue import register_issue
from app.record import Compartment
from reports.press import PaperPress
from tests.app.asking.test_rounds import drawn, lines, only
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.consent.records import FormVersion
    from app.ports import Session


@pytest.fixture
def session(unasked: Session) -> Session:
    return unasked


@pytest.mark.parametrize("sorting", Sorting)
def test_the_forms_of_adults_lie_last_in_the_same_file(
    session: Session, sorting: Sorting
) -> None:
    adults = [line for line in lines(session) if line.relation in ("staff", "adult")]
    round_ = begin_round(session, RoundKind.OPEN)
    prepared = drawn(session, round_.id, sorting)
    last = prepared.issued[-len(adults) :]
    assert {form.pupil_id for form in last} == {line.subject_id for line in adults}
    pages = texts(prepared.pdf)
    assert all(any(line.name in page for page in pages[-4 * len(adults) :]) for line in adults)
    assert only(session, RoundKind.OPEN).forms == len(prepared.issued)
    register_issue(session, prepared)
    (asked,) = {line.how for line in asking_lines(session, tuple(line.id for line in adults))}
    assert asked == "form"


def test_adults_get_no_form_without_words_for_them(session: Session) -> None:
    round_ = begin_round(session, RoundKind.OPEN)
    prepared = drawn(session, round_.id)
    frozen_without_adults(session, prepared.version)
    requests = round_requests(session, round_.id)
    adults = sum(line.relation in ("staff", "adult") for line in lines(session))
    assert len(requests) == len(prepared.issued) - adults
    assert only(session, RoundKind.OPEN).forms == len(requests)
    assert only(session, RoundKind.OPEN).to_ask == len(prepared.issued)
    assert len(prepare_asking(session, PaperPress(), requests).issued) == len(requests)


def frozen_without_adults(session: Session, version: FormVersion) -> None:
    plain = json.loads(version.wording)
    for tables in plain["languages"].values():
        del tables["adult_signs"]
    with session.work(Compartment.CONSENT, "form_frozen") as work:
        work.add(replace(version, wording=json.dumps(plain)))
        work.commit()
