"""The paper of a list is kept for a while after its last day, and no longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import resources
from app.errors import Refusal
from app.letters.office import prepare_office_letters, register_office_letters
from app.lists.keeping import (
    certificate,
    destroy_papers,
    is_kept_too_long,
    kept_until,
    papers_gone,
    papers_over,
)
from app.lists.lines import read
from app.lists.make import reprint_list
from app.lists.records import PrintedList
from app.names import full_name
from app.people.records import Pupil
from app.record import Compartment
from tests.app.lists.deeds import PRESS, acts, office
from tests.app.lists.deeds import printed as printed_now
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.ports import Session
    from tests.sample import Sample

LAST = date(2026, 11, 28)


def printed(blob: str = "b") -> PrintedList:
    return PrintedList(
        id="1", number="L-1", groups=("g",), title="Zeester", uses=("photo:website",),
        lines=("p yes",), language="nl", printed_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
        printed_by="Roos", holder="Roos", valid_until=LAST, basis=1, stamp="", digest="",
        pages=1, blob=blob,
    )  # fmt: skip


@pytest.mark.parametrize(("days", "too_long"), [(0, False), (1, True), (400, True)])
def test_the_last_day_is_still_kept(days: int, too_long: bool) -> None:
    assert is_kept_too_long(printed(), kept_until(printed()) + timedelta(days)) is too_long


def test_the_time_begins_after_the_last_day_of_the_list() -> None:
    assert (kept_until(printed()) - LAST).days == resources.list_rules()["keep_paper"]


def test_without_a_stored_paper_nothing_is_kept() -> None:
    assert not is_kept_too_long(printed(blob=""), date(2040, 1, 1))


def test_the_rule_says_that_it_is_to_be_checked() -> None:
    assert resources.list_rules()["keep_paper_to_be_checked"] is True


# -- destroying it -----------------------------------------------------------------------------


@pytest.fixture
def session(sample: Sample) -> Session:
    return office(sample)


def test_only_what_is_over_is_offered_to_be_destroyed(sample: Sample, session: Session) -> None:
    first = printed_now(session)
    sample.clock.move(timedelta(days=30))
    second = printed_now(session)
    sample.clock.set(_moment(kept_until(first), sample))
    assert papers_over(session) == ()
    sample.clock.move(timedelta(days=1))
    assert [one.id for one in papers_over(session)] == [first.id]
    sample.clock.move(timedelta(days=40))
    assert [one.id for one in papers_over(session)] == [first.id, second.id]
    destroy_papers(session, [first.id])
    assert [one.id for one in papers_over(session)] == [second.id]
    assert papers_gone(session).keys() == {first.id}


def test_the_certificate_says_which_when_by_whom_and_why(
    sample: Sample, session: Session
) -> None:
    lists = [printed_now(session), printed_now(session)]
    other = printed_now(session)
    sample.clock.move(timedelta(days=500))
    destroy_papers(session, [other.id])
    sample.clock.move(timedelta(hours=1))
    request = destroy_papers(session, [one.id for one in lists])
    assert request == certificate(session, lists[1].id)
    prepared = prepare_office_letters(session, PRESS, (request,))
    text = " ".join(" ".join(texts(prepared.pdf)).split())
    for one in lists:
        assert one.number in text
        assert one.digest in text.replace(" ", "")
    assert other.number not in text
    assert session.user.name in text
    assert "365 dagen na de laatste dag van de lijst" in text
    assert not any(name in text for name in names_on(session, lists[0]))
    register_office_letters(session, prepared)


def test_a_paper_that_is_gone_is_not_shown_again(sample: Sample, session: Session) -> None:
    one = printed_now(session)
    sample.clock.move(timedelta(days=500))
    destroy_papers(session, [one.id])
    with pytest.raises(Refusal, match="destroyed"):
        reprint_list(session, one.id)
    with pytest.raises(Refusal, match="nothing"):
        certificate(session, "0" * 32)
    assert "list_papers_destroyed" in acts(session)


def names_on(session: Session, one: PrintedList) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        pupils = reader.all(Pupil, id=tuple(read(one.lines)))
    return [full_name(p.first_name, p.prefix, p.surname) for p in pupils]


def _moment(day: date, sample: Sample) -> datetime:
    return datetime.combine(day, sample.clock.now().timetz())
