from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.consent.records import IssuedForm
from app.forms.questions import NewestForms
from db.forms import questions
from db.store.reading import Reading
from tests.db.store.hand import TODAY, pupil, put

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    """Two pupils, with forms 1 to 6 in turns."""
    put(file, pupil("p1"), pupil("p2"), *(form(number) for number in (3, 1, 6, 2, 5, 4)))
    return file


def form(number: int) -> IssuedForm:
    return IssuedForm(
        id=f"i{number}", number=f"{number:06d}", pupil_id=f"p{1 + number % 2}", guardian_id="m1",
        form_version_id="v1", language="nl", issued_on=TODAY - timedelta(days=number), head="",
        digest="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        (NewestForms(), [6, 5, 4, 3, 2, 1]),
        (NewestForms(limit=2), [6, 5]),
        (NewestForms("p1"), [6, 4, 2]),
        (NewestForms("p2", 1), [5]),
        (NewestForms("nobody"), []),
    ],
)
def test_the_newest_forms_come_first(
    file: CompartmentFile, question: NewestForms, numbers: list[int]
) -> None:
    with file.look() as reader:
        assert reader.ask(question) == tuple(map(form, numbers))


@pytest.mark.parametrize(
    ("where", "index"),
    [("", "ix_issued_form_number"), (questions._OF_PUPIL, "ix_issued_form_pupil_id")],
)
def test_the_table_is_not_read_whole(file: CompartmentFile, where: str, index: str) -> None:
    statement = questions._NEWEST.format(form="f.id", where=where)
    with file.look() as reader:
        assert isinstance(reader, Reading)
        plan = reader.rows(f"EXPLAIN QUERY PLAN {statement}", {"pupil_id": "p1", "limit": 1})
    assert index in str(plan)
