"""What holds on a day, as the questions about asking want it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.asking.needs import Setting
from app.asking.questions import OpenPairs, Renewal, Selection
from app.asking.records import Round, RoundKind
from app.consent.one_off import one_offs
from app.consent.profiles import profile_of
from app.consent.records import Channel
from app.consent.uses import asked_uses, use_rule
from app.people.places import school_year_of
from app.people.questions import PupilIds

if TYPE_CHECKING:
    from datetime import date

    from app.asking.questions import OpenPair
    from app.ports import Reader

EVERYWHERE = Selection()


def setting_of(reader: Reader, day: date, channel: str = "") -> Setting:
    """The uses that the form of the school asks about, and when the school year began.

    With the key of a one-off use what its own form asks; nothing once it has ended.
    """
    asked = asked_uses(reader.all(Channel), channel)
    rules = tuple(
        use_rule(one, medium) for medium, one in asked if one.end is None or one.end >= day
    )
    _, year_start, _ = school_year_of(day)
    return Setting(day, rules, year_start, channel=channel)


def rounds_of(reader: Reader, day: date) -> tuple[Round, ...]:
    """The rounds that are going on, the newest first; each under the id it began with.

    One about a one-off use is over with the last day of that use.
    """
    known = {one.id: one for one in reader.all(Round)}
    over = {one.replaces for one in known.values() if one.replaces}
    still = {"", *(channel.key for channel in one_offs(reader, day))}
    going = (
        one
        for one in known.values()
        if one.id not in over and not one.ended and one.channel in still
    )
    begun = (replace(one, id=_first(known, one)) for one in going)
    return tuple(sorted(begun, key=_begun, reverse=True))


def newest_of(reader: Reader, round_id: str) -> Round:
    """What was noted last about the round that began with this id."""
    known = {one.id: one for one in reader.all(Round)}
    by_older = {one.replaces: one for one in known.values() if one.replaces}
    found = known[round_id]
    while found.id in by_older:
        found = by_older[found.id]
    return found


def _first(known: dict[str, Round], one: Round) -> str:
    while one.replaces in known:
        one = known[one.replaces]
    return one.id


def open_pairs(
    reader: Reader, day: date, where: Selection = EVERYWHERE, channel: str = ""
) -> tuple[OpenPair, ...]:
    """Every decider in a part of the school who has to be asked, by name of the pupil.

    With the key of a one-off use only those whom it concerns, about nothing else.
    """
    found = reader.ask(pairs_question(reader, day, channel=channel))
    if where == EVERYWHERE:
        return found
    there = PupilIds(on=day, site_id=where.site_id, group_id=where.group_id)
    pupils = set(reader.ask(there))
    return tuple(one for one in found if one.subject_id in pupils)


def open_about(reader: Reader, day: date, pupil_id: str) -> tuple[OpenPair, ...]:
    """Every decider who has to be asked about one pupil or adult, in order."""
    return reader.ask(pairs_question(reader, day, pupil_id))


def pairs_question(
    reader: Reader, day: date, pupil_id: str = "", channel: str = ""
) -> OpenPairs:
    """What the store is asked for: about everybody or one pupil, the form or a one-off use."""
    renewals = tuple(
        Renewal(one.started_on, where_of(one))
        for one in rounds_of(reader, day)
        if one.kind is RoundKind.RENEWAL and one.started_on <= day and not channel
    )
    limit: tuple[str, ...] = ()
    if channel:
        limit = next((one.group_ids for one in reader.all(Channel, key=channel)), ())
    setting, band = setting_of(reader, day, channel), profile_of(reader).own_from
    return OpenPairs(setting, band, renewals, pupil_id, limit)


def where_of(round_: Round) -> Selection:
    """The part of the school that a round is about."""
    return Selection(round_.site_id, round_.group_id)


def _begun(round_: Round) -> tuple[date, str]:
    return round_.started_on, round_.id
