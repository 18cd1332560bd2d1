"""A letter's template: what must be known, and its text in one language, parsed and checked.

How a letter is written is told in `resources/letters/README.md`. Everything that is not right
is named with file and line before anybody can use the template.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import resources
from app.data import DataError, Rows, Wording
from app.dossier.facts import FACTS
from app.letters.parsing import Flaw, Parsed, parse, parse_subject, split_subject
from app.letters.parts import ASKS, GIVEN, OF_CASE, OF_DOSSIER, OF_OFFICE, SPREADING, Slot
from app.procedures.soundness import ANYBODY
from app.protocol.values import AUDIENCES
from app.record import DOSSIERS, Compartment
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from app.letters.parts import Part, Run

PURPOSES = (
    *("invitation", "minutes", "warning", "agreement", "intention", "decision"),
    *("reply", "end", "closing", "report"),
)
"""What a letter of a case or a dossier does; some must follow a hearing, others come before."""

_NEEDED = ("number", "date", "place", "signer", "signer_function")


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
        says: beginnings of words that its subject must hold.
        digest: SHA-256 of its text.
        own: number of the school's own version that this text is, 0 for the one that comes
            with the program; own_state: `OLDER`, `UNFIT` or "" (see `app.letters.own`).
        own_subject: the school's own subject, or () for `subject`.
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
    says: tuple[str, ...]
    name: Wording
    subject: Wording
    explain: Wording
    slots: tuple[Slot, ...]
    parts: tuple[Part, ...]
    digest: str
    own: int = 0
    own_state: str = ""
    own_subject: Run = ()

    def slot(self, key: str) -> Slot | None:
        """The slot with this key, or None."""
        return next((slot for slot in self.slots if slot.key == key), None)


def letter_language(key: str, *wanted: str) -> str:
    """The first of the languages that a letter is written in, else Dutch."""
    written = resources.letter_languages(key)
    return next((each for each in wanted if each in written), DEFAULT_LANGUAGE)


@cache
def load_template(key: str, language: str) -> Template:
    """A letter's template in one language, as it comes with the program.

    Raises:
        KeyError: when no such letter is shipped.
        DataError: when something in it is not right, naming file and line or place.
    """
    table, text = resources.letter(key, language)
    template, parsed = _read(table, key, language, text)
    for flaw in parsed.flaws:
        where = f"letters/{key}/{language}.md"
        raise DataError(f"{where} line {flaw.line}" if flaw.line else where, flaw.said)
    for flaw in subject_of(template, template.subject.said(language))[1]:
        where = f"letters/{key}/letter"
        raise DataError(where, flaw.said)
    return template


def with_text(shipped: Template, text: str) -> tuple[Template, tuple[Flaw, ...]]:
    """A template with another text, and everything that is not right with that text.

    The lines of the flaws are counted below the subject.
    """
    subject, body = split_subject(text)
    run, flaws = ((), ()) if subject is None else subject_of(shipped, subject)
    parsed = parse(body, shipped.slots, shipped.conditions, shipped.forbidden)
    other = replace(shipped, parts=parsed.parts, digest=digest_of(text), own_subject=run)
    return other, (*flaws, *parsed.flaws)


def subject_of(template: Template, text: str) -> tuple[Run, tuple[Flaw, ...]]:
    """A subject for a letter, and everything that is not right with it."""
    return parse_subject(text, template.slots, template.forbidden, template.says)


def digest_of(text: str) -> str:
    """SHA-256 of a letter's text, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _read(
    table: resources.Table, key: str, language: str, text: str
) -> tuple[Template, Parsed]:
    rows = Rows(table, f"letters/{key}/letter")
    slots = tuple(_slot(row) for row in rows.rows("slots", "key"))
    conditions = rows.texts("conditions")
    compartments, belongs = belonging(rows)
    _check_slots(rows, slots, belongs)
    _check_conditions(rows, conditions, slots, belongs)
    forbidden = _words(rows, "forbidden", language)
    parsed = parse(text, slots, conditions, forbidden)
    template = Template(
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
        says=_words(rows, "says", language),
        name=rows.words("name"),
        subject=rows.words("subject"),
        explain=rows.words("explain"),
        slots=slots,
        parts=parsed.parts,
        digest=digest_of(text),
    )
    return template, parsed


def _words(rows: Rows, key: str, language: str) -> tuple[str, ...]:
    """The beginnings of words that a letter lists for a language."""
    return rows.inner(key).texts(language) if rows.has(key) else ()


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
