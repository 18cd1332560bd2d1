"""Directors give leave, withdraw it and take back; administrators read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.errors import Refusal, Refusals
from app.leave.board import had_leave, leave_board, leave_of
from app.leave.give import LeaveDraft, give_leave, undo_end, undo_leave, withdraw_leave
from app.leave.standing import Stand
from app.people.people import StaffDraft, save_staff
from app.start.begin import make_ready

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

DAYS = timedelta(days=30)


@pytest.fixture
def director(school: School) -> Session:
    """The director of a register that is ready."""
    session = school.director()
    make_ready(session)
    return session


@pytest.fixture
def draft(director: Session) -> LeaveDraft:
    """Leave for a teacher, from today, for thirty days."""
    member = save_staff(director, StaffDraft("Kees", "K.", "van", "Smit", "leerkracht"))
    today = director.clock.today()
    return LeaveDraft(member.id, "Schoolreis", "Instagram, YouTube", today, today + DAYS)


def test_leave_says_who_what_until_when_and_on_which_rule(
    director: Session, draft: LeaveDraft
) -> None:
    leave = give_leave(director, draft)
    (line,) = leave_of(director, draft.staff_id)
    assert line.leave == leave
    assert line.stand is Stand.HOLDS
    assert leave.channels == ("Instagram", "YouTube")
    assert (leave.protocol, leave.version, leave.article) == ("lovk-2023", 1, "A1")
    assert leave.given_by == director.user.name
    assert had_leave(director, draft.staff_id, draft.start or leave.start).had


def test_an_administrator_reads_leave_and_gives_none(
    school: School, director: Session, draft: LeaveDraft
) -> None:
    leave = give_leave(director, draft)
    office = school.administrator()
    assert [line.leave for line in leave_board(office).lines] == [leave]
    with pytest.raises(Refusal) as refused:
        give_leave(office, draft)
    assert refused.value.message.id == "leave.only_directors"
    with pytest.raises(Refusal):
        withdraw_leave(office, leave, leave.end)
    with pytest.raises(Refusal):
        undo_leave(office, leave)


def test_withdrawn_leave_stays_known_and_the_withdrawal_can_be_taken_back(
    director: Session, draft: LeaveDraft
) -> None:
    leave = give_leave(director, draft)
    today = director.clock.today()
    end = withdraw_leave(director, leave, today, "klaar")
    (line,) = leave_of(director, draft.staff_id)
    assert (line.stand, line.end) == (Stand.WITHDRAWN, end)
    assert not had_leave(director, draft.staff_id, today).had
    with pytest.raises(Refusal, match="ended_already"):
        withdraw_leave(director, leave, today)
    undo_end(director, end)
    assert had_leave(director, draft.staff_id, today).had
    with pytest.raises(Refusal, match="not_ended"):
        undo_end(director, end)


def test_leave_that_was_noted_by_mistake_never_was(
    director: Session, draft: LeaveDraft
) -> None:
    leave = give_leave(director, draft)
    end = undo_leave(director, leave)
    assert not had_leave(director, draft.staff_id, leave.start).had
    undo_end(director, end)
    assert had_leave(director, draft.staff_id, leave.start).had


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("staff_id", "nobody"),
        ("purpose", " "),
        ("purpose", "burgerservicenummer 111222333"),
        ("channels", "x" * 301),
        ("start", None),
        ("end", None),
    ],
)
def test_a_field_that_is_not_right(
    director: Session, draft: LeaveDraft, key: str, value: Any
) -> None:
    with pytest.raises(Refusal) as refused:
        give_leave(director, replace(draft, **{key: value}))
    assert refused.value.field == key
    assert leave_board(director).lines == ()


@pytest.mark.parametrize("days", [-1, 366])
def test_leave_ends_after_it_begins_and_within_a_year(
    director: Session, draft: LeaveDraft, days: int
) -> None:
    end = director.clock.today() + timedelta(days=days)
    with pytest.raises(Refusals) as refused:
        give_leave(director, replace(draft, end=end))
    assert refused.value.field == "end"


@pytest.mark.parametrize("days", [-1, 31])
def test_leave_is_not_withdrawn_for_days_that_have_passed_or_that_it_never_covered(
    director: Session, draft: LeaveDraft, days: int
) -> None:
    leave = give_leave(director, draft)
    with pytest.raises(Refusal) as refused:
        withdraw_leave(director, leave, director.clock.today() + timedelta(days=days))
    assert refused.value.field == "ends_from"
