from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.journal.questions import JournalLines
from tests.db.store.hand import START

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    for act, subject in (("read", "p1"), ("print", "p2"), ("read", "p2")):
        with file.work(act, subject) as work:
            work.commit()
    return file


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        (JournalLines(), [3, 2, 1]),
        (JournalLines(before=3), [2, 1]),
        (JournalLines(limit=1), [3]),
        (JournalLines(subject="p2"), [3, 2]),
        (JournalLines(act="read"), [3, 1]),
        (JournalLines(before=3, act="read"), [1]),
    ],
)
def test_entries_come_newest_first(
    file: CompartmentFile, question: JournalLines, numbers: list[int]
) -> None:
    with file.look() as reader:
        assert [line.number for line in reader.ask(question)] == numbers


def test_a_line_holds_ids_and_kinds(file: CompartmentFile) -> None:
    head = file.head()
    with file.look() as reader:
        line = reader.ask(JournalLines(limit=1))[0]
    assert (line.at, line.user, line.device) == (START, "anna", "device-1")
    assert (line.act, line.subject, line.digest) == ("read", "p2", head.digest)
