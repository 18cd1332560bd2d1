"""What the readers share keeps what was said once, and once only."""

from __future__ import annotations

from app.roster.readers.reading import Relations


def test_a_relation_is_kept_once_and_in_order() -> None:
    relations = Relations()
    said = [("zoe", "anna"), ("tom", "anna"), ("zoe", "anna"), ("ida", "anna"), ("tom", "anna")]
    for pupil, guardian in [*said, ("zoe", "piet")]:
        relations.add(pupil, guardian, "parent")
    assert [each[:2] for each in relations] == [*said[:2], said[3], ("zoe", "piet")]
    assert len(relations) == 4


def test_what_somebody_is_first_said_to_be_counts() -> None:
    relations = Relations()
    relations.add("zoe", "anna", "mother")
    relations.add("zoe", "anna", "guardian")
    assert list(relations) == [("zoe", "anna", "mother")]
