from __future__ import annotations

import pytest

from app.people.records import Pupil
from tests.db.store.hand import Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def pupil(id="p1", **fields):
    return Pupil(id=id, **{"first_name": "Zoë", "surname": "Wal", **fields})


def test_what_was_committed_is_there_after_opening_again(shelf):
    with shelf.opened() as file, file.work("pupil_added", "p1") as work:
        work.add(pupil())
        head = work.commit()
    with shelf.opened() as file, file.look() as reader:
        assert reader.get(Pupil, "p1") == pupil()
        assert reader.head() == head
        assert head.number == 1


def test_what_was_not_committed_is_forgotten(shelf):
    with shelf.opened() as file:
        with file.work("pupil_added", "p1") as work:
            work.add(pupil())
        with file.look() as reader:
            assert reader.find(Pupil, "p1") is None
            assert reader.head().number == 0
