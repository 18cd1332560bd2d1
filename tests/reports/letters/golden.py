"""What every letter looks like on paper, as a table of digests of what can be read in it.

Draws each letter in each of its languages with the least, with long and with odd values, takes
apart what stands on the pages and writes `golden.toml` anew. After a change that is meant to
change letters:

    .venv/bin/python -m tests.reports.letters.golden

and look at some of the letters that the difference names before keeping it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2

import resources
from app.letters.facts import LetterFacts
from app.letters.fill import paper_of
from app.letters.template import load_template
from app.paper import Letterhead
from reports.press import PaperPress
from tests.app.letters.test_every_letter import LONG, ODD, value_of

if TYPE_CHECKING:
    from app.letters.template import Template
    from app.paper import Pdf

TABLE = Path(__file__).with_name("golden.toml")
STAMP = "12 · 7F3A-91C2-0B"
NAME = ("Wolfeschlegelsteinhausenbergerdorff-Dubois " * 5)[:200].strip()
VALUES = {"least": "x", "long": LONG, "odd": ODD}
_POINT = 25.4 / 72
_ROUGHLY = 1.2


@dataclass(frozen=True, slots=True)
class Box:
    """A line of text on a page, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def in_millimetres(self) -> Box:
        """The same, measured in points before."""
        sides = (self.left, self.top, self.right, self.bottom)
        left, top, right, bottom = (round(side * _POINT, 1) for side in sides)
        return Box(left, top, right, bottom, self.text)

    def meets(self, other: Box) -> bool:
        """Whether two lines stand over each other, by more than their letters' edges."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > _ROUGHLY and down > _ROUGHLY


@dataclass(frozen=True, slots=True)
class Structure:
    """What can be read in a finished letter.

    Attributes:
        boxes: the lines of every page; markers: what says that it is PDF/A.
    """

    boxes: tuple[tuple[Box, ...], ...]
    markers: tuple[str, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The text of every page."""
        return tuple(" ".join(box.text for box in page) for page in self.boxes)

    @property
    def told(self) -> str:
        """Number of pages and a digest of text and markers, as it stands in the table."""
        whole = "\f".join((*self.pages, *self.markers))
        return f"{len(self.boxes)} {sha256(whole.encode()).hexdigest()[:16]}"


def facts_of(template: Template, kind: str) -> LetterFacts:
    """A letter's facts with the least, with long or with odd values."""
    text = VALUES[kind]
    values = {
        slot.key: value_of(slot, NAME if kind == "long" and slot.kind == "line" else text)
        for slot in template.slots
        if slot.required or kind != "least"
    }
    least = kind == "least"
    return LetterFacts(
        template=template.key,
        version=template.version,
        language=template.language,
        values=values,
        conditions=frozenset() if least else frozenset(template.conditions),
        letterhead=Letterhead(school="Bootschool De Meerpaal", lines=("Voorbeeldkade 1",)),
        window="nl_left",
        addressee=("x",) if least else (NAME, "Voorbeeldkade 12 b", "1234 AB  VOORBEELDHAVEN"),
    )


def drawn(key: str, language: str, kind: str) -> Pdf:
    """One letter as the press draws it."""
    template = load_template(key, language)
    return PaperPress().draw(paper_of(template, facts_of(template, kind), STAMP))


def structure(pdf: Pdf) -> Structure:
    """Takes a finished letter apart."""
    with pypdfium2.PdfDocument(pdf.content) as document:
        boxes = tuple(_boxes(page) for page in document)
    return Structure(boxes, _markers(pdf))


def _boxes(page: pypdfium2.PdfPage) -> tuple[Box, ...]:
    high = page.get_height()
    text = page.get_textpage()
    found = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        said = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        box = Box(left, high - top, right, high - bottom, said)
        found.append(box.in_millimetres)
    return tuple(found)


def _markers(pdf: Pdf) -> tuple[str, ...]:
    with pikepdf.open(BytesIO(pdf.content)) as document:
        intents = list(document.Root.OutputIntents.as_list())
        with document.open_metadata() as said:
            part = f"PDF/A-{said.get('pdfaid:part', '')}{said.get('pdfaid:conformance', '')}"
        language = str(document.Root.get("/Lang", ""))
    return (part, language, *(str(intent.S) for intent in intents))


def every() -> list[tuple[str, str]]:
    """Every letter in every language."""
    return [
        (key, language)
        for key in resources.letters()
        for language in resources.letter_languages(key)
    ]


def table() -> str:
    """The table as it stands in the file."""
    lines = ["# Written by tests/reports/letters/golden.py; see there.\n"]
    for key, language in every():
        lines.append(f"[{key}.{language}]")
        lines += [f'{kind} = "{structure(drawn(key, language, kind)).told}"' for kind in VALUES]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(0 if TABLE.write_text(table(), encoding="utf-8") else 1)
