"""What holds on a day, as the questions about asking want it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.asking.needs import Setting
from app.asking.questions import OpenPairs, Renewal, Selection
from app.asking.records import Round, RoundKind
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


def setting_of(reader: Reader, day: date) -> Setting:
    """The uses that the form of the school asks about, and when the school year began."""
    asked = asked_uses(reader.all(Channel))
    rules = tuple(use_rule(channel, medium) for medium, channel in asked)
    _, year_start, _ = school_year_of(day)
    return Setting(day, rules, year_start)


def rounds_of(reader: Reader) -> tuple[Round, ...]:
    """The rounds that are going on, the newest first; each under the id it began with."""
    known = {one.id: one for one in reader.all(Round)}
    over = {one.replaces for one in known.values() if one.replaces}
    going = (one for one in known.values() if one.id not in over and not one.ended)
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
    reader: Reader, day: date, where: Selection = EVERYWHERE
) -> tuple[OpenPair, ...]:
    """Every decider in a part of the school who has to be asked, by name of the pupil."""
    found = reader.ask(_question(reader, day))
    if where == EVERYWHERE:
        return found
    there = PupilIds(on=day, site_id=where.site_id, group_id=where.group_id)
    pupils = set(reader.ask(there))
    return tuple(one for one in found if one.subject_id in pupils)


def open_about(reader: Reader, day: date, pupil_id: str) -> tuple[OpenPair, ...]:
    """Every decider who has to be asked about one pupil, in order."""
    return reader.ask(_question(reader, day, pupil_id))


def _question(reader: Reader, day: date, pupil_id: str = "") -> OpenPairs:
    renewals = tuple(
        Renewal(one.started_on, where_of(one))
        for one in rounds_of(reader)
        if one.kind is RoundKind.RENEWAL and one.started_on <= day
    )
    band = profile_of(reader).own_from
    return OpenPairs(setting_of(reader, day), band, renewals, pupil_id)


def where_of(round_: Round) -> Selection:
    """The part of the school that a round is about."""
    return Selection(round_.site_id, round_.group_id)


def _begun(round_: Round) -> tuple[date, str]:
    return round_.started_on, round_.id
