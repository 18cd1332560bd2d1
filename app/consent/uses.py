"""Uses: one medium on one channel, as the school has set them."""

from __future__ import annotations

from functools import cache
from typing import Any

import resources
from app.consent.records import EXAMPLE, EXPLANATION, GROUND, NAME, SHORT, Channel, Medium
from app.consent.verdict import Profile, UseRule
from app.errors import Refusal
from app.ids import new_id
from app.languages import turned

STRICT_AUDIENCES = frozenset({"public", "social", "press"})

_WRITTEN = {
    NAME: "name",
    SHORT: "short",
    EXPLANATION: "explain",
    EXAMPLE: "example",
    GROUND: "ground_short",
}


def use_key(medium: Medium | str, channel: str) -> str:
    """The key of a use: `medium:channel`."""
    return f"{medium}:{channel}"


def split_use(use: str) -> tuple[Medium, str]:
    """Medium and channel of a use.

    Raises:
        Refusal: `consent.unknown_use` when the text is not a use.
    """
    medium, _, channel = use.partition(":")
    if medium not in set(Medium) or not channel:
        raise Refusal("consent.unknown_use", field="use", use=use)
    return Medium(medium), channel


def in_order(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """The active channels in the order the school has given them."""
    return tuple(sorted((c for c in channels if c.active), key=lambda c: (c.position, c.key)))


def use_rules(channels: tuple[Channel, ...]) -> tuple[UseRule, ...]:
    """The rules of all uses of the active channels, by medium and then in channel order."""
    ordered = in_order(channels)
    return tuple(use_rule(channel, medium) for medium in Medium for channel in ordered)


def use_rule(channel: Channel, medium: Medium) -> UseRule:
    """The rule for one use; public channels and social media are always strict."""
    return UseRule(
        use=use_key(medium, channel.key),
        ground=channel.ground("nl"),
        lenient=channel.lenient and channel.audience not in STRICT_AUDIENCES,
        scope=channel.scope,
        asked=channel.active and medium in channel.media,
    )


def asked_uses(channels: tuple[Channel, ...]) -> tuple[tuple[Medium, Channel], ...]:
    """What a form asks: the uses that need consent, by medium and then in channel order."""
    ordered = in_order(channels)
    return tuple((m, c) for m in Medium for c in ordered if c.needs_consent and m in c.media)


@cache
def profile(country: str = "nl") -> Profile:
    """The jurisdiction's profile, from `resources/profiles`."""
    return Profile(decides_from=int(resources.profile(country)["pupil_decides_from"]))


def first_channels() -> tuple[Channel, ...]:
    """The channels a new register begins with, from `resources/channels.toml`."""
    return tuple(_channel(item) for item in resources.channels())


def _channel(item: dict[str, Any]) -> Channel:
    texts = {name: item[written] for name, written in _WRITTEN.items() if written in item}
    return Channel(
        id=new_id(),
        key=item["key"],
        texts=turned(texts),
        audience=item["audience"],
        media=tuple(item["media"]),
        ground_source="" if item["needs_consent"] else item["source"],
        lenient=not item["strict"] and not item["strict_only"],
        active=item["default_on"],
        outside_eea=item["outside_eea"],
        position=item["order"],
    )
