"""Reminding: a letter for each who was asked and has not answered; neutral, and without effect.

A letter is the reminder itself once it has left; nothing else is noted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import resources
from app.asking.listing import find_asking, split
from app.asking.needs import who_to_ask
from app.asking.records import RoundKind, Way
from app.asking.rounds import find_round
from app.asking.rules import rules
from app.asking.standing import EVERYWHERE, open_pairs, setting_of
from app.consent.profiles import profile_of
from app.consent.questions import SubjectsFacts, UnclearAbout
from app.consent.records import Channel
from app.consent.uses import split_use
from app.errors import Refusal
from app.letters.requests import OfficeRequest
from app.people.records import Guardian, Pupil
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.asking.listing import AskingFilter
    from app.asking.needs import Need, Setting
    from app.asking.questions import OpenPair
    from app.consent.records import UnclearAnswer
    from app.letters.facts import Value
    from app.ports import Reader, Session

REMINDER = "consent_reminder"
YEARLY = "consent_yearly"


def reminders(session: Session, wanted: AskingFilter) -> tuple[OfficeRequest, ...]:
    """A letter for each pupil and guardian whom a filter shows and who was asked.

    In a round that only reminds: one for each who was not told yet, that nothing changes and
    that a choice can be withdrawn. Members of staff get none; they are told in person.

    Raises:
        Refusal: `asking.nobody_waits`.
    """
    day = session.clock.today()
    pairs = [split(id) for id in find_asking(session, wanted)]
    with session.look(Compartment.CONSENT) as reader:
        subjects = tuple({subject for subject, _ in pairs})
        pupils = {pupil.id for pupil in reader.all(Pupil, id=subjects)}
        round_ = find_round(reader, wanted.round_id, day) if wanted.round_id else None
        if round_ is not None and round_.kind is RoundKind.REMINDER:
            told = [(one, who) for one, who in pairs if one in pupils]
            return _some(tuple(OfficeRequest(YEARLY, who, one) for one, who in told))
        channel = round_.channel if round_ else ""
        found = open_pairs(reader, day, EVERYWHERE, channel)
        open_ = {(one.subject_id, one.decider_id): one for one in found}
        asked = [open_[pair] for pair in pairs if pair in open_ and pair[0] in pupils]
        waiting = [one for one in asked if one.asked is not None]
        writer = _Writer(reader, waiting, setting_of(reader, day, channel))
        round_id = wanted.round_id if channel else ""
        return _some(tuple(replace(one, round_id=round_id) for one in writer.letters()))


def _some(letters: tuple[OfficeRequest, ...]) -> tuple[OfficeRequest, ...]:
    if not letters:
        raise Refusal("asking.nobody_waits")
    return letters


def _about(facts: tuple[UnclearAnswer, ...], subject_id: str) -> Iterable[UnclearAnswer]:
    return (fact for fact in facts if fact.subject_id == subject_id)


class _Writer:
    """Fills in what the letters say."""

    def __init__(self, reader: Reader, asked: list[OpenPair], setting: Setting) -> None:
        self._asked, self._day = asked, setting.day
        self._once = bool(setting.channel)
        self._channels = {channel.key: channel for channel in reader.all(Channel)}
        self._media = {item["key"]: item["name"] for item in resources.media()}
        deciders = tuple({one.decider_id for one in asked})
        self._languages = {g.id: g.language for g in reader.all(Guardian, id=deciders)}
        band = profile_of(reader)
        partly = tuple({one.subject_id for one in asked if one.partly or self._once})
        unclear = reader.ask(UnclearAbout(partly, beside_answers=True)) if partly else ()
        self._needs = {
            (due.subject_id, due.decider_id): due.needs
            for subject in reader.ask(SubjectsFacts(partly))
            for due in who_to_ask(subject, setting, band, _about(unclear, subject.id))
        }

    def letters(self) -> tuple[OfficeRequest, ...]:
        """All letters, in the order of the list."""
        return tuple(map(self._letter, self._asked))

    def _letter(self, one: OpenPair) -> OfficeRequest:
        values: dict[str, Value] = {
            "reply_by": self._day + timedelta(days=rules().reply_within)
        }
        if one.asked is not None and one.asked.how == Way.FORM:
            values["asked_on"] = one.asked.day
        needs = self._needs.get((one.subject_id, one.decider_id), ())
        if needs and (one.partly or self._once):
            language = self._languages.get(one.decider_id, DEFAULT_LANGUAGE)
            values["uses"] = tuple(self._named(needs, language))
        return OfficeRequest(REMINDER, one.decider_id, one.subject_id, values)

    def _named(self, needs: Iterable[Need], language: str) -> Iterable[str]:
        for need in needs:
            medium, key = split_use(need.use)
            names = self._media[medium]
            name = names.get(language, names[DEFAULT_LANGUAGE])
            yield f"{name}: {self._channels[key].name(language)}"
