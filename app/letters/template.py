"""A letter's template: what must be known, and its text in one language, parsed and checked.

How a letter is written is told in `resources/letters/README.md`. Everything that is not right
is named with file and line before anybody can use the template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import resources
from app.data import DataError, Rows, Wording
from app.dossier.facts import FACTS
from app.dossier.soundness import ANYBODY
from app.protocol.values import AUDIENCES
from app.record import DOSSIERS, Compartment
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

ASKS = "asks"
"""Where a slot's value comes from when a step of the procedure asks for it."""

GIVEN = "given"
"""Where it comes from when whoever makes a letter of the office or of a dossier gives it."""

OF_CASE, OF_DOSSIER, OF_OFFICE = "known", "dossier", "office"
"""What a letter belongs to, each the list of the vocabulary that its slots come from."""

LISTS = ("articles", "list")
"""Kinds of slots that become a list."""

SPREADING = ("text", *LISTS, "table")
"""Kinds of slots that become blocks of their own."""

BETWEEN = "\t"
"""What parts the cells in a line of a slot that becomes a table."""

PURPOSES = (
    *("invitation", "minutes", "warning", "agreement", "intention", "decision"),
    *("reply", "end", "closing", "report"),
)
"""What a letter of a case or a dossier does; some must follow a hearing, others come before."""

_NEEDED = ("number", "date", "place", "signer", "signer_function")
_HOLE = re.compile(r"\{([^{}]*)\}")
_CONDITION = re.compile(r"\[if ([a-z_]+)\]\Z")


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that a letter needs.

    Attributes:
        kind: line, text, day, address, articles, list or table.
        where: text, head (above the letter) or signature.
        source: a name under `known` in the vocabulary, or `ASKS`; in a letter of a dossier or
            of the consent office a name under `dossier` or `office`, or `GIVEN`.
        quotes: the value renders somebody else's words.
    """

    key: str
    kind: str
    where: str
    required: bool
    source: str
    quotes: bool
    name: Wording


@dataclass(frozen=True, slots=True)
class Hole:
    """The place of a slot in running text."""

    slot: Slot


Run: TypeAlias = tuple[str | Hole, ...]
"""Running text with holes in it."""


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading."""

    run: Run


@dataclass(frozen=True, slots=True)
class ParagraphPart:
    """A paragraph."""

    run: Run


@dataclass(frozen=True, slots=True)
class BulletsPart:
    """A list."""

    items: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table."""

    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """A slot that becomes paragraphs or a list."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class SignaturePart:
    """Room for a signature: of the signer, or of the addressee who read or agreed.

    Attributes:
        slot: key of the slot with the name of who signs.
    """

    slot: str = "signer"


Content: TypeAlias = (
    HeadingPart | ParagraphPart | BulletsPart | TablePart | SpreadPart | SignaturePart
)


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a template; printed when its condition is true; always when that is ""."""

    content: Content
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's template in one language.

    Attributes:
        order: its place in a list of letters.
        audience: staff, guardian, other, or `ANYBODY`.
        compartments: where it can stand.
        belongs: to a case that goes along a procedure, to a dossier, or to the office.
        purpose: one of `PURPOSES`; "" for a letter of the office.
        procedures: keys of the procedures that issue it; none when it belongs to no case.
        terms: keys of the terms that it speaks of, by what they are for: views, appeal, …
        counts: of a term that does not count from the day of the letter the slot with its day.
        conditions: facts on which its blocks may depend; in a letter that belongs to no case
            slots that may be empty.
        forbidden: beginnings of words that must not stand in its free texts.
    """

    key: str
    version: int
    language: str
    order: int
    audience: str
    compartments: tuple[Compartment, ...]
    belongs: str
    purpose: str
    procedures: tuple[str, ...]
    terms: Mapping[str, str]
    counts: Mapping[str, str]
    conditions: tuple[str, ...]
    forbidden: tuple[str, ...]
    name: Wording
    subject: Wording
    explain: Wording
    slots: tuple[Slot, ...]
    parts: tuple[Part, ...]

    def slot(self, key: str) -> Slot | None:
        """The slot with this key, or None."""
        return next((slot for slot in self.slots if slot.key == key), None)


def letter_language(key: str, *wanted: str) -> str:
    """The first of the languages that a letter is written in, else Dutch."""
    written = resources.letter_languages(key)
    return next((each for each in wanted if each in written), DEFAULT_LANGUAGE)


