"""The words of a form as the form version froze them, their slots filled in.

Tolerant by intent: a part that the wording does not have is left out of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.forms.content import PLACED, READING_ORDER

if TYPE_CHECKING:
    from app.forms.papers import ConsentForm, ConsentForms

_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A headed piece of information: running text, or points."""

    heading: str
    text: str
    items: tuple[str, ...]


class Wording:
    """The words of one form.

    Args:
        tables: the wording, as in `resources/forms/consent/<language>.toml`.
        values: what the slots stand for; an unknown slot stays as it is written.
    """

    def __init__(self, tables: Mapping[str, object], values: Mapping[str, str]) -> None:
        self._tables = tables
        self._values = values

    def text(self, *path: str) -> str:
        """The text at this place, or ""."""
        found = self._find(path)
        return self._filled(found) if isinstance(found, str) else ""

    def items(self, *path: str) -> tuple[str, ...]:
        """The texts at this place; a single text counts as one, nothing as none."""
        found = self._find(path)
        if isinstance(found, str):
            return (self._filled(found),)
        return self._all(found)

    def information(self, *, without: frozenset[str] = frozenset()) -> tuple[Part, ...]:
        """The headed pieces that tell the reader what to know, in reading order."""
        extra = [name for name in self._tables if name not in {*READING_ORDER, *PLACED}]
        found = []
        for name in (*READING_ORDER, *extra):
            part = self.part(name) if name not in without else None
            if part is not None:
                found.append(part)
        return tuple(found)

    def part(self, name: str) -> Part | None:
        """One headed piece, or None where the wording does not have it."""
        heading = self.text(name, "heading")
        part = Part(heading, self.text(name, "text"), self.items(name, "items"))
        return part if heading and (part.text or part.items) else None

    def _find(self, path: Iterable[str]) -> object:
        found: object = self._tables
        for name in path:
            if not isinstance(found, Mapping):
                return None
            found = found.get(name)
        return found

    def _all(self, found: object) -> tuple[str, ...]:
        if not isinstance(found, (list, tuple)):
            return ()
        return tuple(self._filled(item) for item in found if isinstance(item, str))

    def _filled(self, text: str) -> str:
        return _SLOT.sub(lambda slot: self._values.get(slot[1], slot[0]), text)


def wording_of(paper: ConsentForms, form: ConsentForm) -> Wording:
    """The words for one form of a paper."""
    head = paper.letterhead
    values = {
        "school": head.school,
        "controller": paper.controller or head.board or head.school,
        "controller_address": paper.controller_address or ", ".join(head.lines[:1]),
        "contact": paper.contact or ", ".join(head.lines[1:]) or head.school,
        "reply_by": paper.reply_by,
        "until": paper.until,
        "what": paper.what,
        "form_version": f"{paper.version} ({paper.version_day})",
        "pupil": form.pupil,
        "group": form.group,
        "guardian": form.guardian,
    }
    tables: Mapping[str, object] = paper.wording
    for name in form.signer.overlays:
        own = tables.get(name)
        tables = _laid_over(tables, own) if isinstance(own, Mapping) else tables
    return Wording(tables, values)


def _laid_over(tables: Mapping[str, object], own: Mapping[str, object]) -> Mapping[str, object]:
    found = dict(tables)
    for name, value in own.items():
        below = tables.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            found[name] = _laid_over(below, value)
        else:
            found[name] = value
    return found
