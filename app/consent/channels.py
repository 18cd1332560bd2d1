"""The school's channels: what a new register begins with, and how they are changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.one_off import follow, widens
from app.consent.records import NAME, Channel, Medium
from app.consent.uses import STRICT_AUDIENCES, first_channels
from app.errors import Refusal, collect
from app.languages import texts_of
from app.names import tidy
from app.record import Compartment

if TYPE_CHECKING:
    from app.languages import Texts
    from app.ports import Session

FIRST = "nl"
"""The language that every channel has; see `app.languages` for the others."""


def text_field(name: str, language: str) -> str:
    """The name of the field in which a text of a channel is edited, such as "name_nl"."""
    return f"{name}_{language}"


def begin_channels(session: Session) -> tuple[Channel, ...]:
    """Store the channels that a new register begins with."""
    channels = first_channels()
    with session.work(Compartment.CONSENT, "channels_begun") as work:
        work.add(*channels)
        work.commit()
    return channels


def save_channel(session: Session, channel: Channel, *, widened: bool = False) -> Channel:
    """Store a changed channel, or a new one whose id is not known yet.

    Going public, or to a service outside the EEA, always widens the use. A notice of a use does
    not cover what it is widened to.

    Args:
        session: who changes it.
        channel: its new state.
        widened: the use covers more than before: an old yes covers it no longer.

    Raises:
        Refusals: fields that are not right; `consent.always_strict` when a public or
            social channel would be made lenient.
    """
    kept = replace(channel, texts=_tidy(channel.texts))
    collect(_faults(kept))
    with session.work(Compartment.CONSENT, "channel_saved", kept.id) as work:
        before = work.find(Channel, kept.id)
        if before is None:
            if work.all(Channel, key=kept.key):
                raise Refusal("consent.channel_taken", field="key", key=kept.key)
            work.add(kept)
        else:
            raised = widened or widens(before, kept)
            told = () if raised else before.noticed_on
            kept = replace(kept, scope=before.scope + int(raised), noticed_on=told)
            work.change(kept, *follow(work.all(Channel, within=kept.key), kept))
        work.commit()
    return kept


def _tidy(texts: Texts) -> Texts:
    spoken = texts.plain()
    return texts_of(
        {
            language: {name: tidy(text) for name, text in held.items()}
            for language, held in spoken.items()
        }
    )


def _faults(channel: Channel) -> list[Refusal]:
    found = []
    if not channel.texts.exactly(NAME, FIRST):
        found.append(Refusal("consent.channel_name_missing", field=text_field(NAME, FIRST)))
    found += [
        Refusal("people.bsn", field=text_field(name, language))
        for language, held in channel.texts.plain().items()
        for name, text in held.items()
        if holds_bsn(text)
    ]
    if channel.lenient and channel.audience in STRICT_AUDIENCES:
        found.append(Refusal("consent.always_strict", field="lenient"))
    if not set(channel.media) <= set(Medium):
        found.append(Refusal("consent.unknown_medium", field="media"))
    if channel.end and channel.start and channel.end < channel.start:
        found.append(Refusal("consent.ends_before", field="end"))
    return found
