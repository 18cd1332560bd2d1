"""What leaves stands in the journal before it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Trouble
from app.journal.leaving import Leaving, note_leaving, save_noted
from app.journal.questions import JournalLines
from app.record import Compartment

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session
    from tests.registers import School

CONSENT = Compartment.CONSENT


def last(session: Session, compartment: Compartment = CONSENT) -> tuple[str, str]:
    """The newest entry."""
    with session.look(compartment) as reader:
        line = reader.ask(JournalLines(limit=1))[0]
    return line.act, line.subject


def test_a_file_that_cannot_be_written_was_noted_all_the_same(
    school: School, tmp_path: Path
) -> None:
    session = school.administrator()
    with pytest.raises(Trouble):
        save_noted(session, Leaving("proof_saved", "x1"), tmp_path / "no" / "x.pdf", b"x")
    assert last(session) == ("proof_saved", "x1")
    assert list(tmp_path.glob("**/*.part")) == []


def test_a_dossier_has_its_own_journal(school: School) -> None:
    session = school.director()
    note_leaving(session, Leaving("letter_printed", "x1", Compartment.STAFF_DOSSIER))
    assert last(session, Compartment.STAFF_DOSSIER) == ("letter_printed", "x1")


def test_what_a_teacher_takes_out_is_noted_with_his_name(
    school: School, tmp_path: Path
) -> None:
    session = school.teacher()
    teacher = session.user.id
    save_noted(session, Leaving("journal_saved"), tmp_path / "x.txt", b"x")
    later = school.administrator()
    later.collect_notes()
    act, subject = last(later)
    assert (act, subject.startswith(teacher)) == ("journal_saved", True)
