from __future__ import annotations

import typing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.people.records import Pupil
from app.record import Compartment, Record
from db.people.tables import PUPIL
from db.store.mapping import Kind, instant_text, kind_name, words_text, words_tuple
from db.store.schema import SCHEMAS
from db.store.shape import CONSENT

# The canonical form is sealed in journals: this test may grow, its expectations never change.
GOLDEN = Pupil(id="p1", first_name="Zoë", prefix="", surname='O"Neil\n', number="7")


def test_the_canonical_form_never_changes() -> None:
    text = PUPIL.canonical(PUPIL.values(GOLDEN))
    assert text == ('{"first_name":"Zo\\u00eb","id":"p1","number":"7","surname":"O\\"Neil\\n"}')
    assert PUPIL.digest(text).hex() == (
        "60bad2708dc20c87d7fdffa3148259466cf095904dc21ffa77c75f54faf5d2fe"
    )


KINDS = [kind for schema in set(SCHEMAS.values()) for kind in schema.kinds.values()]
WORDS = st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]))
STRATEGIES: dict[object, st.SearchStrategy[object]] = {
    str: WORDS,
    datetime: st.datetimes(timezones=st.just(UTC)),
    datetime | None: st.none() | st.datetimes(timezones=st.just(UTC)),
    tuple[str, ...]: st.lists(WORDS).map(tuple),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
@given(data=st.data())
def test_every_record_comes_back_as_it_was(kind: Kind[Record], data: st.DataObject) -> None:
    record = data.draw(st.builds(kind.record, **fields_of(kind)))
    values = kind.values(record)
    assert kind.read(values) == record
    assert kind.past(kind.canonical(values)) == record


def fields_of(kind: Kind[Record]) -> dict[str, st.SearchStrategy[object]]:
    hints = typing.get_type_hints(kind.record, localns={"date": date, "datetime": datetime})
    return {name: STRATEGIES.get(hint, st.from_type(hint)) for name, hint in hints.items()}


@given(st.lists(WORDS).map(tuple))
def test_several_texts_come_back_as_they_were(words: tuple[str, ...]) -> None:
    assert words_tuple(words_text(words)) == words


def test_a_text_with_the_separator_is_a_defect() -> None:
    with pytest.raises(ValueError, match="separator"):
        words_text(("a\x1fb",))


def test_an_instant_is_stored_in_utc_at_fixed_width() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    assert instant_text(at) == "2026-01-02T01:04:05.000000Z"


def test_an_instant_without_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 1, 2))  # noqa: DTZ001 - that is the point


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2))
def test_stored_instants_sort_by_time(instants: list[datetime]) -> None:
    assert sorted(map(instant_text, instants)) == list(map(instant_text, sorted(instants)))


def test_a_table_that_does_not_fit_is_a_defect() -> None:
    table = sa.Table("pupil", sa.MetaData(), sa.Column("id", sa.Text))
    with pytest.raises(TypeError, match="first_name"):
        Kind(Pupil, table)


def test_a_type_without_a_column_is_a_defect() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(Record):
        weight: float

    columns = (sa.Column("id", sa.Text), sa.Column("weight", sa.Float))
    with pytest.raises(TypeError, match="float"):
        Kind(Odd, sa.Table("odd", sa.MetaData(), *columns))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_columns_have_the_type_of_their_fields(kind: Kind[Record]) -> None:
    for column in kind.table.c:
        assert str(column.type) in {"TEXT", "INTEGER"}
    assert kind.name == kind_name(kind.record)


def test_each_kind_is_kept_in_the_file_that_the_design_names() -> None:
    assert SCHEMAS[Compartment.PUPIL_DOSSIER] is SCHEMAS[Compartment.STAFF_DOSSIER]
    assert SCHEMAS[Compartment.CONSENT].metadata is CONSENT
