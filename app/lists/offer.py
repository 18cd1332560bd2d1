"""What a list can be made of: groups and channels, as the office or a teacher knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.check.answer import board
from app.consent.records import Channel
from app.consent.uses import in_order
from app.people.card import places
from app.record import Compartment
from app.text import LANGUAGES

if TYPE_CHECKING:
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A group of which a list can be made."""

    id: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class ListChannel:
    """A channel for which a list can be made, with its name by language."""

    key: str
    names: dict[str, str]
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOffer:
    """What a list can be made of; `most_uses` fit on one."""

    groups: tuple[ListGroup, ...]
    channels: tuple[ListChannel, ...]
    most_uses: int

    def use_name(self, use: str, language: str) -> str:
        """A use in words: the channel and the kind of recording."""
        medium, _, key = use.partition(":")
        names = {channel.key: channel.names.get(language, key) for channel in self.channels}
        kinds = {item["key"]: item["name"][language] for item in resources.media()}
        return f"{names.get(key, key)} · {kinds.get(medium, medium)}"


def office_offer(session: Session) -> ListOffer:
    """What the office can make lists of: this year's groups and every active channel."""
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        at = places(reader, day)
        channels = in_order(reader.all(Channel), day)
    groups = tuple(
        ListGroup(group.id, group.name, at.site_name(group.site_id)) for group in at.groups
    )
    return ListOffer(groups, tuple(map(_channel, channels)), _most())


def teacher_offer(session: Session) -> ListOffer:
    """What a teacher can make lists of: what the check list knows."""
    found = board(session)
    groups = tuple(ListGroup(group.id, group.name, group.site) for group in found.groups)
    channels = tuple(
        ListChannel(
            channel.key,
            {language: channel.name(language) for language in LANGUAGES},
            channel.media,
        )
        for channel in found.channels
    )
    return ListOffer(groups, channels, _most())


def _channel(channel: Channel) -> ListChannel:
    names = {language: channel.name(language) for language in LANGUAGES}
    return ListChannel(channel.key, names, channel.media)


def _most() -> int:
    return int(resources.list_rules()["most_uses"])
