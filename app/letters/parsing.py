"""Parses the text of a letter into blocks, and says all that is not right with it, by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.letters.parts import (
    SPREADING,
    BulletsPart,
    HeadingPart,
    Hole,
    ParagraphPart,
    Part,
    SignaturePart,
    SpreadPart,
    TablePart,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.letters.parts import Content, Run, Slot

_HOLE = re.compile(r"\{([^{}]*)\}")
_CONDITION = re.compile(r"\[if ([a-z_]+)\]\Z")
_COLUMNS = 2
_SUBJECT = "[subject]"
_LONGEST_SUBJECT = 120
_IN_SUBJECT = ("line", "day")
_SAID = {
    "empty": "is empty",
    "unknown_slot": "unknown slot {{{slot}}}",
    "brace": "a brace stands alone",
    "not_in_line": "the slot {slot} does not fit in a line",
    "unknown_condition": "unknown condition {condition}",
    "nothing_under": "nothing stands under this condition",
    "heading": "a heading is one line",
    "mixed": "is neither this block nor another",
    "table": "the rows of a table have as many columns, two at least",
    "forbidden": "holds the forbidden word {word}",
    "signatures": "has {number} signature blocks, not one",
    "not_used": "does not use the slot {slot}",
    "subject_empty": "the subject is empty",
    "subject_long": "the subject has more than {most} characters",
    "subject_slot": "the slot {slot} does not fit in the subject",
    "subject_brace": "a brace stands alone in the subject",
    "subject_forbidden": "the subject holds the forbidden word {word}",
    "subject_says": "the subject does not say {word}",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not right with a text.

    Attributes:
        kind: what, a key that screens have a sentence for (`letters.flaw_…`).
        line: number of the line, or 0 when it concerns the whole text.
        values: what the sentence names.
    """

    kind: str
    line: int = 0
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The same for whoever writes texts that come with the program."""
        return _SAID[self.kind].format(**self.values)


class _FlawedError(Exception):
    def __init__(self, kind: str, line: int, **values: object) -> None:
        super().__init__(kind)
        self.flaw = Flaw(kind, line, values)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as blocks; what is not right is left out of them and stands in `flaws`."""

    parts: tuple[Part, ...]
    flaws: tuple[Flaw, ...]


def parse(
    text: str,
    slots: tuple[Slot, ...],
    conditions: tuple[str, ...],
    forbidden: tuple[str, ...] = (),
) -> Parsed:
    """The blocks of a text, and everything that is not right with it, in the order of lines."""
    if not text.strip():
        return Parsed((), (Flaw("empty"),))
    parser = _Parser(slots, conditions)
    parts = parser.parts(text)
    flaws = (*parser.flaws, *_forbidden(text, forbidden))
    return Parsed(parts, tuple(sorted(flaws, key=lambda flaw: flaw.line or len(text))))


def split_subject(text: str) -> tuple[str | None, str]:
    """A school's own text as its subject, None where it has none of its own, and the rest."""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith(_SUBJECT):
        return None, text
    return first.removeprefix(_SUBJECT).strip(), rest.lstrip("\n")


def join_subject(subject: str, text: str) -> str:
    """A text with a subject of its own."""
    return f"{_SUBJECT} {subject}\n\n{text}"


def parse_subject(
    text: str, slots: tuple[Slot, ...], forbidden: tuple[str, ...], says: tuple[str, ...]
) -> tuple[Run, tuple[Flaw, ...]]:
    """A subject of one line, and everything that is not right with it.

    Only what is always known can stand in it, and it has to say what the letter is (`says`, the
    beginnings of words): the subject decides with the wording how a letter is read.
    """
    if not text:
        return (), (Flaw("subject_empty"),)
    found = [Flaw("subject_long", values={"most": _LONGEST_SUBJECT})]
    flaws = found if len(text) > _LONGEST_SUBJECT else []
    fitting = tuple(slot for slot in slots if slot.required and slot.kind in _IN_SUBJECT)
    run: Run = ()
    try:
        run = _Parser(fitting, ()).run(text)
    except _FlawedError as error:
        kind = "subject_brace" if error.flaw.kind == "brace" else "subject_slot"
        flaws.append(Flaw(kind, values=error.flaw.values))
    words = _HOLE.sub(" ", text)
    flaws += [
        Flaw("subject_forbidden", values={"word": word})
        for word in forbidden
        if begins_word(word, words)
    ]
    flaws += [
        Flaw("subject_says", values={"word": word})
        for word in says
        if not begins_word(word, words)
    ]
    return run, tuple(flaws)


