"""Uses: one medium on one channel, as the school has set them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import resources
from app.consent.records import EXAMPLE, EXPLANATION, GROUND, NAME, SHORT, Channel, Medium
from app.consent.verdict import UseRule
from app.errors import Refusal
from app.ids import new_id
from app.languages import turned

STRICT_AUDIENCES = frozenset({"public", "social", "press"})

MAKING = "making"
"""Audience of the channel that asks for making a recording, apart from using it."""

SHOWN_AFTER = timedelta(days=30)
"""So long a one-off use that ended is still shown, with the day on which it ended."""

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


def in_order(channels: tuple[Channel, ...], day: date | None = None) -> tuple[Channel, ...]:
    """The active channels in the order the school has given them; one-off uses come last.

    With a day without those that ended long before it (`SHOWN_AFTER`).
    """
    shown = (c for c in channels if c.active and (day is None or not _long_ended(c, day)))
    return tuple(sorted(shown, key=_place))


def _place(channel: Channel) -> tuple[bool, date, int, str]:
    return channel.one_off, channel.end or date.min, channel.position, channel.key


def _long_ended(channel: Channel, day: date) -> bool:
    return channel.end is not None and channel.end + SHOWN_AFTER < day


def use_rules(channels: tuple[Channel, ...], day: date | None = None) -> tuple[UseRule, ...]:
    """The rules of all uses of the active channels, by medium and then in channel order.

    With a day without one-off uses that ended long before it.
    """
    ordered = in_order(channels, day)
    return tuple(use_rule(channel, medium) for medium in Medium for channel in ordered)


def use_rule(channel: Channel, medium: Medium) -> UseRule:
    """The rule for one use; public channels and social media are always strict."""
    return UseRule(
        use=use_key(medium, channel.key),
        ground=channel.ground("nl"),
        lenient=channel.lenient and channel.audience not in STRICT_AUDIENCES,
        scope=channel.scope,
        asked=channel.active and medium in channel.media,
        start=channel.start,
        end=channel.end,
        noticed_on=channel.noticed_on,
    )


def asked_uses(
    channels: tuple[Channel, ...], one_off: str = ""
) -> tuple[tuple[Medium, Channel], ...]:
    """What a form asks: the uses that need consent, by medium and then in channel order.

    Args:
        channels: the channels of the school.
        one_off: key of the one-off use whose own form is meant; without it the form of the
            school, which asks for no one-off uses.
    """
    ordered = [c for c in in_order(channels) if (c.key if c.one_off else "") == one_off]
    return tuple((m, c) for m in Medium for c in ordered if c.needs_consent and m in c.media)


def first_channels() -> tuple[Channel, ...]:
    """The channels a new register begins with, from `resources/channels.toml`."""
    return tuple(channel_of(item) for item in resources.channels())


def channel_of(item: dict[str, Any]) -> Channel:
    """A new channel, from its row in a list that is shipped."""
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
