"""Every question that the rooms of app state has its answer in the store."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import app
from app.journal.questions import JournalLines
from app.people.questions import PupilIds
from app.record import Question
from db.store.answers import answer_to

SCHEMAS = ("check", "consent", "dossier")
MODULES = sorted(Path(app.__path__[0]).glob("*/questions.py"))
QUESTIONS = sorted(
    {
        found
        for path in MODULES
        for found in vars(importlib.import_module(f"app.{path.parent.name}.questions")).values()
        if isinstance(found, type) and issubclass(found, Question) and found is not Question
    },
    key=lambda found: found.__name__,
)


def answered(question: type[Question[object]], schema: str) -> bool:
    try:
        answer_to(question, schema)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer(question: type[Question[object]]) -> None:
    assert any(answered(question, schema) for schema in SCHEMAS)


def test_a_question_to_the_wrong_file_is_a_defect() -> None:
    assert answered(JournalLines, "dossier")
    assert not answered(PupilIds, "dossier")
