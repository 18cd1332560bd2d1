"""Consent as it is stored: facts that are added, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.languages import NOTHING, Texts
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


NAME, SHORT, EXPLANATION, EXAMPLE, GROUND = "name", "short", "explanation", "example", "ground"
CHANNEL_TEXTS = (NAME, SHORT, EXPLANATION, EXAMPLE, GROUND)
"""The texts of a channel. All but the ground belong to every language of paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Record):
    """Where recordings are used, as the school has set it: for good, or one-off.

    A text that a language does not have is given in Dutch, and failing that in the next
    language that has it (`app.languages`).

    Attributes:
        key: short name that decisions refer to; never changes.
        texts: `CHANNEL_TEXTS` per language. The ground says why no consent is needed; without
            any ground it is.
        audience: internal, closed, print, public, social, press, or making (of a recording,
            apart from using it; see `app.consent.profiles`).
        media: the kinds of recording that are asked for.
        ground_source: where the ground is found: an article, a page.
        lenient: one yes without a known objection suffices; never for public and social
            channels.
        scope: raised when the use is widened; a yes covers only the scope it was given to.
        start, end: of a one-off use, both days inclusive; None for a channel that stays.
        group_ids: a one-off use is asked only of pupils in these groups; of all without any.
        within: key of the channel on which a one-off use is shown, or "".
        noticed_on: days on which those who decide were given notice of the use as it is now;
            it matters where silence permits after a notice.
    """

    key: str
    texts: Texts
    audience: str
    media: tuple[str, ...]
    ground_source: str = ""
    lenient: bool = False
    active: bool = True
    outside_eea: bool = False
    position: int = 0
    scope: int = 1
    start: date | None = None
    end: date | None = None
    group_ids: tuple[str, ...] = ()
    within: str = ""
    noticed_on: tuple[date, ...] = ()

    def name(self, language: str) -> str:
        """Name of the channel in a language."""
        return self.texts.said(NAME, language)

    def short(self, language: str) -> str:
        """Name for narrow columns."""
        return (
            self.texts.exactly(SHORT, language)
            or self.texts.exactly(NAME, language)
            or self.texts.said(SHORT, language)
            or self.name(language)
        )

    def explanation(self, language: str) -> str:
        """One line that tells a parent what the channel is."""
        return self.texts.said(EXPLANATION, language)

    def example(self, language: str) -> str:
        """What it looks like in practice."""
        return self.texts.said(EXAMPLE, language)

    def ground(self, language: str) -> str:
        """Why no consent is needed, or "" when it is."""
        return self.texts.said(GROUND, language)

    @property
    def needs_consent(self) -> bool:
        """Whether somebody has to say yes."""
        return not self.texts.by_language(GROUND)

    @property
    def one_off(self) -> bool:
        """Whether the use has an end, and a form of its own."""
        return self.end is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion(Record):
    """The exact wording and uses put to a parent, frozen.

    Attributes:
        number: 1, 2, …
        uses: the uses asked, as "medium:channel:scope".
        wording: everything that is shown, per language, as JSON (see `app.forms.content`).
        digest: SHA-256 of uses, wording and period, hexadecimal.
        channel: key of the one-off use that it asks for, or "" for the form of the school.
        valid_until: last day on which a yes given on it holds, or None for open.
    """

    number: int
    frozen_on: date
    uses: tuple[str, ...]
    wording: str
    digest: str
    recorded_at: datetime
    channel: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSetting(Record):
    """What the school says on its forms in its own words; one row with the id "form".

    Attributes:
        valid_until: until when a yes holds, or None while the child is at school.
        texts: per language `purpose` (why the school makes recordings), `extra_heading` and
            `extra` (something of its own to add).
    """

    valid_until: date | None = None
    texts: Texts = NOTHING


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
        note: where the paper lies, or anything else to remember.
        taken_by: who heard it, where it was said (`TOLD_WAYS`); "" where it was written.
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
    taken_by: str = ""
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
class UnclearAnswer(Record):
    """A fact: nobody can read what a paper says about one use. It decides nothing.

    Attributes:
        subject_id, decider_id, signed_on, how, proof, note, form_version_id: as of a decision.
        replaces: id of the fact that this one takes back, or "".
        taken_back: it was entered by mistake.
    """

    subject_id: str
    decider_id: str
    medium: Medium
    channel: str
    signed_on: date
    how: str
    proof: str = ""
    note: str = ""
    form_version_id: str = ""
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFlag(Record):
    """A fact: no image of this pupil at all, both days inclusive. The reason is not stored.

    Attributes:
        pupil_id: the pupil, or a member of staff.
    """

    pupil_id: str
    start: date
    end: date | None = None
    recorded_at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedForm(Record):
    """A consent form that was printed for one guardian and one pupil, or for one adult.

    Attributes:
        number: short number printed on it, unique in the register.
        pupil_id: the pupil, or the member of staff, whom it is about.
        guardian_id: who was asked: a guardian, or who decides alone about himself or herself.
        head: stamp of the journal head in its footer.
        round_id: the round of asking in which it was handed out, or "".
    """

    number: str
    pupil_id: str
    guardian_id: str
    form_version_id: str
    language: str
    issued_on: date
    head: str
    digest: str
    round_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Record):
    """A fact: what somebody who does not decide said against recordings; for the office only.

    It never changes a verdict.

    Attributes:
        person_id: a guardian or the pupil, or "" for anybody else.
        person_name: as it was when it was noted.
        what: in the words of whoever objects.
        how: as of a decision.
        replaces: id of the fact that this one corrects or takes back, or "".
        taken_back: it does not stand any more.
    """

    subject_id: str
    person_id: str = ""
    person_name: str
    what: str
    said_on: date
    how: str
    recorded_at: datetime
    replaces: str = ""
    taken_back: bool = False
