"""The school's channels: what a new register begins with, and how they are changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.records import Channel, Medium
from app.consent.uses import STRICT_AUDIENCES, first_channels
from app.errors import Refusal, collect
from app.names import tidy
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session

_TEXTS = (
    *("name_nl", "name_en", "short_nl", "short_en", "explanation_nl", "explanation_en"),
    *("ground_nl", "ground_en"),
)


def begin_channels(session: Session) -> tuple[Channel, ...]:
    """Store the channels that a new register begins with."""
    channels = first_channels()
    with session.work(Compartment.CONSENT, "channels_begun") as work:
        work.add(*channels)
        work.commit()
    return channels


def save_channel(session: Session, channel: Channel, *, widened: bool = False) -> Channel:
    """Store a changed channel, or a new one whose id is not known yet.

    Going public, or to a service outside the EEA, always widens the use.

    Args:
        session: who changes it.
        channel: its new state.
        widened: the use covers more than before: an old yes covers it no longer.

    Raises:
        Refusals: fields that are not right; `consent.always_strict` when a public or
            social channel would be made lenient.
    """
    collect(_faults(channel))
    kept = replace(
        channel,
        name_nl=tidy(channel.name_nl),
        name_en=tidy(channel.name_en) or tidy(channel.name_nl),
    )
    with session.work(Compartment.CONSENT, "channel_saved", kept.id) as work:
        before = work.find(Channel, kept.id)
        if before is None:
            if work.all(Channel, key=kept.key):
                raise Refusal("consent.channel_taken", field="key", key=kept.key)
            work.add(kept)
        else:
            widens = widened or _widens(before, kept)
            kept = replace(kept, scope=before.scope + int(widens))
            work.change(kept)
        work.commit()
    return kept


def _widens(before: Channel, after: Channel) -> bool:
    """Whether a change makes more of a use than was asked, whatever is said about it."""
    public = after.audience in STRICT_AUDIENCES and before.audience not in STRICT_AUDIENCES
    return public or (after.outside_eea and not before.outside_eea)


def _faults(channel: Channel) -> list[Refusal]:
    found = []
    if not tidy(channel.name_nl):
        found.append(Refusal("consent.channel_name_missing", field="name_nl"))
    found += [
        Refusal("people.bsn", field=name)
        for name in _TEXTS
        if holds_bsn(getattr(channel, name))
    ]
    if channel.lenient and channel.audience in STRICT_AUDIENCES:
        found.append(Refusal("consent.always_strict", field="lenient"))
    if not set(channel.media) <= set(Medium):
        found.append(Refusal("consent.unknown_medium", field="media"))
    return found
