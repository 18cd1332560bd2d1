"""Rounds of asking: begun for a reason and a part of the school, and how far each has come.

A round is a fact and changes no verdict. Who belongs in it follows from what is open today, so
a round that was begun early also reaches who came later. One that only reminds asks nobody for
anything: it lists who has answered, to tell them that they can withdraw at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.asking.needs import Cause
from app.asking.questions import ContactsInRound, StandingPairs, ToldSince
from app.asking.records import Round, RoundKind
from app.asking.standing import EVERYWHERE, newest_of, open_pairs, rounds_of, where_of
from app.consent.one_off import one_offs
from app.consent.profiles import profile_of
from app.consent.records import FormVersion
from app.errors import Refusal
from app.forms.versions import speaks_to_adults
from app.ids import new_id
from app.people.records import Group, Site, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.asking.questions import OpenPair, Selection
    from app.consent.records import Channel
    from app.ports import Reader, Session

EVERYBODY = frozenset(Cause)
BELONGS = {
    RoundKind.NEW_PUPIL: frozenset({Cause.NEW_PUPIL}),
    RoundKind.NEW_WORDING: frozenset({Cause.WIDENED, Cause.LEFT_OPEN}),
    RoundKind.OF_AGE: frozenset({Cause.OF_AGE}),
    RoundKind.AUTHORITY: frozenset({Cause.AUTHORITY}),
    RoundKind.OPEN: EVERYBODY,
    RoundKind.RENEWAL: EVERYBODY,
    RoundKind.REMINDER: frozenset[Cause](),
    RoundKind.ONE_OFF: EVERYBODY,
}


@dataclass(frozen=True, slots=True)
class RoundState:
    """How far a round has come; every member is a pair of subject and decider.

    Attributes:
        to_ask: who belongs in it and was not asked yet, in order.
        waiting: who was asked and has not answered everything.
        done: who was asked in it and has answered, or was only told.
    """

    round: Round
    to_ask: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    done: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in a list, ready to show.

    Attributes:
        place: name of its group or site, or "".
        to_ask, waiting, done: how many people, see `RoundState`.
        forms: how many of those to be asked get a form, see `with_form`.
        channel: the one-off use that is asked, or None.
    """

    id: str
    kind: RoundKind
    started_on: date
    place: str
    to_ask: int
    waiting: int
    done: int
    forms: int = 0
    channel: Channel | None = None


def begin_round(
    session: Session, kind: RoundKind, where: Selection = EVERYWHERE, channel: str = ""
) -> Round:
    """Begin a round today, for a part of the school or all of it, or for a one-off use.

    Raises:
        Refusal: `asking.round_going` when the same round is going on already,
            `asking.one_off_over` for a one-off use that is not asked any more.
    """
    today = session.clock.today()
    with session.work(Compartment.CONSENT, "round_begun", str(kind)) as work:
        if (kind is RoundKind.ONE_OFF) is not bool(channel) or (
            channel and channel not in {one.key for one in one_offs(work, today)}
        ):
            raise Refusal("asking.one_off_over", field="channel")
        going = rounds_of(work, today)
        wanted = (kind, where, channel)
        if any((one.kind, where_of(one), one.channel) == wanted for one in going):
            raise Refusal("asking.round_going", field="channel" if channel else "kind")
        newest = newest_version(work, channel)
        round_ = Round(
            id=new_id(),
            kind=kind,
            started_on=today,
            site_id=where.site_id,
            group_id=where.group_id,
            form_version_id=newest,
            channel=channel,
            recorded_at=session.clock.now(),
        )
        work.add(round_)
        work.commit()
    return round_


def end_round(session: Session, round_id: str) -> Round:
    """End a round, or take back one that was begun by mistake; what was asked stays noted.

    Raises:
        Refusal: `asking.round_over` when it has ended already.
    """
    with session.work(Compartment.CONSENT, "round_ended", round_id) as work:
        round_ = find_round(work, round_id, session.clock.today())
        fact = replace(
            round_,
            id=new_id(),
            recorded_at=session.clock.now(),
            replaces=newest_of(work, round_id).id,
            ended=True,
        )
        work.add(fact)
        work.commit()
    return fact


