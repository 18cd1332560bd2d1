"""All that the office sees of one pupil's consent, and what to look out for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consent.asof import past_moment, present_then
from app.consent.decide import active_flags
from app.consent.differences import differences
from app.consent.given import given
from app.consent.grid import consent_grid, known_subject
from app.consent.hindsight import learned_since
from app.consent.objections import objections
from app.consent.questions import FactsBefore, StaffAsKnown
from app.consent.records import Channel, Decision, FormVersion, SafetyFlag
from app.consent.staff import staff_name
from app.consent.unread import unread_facts
from app.consent.uses import asked_uses, use_key
from app.errors import Message
from app.people.authority import AuthorityState
from app.people.card import PupilCard, pupil_card
from app.people.records import Pupil, StaffMember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.consent.asof import AsOf
    from app.consent.differences import Difference
    from app.consent.given import Given
    from app.consent.grid import Grid
    from app.consent.hindsight import Learned
    from app.consent.records import Objection, UnclearAnswer
    from app.ports import Reader


ADULTS = ("staff", "adult")
"""What a column of the grid is called that is an adult's own."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look out for.

    Attributes:
        key: flag, left, no_guardian, authority, nobody, disagree, unanswered,
            unclear or objection.
        urgent: forbids rather than asks.
        guardian_id: whom it concerns, or "".
    """

    key: str
    what: Message
    urgent: bool = False
    guardian_id: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """On what answers rest: how they came, when signed, their scan, and who heard them."""

    how: str
    signed_on: date
    blob: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class PupilConsent:
    """The consent of one pupil as looked at.

    Attributes:
        flag: the safety flag that holds, or None.
        version: the newest form version that answers in the grid rest on, or None.
        decisions: the stored decision behind every answer in the grid, by its id.
        uses: the uses that are asked, as `medium:channel`.
        given: who said yes to what and can withdraw it, as known now.
        channels: all channels as they are set now, also those that are switched off.
        differences: where the answers of those who decide differ.
        unclear: what nobody could read on paper, and has to be asked again.
        learned: looking back, which answers are others now than they were as known then.
    """

    card: PupilCard
    grid: Grid
    flag: SafetyFlag | None
    notices: tuple[Notice, ...]
    version: FormVersion | None
    proofs: tuple[Proof, ...]
    decisions: dict[str, Decision]
    uses: tuple[str, ...]
    given: tuple[Given, ...]
    channels: tuple[Channel, ...]
    differences: tuple[Difference, ...] = ()
    learned: tuple[Learned, ...] = ()
    unclear: tuple[UnclearAnswer, ...] = ()

    @property
    def adult(self) -> bool:
        """Whether it is about a member of staff, who decides alone."""
        return any(decider.relation in ADULTS for decider in self.grid.deciders)


def pupil_consent(reader: Reader, pupil_id: str, at: AsOf) -> PupilConsent:
    """Everything about one pupil's consent.

    Raises:
        Refusal: `register.not_found`.
    """
    past = past_moment(at.known_at, at.today)
    before = reader.ask(FactsBefore(pupil_id, past)) if past else frozenset[str]()
    return _consent(reader, pupil_card(reader, pupil_id, at.day, past, before), at)


def person_consent(reader: Reader, person_id: str, at: AsOf) -> PupilConsent:
    """Everything about the consent of a pupil, or of a member of staff.

    A member of staff is shown on a card as a pupil without guardians and place is.

    Raises:
        Refusal: `register.not_found`.
    """
    member = reader.find(StaffMember, person_id)
    if member is None:
        return pupil_consent(reader, person_id, at)
    past = past_moment(at.known_at, at.today)
    then = reader.ask(StaffAsKnown(person_id, past)) if past else member
    here = then is not None and then.here_on(at.day)
    stands_for = Pupil(
        id=member.id,
        first_name=member.first_name,
        prefix=member.prefix,
        surname=member.surname,
    )
    name = staff_name(member)
    card = PupilCard(at.day, stands_for, name, "", "", None, present=here, ties=())
    return _consent(reader, card, at)


def _consent(reader: Reader, card: PupilCard, at: AsOf) -> PupilConsent:
    pupil_id = card.pupil.id
    grid = consent_grid(reader, pupil_id, at.day, at.known_at, at.today)
    past = past_moment(at.known_at, at.today)
    flags = reader.all(SafetyFlag, pupil_id=pupil_id)
    if past is not None:
        known = {flag.id for flag in known_subject(reader, pupil_id, past).flags}
        flags = tuple(flag for flag in flags if flag.id in known)
    active = active_flags(flags, at.day, present_then(past, at.today))
    flag = max(active, key=lambda item: item.recorded_at, default=None)
    decisions = _behind(reader, grid, pupil_id)
    adult = any(decider.relation in ADULTS for decider in grid.deciders)
    channels = reader.all(Channel)
    unclear = unread_facts(reader, (pupil_id,), at.day, past).get(pupil_id, ())
    return PupilConsent(
        card=card,
        grid=grid,
        flag=flag,
        notices=(
            *(_adult_notices if adult else notices)(card, grid, flag),
            *_unreadable(unclear, grid),
            *(_objected(one) for one in objections(reader, pupil_id, past)),
        ),
        version=_version(reader, decisions.values()),
        proofs=_proofs(decisions.values()),
        decisions=decisions,
        uses=(*(use_key(m, c.key) for m, c in asked_uses(channels)), *_once(grid)),
        given=given(reader, pupil_id),
        channels=channels,
        differences=differences(grid),
        learned=learned_since(reader, pupil_id, at),
        unclear=unclear,
    )


def notices(card: PupilCard, grid: Grid, flag: SafetyFlag | None) -> tuple[Notice, ...]:
    """What to look out for, the most pressing first; states facts and judges nobody."""
    found = []
    if flag is not None:
        ahead = flag.start > card.day
        text = "consent.notice_flag_ahead" if ahead else "consent.notice_flag"
        found.append(Notice("flag", Message(text, {"day": flag.start}), urgent=True))
    if not card.present:
        found.append(Notice("left", _absence(card), urgent=True))
    if not card.ties:
        found.append(Notice("no_guardian", Message("consent.notice_no_guardian")))
    elif all(tie.state is AuthorityState.NONE for tie in card.ties):
        found.append(Notice("nobody", Message("consent.notice_nobody")))
    for tie in card.ties:
        if tie.state is AuthorityState.OPEN:
            message = Message("consent.notice_authority", {"who": tie.name})
            found.append(Notice("authority", message, guardian_id=tie.guardian.id))
    found += _silences(card, grid)
    split = len(differences(grid))
    if split:
        found.append(Notice("disagree", Message("consent.notice_disagree", {"count": split})))
    return tuple(found)


def _adult_notices(card: PupilCard, grid: Grid, flag: SafetyFlag | None) -> tuple[Notice, ...]:
    """What to look out for with somebody who decides alone about himself or herself."""
    found = []
    if flag is not None:
        found.append(Notice("flag", Message("consent.notice_flag_adult"), urgent=True))
    if not card.present:
        found.append(Notice("left", Message("consent.notice_left_adult"), urgent=True))
    if not any(voice for line in grid.lines for voice in line.voices):
        message = Message("consent.notice_unanswered", {"who": card.name})
        found.append(Notice("unanswered", message))
    return tuple(found)


def _absence(card: PupilCard) -> Message:
    if card.place is None:
        return Message("consent.notice_never")
    if card.place.end is not None and card.place.end < card.day:
        return Message("consent.notice_left", {"day": card.place.end})
    return Message("consent.notice_later", {"day": card.place.start})


def _silences(card: PupilCard, grid: Grid) -> list[Notice]:
    """The deciders of whom nothing was heard at all."""
    heard = {voice.decider_id for line in grid.lines for voice in line.voices if voice}
    deciding = {decider.id for decider in grid.deciders if decider.holds}
    return [
        Notice(
            "unanswered",
            Message("consent.notice_unanswered", {"who": tie.name}),
            guardian_id=tie.guardian.id,
        )
        for tie in card.ties
        if tie.guardian.id in deciding - heard and tie.state is not AuthorityState.NONE
    ]


def _unreadable(facts: tuple[UnclearAnswer, ...], grid: Grid) -> Iterator[Notice]:
    """Of whom a paper cannot be read; the sentence says that what was said before stands."""
    for decider in grid.deciders:
        own = [fact for fact in facts if fact.decider_id == decider.id]
        if own:
            day = max(fact.signed_on for fact in own)
            values = {"who": decider.name, "day": day, "count": len(own)}
            message = Message("consent.notice_unclear", values)
            yield Notice("unclear", message, guardian_id=decider.id)


def _objected(fact: Objection) -> Notice:
    """Shown to the office only; the sentence says that it does not count."""
    values = {
        "who": fact.person_name,
        "what": fact.what,
        "how": Message(f"consent.way_{fact.how}"),
        "day": fact.said_on,
    }
    message = Message("consent.notice_objection", values)
    return Notice("objection", message, guardian_id=fact.person_id)


def _once(grid: Grid) -> Iterator[str]:
    """The one-off uses in a grid that can still be answered."""
    for line in grid.lines:
        channel = line.channel
        if channel.end and channel.end >= grid.day and line.medium in channel.media:
            yield use_key(line.medium, channel.key)


def _behind(reader: Reader, grid: Grid, pupil_id: str) -> dict[str, Decision]:
    shown = {voice.id for line in grid.lines for voice in line.voices if voice}
    known = reader.all(Decision, subject_id=pupil_id)
    return {decision.id: decision for decision in known if decision.id in shown}


def _version(reader: Reader, decisions: Iterable[Decision]) -> FormVersion | None:
    ids = {decision.form_version_id for decision in decisions if decision.form_version_id}
    found = (reader.find(FormVersion, id) for id in ids)
    return max((v for v in found if v), key=lambda version: version.number, default=None)


def _proofs(decisions: Iterable[Decision]) -> tuple[Proof, ...]:
    found = {Proof(d.how, d.signed_on, d.proof, d.taken_by) for d in decisions}
    return tuple(sorted(found, key=_by_day))


def _by_day(proof: Proof) -> tuple[date, str, str, str]:
    return proof.signed_on, proof.how, proof.blob, proof.taken_by
