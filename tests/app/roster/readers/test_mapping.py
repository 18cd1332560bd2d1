"""Mappings: written and read back, and refused where they make no sense."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Message, Refusal
from app.roster.readers.mapping import (
    TARGETS,
    Mapping,
    Shape,
    check,
    from_text,
    problems,
    target_label,
    to_text,
)
from app.roster.source.cells import DateOrder
from app.roster.source.layout import Layout
from app.text import Words

WIDE = Mapping(
    name="Ouderlijst",
    columns=(("Roepnaam", "pupil.first_name"), ('Groep "A"\\', "pupil.group")),
    order=DateOrder.MONTH_FIRST,
    relations=((1, "mother"), (2, "father")),
    whole=True,
    layout=Layout(separator="\t", encoding="cp1252", sheet="Blad 1"),
)
LONG = Mapping(
    name="Ouders",
    columns=(("Naam", "guardian1.name"), ("Kinderen", "children")),
    shape=Shape.LONG,
)

headers = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@pytest.mark.parametrize("mapping", [WIDE, LONG])
def test_a_mapping_is_read_back_as_it_was_written(mapping: Mapping) -> None:
    assert from_text(to_text(mapping)) == mapping


@given(st.dictionaries(headers, st.sampled_from(TARGETS), min_size=1))
def test_every_header_survives_being_written(columns: dict[str, str]) -> None:
    mapping = replace(WIDE, columns=tuple(columns.items()))
    assert from_text(to_text(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "mapping_unreadable"), ("[" * 3000, "mapping_unreadable"),
        ("x" * 200_000, "mapping_unreadable"), ("", "mapping_value"), ("name = 1", "mapping_value"),
        ('name = "x"', "mapping_value"), ('name = "x"\ncolumns = 1', "mapping_value"),
        ('name = "x"\nshape = "round"\n[columns]\na = "pupil.name"', "mapping_value"),
        ('name = "x"\nwhole = "yes"\n[columns]\na = "pupil.name"', "mapping_value"),
        ('name = "x"\n[columns]\na = "pupil.bsn"', "mapping_target"), ('name = "x"\n[columns]\na = 1', "mapping_value"),
        ('name = "x"\n[columns]\na = "pupil.name"\n[relations]\nguardian9 = "mother"', "mapping_value"),
        ('name = "x"\n[columns]\na = "pupil.name"\n[relations]\nguardian1 = "boss"', "mapping_value"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_mapping_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        from_text(text)
    assert caught.value.message.id == f"roster.{reason}"


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    with pytest.raises(Refusal):
        from_text(text)


def told(mapping: Mapping, headers: tuple[str, ...] = ()) -> list[str]:
    return [message.id.removeprefix("roster.") for message in problems(mapping, headers)]


def test_what_is_missing_or_chosen_twice_is_told() -> None:
    twice = (("a", "pupil.name"), ("b", "pupil.name"))
    assert told(replace(WIDE, columns=twice)) == ["target_twice"]
    assert told(WIDE, ("Roepnaam",)) == ["column_missing"]
    assert told(replace(WIDE, columns=(("a", "pupil.group"),))) == ["mapping_no_pupil"]
    alone = replace(LONG, columns=(("a", "guardian1.email"),))
    assert told(alone) == ["mapping_no_children", "mapping_no_guardian"]
    with pytest.raises(Refusal):
        check(alone)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_words(target: str) -> None:
    label = target_label(target)
    for language in ("nl", "en"):
        words = Words(language)
        assert words.has(label.id)
        shown = words(
            "roster.target_twice", headers="a", target=Message(label.id, label.values)
        )
        assert "{" not in shown
