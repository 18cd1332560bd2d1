"""What a receipt says: every decision of one person about one subject that stands, once.

Only that person's own decisions are ever read into it: nothing of another parent, no verdict,
no note of the office, no objection of somebody without a say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.consent.grid import known_subject
from app.consent.periods import last_of
from app.consent.profiles import profile_of
from app.consent.records import Answer, Channel, Decision, FormVersion, Medium
from app.consent.uses import split_use, use_key
from app.consent.verdict import last_words
from app.errors import Refusal
from app.names import full_name
from app.people.card import guardian_name
from app.people.records import Guardian, Pupil, StaffMember
from app.text import PAPER_LANGUAGES

if TYPE_CHECKING:
    from datetime import date, datetime

    from app.ports import Reader
    from app.register.records import School

EXPIRED = "expired"
"""A yes whose last day has passed."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One decision that stands.

    Attributes:
        channel: as it is set now, or None when it is not known any more.
        decision: with what holds of several yeses of one day, see `last_words`.
        version: the wording that was put, or None.
        state: "yes", "no", "withdrawn" or `EXPIRED`.
        until: last day on which a yes holds, or None for open.
        narrower: it is a yes to less than the use is today, so that it is asked again.
    """

    use: str
    medium: Medium
    channel: Channel | None
    decision: Decision
    version: FormVersion | None
    state: str
    until: date | None
    narrower: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything on one receipt.

    Attributes:
        id: of this receipt.
        person: name of whoever decided; language: of the receipt.
        subject: name of whom the recordings show.
        country: jurisdiction, a key of `resources/profiles`.
    """

    id: str
    subject_id: str
    person_id: str
    person: str
    subject: str
    language: str
    made_at: datetime
    school: School
    lines: tuple[ReceiptLine, ...]
    country: str = "nl"


def urn(id: str) -> str:
    """An id of the register as other programs know it."""
    return f"urn:uuid:{UUID(id)}"


def receipt_lines(
    reader: Reader, subject_id: str, person_id: str, today: date
) -> tuple[ReceiptLine, ...]:
    """The decisions of one person that stand, by medium and then in the order of the channels.

    The last word about each use counts, whatever the person may decide now.

    Raises:
        Refusal: `register.not_found`.
    """
    subject = known_subject(reader, subject_id, None)
    own = {word.id: word for word in last_words(subject) if word.decider_id == person_id}
    decisions = reader.all(Decision, id=tuple(own)) if own else ()
    channels = {channel.key: channel for channel in reader.all(Channel)}
    versions = {version.id: version for version in reader.all(FormVersion)}
    months = profile_of(reader).expires_months
    lines = []
    for stored in decisions:
        word = own[stored.id]
        decision = replace(stored, conditions=word.conditions, valid_until=word.valid_until)
        medium, key = split_use(use_key(decision.medium, decision.channel))
        version = versions.get(decision.form_version_id)
        until = _until(decision, months)
        ended = until is not None and until < today
        state = EXPIRED if ended else decision.answer.value
        channel = channels.get(key)
        wider = channel is not None and channel.active and channel.scope > word.scope
        narrower = wider and state == Answer.YES
        lines.append(
            ReceiptLine(word.use, medium, channel, decision, version, state, until, narrower)
        )
    return tuple(sorted(lines, key=_place))


def person_and_subject(reader: Reader, subject_id: str, person_id: str) -> tuple[str, str, str]:
    """Names of who decided and of whom it is about, and the language of who decided.

    Raises:
        Refusal: `receipts.no_decider` for somebody who is neither a guardian nor the subject.
    """
    subject, own = _subject(reader, subject_id), person_id == subject_id
    if own:
        return subject, subject, ""
    guardian = reader.find(Guardian, person_id)
    if guardian is None:
        raise Refusal("receipts.no_decider")
    language = guardian.language if guardian.language in PAPER_LANGUAGES else ""
    return guardian_name(guardian), subject, language


def _subject(reader: Reader, subject_id: str) -> str:
    known: Pupil | StaffMember | None = reader.find(Pupil, subject_id)
    known = known or reader.get(StaffMember, subject_id)
    return full_name(known.first_name, known.prefix, known.surname)


def _until(decision: Decision, months: int) -> date | None:
    """The last day on which a yes holds, by itself or by what the jurisdiction lays down."""
    if decision.answer is not Answer.YES:
        return None
    if decision.valid_until is None and months:
        return last_of(decision.signed_on, months)
    return decision.valid_until


def _place(line: ReceiptLine) -> tuple[int, int, str]:
    order = line.channel.position if line.channel else 0
    return list(Medium).index(line.medium), order, line.use
