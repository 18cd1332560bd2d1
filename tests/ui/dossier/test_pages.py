"""Forms made from what a step asks, and the course of a case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from app.data import Wording
from app.procedures.procedure import Ask
from ui.dossier.said import due_words
from ui.kit.form import Form, Value
from ui.shell.asks import answer_words, step_answers, step_fields, step_keys

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.procedures.answers import Answer

NAME = Wording("dag van het gesprek", "day of the talk")
EVERY = tuple(Ask(kind, kind, NAME) for kind in ("line", "text", "day", "moment", "yes_no"))


def test_every_kind_of_question_has_a_field(qtbot: QtBot) -> None:
    form = Form(step_fields(EVERY))
    qtbot.addWidget(form)
    form.set_values(
        {
            "line": "op school",
            "text": "niets",
            "day": date(2026, 11, 22),
            "moment": date(2026, 11, 22),
            "moment__time": "14:05",
            "yes_no": True,
        }
    )
    values = form.check()
    assert values is not None
    answers = step_answers(EVERY, values)
    assert set(answers) == {"line", "text", "day", "moment", "yes_no"}
    assert answers["moment"] == datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


def test_what_is_empty_is_left_out() -> None:
    empty: dict[str, Value] = {"line": "", "text": None, "day": None, "moment": None}
    assert step_answers(EVERY, empty) == {}


@pytest.mark.parametrize("typed", ["", "25:00", "half drie"])
def test_a_time_that_cannot_be_read_is_no_answer(typed: str) -> None:
    values: dict[str, Value] = {"moment": date(2026, 11, 22), "moment__time": typed}
    assert "moment" not in step_answers(EVERY, values)


def test_every_field_has_its_own_key() -> None:
    keys = step_keys(EVERY)
    assert len(set(keys)) == len(keys) == len(EVERY) + 1


@pytest.mark.parametrize(
    ("days", "words"), [(12, "nog 12 dagen"), (1, "nog 1 dag"), (0, "vandaag"), (-2, "te laat")]
)
def test_a_term_says_what_is_left(days: int, words: str) -> None:
    today = date(2026, 11, 10)
    assert words in due_words(date(2026, 11, 10 + days), today)


def test_no_term_says_nothing() -> None:
    assert due_words(None, date(2026, 11, 10)) == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (True, "ja"),
        ("op school", "op school"),
        (date(2026, 11, 3), "3 nov 2026"),
        (datetime(2026, 11, 3, 13, 5, tzinfo=UTC), "3 nov 2026, 14:05"),
    ],
)
def test_answers_are_written_as_people_read_them(answer: Answer, words: str) -> None:
    assert answer_words(answer) == words
