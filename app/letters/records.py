"""Letters of the consent office, own texts of letters, and mandates, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLetter(Record):
    """A letter of the consent office that left, frozen.

    Attributes:
        number: number within the year, such as "T2026-0031".
        template, template_version: what it was made from.
        recipient_id: the guardian, pupil or member of staff it is for; "" for anybody else.
        subject_id: what it is about: a pupil, a publication; or "".
        facts: the values it was filled with and the number of its pages, as JSON.
        blob: id of the PDF; digest: its SHA-256.
        head: stamp of the journal head in its footer.
        round_id: the round of asking in which it reminds, or "".
    """

    number: str
    template: str
    template_version: int
    language: str
    recipient_id: str = ""
    subject_id: str = ""
    facts: str
    addressee: str
    issued_on: date
    signer: str
    blob: str
    digest: str
    head: str
    recorded_at: datetime
    round_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText(Record):
    """One state of the school's own text of a letter; the newest of a kind counts.

    Attributes:
        key, language: which letter, in which language.
        state: "draft", "in_force", or "shipped" when the school goes back to the text that
            comes with the program.
        number: number of the version; a draft has the one that it would get.
        text: the text; digest: its SHA-256.
        base_version, base_digest: of the text of the program that it was written beside.
        change: what it changes, in the writer's words.
    """

    key: str
    language: str
    state: str
    number: int
    text: str
    digest: str
    base_version: int
    base_digest: str
    change: str = ""
    author: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Record):
    """A fact: who may sign a measure for the board; the newest of a measure counts.

    Attributes:
        measure: a key of `law/mandates.toml`.
        roles: keys of the roles that may sign; () when the board keeps it to itself.
        basis: the board's paper in which it stands.
        start, end: the days on which it holds, both inclusive; None for open.
    """

    measure: str
    roles: tuple[str, ...] = ()
    basis: str
    start: date
    end: date | None = None
    recorded_by: str
    recorded_at: datetime
