"""What a jurisdiction lays down about consent, and which one the school lies in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.consent.questions import ChannelsThen, SchoolThen
from app.consent.records import Channel, Medium
from app.consent.uses import MAKING, in_order, use_key, use_rule
from app.consent.verdict import UseRule
from app.register.records import School

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.ports import Reader

DEFAULT = "nl"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a jurisdiction lays down, from `resources/profiles`.

    Attributes:
        decides_from: age from which a pupil decides alone.
        joins_from: age from which a pupil decides beside the guardians, or 0.
        any_holder: one yes of a holder suffices while no objection is known.
        notice_days: days after a notice after which silence permits; None where it never does.
        expires_months: so long a yes holds that names no end, or 0 for without end.
        making: the uses "making a recording", one for each medium, where making is consented
            to apart from using; else empty.
    """

    decides_from: int = 16
    joins_from: int = 0
    any_holder: bool = False
    notice_days: int | None = None
    expires_months: int = 0
    making: tuple[UseRule, ...] = ()
    key: str = DEFAULT

    @property
    def own_from(self) -> int:
        """Age from which a pupil is asked, alone or beside the guardians."""
        return self.joins_from or self.decides_from

    def making_of(self, use: str) -> UseRule | None:
        """The use that has to be permitted before this one is, or None."""
        medium = use.partition(":")[0]
        found = (rule for rule in self.making if rule.use.partition(":")[0] == medium)
        return next((rule for rule in found if rule.use != use), None)


@cache
def profile(country: str = DEFAULT) -> Profile:
    """The jurisdiction's profile as it is shipped; see `profile_of` for that of a register."""
    found = resources.profile(country)
    return Profile(
        decides_from=int(found["pupil_decides_from"]),
        joins_from=int(found["pupil_joins_from"]),
        any_holder=found["deciders"] == "any_holder",
        notice_days=int(found["notice_days"]) if found["silence"] == "yes" else None,
        expires_months=int(found["expires_months"]),
        making=_making(()) if found["taking_apart"] else (),
        key=country,
    )


def profile_of(reader: Reader, known_at: datetime | None = None) -> Profile:
    """The profile that holds in a register, now or as it was set at an instant.

    Where making a recording is consented to apart, with the channel that asks for it.
    """
    if known_at is None:
        school = next(iter(reader.all(School)), None)
    else:
        school = reader.ask(SchoolThen(known_at))
    found = profile(school.jurisdiction if school else DEFAULT)
    if not found.making:
        return found
    channels = reader.all(Channel) if known_at is None else reader.ask(ChannelsThen(known_at))
    return replace(found, making=_making(channels))


def _making(channels: Iterable[Channel]) -> tuple[UseRule, ...]:
    """The rules for making a recording; of a medium that nobody asks about, one never asked."""
    own = [one for one in in_order(tuple(channels)) if one.audience == MAKING]
    return tuple(_rule(own, medium) for medium in Medium)


def _rule(channels: list[Channel], medium: Medium) -> UseRule:
    asked = (use_rule(one, medium) for one in channels if medium in one.media)
    return next(asked, UseRule(use_key(medium, MAKING), asked=False))
