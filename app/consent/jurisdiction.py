"""Under whose rules the school asks for consent, and the notices that some rules know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import resources
from app.consent.records import Channel
from app.consent.uses import MAKING, channel_of
from app.errors import Message, Refusal
from app.record import Compartment
from app.register.school import school_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.ports import Session, Work
    from app.register.records import School

_RULES = (
    *("pupil_joins_from", "pupil_decides_from", "deciders", "silence", "taking_apart"),
    *("expires_months", "staff_decide"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a jurisdiction.

    Attributes:
        key: such as "pupil_decides_from".
        value: a number, yes or no, or a word, as in `resources/profiles`.
        source: an address, or "" where the rule says that nothing is special.
        article: the article of a law, or "".
        to_be_checked: nobody has settled yet that it is so.
        days: of silence, how many days a notice leaves for objecting.
    """

    key: str
    value: int | bool | str
    source: str
    article: str
    checked: date
    to_be_checked: bool
    days: int = 0

    @property
    def told(self) -> Message:
        """The rule as a sentence."""
        if self.key == "silence":
            return Message(f"consent.rule_silence_{self.value}", {"days": self.days})
        if self.key == "deciders":
            return Message(f"consent.rule_deciders_{self.value}")
        without = "" if self.value else "_not"
        return Message(f"consent.rule_{self.key}{without}", {"value": self.value})


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """What the office reads about the rules of a country.

    Attributes:
        names: its name by language.
    """

    key: str
    names: dict[str, str]
    rules: tuple[Rule, ...]


def jurisdictions() -> tuple[Jurisdiction, ...]:
    """The jurisdictions that are shipped, in order."""
    tables = sorted(map(resources.profile, resources.profiles()), key=lambda one: one["order"])
    return tuple(
        Jurisdiction(one["key"], dict(one["name"]), tuple(_rule(one, key) for key in _RULES))
        for one in tables
    )


def _rule(table: resources.Table, key: str) -> Rule:
    found = table["sources"].get(key, {})
    return Rule(
        key=key,
        value=table[key],
        source=found.get("source", ""),
        article=found.get("article", ""),
        checked=found.get("checked", table["checked"]),
        to_be_checked=found.get("to_be_checked", False),
        days=table["notice_days"],
    )


def change_jurisdiction(session: Session, country: str) -> School:
    """Ask for consent by the rules of another country from now on; every answer follows.

    Where making a recording is consented to apart, the channel that asks for it is switched on,
    else off.

    Raises:
        Refusal: `consent.unknown_jurisdiction`; `register.not_found` before the register was
            equipped.
    """
    if country not in resources.profiles():
        raise Refusal("consent.unknown_jurisdiction", field="jurisdiction")
    with session.work(Compartment.CONSENT, "jurisdiction_changed", country) as work:
        school = school_of(work)
        if school.jurisdiction == country:
            return school
        changed = replace(school, jurisdiction=country)
        work.change(changed)
        _set_making(work, active=bool(resources.profile(country)["taking_apart"]))
        work.commit()
    return changed


def _set_making(work: Work, *, active: bool) -> None:
    known = [one for one in work.all(Channel) if one.audience == MAKING]
    if known:
        turned = (replace(one, active=active) for one in known if one.active != active)
        work.change(*turned)
    elif active:
        work.add(channel_of(resources.making()))


def give_notice(session: Session, keys: Iterable[str], day: date) -> tuple[Channel, ...]:
    """Note that notice of these channels was given to everybody on a day.

    It permits something only where silence does, and then only after the days for objecting.

    Raises:
        Refusal: `consent.notice_later` for a day to come, `consent.notice_of_nothing`.
    """
    if day > session.clock.today():
        raise Refusal("consent.notice_later", field="day")
    wanted = frozenset(keys)
    with session.work(Compartment.CONSENT, "notice_given") as work:
        known = [one for one in work.all(Channel) if one.key in wanted and one.active]
        if not known:
            raise Refusal("consent.notice_of_nothing", field="channels")
        told = [replace(one, noticed_on=_with(one.noticed_on, day)) for one in known]
        work.change(*told)
        work.commit()
    return tuple(told)


def take_back_notice(session: Session, keys: Iterable[str], day: date) -> None:
    """Take back a notice that was noted by mistake."""
    wanted = frozenset(keys)
    with session.work(Compartment.CONSENT, "notice_taken_back") as work:
        known = [one for one in work.all(Channel) if one.key in wanted]
        told = [one for one in known if day in one.noticed_on]
        left = (tuple(each for each in one.noticed_on if each != day) for one in told)
        work.change(
            *(replace(one, noticed_on=days) for one, days in zip(told, left, strict=True))
        )
        work.commit()


def _with(days: tuple[date, ...], day: date) -> tuple[date, ...]:
    return tuple(sorted({*days, day}))
