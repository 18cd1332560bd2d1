"""The consent grid of one pupil: uses by deciders, with the verdict and its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.consent.asof import past_moment, present_then
from app.consent.explain import explain
from app.consent.periods import FAR, covered, latest
from app.consent.profiles import profile_of
from app.consent.questions import ChannelsThen, SubjectFacts, SubjectsFacts
from app.consent.records import GROUND, Channel, Medium
from app.consent.staff import relation_of, staff_name, staff_subject
from app.consent.then import SubjectsThen
from app.consent.uses import split_use, use_rule, use_rules
from app.consent.verdict import Verdict, verdict, verdicts
from app.errors import Message, Refusal
from app.names import full_name
from app.people.card import guardian_name
from app.people.questions import GuardiansOf
from app.people.records import Enrolment, Guardian, Pupil, Relation, StaffMember

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date, datetime

    from app.consent.facts import DecisionFact, Subject
    from app.ports import Reader


@dataclass(frozen=True, slots=True)
class Decider:
    """A column of the grid.

    Attributes:
        relation: mother, father, … or "self", "staff" and "adult".
        unsettled: authority is not known.
        holds: decides on the day that is shown.
    """

    id: str
    name: str
    relation: str
    unsettled: bool = False
    holds: bool = True


@dataclass(frozen=True, slots=True)
class GridLine:
    """A row of the grid: one use, what each decider said, and what follows."""

    use: str
    medium: Medium
    channel: Channel
    voices: tuple[DecisionFact | None, ...]
    verdict: Verdict
    why: Message


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything the pupil page shows about consent on one day."""

    day: date
    known_at: datetime | None
    deciders: tuple[Decider, ...]
    lines: tuple[GridLine, ...]


def consent_grid(
    reader: Reader,
    pupil_id: str,
    day: date,
    known_at: datetime | None = None,
    today: date | None = None,
) -> Grid:
    """The grid of one pupil, or of a member of staff.

    Args:
        reader: a reader of the consent compartment.
        pupil_id: the pupil, or the member of staff.
        day: the day of use.
        known_at: only what the register knew at this instant, with the channels as they were
            set then; all it knows when left out.
        today: the present day; what forbids counts from it at the latest, see `verdict`.

    Raises:
        Refusal: `register.not_found` for an unknown pupil.
    """
    past = past_moment(known_at, today)
    subject = known_subject(reader, pupil_id, past)
    channels = {channel.key: channel for channel in _channels(reader, past)}
    rules = use_rules(tuple(channels.values()), day)
    present = present_then(past, today)
    found = verdicts(subject, rules, day, profile_of(reader, past), present)
    deciders = _deciders(reader, subject, found)
    lines = (_line(item, channels, deciders, day) for item in found)
    of_others = _of_other_groups(reader, subject, tuple(channels.values()), day)
    shown = (one for one in lines if one.channel.key not in of_others or any(one.voices))
    return Grid(day, known_at, deciders, tuple(shown))


def _of_other_groups(
    reader: Reader, subject: Subject, channels: tuple[Channel, ...], day: date
) -> frozenset[str]:
    """Keys of the one-off uses that are only for groups in which the subject is not."""
    limited = [channel for channel in channels if channel.group_ids]
    if not limited:
        return frozenset()
    here = {stay.id for stay in latest(subject.presences) if covered((stay,), day, FAR)[0]}
    stays = reader.all(Enrolment, pupil_id=subject.id)
    groups = {stay.group_id for stay in stays if stay.id in here}
    return frozenset(one.key for one in limited if not groups & set(one.group_ids))


def known_subject(
    reader: Reader, pupil_id: str, known_at: datetime | None, use: str = ""
) -> Subject:
    """The facts about a pupil or a member of staff, all or as known at an instant.

    Raises:
        Refusal: `register.not_found` for anybody else.
    """
    if known_at is None:
        subject = reader.ask(SubjectFacts(pupil_id, use))
    else:
        found = known_subjects(reader, (pupil_id,), known_at)
        subject = found[0] if found else None
    if subject is None:
        subject = staff_subject(reader, pupil_id, known_at)
    if subject is None:
        raise Refusal("register.not_found", kind="pupil")
    return subject


def known_subjects(
    reader: Reader, pupil_ids: tuple[str, ...], known_at: datetime | None
) -> tuple[Subject, ...]:
    """The facts about pupils, all or as known at an instant; unknown ids are left out."""
    if known_at is None:
        return reader.ask(SubjectsFacts(pupil_ids))
    found = reader.ask(SubjectsThen(pupil_ids, (known_at,)))
    return tuple(known[0].subject for known in found)


