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
from app.consent.staff import staff_subjects
from app.consent.uses import split_use
from app.errors import Refusal
from app.letters.requests import OfficeRequest
from app.people.records import Guardian, StaffMember
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.asking.listing import AskingFilter
    from app.asking.needs import Need, Setting
    from app.asking.questions import OpenPair
    from app.consent.facts import Subject
    from app.consent.records import UnclearAnswer
    from app.letters.facts import Value
    from app.ports import Reader, Session

REMINDER, OWN_REMINDER = "consent_reminder", "own_reminder"
YEARLY, OWN_YEARLY = "consent_yearly", "own_yearly"
"""To guardians, and to whoever decides alone."""


def reminders(session: Session, wanted: AskingFilter) -> tuple[OfficeRequest, ...]:
    """A letter for each decider and subject whom a filter shows and who was asked.

    In a round that only reminds: one for each who was not told yet, that nothing changes and
    that a choice can be withdrawn. Who decides alone, a pupil of age or an adult at school,
    gets letters of their own.

    Raises:
        Refusal: `asking.nobody_waits`.
    """
    day = session.clock.today()
    pairs = [split(id) for id in find_asking(session, wanted)]
    with session.look(Compartment.CONSENT) as reader:
        round_ = find_round(reader, wanted.round_id, day) if wanted.round_id else None
        if round_ is not None and round_.kind is RoundKind.REMINDER:
            return _some(tuple(_yearly(one, who) for one, who in pairs))
        channel = round_.channel if round_ else ""
        found = open_pairs(reader, day, EVERYWHERE, channel)
        open_ = {(one.subject_id, one.decider_id): one for one in found}
        asked = [open_[pair] for pair in pairs if pair in open_]
        waiting = [one for one in asked if one.asked is not None]
        writer = _Writer(reader, waiting, setting_of(reader, day, channel))
        round_id = wanted.round_id if channel else ""
        return _some(tuple(replace(one, round_id=round_id) for one in writer.letters()))


def _yearly(subject_id: str, decider_id: str) -> OfficeRequest:
    alone = subject_id == decider_id
    return OfficeRequest(OWN_YEARLY if alone else YEARLY, decider_id, subject_id)


def _some(letters: tuple[OfficeRequest, ...]) -> tuple[OfficeRequest, ...]:
    if not letters:
        raise Refusal("asking.nobody_waits")
    return letters


def _about(facts: tuple[UnclearAnswer, ...], subject_id: str) -> Iterable[UnclearAnswer]:
    return (fact for fact in facts if fact.subject_id == subject_id)


def _subjects(reader: Reader, ids: tuple[str, ...]) -> Iterator[Subject]:
    """The facts about these pupils and adults."""
    yield from reader.ask(SubjectsFacts(ids))
    yield from staff_subjects(reader, reader.all(StaffMember, id=ids))


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
            for subject in _subjects(reader, partly)
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
        template = OWN_REMINDER if one.decider_id == one.subject_id else REMINDER
        return OfficeRequest(template, one.decider_id, one.subject_id, values)

    def _named(self, needs: Iterable[Need], language: str) -> Iterable[str]:
        for need in needs:
            medium, key = split_use(need.use)
            names = self._media[medium]
            name = names.get(language, names[DEFAULT_LANGUAGE])
            yield f"{name}: {self._channels[key].name(language)}"