@cache
def load_template(key: str, language: str) -> Template:
    """A letter's template in one language.

    Raises:
        KeyError: when no such letter is shipped.
        DataError: when something in it is not right, naming file and line or place.
    """
    table, text = resources.letter(key, language)
    rows = Rows(table, f"letters/{key}/letter")
    slots = tuple(_slot(row) for row in rows.rows("slots", "key"))
    conditions = rows.texts("conditions")
    compartments, belongs = belonging(rows)
    _check_slots(rows, slots, belongs)
    _check_conditions(rows, conditions, slots, belongs)
    forbidden = rows.inner("forbidden").texts(language) if rows.has("forbidden") else ()
    where = f"letters/{key}/{language}.md"
    parts = _Parser(where, slots, conditions).parts(text)
    _check_words(where, f"{text}\n{rows.words('subject').said(language)}", forbidden)
    return Template(
        key=rows.text("key"),
        version=rows.whole("version"),
        language=language,
        order=rows.whole("order"),
        audience=rows.choice("audience", (*AUDIENCES, ANYBODY)),
        compartments=compartments,
        belongs=belongs,
        purpose=rows.choice("purpose", PURPOSES, ""),
        procedures=rows.texts("procedures"),
        terms=_named_texts(rows, table, "term"),
        counts=_named_texts(rows, table, "counts"),
        conditions=conditions,
        forbidden=forbidden,
        name=rows.words("name"),
        subject=rows.words("subject"),
        explain=rows.words("explain"),
        slots=slots,
        parts=parts,
    )


def _named_texts(rows: Rows, table: resources.Table, key: str) -> dict[str, str]:
    """Texts by name, such as the terms that a letter speaks of by what they are for."""
    return {name: rows.inner(key).text(name) for name in table.get(key, ())}


def belonging(rows: Rows) -> tuple[tuple[Compartment, ...], str]:
    """Where a letter can stand, and what it belongs to.

    Raises:
        DataError: for a letter of the office that a procedure issues, or no such compartment.
    """
    places = tuple(str(compartment) for compartment in (*DOSSIERS, Compartment.CONSENT))
    place = rows.choice("compartment", (*places, OF_DOSSIER))
    compartments = DOSSIERS if place == OF_DOSSIER else (Compartment(place),)
    issued = rows.has("procedures")
    if Compartment.CONSENT in compartments:
        if issued:
            raise DataError(rows.where, "no procedure issues a letter of the office")
        return compartments, OF_OFFICE
    return compartments, OF_CASE if issued else OF_DOSSIER


def _slot(row: Rows) -> Slot:
    row.only("key", "kind", "where", "required", "from", "quotes", "name")
    return Slot(
        key=row.text("key"),
        kind=row.choice("kind", ("line", "day", "address", *SPREADING)),
        where=row.choice("where", ("text", "head", "signature")),
        required=row.flag("required"),
        source=row.text("from"),
        quotes=row.flag("quotes"),
        name=row.words("name"),
    )


def _check_slots(rows: Rows, slots: tuple[Slot, ...], belongs: str) -> None:
    words = Rows(resources.procedure_vocabulary(), "procedures/vocabulary")
    known = {row.text("key") for row in words.rows(belongs, "key")}
    known.add(ASKS if belongs == OF_CASE else GIVEN)
    keys = [slot.key for slot in slots]
    for slot in slots:
        where = f"{rows.where}, slots {slot.key}"
        if slot.source not in known:
            raise DataError(where, f"unknown source {slot.source}")
        if keys.count(slot.key) > 1:
            raise DataError(where, "stands there twice")
    for key in _NEEDED:
        if key not in keys:
            raise DataError(rows.where, f"has no slot {key}")


def _check_conditions(
    rows: Rows, conditions: tuple[str, ...], slots: tuple[Slot, ...], belongs: str
) -> None:
    facts: Container[str] = FACTS
    if belongs != OF_CASE:
        facts = {slot.key for slot in slots if not slot.required}
    for fact in conditions:
        if fact not in facts:
            raise DataError(rows.where, f"unknown condition {fact}")


def _check_words(where: str, text: str, forbidden: tuple[str, ...]) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        for word in forbidden:
            if begins_word(word, line):
                msg = f"{where} line {number}"
                raise DataError(msg, f"holds the forbidden word {word}")


def begins_word(beginning: str, text: str) -> bool:
    """Whether a word of the text begins so, in capitals or not."""
    words = r"\s+".join(re.escape(word) for word in beginning.split())
    return re.search(rf"(?<!\w){words}", text, re.IGNORECASE) is not None


