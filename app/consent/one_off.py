"""One-off uses: a trip, a press visit; asked on a form of their own, and over after an end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.records import EXPLANATION, NAME, SHORT, Channel, Medium
from app.consent.uses import STRICT_AUDIENCES, asked_uses, in_order
from app.errors import Refusal, collect
from app.ids import new_id
from app.languages import texts_of
from app.names import fold, tidy
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE, PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from app.languages import Spoken, Texts
    from app.ports import Reader, Session, Work

LAST = 10_000
"""Position of one-off uses: after every channel that stays."""


@dataclass(frozen=True, slots=True)
class OneOffDraft:
    """A one-off use as typed.

    Attributes:
        name: what it is about, in Dutch; it stands so on forms in other languages as well.
        names: what it is called in other languages, by language, where it differs.
        media: the kinds of recording.
        within: key of the channel on which the recordings are shown.
        start: first day, or None for at once; end: last day.
        group_ids: who is asked; everybody without any.
        id: of the one that is changed, or "" for a new one.
    """

    name: str
    media: tuple[str, ...]
    within: str
    start: date | None
    end: date | None
    group_ids: tuple[str, ...] = ()
    id: str = ""
    names: Mapping[str, str] | None = None


def save_one_off(session: Session, draft: OneOffDraft) -> Channel:
    """Store a new or changed one-off use; a longer period asks again.

    Raises:
        Refusals: fields that are not right, such as `consent.one_off_over` for an end that is
            past already.
        Refusal: `register.not_found`.
    """
    draft = replace(draft, name=tidy(draft.name))
    with session.work(Compartment.CONSENT, "one_off_saved", draft.id) as work:
        before = work.get(Channel, draft.id) if draft.id else None
        collect(_faults(draft, work, session.clock.today(), before))
        (within,) = work.all(Channel, key=draft.within)
        made = _made(draft, within, _free_key(draft, work), before)
        if before is None:
            work.add(made)
        else:
            work.change(made)
        work.commit()
    return made


def drop_one_off(session: Session, one_off: Channel) -> Channel:
    """Take a one-off use away, as if it had not been made; what was answered stays known."""
    with session.work(Compartment.CONSENT, "one_off_dropped", one_off.id) as work:
        gone = replace(work.get(Channel, one_off.id), active=False)
        work.change(gone)
        work.commit()
    return gone


def put_back_one_off(session: Session, before: Channel) -> Channel:
    """Undo a change: a one-off use as it was just before, so that nobody is asked again."""
    with session.work(Compartment.CONSENT, "one_off_saved", before.id) as work:
        work.get(Channel, before.id)
        work.change(before)
        work.commit()
    return before


def one_offs(reader: Reader, day: date, group_id: str = "") -> tuple[Channel, ...]:
    """The one-off uses that have not ended on a day, by end; perhaps those of one group."""
    found = (
        channel
        for channel in reader.all(Channel)
        if channel.active and channel.end is not None and channel.end >= day
        if not group_id or is_for(channel, group_id)
    )
    return tuple(sorted(found, key=lambda one: (one.end, one.key)))


def open_uses(
    channels: tuple[Channel, ...], day: date, group_id: str
) -> tuple[tuple[Medium, Channel], ...]:
    """What can be answered in a group on a day: the form of the school, then one-off uses.

    One-off uses by their end, each with its kinds of recording.
    """
    still = [one for one in in_order(channels) if one.end is not None and one.end >= day]
    small = (asked_uses(channels, one.key) for one in still if is_for(one, group_id))
    return (*asked_uses(channels), *chain.from_iterable(small))


def is_for(channel: Channel, group_id: str) -> bool:
    """Whether a use is asked in a group; one that is not one-off is asked in all of them."""
    return not channel.group_ids or group_id in channel.group_ids


def reaches_out(channels: Iterable[Channel]) -> tuple[Channel, ...]:
    """The channels on which a one-off use can be shown: those that need consent and stay."""
    return tuple(one for one in channels if one.needs_consent and not one.one_off)


def _faults(
    draft: OneOffDraft, work: Work, today: date, before: Channel | None
) -> list[Refusal]:
    found = []
    if not draft.name:
        found.append(Refusal("consent.one_off_name_missing", field="name"))
    if holds_bsn(draft.name):
        found.append(Refusal("people.bsn", field="name"))
    for language, name in (draft.names or {}).items():
        if holds_bsn(name):
            found.append(Refusal("people.bsn", field=f"name_{language}"))
    if not draft.media or not set(draft.media) <= set(Medium):
        found.append(Refusal("consent.one_off_media_missing", field="media"))
    keys = {channel.key for channel in reaches_out(work.all(Channel))}
    if draft.within not in keys:
        found.append(Refusal("consent.one_off_place_missing", field="within"))
    return found + _period_faults(draft, today, before)


def _period_faults(draft: OneOffDraft, today: date, before: Channel | None) -> list[Refusal]:
    if draft.end is None:
        return [Refusal("consent.one_off_end_missing", field="end")]
    if draft.start and draft.end < draft.start:
        return [Refusal("consent.ends_before", field="end")]
    if draft.end < today and (before is None or draft.end != before.end):
        return [Refusal("consent.one_off_over", field="end", day=draft.end)]
    return []


def _made(draft: OneOffDraft, within: Channel, key: str, before: Channel | None) -> Channel:
    made = Channel(
        id=before.id if before else new_id(),
        key=before.key if before else key,
        texts=_texts(draft, within, before),
        audience=within.audience,
        media=tuple(medium for medium in Medium if medium in draft.media),
        lenient=within.lenient and within.audience not in STRICT_AUDIENCES,
        outside_eea=within.outside_eea,
        position=LAST,
        start=draft.start,
        end=draft.end,
        group_ids=draft.group_ids,
        within=within.key,
    )
    if before is None:
        return made
    wider = widens(before, made)
    told = () if wider else before.noticed_on
    return replace(made, scope=before.scope + int(wider), noticed_on=told)


def _texts(draft: OneOffDraft, within: Channel, before: Channel | None) -> Texts:
    """The name in every language, and where the recordings are shown."""
    spoken: Spoken = before.texts.plain() if before else {}
    renamed = before is None or before.texts.exactly(NAME, DEFAULT_LANGUAGE) != draft.name
    others = draft.names or {}
    for language in PAPER_LANGUAGES:
        held = spoken.setdefault(language, {})
        if renamed or draft.names is not None:
            own = "" if language == DEFAULT_LANGUAGE else tidy(others.get(language, ""))
            held[NAME] = own or draft.name
            held.pop(SHORT, None)
        shown = (within.name(language), within.explanation(language))
        held[EXPLANATION] = ": ".join(part for part in shown if part)
    return texts_of(spoken)


def follow(shown: Iterable[Channel], within: Channel) -> list[Channel]:
    """One-off uses as they become when the channel on which they are shown changes."""
    changed = []
    for before in shown:
        strict = within.audience in STRICT_AUDIENCES
        after = replace(
            before,
            audience=within.audience,
            outside_eea=within.outside_eea,
            lenient=within.lenient and not strict,
        )
        if after != before:
            wider = widens(before, after)
            told = () if wider else before.noticed_on
            changed.append(replace(after, scope=before.scope + int(wider), noticed_on=told))
    return changed


def widens(before: Channel, after: Channel) -> bool:
    """Whether a change makes more of a use than was asked, whatever is said about it."""
    public = after.audience in STRICT_AUDIENCES and before.audience not in STRICT_AUDIENCES
    abroad = after.outside_eea and not before.outside_eea
    return public or abroad or _longer(before, after)


def _longer(before: Channel, after: Channel) -> bool:
    """Whether a one-off use begins earlier or ends later than was asked."""
    if before.end is None:
        return False
    if after.end is None or after.end > before.end:
        return True
    return before.start is not None and (after.start is None or after.start < before.start)


def _free_key(draft: OneOffDraft, work: Work) -> str:
    """A key that no channel had yet: its name, and a number where that is taken."""
    stem = "once_" + fold(draft.name).replace(" ", "_")[:40]
    taken = {channel.key for channel in work.all(Channel)}
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
