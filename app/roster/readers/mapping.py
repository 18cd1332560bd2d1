"""How the columns of a list are understood, as a person settled it once for that list.

Written as TOML, so that the command line takes it as a file and a source remembers it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeVar

import resources
from app.errors import Message, Refusal
from app.names import fold, tidy
from app.roster.source.cells import DateOrder
from app.roster.source.kept_out import reason_to_drop, shown
from app.roster.source.layout import Layout

MOST_GUARDIANS = 4

_Kind = TypeVar("_Kind", bound=StrEnum)

_LONGEST_TEXT = 100_000
_LONGEST_NAME = 120

PUPIL_FIELDS = (
    "number", "first_name", "prefix", "surname", "name", "birth_date", "group", "level", "site",
    "entered", "left",
)  # fmt: skip
GUARDIAN_FIELDS = (
    "relation", "first_name", "initials", "prefix", "surname", "name", "institution", "email",
    "phone", "mobile", "street", "house_number", "house_suffix", "postcode", "town", "country",
    "ship", "language", "number", "partner_prefix", "partner_surname", "name_use",
)  # fmt: skip
CHILDREN = "children"
TARGETS = (
    *(f"pupil.{name}" for name in PUPIL_FIELDS),
    *(f"guardian{n}.{name}" for n in range(1, MOST_GUARDIANS + 1) for name in GUARDIAN_FIELDS),
    CHILDREN,
)
"""Everything that a column can be: `name` is a whole name, `children` a list of them."""


class Shape(StrEnum):
    """What a row is about: a child with parents beside it, or a parent with children."""

    WIDE = "wide"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a list is understood.

    Attributes:
        name: what the source is called; keys are remembered under it.
        columns: pairs of a header and one of `TARGETS`, in the order of the list; a column that
            is not among them is not read.
        shape: what a row is about.
        order: how days with three numbers are written.
        relations: what the guardian in a place is to the child when no column says so, such as
            (1, "mother").
        whole: pupils who are not in the list are not taught at the school.
        layout: separator, encoding and sheet as chosen; what is "" is found out each time.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    shape: Shape = Shape.WIDE
    order: DateOrder = DateOrder.DAY_FIRST
    relations: tuple[tuple[int, str], ...] = ()
    whole: bool = False
    layout: Layout = field(default_factory=Layout)

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that are mapped."""
        return tuple(target for _, target in self.columns)

    def target_of(self, header: str) -> str:
        """What a column is, or ""."""
        return next((target for known, target in self.columns if known == header), "")