def _forbidden(text: str, forbidden: tuple[str, ...]) -> Iterator[Flaw]:
    for number, line in enumerate(text.splitlines(), 1):
        for word in forbidden:
            if begins_word(word, line):
                yield Flaw("forbidden", number, {"word": word})


def begins_word(beginning: str, text: str) -> bool:
    """Whether a word of the text begins so, in capitals or not."""
    words = r"\s+".join(re.escape(word) for word in beginning.split())
    return re.search(rf"(?<!\w){words}", text, re.IGNORECASE) is not None


class _Parser:
    """Parses the text of one letter."""

    def __init__(self, slots: tuple[Slot, ...], conditions: tuple[str, ...]) -> None:
        self._slots = {slot.key: slot for slot in slots}
        self._conditions = conditions
        self._used: set[str] = set()
        self.flaws: list[Flaw] = []

    def parts(self, text: str) -> tuple[Part, ...]:
        """All blocks of the text that are right; the other ones stand in `flaws`."""
        found: list[Part] = []
        for number, lines in _chunks(text):
            try:
                found.append(self._part(number, lines))
            except _FlawedError as error:
                self.flaws.append(error.flaw)
        # One that stands under a condition would be missing when that is not true.
        signatures = [part for part in found if part == Part(SignaturePart())]
        if len(signatures) != 1:
            self.flaws.append(Flaw("signatures", values={"number": len(signatures)}))
        self.flaws += [
            Flaw("not_used", values={"slot": slot.key})
            for slot in self._slots.values()
            if slot.required and slot.where == "text" and slot.key not in self._used
        ]
        return tuple(found)

    def run(self, text: str) -> Run:
        """One line of running text."""
        return self._run(1, text)

    def _part(self, number: int, lines: list[str]) -> Part:
        condition = ""
        if lines[0].startswith("[if"):
            found = _CONDITION.match(lines[0])
            condition = found.group(1) if found else ""
            if condition not in self._conditions:
                raise _FlawedError("unknown_condition", number, condition=lines[0])
            number, lines = number + 1, lines[1:]
            if not lines:
                raise _FlawedError("nothing_under", number - 1)
        return Part(self._content(number, lines), condition)

    def _content(self, number: int, lines: list[str]) -> Content:
        if lines == ["[signature]"]:
            return SignaturePart()
        if lines == ["[signature recipient]"]:
            return SignaturePart(self._known(number, "recipient").key)
        if lines[0].startswith("# "):
            if len(lines) > 1:
                raise _FlawedError("heading", number)
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
            raise _FlawedError("table", number)
        return TablePart(
            tuple(
                tuple(self._run(number + n, cell) for cell in row) for n, row in enumerate(rows)
            )
        )

    def _paragraph(self, number: int, lines: list[str]) -> ParagraphPart | SpreadPart:
        for n, line in enumerate(lines):
            if line.startswith(("#", "- ", "|", "[")):
                raise _FlawedError("mixed", number + n)
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
                raise _FlawedError("not_in_line", number, slot=slot.key)
            found += [text[end : hole.start()], Hole(slot)]
            end = hole.end()
        found.append(text[end:])
        if any(isinstance(piece, str) and set(piece) & set("{}") for piece in found):
            raise _FlawedError("brace", number)
        return _merged(found)

    def _known(self, number: int, key: str) -> Slot:
        slot = self._slots.get(key)
        if slot is None:
            raise _FlawedError("unknown_slot", number, slot=key)
        self._used.add(key)
        return slot


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
