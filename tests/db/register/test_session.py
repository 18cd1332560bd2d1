"""What a session gives: what the user's keys open, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.record import Compartment
from tests.registers import SCHOOL

if TYPE_CHECKING:
    from tests.registers import School


def test_the_director_opens_everything(school: School) -> None:
    session = school.director()
    assert all(session.opens(compartment) for compartment in Compartment)
    assert session.register.school == SCHOOL


def test_the_teacher_opens_the_check_list_and_nothing_else(school: School) -> None:
    session = school.teacher()
    assert [part for part in Compartment if session.opens(part)] == [Compartment.CHECK]
    with pytest.raises(Refusal, match="no_grant"):
        session.look(Compartment.CONSENT)


def test_everybody_knows_everybody_by_name(school: School) -> None:
    names = [user.name for user in school.teacher().users()]
    assert names == ["Anna van der Bos", "Jan de Wit", "Pjotr Żak"]