def take_back_end(session: Session, ended: Round) -> None:
    """Let a round that was ended by mistake go on."""
    with session.work(Compartment.CONSENT, "round_continued", ended.replaces) as work:
        fact = replace(
            ended,
            id=new_id(),
            recorded_at=session.clock.now(),
            replaces=ended.id,
            ended=False,
        )
        work.add(fact)
        work.commit()


def round_state(reader: Reader, round_: Round, day: date) -> RoundState:
    """Who belongs in a round, who was asked in it, and who has answered."""
    where = where_of(round_)
    here = {(one[0], one[1]): one[2] for one in reader.ask(ContactsInRound(round_.id))}
    if round_.kind is RoundKind.REMINDER:
        band = profile_of(reader).own_from
        members = reader.ask(StandingPairs(day, band, where))
        told = {*here, *reader.ask(ToldSince(round_.started_on))}
        return RoundState(
            round_,
            to_ask=tuple(pair for pair in members if pair not in told),
            waiting=(),
            done=tuple(pair for pair in members if pair in told),
        )
    found = open_pairs(reader, day, where, round_.channel)
    everybody = open_pairs(reader, day, EVERYWHERE, round_.channel) if here else ()
    still = {pair for pair in map(_pair, everybody) if pair in here}
    members_of = tuple(one for one in found if belongs(one, round_))
    waiting = dict.fromkeys(_pair(one) for one in members_of if one.asked is not None)
    waiting |= dict.fromkeys(pair for pair in here if pair in still)
    return RoundState(
        round_,
        to_ask=tuple(_pair(one) for one in members_of if one.asked is None),
        waiting=tuple(waiting),
        done=tuple(sorted(pair for pair in here if pair not in still)),
    )


def belongs(pair: OpenPair, round_: Round) -> bool:
    """Whether somebody who has to be asked belongs in a round."""
    return not BELONGS[round_.kind].isdisjoint(pair.causes)


def find_round(reader: Reader, round_id: str, day: date) -> Round:
    """A round that is going on.

    Raises:
        Refusal: `asking.round_over`.
    """
    found = next((one for one in rounds_of(reader, day) if one.id == round_id), None)
    if found is None:
        raise Refusal("asking.round_over")
    return found


def newest_version(reader: Reader, channel: str = "") -> str:
    """Id of the newest wording of a form, or "" when none was frozen."""
    versions = reader.all(FormVersion, channel=channel)
    newest = max(versions, key=lambda version: version.number, default=None)
    return newest.id if newest else ""


def round_lines(reader: Reader, day: date) -> tuple[RoundLine, ...]:
    """The rounds that are going on, the newest first, with how far each has come."""
    return tuple(round_line(reader, one, day) for one in rounds_of(reader, day))


def round_line(reader: Reader, round_: Round, day: date) -> RoundLine:
    """One round, with how far it has come."""
    state = round_state(reader, round_, day)
    places = (
        *(group.name for group in reader.all(Group, id=(round_.group_id,))),
        *(site.name for site in reader.all(Site, id=(round_.site_id,))),
    )
    asked = one_offs(reader, day)
    return RoundLine(
        id=round_.id,
        kind=round_.kind,
        started_on=round_.started_on,
        place=next(iter(places), ""),
        to_ask=len(state.to_ask),
        waiting=len(state.waiting),
        done=len(state.done),
        forms=len(with_form(reader, state.to_ask, round_.channel)),
        channel=next((one for one in asked if one.key == round_.channel), None),
    )


def with_form(
    reader: Reader, pairs: Iterable[tuple[str, str]], channel: str = ""
) -> tuple[tuple[str, str], ...]:
    """Those to whom a form can be given, in the same order.

    All of them, unless the newest version of the form, or of that of a one-off use, was frozen
    without words for adults; then these are asked in person.
    """
    listed = tuple(pairs)
    if speaks_to_adults(reader, channel):
        return listed
    own = tuple({subject for subject, decider in listed if subject == decider})
    adults = {member.id for member in reader.all(StaffMember, id=own)}
    return tuple(pair for pair in listed if pair[0] not in adults)


def _pair(one: OpenPair) -> tuple[str, str]:
    return one.subject_id, one.decider_id