def answer_for(
    reader: Reader,
    pupil_id: str,
    use: str,
    day: date,
    known_at: datetime | None = None,
    today: date | None = None,
) -> GridLine:
    """The verdict for one person and one use (`medium:channel`), and why; see `consent_grid`.

    Raises:
        Refusal: `register.not_found`, `consent.unknown_use`.
    """
    found, subject, channel = verdict_for(reader, pupil_id, use, day, known_at, today)
    return _line(found, {channel.key: channel}, _deciders(reader, subject, (found,)), day)


def verdict_for(
    reader: Reader,
    person_id: str,
    use: str,
    day: date,
    known_at: datetime | None = None,
    today: date | None = None,
) -> tuple[Verdict, Subject, Channel]:
    """The verdict for one person and one use, with the facts and the channel it comes from.

    Raises:
        Refusal: `register.not_found`, `consent.unknown_use`.
    """
    medium, key = split_use(use)
    now = reader.all(Channel, key=key)
    if not now:
        raise Refusal("consent.unknown_use", field="channel", use=key)
    past = past_moment(known_at, today)
    # A channel that was not there yet was not asked for.
    unasked = replace(now[0], active=False, texts=now[0].texts.without(GROUND))
    then = now if past is None else reader.ask(ChannelsThen(past))
    channel = next((each for each in then if each.key == key), unasked)
    profile = profile_of(reader, past)
    subject = known_subject(reader, person_id, past, "" if profile.making else use)
    rule, present = use_rule(channel, medium), present_then(past, today)
    return verdict(subject, rule, day, profile, present), subject, channel


def group_verdicts(
    reader: Reader,
    pupil_ids: tuple[str, ...],
    day: date,
    known_at: datetime | None = None,
    today: date | None = None,
) -> tuple[tuple[str, tuple[Verdict, ...]], ...]:
    """For each pupil the verdicts of all uses, in the order of `use_rules`."""
    past = past_moment(known_at, today)
    rules, band = use_rules(_channels(reader, past), day), profile_of(reader, past)
    present = present_then(past, today)
    return tuple(
        (subject.id, verdicts(subject, rules, day, band, present))
        for subject in known_subjects(reader, pupil_ids, past)
    )


def channels_known(
    reader: Reader, known_at: datetime | None, today: date | None = None
) -> tuple[Channel, ...]:
    """The channels as they were set at an instant, or as they are set now."""
    return _channels(reader, past_moment(known_at, today))


def _channels(reader: Reader, known_at: datetime | None) -> tuple[Channel, ...]:
    return reader.all(Channel) if known_at is None else reader.ask(ChannelsThen(known_at))


def _line(
    found: Verdict, channels: dict[str, Channel], deciders: tuple[Decider, ...], day: date
) -> GridLine:
    medium, key = split_use(found.use)
    by_decider = {voice.decider_id: voice.decision for voice in found.voices}
    voices = tuple(by_decider.get(decider.id) for decider in deciders)
    why = explain(found, {decider.id: decider.relation for decider in deciders}, day)
    return GridLine(found.use, medium, channels[key], voices, found, why)


def _deciders(
    reader: Reader, subject: Subject, found: tuple[Verdict, ...]
) -> tuple[Decider, ...]:
    """Every guardian, and the pupil when he or she decides; who does not decide is marked."""
    if subject.adult:
        member = reader.get(StaffMember, subject.id)
        return (Decider(subject.id, staff_name(member), relation_of(member)),)
    voices = {voice.decider_id: voice for verdict_ in found for voice in verdict_.voices}
    columns = []
    if subject.id in voices:
        pupil = reader.get(Pupil, subject.id)
        name = full_name(pupil.first_name, pupil.prefix, pupil.surname)
        columns.append(Decider(subject.id, name, "self"))
    people = [(one.guardian, one.relation) for one in reader.ask(GuardiansOf(subject.id))]
    for person, relation in people + _former(reader, subject, voices):
        voice = voices.get(person.id)
        columns.append(
            Decider(
                id=person.id,
                name=guardian_name(person),
                relation=relation.kind,
                unsettled=voice is not None and voice.unsettled,
                holds=voice is not None or not voices,
            )
        )
    return tuple(columns)


def _former(
    reader: Reader, subject: Subject, voices: Container[str]
) -> list[tuple[Guardian, Relation]]:
    """Whose relation has ended since, but who decides on the day that is shown."""
    wanted = tuple(one for one in subject.former if one in voices)
    if not wanted:
        return []
    kept = reader.all(Relation, pupil_id=subject.id, guardian_id=wanted)
    relations = {relation.guardian_id: relation for relation in kept}
    return [(reader.get(Guardian, one), relations[one]) for one in wanted]
