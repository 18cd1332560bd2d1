"""Two programs and one register: the second is told who has it open; the dead hold nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.journal.verify import verify_all
from app.text import Words
from db.register.machine import machine_name
from tests.registers import DIRECTOR, NOW, TEACHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.registers import School

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from tests.registers import DIRECTOR, School
place = Path(sys.argv[1])
session = School(place / "register", place / "remembered", "").director()
print("open", flush=True)
sys.stdin.readline()
session.lock()
print("closed", flush=True)
sys.stdin.readline()
"""


@contextmanager
def another_program(school: School) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that has the register open; a line lets it close it."""
    place = school.folder.parent
    words = [sys.executable, "-c", HOLD, str(place)]
    scratch = {**os.environ, "TMPDIR": str(place)}
    with subprocess.Popen(
        words, cwd=ROOT, stdin=-1, stdout=-1, text=True, env=scratch
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "open\n"
        try:
            yield program
        finally:
            program.kill()


def tell(program: subprocess.Popen[str]) -> str:
    """Let the other program go on, and hear what it says."""
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n")
    program.stdin.flush()
    return program.stdout.readline()


def test_the_second_is_told_who_has_it_and_since_when(school: School) -> None:
    with another_program(school):
        with pytest.raises(Refusal) as caught:
            school.unlock(TEACHER)
        message = caught.value.message
        assert message.id == "register.in_use"
        assert message.values == {"machine": machine_name(), "since": NOW}
        for language in ("nl", "en"):
            assert machine_name() in Words(language).of(message)
            assert "2026" in Words(language).of(message)
        assert machine_name() in school.vault.state(school.folder).opened_by


def test_after_closing_the_next_comes_in(school: School) -> None:
    with another_program(school) as program:
        assert tell(program) == "closed\n"
        assert school.unlock(TEACHER).user.name == TEACHER.name


def test_a_killed_program_keeps_nobody_out(school: School) -> None:
    with another_program(school) as program:
        program.kill()
        program.wait()
        note = (school.folder / "opened").read_bytes()
        assert machine_name().encode() in note
        assert school.vault.state(school.folder).opened_by == ""
        assert school.unlock(DIRECTOR).user.name == DIRECTOR.name


def test_the_one_who_was_refused_disturbs_nobody(school: School) -> None:
    with another_program(school) as program:
        for _ in range(3):
            with pytest.raises(Refusal, match="in_use"):
                school.director()
        assert tell(program) == "closed\n"
    session = school.director()
    assert all(found.in_order for found in verify_all(session))
