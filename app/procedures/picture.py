"""A picture of a procedure, drawn from its file: states beside each other, steps below them.

Each state is a column. Each step is a row: what it is called at the left, and an arrow from
every state in which it can be taken to the state that follows. What is drawn is what the
program does, for nothing else is read. Pure: gives the text of an SVG.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

import resources
from app.errors import Message
from app.export import save_to
from app.procedures.procedure import load_procedure
from app.procedures.terms import load_terms
from app.text import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.procedures.procedure import Procedure, ProcedureStep, State

_LABEL, _COLUMN, _OTHER, _MARGIN = 372, 100, 236, 14
_TEXT, _SMALL, _LINE = 13, 11, 16
_LABEL_CHARACTERS, _COLUMN_CHARACTERS, _OTHER_CHARACTERS = 46, 13, 32
_SVG = "http://www.w3.org/2000/svg"
_FONT = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a picture, as SVG writes them."""

    paper: str = "#ffffff"
    ink: str = "#1b2733"
    muted: str = "#5b6b7a"
    line: str = "#c9d3dc"
    state: str = "#eef3f7"
    arrow: str = "#0b6e8a"


@dataclass(slots=True)
class _Sheet:
    """What is drawn so far, and how far down that reaches."""

    colours: Colours
    words: Words
    columns: dict[str, int]
    width: int
    below: int = 0
    parts: list[str] = field(default_factory=list)

    def middle(self, state: str) -> int:
        """Where the line of a state goes down."""
        return _LABEL + self.columns[state] * _COLUMN + _COLUMN // 2

    def text(self, x: int, y: int, said: str, **how: object) -> None:
        """One line of words."""
        given = {"font_size": _TEXT, "fill": self.colours.ink, **how}
        named = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in given.items())
        self.parts.append(f'<text x="{x}" y="{y}" {named}>{escape(said)}</text>')


def picture(procedure: Procedure, language: str, colours: Colours | None = None) -> str:
    """The picture of a procedure in a language, as SVG."""
    states = _in_order(procedure)
    opens = any(step.opens for step in procedure.steps)
    width = _LABEL + len(states) * _COLUMN + (_OTHER if opens else 0) + _MARGIN
    columns = {state.key: place for place, state in enumerate(states)}
    sheet = _Sheet(colours or Colours(), Words(language), columns, width)
    _head(sheet, procedure, states)
    top = sheet.below
    rows: list[str] = sheet.parts
    sheet.parts = []
    for step in _steps(procedure, columns):
        _row(sheet, step)
    lifelines = [_lifeline(sheet, state, top) for state in states]
    sheet.parts = [*rows, *lifelines, *sheet.parts]
    return _whole(sheet, procedure)


def _in_order(procedure: Procedure) -> list[State]:
    """The states as they are reached from the start; final ones last."""
    order = [procedure.start]
    for key in order:
        for step in procedure.steps:
            if key in step.sources and step.to and step.to not in order:
                order.append(step.to)
    found = [state for key in order for state in procedure.states if state.key == key]
    return sorted(found, key=lambda state: state.final)


def _steps(procedure: Procedure, columns: dict[str, int]) -> list[ProcedureStep]:
    """The steps from the start on; those that lead elsewhere after those that go on here."""
    return sorted(
        procedure.steps,
        key=lambda step: (
            step.reopens,
            min(columns[key] for key in step.sources),
            bool(step.opens),
        ),
    )


def _head(sheet: _Sheet, procedure: Procedure, states: list[State]) -> None:
    said = procedure.name.said(sheet.words.language)
    sheet.text(_MARGIN, 30, said, font_size=17, font_weight=600)
    version = sheet.words(
        "procedures.picture_version", version=procedure.version, day=procedure.in_force
    )
    sheet.text(_MARGIN, 50, version, font_size=_SMALL, fill=sheet.colours.muted)
    lines = {
        state.key: _wrapped(state.name.said(sheet.words.language), _COLUMN_CHARACTERS)
        for state in states
    }
    height = max(len(each) for each in lines.values()) * 14 + 14
    for state in states:
        _box(sheet, state, lines[state.key], height)
    sheet.below = 64 + height


def _box(sheet: _Sheet, state: State, lines: list[str], height: int) -> None:
    colours, middle = sheet.colours, sheet.middle(state.key)
    left, wide = middle - _COLUMN // 2 + 4, _COLUMN - 8
    edge = 2 if state.final else 1
    sheet.parts.append(
        f'<rect x="{left}" y="62" width="{wide}" height="{height}" rx="6" '
        f'fill="{colours.state}" stroke="{colours.muted}" stroke-width="{edge}"/>'
    )
    if state.final:
        sheet.parts.append(
            f'<rect x="{left + 3}" y="65" width="{wide - 6}" height="{height - 6}" rx="4" '
            f'fill="none" stroke="{colours.muted}" stroke-width="1"/>'
        )
    first = 62 + (height - len(lines) * 14) // 2 + 11
    for place, line in enumerate(lines):
        sheet.text(middle, first + place * 14, line, font_size=12, text_anchor="middle")


def _lifeline(sheet: _Sheet, state: State, top: int) -> str:
    middle = sheet.middle(state.key)
    return (
        f'<line x1="{middle}" y1="{top}" x2="{middle}" y2="{sheet.below}" '
        f'stroke="{sheet.colours.line}" stroke-width="1" stroke-dasharray="3 4"/>'
    )