class _Parser:
    """Parses the text of one letter."""

    def __init__(
        self, where: str, slots: tuple[Slot, ...], conditions: tuple[str, ...]
    ) -> None:
        self._where = where
        self._slots = {slot.key: slot for slot in slots}
        self._conditions = conditions
        self._used: set[str] = set()

    def parts(self, text: str) -> tuple[Part, ...]:
        """All blocks of the text.

        Raises:
            DataError: naming the line.
        """
        found = tuple(self._part(number, lines) for number, lines in _chunks(text))
        signatures = [part for part in found if part.content == SignaturePart()]
        if len(signatures) != 1:
            raise DataError(self._where, f"has {len(signatures)} signature blocks, not one")
        for slot in self._slots.values():
            if slot.required and slot.where == "text" and slot.key not in self._used:
                raise DataError(self._where, f"does not use the slot {slot.key}")
        return found

    def _part(self, number: int, lines: list[str]) -> Part:
        condition = ""
        if lines[0].startswith("[if"):
            found = _CONDITION.match(lines[0])
            condition = found.group(1) if found else ""
            if condition not in self._conditions:
                raise DataError(self._at(number), f"unknown condition {lines[0]}")
            number, lines = number + 1, lines[1:]
            if not lines:
                raise DataError(self._at(number - 1), "nothing stands under this condition")
        return Part(self._content(number, lines), condition)

    def _content(self, number: int, lines: list[str]) -> Content:
        if lines == ["[signature]"]:
            return SignaturePart()
        if lines == ["[signature recipient]"]:
            return SignaturePart(self._known(number, "recipient").key)
        if lines[0].startswith("# "):
            if len(lines) > 1:
                raise DataError(self._at(number), "a heading is one line")
            return HeadingPart(self._run(number, lines[0].removeprefix("# ").strip()))
        if all(line.startswith("- ") for line in lines):
            items = (line.removeprefix("- ").strip() for line in lines)
            return BulletsPart(tuple(self._run(number + n, i) for n, i in enumerate(items)))
        if all(line.startswith("|") and line.endswith("|") for line in lines):
            return self._table(number, lines)
        return self._paragraph(number, lines)

    def _table(self, number: int, lines: list[str]) -> TablePart:
        rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
        if len({len(row) for row in rows}) > 1 or len(rows[0]) < _COLUMNS:
            raise DataError(
                self._at(number), "the rows of a table have as many columns, two at least"
            )
        return TablePart(
            tuple(
                tuple(self._run(number + n, cell) for cell in row) for n, row in enumerate(rows)
            )
        )

    def _paragraph(self, number: int, lines: list[str]) -> ParagraphPart | SpreadPart:
        for n, line in enumerate(lines):
            if line.startswith(("#", "- ", "|", "[")):
                raise DataError(self._at(number + n), "is neither this block nor another")
        alone = _HOLE.fullmatch(" ".join(lines))
        if alone:
            slot = self._known(number, alone.group(1))
            if slot.kind in SPREADING:
                return SpreadPart(slot)
        runs = [self._run(number + n, line) for n, line in enumerate(lines)]
        joined: list[str | Hole] = []
        for run in runs:
            joined += [" ", *run] if joined else run
        return ParagraphPart(_merged(joined))

    def _run(self, number: int, text: str) -> Run:
        found: list[str | Hole] = []
        end = 0
        for hole in _HOLE.finditer(text):
            slot = self._known(number, hole.group(1))
            if slot.kind in (*SPREADING, "address"):
                raise DataError(self._at(number), f"the slot {slot.key} does not fit in a line")
            found += [text[end : hole.start()], Hole(slot)]
            end = hole.end()
        found.append(text[end:])
        if any(isinstance(piece, str) and set(piece) & set("{}") for piece in found):
            raise DataError(self._at(number), "a brace stands alone")
        return _merged(found)

    def _known(self, number: int, key: str) -> Slot:
        slot = self._slots.get(key)
        if slot is None:
            raise DataError(self._at(number), f"unknown slot {{{key}}}")
        self._used.add(key)
        return slot

    def _at(self, number: int) -> str:
        return f"{self._where} line {number}"


_COLUMNS = 2


def _chunks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The blocks of a text, each with the number of its first line."""
    chunk: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            chunk.append(line.strip())
        elif chunk:
            yield number - len(chunk), chunk
            chunk = []


def _merged(pieces: list[str | Hole]) -> Run:
    found: list[str | Hole] = []
    for piece in pieces:
        if piece == "":
            continue
        last = found[-1] if found else None
        if isinstance(piece, str) and isinstance(last, str):
            found[-1] = last + piece
        else:
            found.append(piece)
    return tuple(found)
