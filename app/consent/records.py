"""Consent as it is stored: facts that are added, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.record import Record

if TYPE_CHECKING:
    from datetime import date, datetime


class Medium(StrEnum):
    """Kind of recording."""

    PHOTO = "photo"
    FILM = "film"
    AUDIO = "audio"


class Answer(StrEnum):
    """What one person decided."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Record):
    """Where recordings are used, as the school has set it.

    Attributes:
        key: short name that decisions refer to; never changes.
        audience: internal, closed, print, public, social or press.
        media: the kinds of recording that are asked for.
        ground_nl, ground_en: why no consent is needed, or "" when it is.
        lenient: one yes without a known objection suffices; never for public and social
            channels.
        scope: raised when the use is widened; a yes covers only the scope it was given to.
    """

    key: str
    name_nl: str
    name_en: str
    short_nl: str = ""
    short_en: str = ""
    explanation_nl: str = ""
    explanation_en: str = ""
    audience: str
    media: tuple[str, ...]
    ground_nl: str = ""
    ground_en: str = ""
    lenient: bool = False
    active: bool = True
    outside_eea: bool = False
    position: int = 0
    scope: int = 1

    def name(self, language: str) -> str:
        """Name of the channel in a language."""
        return self.name_en if language == "en" else self.name_nl

    def ground(self, language: str) -> str:
        """Why no consent is needed, or "" when it is."""
        return self.ground_en if language == "en" else self.ground_nl

    @property
    def needs_consent(self) -> bool:
        """Whether somebody has to say yes."""
        return not self.ground_nl

    def short(self, language: str) -> str:
        """Name for narrow columns."""
        found = self.short_en if language == "en" else self.short_nl
        return found or self.name(language)

    def explanation(self, language: str) -> str:
        """One line that tells a parent what the channel is."""
        return self.explanation_en if language == "en" else self.explanation_nl


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion(Record):
    """The exact wording and uses put to a parent, frozen.

    Attributes:
        number: 1, 2, …
        uses: the uses asked, as "medium:channel:scope".
        wording: the full text shown, per language, as JSON.
        digest: SHA-256 of uses and wording, hexadecimal.
    """

    number: int
    frozen_on: date
    uses: tuple[str, ...]
    wording: str
    digest: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """One person's answer about one use for one subject.

    Attributes:
        subject_id: pupil or member of staff whom the recording shows.
        decider_id: guardian, pupil of 16 or older, or the member of staff.
        conditions: keys of `resources/conditions.toml` attached to a yes.
        signed_on: the day from which it counts.
        received_on: the day the school received it.
        how: paper, conversation, phone, email or letter.
        proof: id of the attached scan, or "".
        note: where the paper lies, or who took the call.
        form_version_id: the wording that was put, or "".
        scope: scope of the channel that the wording covered.
        valid_until: last day it holds, or None for open.
        recorded_at: when the register learned it.
        replaces: id of the decision that this one corrects, or "".
    """

    subject_id: str
    decider_id: str
    medium: Medium
    channel: str
    answer: Answer
    conditions: tuple[str, ...] = ()
    signed_on: date
    received_on: date
    how: str
    proof: str = ""
    note: str = ""
    form_version_id: str = ""
    scope: int = 1
    valid_until: date | None = None
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction(Record):
    """A fact: a decision was entered by mistake and never was."""

    decision_id: str
    subject_id: str
    reason: str = ""
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFlag(Record):
    """A fact: no image of this pupil at all, both days inclusive. The reason is not stored."""

    pupil_id: str
    start: date
    end: date | None = None
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedForm(Record):
    """A consent form that was printed for one guardian and one pupil.

    Attributes:
        number: short number printed on it, unique in the register.
        guardian_id: who was asked: a guardian, or the pupil who decides alone.
        head: stamp of the journal head in its footer.
    """

    number: str
    pupil_id: str
    guardian_id: str
    form_version_id: str
    language: str
    issued_on: date
    head: str
    digest: str