def problems(mapping: Mapping, headers: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """Why a list cannot be read so; with headers also what is missing from the list."""
    found = [*_twice(mapping), *_kept_out(mapping), *_too_little(mapping)]
    if headers:
        missing = [name for name, _ in mapping.columns if name not in headers]
        found += [Message("roster.column_missing", {"header": shown(name)}) for name in missing]
    return tuple(found)


def check(mapping: Mapping, headers: tuple[str, ...] = ()) -> None:
    """Let a mapping pass by which a list can be read.

    Raises:
        Refusal: the first of `problems`.
    """
    for message in problems(mapping, headers):
        raise Refusal(message.id, field="columns", **message.values)


def to_text(mapping: Mapping) -> str:
    """The mapping as TOML, which `from_text` reads back."""
    layout = mapping.layout
    lines = [
        f"name = {_quoted(mapping.name)}",
        f"shape = {_quoted(mapping.shape)}",
        f"order = {_quoted(mapping.order)}",
        f"whole = {'true' if mapping.whole else 'false'}",
        f"separator = {_quoted(layout.separator)}",
        f"encoding = {_quoted(layout.encoding)}",
        f"sheet = {_quoted(layout.sheet)}",
        "",
        "[columns]",
        *(f"{_quoted(header)} = {_quoted(target)}" for header, target in mapping.columns),
    ]
    if mapping.relations:
        lines += ["", "[relations]"]
        lines += [f"guardian{n} = {_quoted(kind)}" for n, kind in mapping.relations]
    return "\n".join(lines) + "\n"


def from_text(text: str) -> Mapping:
    """The mapping that a TOML text describes.

    Raises:
        Refusal: `roster.mapping_unreadable` with the line where TOML says so,
            `roster.mapping_value` naming the entry, or `roster.mapping_target`.
    """
    if len(text) > _LONGEST_TEXT:
        raise Refusal("roster.mapping_unreadable", field="mapping", place="")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else ""
        raise Refusal("roster.mapping_unreadable", field="mapping", place=place) from error
    return Mapping(
        name=_name(table),
        columns=_columns(table),
        shape=_one_of(Shape, table, "shape", Shape.WIDE),
        order=_one_of(DateOrder, table, "order", DateOrder.DAY_FIRST),
        relations=_relations(table),
        whole=_flag(table, "whole"),
        layout=Layout(
            _text(table, "separator"), _text(table, "encoding"), _text(table, "sheet")
        ),
    )


def _twice(mapping: Mapping) -> list[Message]:
    counts = Counter(mapping.targets)
    return [
        Message(
            "roster.target_twice",
            {
                "headers": ", ".join(
                    shown(name) for name, at in mapping.columns if at == target
                ),
                "target": target_label(target),
            },
        )
        for target, count in counts.items()
        if count > 1
    ]


def _kept_out(mapping: Mapping) -> list[Message]:
    return [
        Message("roster.column_kept_out", {"header": shown(header)})
        for header, _ in mapping.columns
        if kept_out(header)
    ]


def _too_little(mapping: Mapping) -> list[Message]:
    targets = set(mapping.targets)
    found = []
    child = targets & {"pupil.name", "pupil.first_name", "pupil.surname"}
    if mapping.shape is Shape.WIDE and not child and "pupil.number" not in targets:
        found.append(Message("roster.mapping_no_pupil"))
    named = {f"pupil.{name}" for name in ("number", "name", "first_name", "surname")}
    if mapping.shape is Shape.LONG and not targets & (named | {CHILDREN}):
        found.append(Message("roster.mapping_no_children"))
    parent = {f"guardian1.{name}" for name in ("name", "surname", "first_name", "institution")}
    if mapping.shape is Shape.LONG and not targets & parent:
        found.append(Message("roster.mapping_no_guardian"))
    return found


def target_label(target: str) -> Message:
    """What a target is called, for a person: a text id, and which guardian."""
    who, _, name = target.partition(".")
    if not name:
        return Message("roster.target_children")
    if who == "pupil":
        return Message(f"roster.target_pupil_{name}")
    return Message(f"roster.target_guardian_{name}", {"place": who[-1]})


def kept_out(header: str) -> str:
    """Why a column of this name may not be read (a text id), or "".

    It is looked at as it stands, without punctuation, in one word, and word by word.
    """
    words = [_NUMBER.sub("nummer", word) for word in fold(header).split()]
    forms = [header, "".join(words), " ".join(words), *(w for w in words if w not in _HARMLESS)]
    return next((reason for form in forms if (reason := reason_to_drop(form))), "")


_NUMBER = re.compile(r"(?<=[a-z]{3})(?:nr|num)\Z")
_HARMLESS = frozenset({"land", "foto", "photo", "race", "white", "asian"})
"""Words that are kept out as a whole header, and mean something else within a longer one."""


@cache
def _kinds() -> frozenset[str]:
    return frozenset(str(each["key"]) for each in resources.relations())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _wrong(entry: str) -> Refusal:
    return Refusal("roster.mapping_value", field="mapping", entry=shown(entry))


def _text(table: dict[str, object], entry: str) -> str:
    value = table.get(entry, "")
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise _wrong(entry)
    return value


def _name(table: dict[str, object]) -> str:
    name = tidy(_text(table, "name"))
    if not name:
        raise _wrong("name")
    return name


def _flag(table: dict[str, object], entry: str) -> bool:
    value = table.get(entry, False)
    if not isinstance(value, bool):
        raise _wrong(entry)
    return value


def _one_of(kind: type[_Kind], table: dict[str, object], entry: str, usual: _Kind) -> _Kind:
    value = _text(table, entry)
    if not value:
        return usual
    try:
        return kind(value)
    except ValueError as error:
        raise _wrong(entry) from error


def _section(table: dict[str, object], entry: str) -> dict[str, str]:
    value = table.get(entry, {})
    if not isinstance(value, dict):
        raise _wrong(entry)
    for key, each in value.items():
        if not isinstance(each, str):
            raise _wrong(key)
    return value


def _columns(table: dict[str, object]) -> tuple[tuple[str, str], ...]:
    columns = tuple(_section(table, "columns").items())
    if not columns:
        raise _wrong("columns")
    for header, target in columns:
        if target not in TARGETS:
            raise Refusal(
                "roster.mapping_target",
                field="mapping",
                header=shown(header),
                target=shown(target),
            )
    return columns


def _relations(table: dict[str, object]) -> tuple[tuple[int, str], ...]:
    found = []
    for key, kind in _section(table, "relations").items():
        place = key.removeprefix("guardian")
        if place not in {"1", "2", "3", "4"} or kind not in _kinds():
            raise _wrong(key)
        found.append((int(place), kind))
    return tuple(sorted(found))