def _row(sheet: _Sheet, step: ProcedureStep) -> None:
    language = sheet.words.language
    name = _wrapped(step.name.said(language), _LABEL_CHARACTERS)
    notes = [
        line
        for note in _notes(sheet.words, step)
        for line in _wrapped(note, _LABEL_CHARACTERS + 8)
    ]
    others = _others(step, language)
    high = max(len(name) * _LINE + len(notes) * 14, len(others) * 14, _LINE) + 12
    top = sheet.below
    sheet.parts.append(
        f'<line x1="{_MARGIN}" y1="{top}" x2="{sheet.width - _MARGIN}" y2="{top}" '
        f'stroke="{sheet.colours.line}" stroke-width="0.6"/>'
    )
    for place, line in enumerate(name):
        sheet.text(_MARGIN, top + 17 + place * _LINE, line)
    below = top + 17 + len(name) * _LINE - 2
    for place, line in enumerate(notes):
        how = {"font_size": _SMALL, "fill": sheet.colours.muted}
        sheet.text(_MARGIN, below + place * 14, line, **how)
    _arrows(sheet, step, top + 13)
    left = _LABEL + len(sheet.columns) * _COLUMN + 18
    for place, line in enumerate(others):
        sheet.text(left, top + 17 + place * 14, line, font_size=12)
    sheet.below = top + high


def _arrows(sheet: _Sheet, step: ProcedureStep, y: int) -> None:
    colours = sheet.colours
    begins = sorted(sheet.middle(key) for key in step.sources)
    other = _LABEL + len(sheet.columns) * _COLUMN + 12
    drawn = f'stroke="{colours.arrow}" stroke-width="1.6"'
    dash = ' stroke-dasharray="5 3"' if step.reopens else ""
    end = other if step.opens else sheet.middle(step.leads(step.sources[0]))
    ends = [begins[0], begins[-1]] if begins[0] < end < begins[-1] else begins[:1]
    if begins[0] >= end:
        ends = begins[-1:]
    for far in () if step.stays else ends:
        if far != end:
            near = end - 7 if far < end else end + 7
            sheet.parts.append(
                f'<line x1="{far}" y1="{y}" x2="{near}" y2="{y}" {drawn}{dash}/>'
            )
            sheet.parts.append(_head_of_arrow(end, y, 1 if far < end else -1, colours.arrow))
    for back in begins if step.stays else {end}.intersection(begins):
        sheet.parts.append(
            f'<path d="M {back} {y} h 26 a 5 5 0 0 1 0 10 h -16" fill="none" {drawn}/>'
        )
        sheet.parts.append(_head_of_arrow(back + 1, y + 10, -1, colours.arrow))
    for begin in begins:
        sheet.parts.append(f'<circle cx="{begin}" cy="{y}" r="4" fill="{colours.arrow}"/>')


def _head_of_arrow(x: int, y: int, way: int, colour: str) -> str:
    back = x - 9 * way
    return f'<path d="M {x} {y} L {back} {y - 5} L {back} {y + 5} Z" fill="{colour}"/>'


def _others(step: ProcedureStep, language: str) -> list[str]:
    """The procedures that a step opens, each beginning a line."""
    return [
        line
        for key in step.opens
        for line in _wrapped(f"→ {_name_of(key, language)}", _OTHER_CHARACTERS)
    ]


def _name_of(key: str, language: str) -> str:
    return load_procedure(key).name.said(language)


def _notes(words: Words, step: ProcedureStep) -> Iterator[str]:
    """What else happens with a step, and what it waits for."""
    if step.letter:
        name = resources.letter(step.letter, "nl")[0]["name"][words.language]
        yield words("procedures.picture_letter", name=name)
    if step.after:
        yield words("procedures.picture_after", term=_term(step.after))
    if step.unless:
        facts = "; ".join(_fact(key, words.language) for key in step.unless)
        yield words("procedures.picture_unless", facts=facts)
    if step.term:
        yield words("procedures.picture_term", term=_term(step.term))
    if step.second:
        needed = step.second == "needed"
        yield words(
            "procedures.picture_second_needed" if needed else "procedures.picture_second"
        )
    if step.reopens:
        yield words("procedures.picture_reopens")


def _term(key: str) -> Message:
    """A term by its newest value: "zienswijze van de medewerker (3 weken)"."""
    held = [term for term in load_terms() if term.key == key]
    term = max(held, key=lambda term: term.valid_from)
    values = {"name": {"nl": term.name.nl, "en": term.name.en}, "count": term.amount}
    unit = term.unit if term.amount else "that_day"
    return Message(f"procedures.picture_{unit}", values)


def _fact(key: str, language: str) -> str:
    rows = resources.procedure_vocabulary()["facts"]
    name: str = next(row["name"][language] for row in rows if row["key"] == key)
    return name


def _wrapped(said: str, most: int) -> list[str]:
    return textwrap.wrap(said, most, break_long_words=True) or [""]


def _whole(sheet: _Sheet, procedure: Procedure) -> str:
    high = sheet.below + _MARGIN
    title = escape(procedure.name.said(sheet.words.language))
    paper = f'<rect width="{sheet.width}" height="{high}" fill="{sheet.colours.paper}"/>'
    size = f'width="{sheet.width}" height="{high}"'
    opening = f'<svg xmlns="{_SVG}" viewBox="0 0 {sheet.width} {high}" {size}'
    font = f'font-family="{_FONT}">'
    parts = (f"{opening} {font}", f"<title>{title}</title>", paper, *sheet.parts, "</svg>\n")
    return "\n".join(parts)


def write_pictures(folder: Path) -> tuple[Path, ...]:
    """Draw every procedure in every language into a folder; returns the files, by name.

    Raises:
        Trouble: `export.…` when a file cannot be written.
    """
    found = []
    for key in resources.procedures():
        for language in LANGUAGES:
            file = folder / f"{key}.{language}.svg"
            save_to(file, picture(load_procedure(key), language).encode())
            found.append(file)
    return tuple(found)
