"""What the page of office letters asks for, to be done on the storage thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import resources
from app.export import save_to
from app.jobs import Progress
from app.letters.facts import Value
from app.letters.listing import OfficeRow, office_rows
from app.letters.office import (
    PreparedLetters,
    prepare_office_letters,
    register_office_letters,
    reprint_office_letter,
)
from app.letters.parts import GIVEN, LISTS, Slot
from app.letters.records import OfficeLetter
from app.letters.requests import OfficeRequest
from app.letters.template import load_template
from app.ports import Press, Session
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE
from ui.kit.form import Choice, Day, Field, Line, Notes
from ui.kit.form import Value as Filled
from ui.words import t, words

LANGUAGE = "language"
OWN = "own"
"""The recipient's own language."""

_LANGUAGES = {
    "nl": "letters.dutch",
    "en": "letters.english",
    "de": "letters.german",
    "fr": "letters.french",
    "pl": "letters.polish",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter as it left: the very bytes."""

    letter: OfficeLetter
    row: OfficeRow
    content: bytes


def draw(
    press: Press, requests: tuple[OfficeRequest, ...]
) -> Callable[[Session, Progress], PreparedLetters]:
    """Draw letters."""

    def work(session: Session, progress: Progress) -> PreparedLetters:
        return prepare_office_letters(session, press, requests, progress)

    return work


def look_up(session: Session, letter_id: str) -> Kept:
    """Read a letter that left again."""
    content = reprint_office_letter(session, letter_id).content
    with session.look(Compartment.CONSENT) as reader:
        letter = reader.get(OfficeLetter, letter_id)
        (row,) = office_rows(reader, (letter,))
    return Kept(letter, row, content)


def save(session: Session, prepared: PreparedLetters, path: Path) -> None:
    """Register letters as saved, and write them where the person chose."""
    register_office_letters(session, prepared, saved=True)
    save_to(path, prepared.pdf.content)


def slots_to_fill(requests: tuple[OfficeRequest, ...]) -> tuple[Slot, ...]:
    """What can be filled in for all letters at once: what differs between them cannot."""
    template = load_template(requests[0].template, DEFAULT_LANGUAGE)
    return tuple(
        slot
        for slot in template.slots
        if slot.source == GIVEN
        and slot.kind != "table"
        and len({request.values.get(slot.key, "") for request in requests}) == 1
    )


def fields_for(requests: tuple[OfficeRequest, ...]) -> tuple[Field, ...]:
    """The fields of a form for what can be filled in, and for the language.

    The language is not offered where whoever asks has chosen it, for the values are in it.
    """
    slots = tuple(_field(slot) for slot in slots_to_fill(requests))
    if any(request.language for request in requests):
        return slots
    written = resources.letter_languages(requests[0].template)
    offered = tuple((key, t(text)) for key, text in _LANGUAGES.items() if key in written)
    own = ((OWN, t("letters.own_language")),)
    language = Choice(
        key=LANGUAGE, label="letters.language", required=True, options=own + offered
    )
    return (*slots, language)


def shown_values(requests: tuple[OfficeRequest, ...]) -> dict[str, Filled]:
    """What stands in the form at first."""
    first = requests[0]
    values: dict[str, Filled] = {LANGUAGE: first.language or OWN}
    for slot in slots_to_fill(requests):
        value = first.values.get(slot.key)
        values[slot.key] = "\n".join(value) if isinstance(value, tuple) else value
    return values


def with_values(
    requests: tuple[OfficeRequest, ...], filled: Mapping[str, Filled]
) -> tuple[OfficeRequest, ...]:
    """The letters with what was filled in for all of them."""
    slots = slots_to_fill(requests)
    given = {slot.key: _given(slot, filled.get(slot.key)) for slot in slots}
    chosen = str(filled.get(LANGUAGE, ""))
    return tuple(
        replace(
            request,
            language=request.language if chosen in ("", OWN) else chosen,
            values={
                key: value
                for key, value in {**request.values, **given}.items()
                if value is not None
            },
        )
        for request in requests
    )


def _field(slot: Slot) -> Field:
    name = slot.name.said(words().language)
    label = name[:1].upper() + name[1:]
    key, needed = slot.key, slot.required
    if slot.kind == "day":
        return Day(key=key, label="", said=label, required=needed)
    if slot.kind == "line":
        return Line(key=key, label="", said=label, required=needed)
    hint = "letters.one_a_line" if slot.kind in LISTS else ""
    return Notes(key=key, label="", said=label, required=needed, help=hint, lines=3)


def _given(slot: Slot, value: Filled) -> Value | None:
    if isinstance(value, date):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if slot.kind in LISTS:
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        return lines or None
    return text or None
