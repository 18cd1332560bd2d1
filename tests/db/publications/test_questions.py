from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.publications.questions import (
    FactsUp,
    FindPublications,
    PublicationsUp,
    Unpermitted,
)
from app.publications.records import (
    BreachAnswer,
    Publication,
    PublicationStep,
    PublicationSubject,
    StepKind,
)
from db.publications import questions
from db.store.reading import Reading
from tests.db.store.hand import pupil, put

if TYPE_CHECKING:
    from db.store.compartment import CompartmentFile

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def publication(id: str, used: int = 1, **other: Any) -> Publication:
    found = Publication(
        id=id, publication_id=id, title=f"Foto {id}", medium="photo", channel="website",
        used_on=DAY - timedelta(days=used), places=("https://meerpaal.example",),
        made_by="Roos", recorded_by="Roos", recorded_at=AT,
    )  # fmt: skip
    return replace(found, **other)


def inside(id: str, of: str, who: str = "p1", **other: Any) -> PublicationSubject:
    found = PublicationSubject(
        id=id, publication_id=of, subject_id=who, outcome="yes", reason="all_said_yes",
        found_at=AT,
        recorded_at=AT,
    )  # fmt: skip
    return replace(found, **other)


def step(id: str, of: str) -> PublicationStep:
    return PublicationStep(
        id=id, publication_id=of, kind=StepKind.REMOVED, taken_on=DAY, noted_by="Roos",
        recorded_at=AT,
    )  # fmt: skip


@pytest.fixture
def file(file: CompartmentFile) -> CompartmentFile:
    """Five publications: one corrected, one taken back, one over, one handed out."""
    put(file, pupil("p1"), replace(pupil("p2"), merged_into="p1"), pupil("p3"))
    put(
        file,
        publication("a", 1),
        publication("b", 2, handed_out=True),
        publication("c", 3, until=DAY - timedelta(days=1)),
        publication("d", 4),
        publication("e", 5),
        publication("a2", 1, publication_id="a", replaces="a", title="Beter"),
        publication("d2", 4, publication_id="d", replaces="d", taken_back=True),
        inside("s1", "a"),
        inside("s2", "b"),
        inside("s3", "c", outcome="no", reason="refused"),
        inside("s4", "e", "p2"),
        inside("s5", "a", "p3"),
        inside("s6", "a", "p3", replaces="s5", there=False),
        inside("s7", "e", "p3", outcome="ask", reason="unanswered"),
        step("t1", "a"),
        step("t2", "b"),
        BreachAnswer(
            id="b1", publication_id="c", breach=False, reason="Nee.", noted_by="Roos",
            recorded_at=AT,
        ),
    )  # fmt: skip
    return file


def test_what_is_shown_stands_as_last_corrected(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(PublicationsUp(DAY))
    assert [one.publication_id for one in found] == ["a", "b", "e"]
    assert found[0].title == "Beter"


def test_facts_are_read_of_what_can_be_taken_down(file: CompartmentFile) -> None:
    with file.look() as reader:
        found = reader.ask(FactsUp(DAY))
    assert [fact.id for fact in found.subjects] == ["s1", "s4", "s5", "s6", "s7"]
    assert [fact.id for fact in found.steps] == ["t1"]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (FindPublications(), ["a", "b", "c", "e"]),
        (FindPublications(limit=2), ["a", "b"]),
        (FindPublications("foto meerpaal", limit=1), ["b"]),
        (FindPublications("BETER roos"), ["a"]),
        (FindPublications(subject_id="p1"), ["a", "b", "c", "e"]),
        (FindPublications(subject_id="p3"), ["e"]),
        (FindPublications("beter", "p3"), []),
    ],
)
def test_they_are_found_newest_use_first(
    file: CompartmentFile, question: FindPublications, ids: list[str]
) -> None:
    with file.look() as reader:
        assert [one.publication_id for one in reader.ask(question)] == ids


def test_what_was_answered_is_asked_no_more_until_it_is_taken_back(
    file: CompartmentFile,
) -> None:
    with file.look() as reader:
        assert [one.publication_id for one in reader.ask(Unpermitted())] == ["e"]
    put(
        file,
        BreachAnswer(
            id="b2", publication_id="c", breach=False, reason="Nee.", noted_by="Roos",
            recorded_at=AT, replaces="b1", taken_back=True,
        ),
    )  # fmt: skip
    with file.look() as reader:
        assert {one.publication_id for one in reader.ask(Unpermitted())} == {"c", "e"}


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (questions._UP, "ix_publication_used_on"),
        (questions._UP, "ix_publication_replaces"),
        (questions._SUBJECTS_UP, "ix_publication_subject_publication_id"),
        (questions._STEPS_UP, "ix_publication_step_publication_id"),
        (questions._WITH, "ix_publication_subject_subject_id"),
        (questions._WITH, "ix_publication_publication_id"),
        (questions._WITHOUT, "ix_publication_subject_outcome"),
        (questions._WITHOUT, "ix_breach_answer_publication_id"),
    ],
)
def test_indexes_answer(file: CompartmentFile, statement: str, index: str) -> None:
    asked = statement.format(among="")
    with file.look() as reader:
        assert isinstance(reader, Reading)
        plan = reader.rows(
            f"EXPLAIN QUERY PLAN {asked}", {"on": DAY.isoformat(), "subject": "p1"}
        )
    assert index in str(plan)
