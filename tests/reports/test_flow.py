from __future__ import annotations

from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letters.blocks import Block, Bullets, Heading, Paragraph, SignatureBlock, Table
from reports.flow import LETTER, cut, height, run_in, strips
from reports.fonts import Face
from reports.setting import BODY, Style, lines, wide

words = st.text("abc <>&/;\"'{}%\\", max_size=300)
blocks = st.lists(
    st.one_of(
        words.map(Paragraph),
        words.map(Heading),
        st.lists(words, max_size=4).map(lambda items: Bullets(tuple(items))),
        st.builds(SignatureBlock, words, words),
        st.lists(st.tuples(words, words), max_size=3).map(lambda rows: Table(tuple(rows))),
        st.lists(st.tuples(words, words, words), max_size=3).map(
            lambda rows: Table(tuple(rows), head=True)
        ),
    ),
    max_size=12,
).map(tuple)


@given(blocks)
def test_cutting_loses_and_doubles_nothing(content: tuple[Block, ...]) -> None:
    found = strips(content, LETTER, 160.0)
    assert tuple(chain.from_iterable(cut(found, repeat(120.0)))) == found


@given(blocks)
def test_no_page_is_fuller_than_its_room(content: tuple[Block, ...]) -> None:
    pages = cut(strips(content, LETTER, 160.0), repeat(120.0))
    assert all(height(page) <= 120.0 + 1e-6 or len(page) == 1 for page in pages)


@given(words)
def test_any_text_is_set_as_that_text(content: str) -> None:
    for block in (Paragraph(content), Heading(content), Bullets((content,))):
        runs = [run.text for strip in strips((block,), LETTER, 90.0) for run in strip.runs]
        shown = "".join(runs).replace("•", "").replace(" ", "")
        assert shown == content.replace(" ", "")


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    content = (Paragraph("x\n" * 20), Heading("Kop"), Paragraph("een\ntwee\ndrie"))
    found = strips(content, LETTER, 160.0)
    for room in range(20, 140):
        for page in cut(found, repeat(float(room)))[:-1]:
            assert page[-1].runs[0].text != "Kop"


def test_no_line_stands_alone_at_the_top_or_foot_of_a_page() -> None:
    found = strips((Paragraph("\n".join("abcdefgh")),), LETTER, 160.0)
    for room in range(12, 42):
        assert all(len(page) > 1 for page in cut(found, repeat(float(room))))


def test_a_signature_never_stands_alone() -> None:
    text: tuple[Block, ...] = tuple(Paragraph("x\n" * 4) for _ in range(9))
    content = (*text, SignatureBlock("A. de Wit", "hoofd"))
    for room in range(60, 240):
        last = cut(strips(content, LETTER, 160.0), repeat(float(room)))[-1]
        assert last[0].runs[0].text in {"x", ""}


def test_names_and_values_stand_beside_each_other() -> None:
    (row,) = strips((Table((("Kenmerk", "12"),)),), LETTER, 160.0)
    assert [run.text for run in row.runs] == ["Kenmerk", "12"]
    assert row.runs[0].y == row.runs[1].y


def test_a_narrow_column_leaves_its_room_to_the_others() -> None:
    long = "Opnamen worden hiervoor niet gebruikt."
    table = Table((("Website · foto", "nee", long), ("Facebook · foto", "ja", long)))
    found = strips((table,), LETTER, 160.0)
    assert [len(strip.runs) for strip in found] == [3, 3]
    places = [run.x for run in found[0].runs]
    assert places == [run.x for run in found[1].runs]
    assert places == sorted(places)


@pytest.mark.parametrize("room", [24.0, 27.5, 31.0, 40.0, 52.0])
def test_points_run_in_one_after_the_other_within_the_room(room: float) -> None:
    items = ("Website: een foto bij een bericht.", "Nieuwsbrief: het zomerfeest in juni.")
    strong = Style(Face.SEMIBOLD, 8, 3.8)
    found = run_in(items, (strong, BODY.at(8)), room, space=2.0)
    runs = [run for strip in found for run in strip.runs]
    assert " ".join(run.text for run in runs) == " ".join(items)
    assert [run.text for run in runs if run.style == strong] == ["Website:", "Nieuwsbrief:"]
    assert all(run.x + wide(run.text, run.style) <= room + 0.01 for run in runs)
    assert all(len(strip.runs) <= 3 for strip in found)
    assert [strip.space for strip in found] == [2.0, *[0.0] * (len(found) - 1)]
    assert len(found) < sum(len(lines(item, BODY.at(8), room)) for item in items) + 1
