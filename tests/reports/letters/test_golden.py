"""Every letter on paper as it was last looked at: its text, its pages, and where things stand."""

from __future__ import annotations

import tomllib

import pytest

from app.errors import Refusal
from app.letters.fill import paper_of
from app.letters.template import load_template
from reports.press import PaperPress
from tests.app.letters.test_every_letter import filled
from tests.reports.letters.golden import TABLE, VALUES, drawn, every, structure

GOLDEN = tomllib.loads(TABLE.read_text(encoding="utf-8"))
LEFT, RIGHT, TOP, BOTTOM = 24.0, 186.0, 10.0, 290.0


@pytest.mark.parametrize(("key", "language"), every())
def test_a_letter_reads_as_it_was_last_looked_at(key: str, language: str) -> None:
    told = {kind: structure(drawn(key, language, kind)).told for kind in VALUES}
    assert told == GOLDEN[key][language]


def test_the_table_names_every_letter_and_no_other() -> None:
    named = [(key, language) for key, written in GOLDEN.items() for language in written]
    assert sorted(named) == sorted(every())


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize(("key", "language"), [one for one in every() if one[1] == "nl"])
def test_nothing_leaves_the_page_or_stands_over_something_else(
    key: str, language: str, kind: str
) -> None:
    for page in structure(drawn(key, language, kind)).boxes:
        for place, box in enumerate(page):
            assert LEFT <= box.left <= box.right <= RIGHT, box
            assert TOP <= box.top <= box.bottom <= BOTTOM, box
            assert not [other for other in page[place + 1 :] if box.meets(other)], box


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize(("key", "language"), [one for one in every() if one[1] == "nl"])
def test_no_signature_stands_alone_on_a_page(key: str, language: str, kind: str) -> None:
    *_, last = structure(drawn(key, language, kind)).boxes
    body = [box for box in last if 24.0 < box.top < 272.0]
    assert len(body) > 2, [box.text for box in body]


@pytest.mark.parametrize("kind", VALUES)
def test_a_letter_is_archived_paper(kind: str) -> None:
    markers = structure(drawn("staff_reprimand", "nl", kind)).markers
    assert markers == ("PDF/A-2B", "nl", "/GTS_PDFA1")


@pytest.mark.parametrize(("key", "language"), [one for one in every() if one[1] == "nl"])
def test_the_same_facts_give_the_same_bytes(key: str, language: str) -> None:
    assert drawn(key, language, "least").content == drawn(key, language, "least").content


@pytest.mark.parametrize(
    "text",
    ["\N{SPOUTING WHALE}", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u062d\u0645\u062f", "\u6f22"],
    ids=["emoji", "Hebrew", "Arabic", "Chinese"],
)
def test_what_the_fonts_cannot_set_is_refused_kindly(text: str) -> None:
    template = load_template("police_cover", "nl")
    paper = paper_of(template, filled(template, text, frozenset()), "")
    with pytest.raises(Refusal) as caught:
        PaperPress().draw(paper)
    assert caught.value.message.id == "paper.glyph"
