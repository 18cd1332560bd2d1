"""Letters that follow from consent: what holds now when answers differ, and confirmations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resources
from app.consent.differences import differences
from app.consent.grid import consent_grid
from app.consent.outcome import Outcome, Reason
from app.consent.records import Channel, Decision
from app.consent.said import use_name
from app.consent.uses import use_key, use_rule
from app.errors import Refusal
from app.letters.facts import addressed
from app.letters.parts import BETWEEN
from app.letters.requests import OfficeRequest
from app.letters.template import letter_language
from app.record import Compartment
from app.register.school import school_of
from app.text import Words

if TYPE_CHECKING:
    from app.consent.grid import Grid, GridLine
    from app.ports import Reader, Session

_CHANGED = "consent_outcome_changed"
_CONFIRMED = "withdrawal_confirmed"


def letters_to_all(session: Session, pupil_id: str) -> tuple[OfficeRequest, ...]:
    """The same letter for everybody who decides about a pupil, each in his own language.

    It says the outcome of every use that somebody answered, and not who answered what. Nobody
    gets one whose authority is not known.

    Raises:
        Refusal: `letters.no_difference` when those who decide do not differ,
            `register.not_found`.
    """
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, pupil_id, today, today=today)
        if not differences(grid):
            raise Refusal("letters.no_difference")
        deciding = {
            voice.decider_id
            for line in grid.lines
            for voice in line.verdict.voices
            if not voice.unsettled
        }
        people = [decider.id for decider in grid.deciders if decider.id in deciding]
        return tuple(_changed(reader, grid, pupil_id, person) for person in people)


def confirmation(session: Session, decisions: tuple[str, ...]) -> OfficeRequest:
    """The letter that confirms a withdrawal to whoever withdrew, by the ids of what was noted.

    Raises:
        Refusal: `register.not_found`.
    """
    with session.look(Compartment.CONSENT) as reader:
        found = [reader.get(Decision, id) for id in decisions]
        first = found[0]
        language = _language(reader, _CONFIRMED, first.decider_id)
        channels = {channel.key: channel for channel in reader.all(Channel)}
        uses = tuple(
            use_name(use_key(one.medium, one.channel), channels, language) for one in found
        )
    return OfficeRequest(
        template=_CONFIRMED,
        recipient=first.decider_id,
        subject_id=first.subject_id,
        values={"withdrawn_on": first.signed_on, "uses": uses},
        language=language,
    )


def _changed(reader: Reader, grid: Grid, pupil_id: str, person_id: str) -> OfficeRequest:
    language = _language(reader, _CHANGED, person_id)
    channels = {line.channel.key: line.channel for line in grid.lines}
    words = Words(language)
    rows = tuple(
        BETWEEN.join((use_name(line.use, channels, language), *_outcome(line, words)))
        for line in grid.lines
        if _asked(line)
    )
    return OfficeRequest(
        template=_CHANGED,
        recipient=person_id,
        subject_id=pupil_id,
        values={"outcomes": rows},
        language=language,
    )


def _asked(line: GridLine) -> bool:
    """Whether somebody has to say yes to this use now, and at least one has answered."""
    rule = use_rule(line.channel, line.medium)
    ground = line.verdict.reason is Reason.GROUND
    return rule.asked and not ground and bool(line.verdict.answered)


def _outcome(line: GridLine, words: Words) -> tuple[str, str]:
    """The outcome and what it means, without who said what."""
    verdict = line.verdict
    said = words(f"letters.outcome_{verdict.outcome}")
    if verdict.outcome is not Outcome.YES_IF:
        return said, words(f"letters.means_{verdict.outcome}")
    names = {row["key"]: row["name"] for row in resources.conditions()}
    listed = ", ".join(names[key][words.language] for key in verdict.conditions)
    return said, words("letters.means_yes_if", conditions=listed)


def _language(reader: Reader, template: str, person_id: str) -> str:
    own = addressed(reader, person_id).language
    return letter_language(template, own, school_of(reader).language)
