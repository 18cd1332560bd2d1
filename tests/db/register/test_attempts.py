"""Wrong pass phrases leave a count, told once to whoever comes in next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.journal.questions import JournalLines
from app.record import Compartment
from tests.registers import ADMINISTRATOR, DIRECTOR, NOW, TEACHER

if TYPE_CHECKING:
    from tests.registers import Login, School


def guess(school: School, login: Login = DIRECTOR, name: str = "") -> None:
    school.lock()
    with pytest.raises(Refusal, match="wrong_name_or_password"):
        school.vault.unlock(school.folder, name or login.name, "iets heel anders dan dat")


def test_the_next_good_phrase_hears_how_often_and_since_when(school: School) -> None:
    for _ in range(3):
        guess(school)
        school.clock.move(timedelta(minutes=1))
    session = school.administrator()
    found = session.failed_attempts()
    assert found is not None
    assert (found.count, found.since, found.last) == (3, NOW, NOW + timedelta(minutes=2))
    assert session.failed_attempts() is None
    with session.look(Compartment.CONSENT) as reader:
        line = reader.ask(JournalLines(limit=1))[0]
    assert (line.act, line.subject) == ("attempts_failed", "3")


def test_a_teacher_who_hears_of_them_leaves_a_note(school: School) -> None:
    guess(school)
    assert school.teacher().failed_attempts() is not None
    session = school.administrator()
    assert session.failed_attempts() is None
    assert session.collect_notes() == 1


def test_good_phrases_and_other_refusals_are_not_counted(school: School) -> None:
    session = school.director()
    session.revoke_user(next(u.id for u in session.users() if u.name == TEACHER.name))
    school.lock()
    with pytest.raises(Refusal, match="access_ended"):
        school.vault.unlock(school.folder, TEACHER.name, TEACHER.password)
    assert school.director().failed_attempts() is None


def test_unknown_names_are_counted_and_nothing_typed_is_kept(school: School) -> None:
    guess(school, ADMINISTRATOR)
    guess(school, name="Iemand Anders")
    kept = (school.folder / "attempts").read_text()
    assert "Anders" not in kept
    assert ADMINISTRATOR.name not in kept
    assert "iets heel" not in kept
    assert len(kept) < 150
    found = school.director().failed_attempts()
    assert found is not None
    assert found.count == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\xff", b'{"count": -1, "since": "x", "last": "y"}', b"[1]", b"9" * 9],
)
def test_a_file_that_says_nothing_stands_in_nobodys_way(school: School, content: bytes) -> None:
    school.lock()
    (school.folder / "attempts").write_bytes(content)
    assert school.director().failed_attempts() is None
    guess(school)
    found = school.director().failed_attempts()
    assert found is not None
    assert found.count == 1
