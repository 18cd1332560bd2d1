"""Refuses what the fonts cannot set, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from app.errors import Refusal
from reports.fonts import covered
from reports.setting import clean

_BLANKS = frozenset(" \t\r\n\f\v")


def check(paper: object) -> None:
    """Look at every text of a paper.

    Raises:
        Refusal: `paper.glyph`, naming the character, the word that holds it and the field.
    """
    known = covered() | _BLANKS
    for field, text in _texts(paper, ""):
        missing = set(text) - known and set(clean(text)) - known
        if missing:
            raise _refusal(text, min(missing), field)


def _refusal(text: str, character: str, field: str) -> Refusal:
    word = next(word for word in clean(text).split(" ") if character in word)
    code = f"U+{ord(character):04X}"
    shown = character if character.isprintable() else code
    return Refusal("paper.glyph", field=field, character=shown, word=word, code=code)


def _texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, str(name))
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _texts(inner, field)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name), part.name)
