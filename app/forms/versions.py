"""Form versions: a draft is compared with the newest one, and frozen when it is complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.bsn import holds_bsn
from app.consent.records import NAME, Channel, FormSetting, FormVersion
from app.errors import Message, Refusal, Refusals, collect
from app.forms.compare import Comparison, Reask, compare, widened_since
from app.forms.content import (
    OWN_TEXTS,
    SETTING,
    Content,
    content_of,
    draft_content,
    form_setting,
)
from app.forms.questions import NewestVersion, VersionNumbers
from app.ids import new_id
from app.languages import texts_of
from app.names import tidy
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE, PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from app.ports import Reader, Session

SCHOOL, CHANNELS, WORDING = "school", "channels", "wording"
"""Where a gap is filled: settings of the school, of the channels, or the wording of forms."""

_NEEDED = ("purpose", "period", "rights", "signature", "questions")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a form must say and that is not known yet.

    Attributes:
        message: what is missing and where to set it; where: SCHOOL, CHANNELS or WORDING.
    """

    message: Message
    where: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the form of the school, or of a one-off use, stands.

    Attributes:
        versions: what was frozen, in order.
        draft: what a form would show by the settings of now; changes: against the newest.
        gaps: what must be filled in before the draft can be frozen.
        untranslated: per language the channels of which a text is said in another language.
        number: the number that the draft would get.
        setting: what the school says in its own words.
        one_off: the one-off use that is meant, or None.
    """

    versions: tuple[FormVersion, ...]
    draft: Content
    changes: Comparison
    gaps: tuple[Gap, ...]
    untranslated: Mapping[str, tuple[str, ...]]
    number: int
    setting: FormSetting
    one_off: Channel | None = None

    @property
    def current(self) -> FormVersion | None:
        """The version that forms are made with, or None."""
        return self.versions[-1] if self.versions else None

    @property
    def differs(self) -> bool:
        """Whether there is anything to freeze."""
        return self.current is None or self.current.digest != self.draft.digest


def form_standing(session: Session, one_off: str = "") -> Standing:
    """How a form stands.

    Raises:
        Refusal: `forms.no_one_off` for a key that is not one of a one-off use.
    """
    with session.look(Compartment.CONSENT) as reader:
        channel = find_one_off(reader, one_off)
        versions = form_versions(reader, one_off)
        draft = draft_content(reader, one_off)
        setting = form_setting(reader)
        number = next_number(reader)
    before = content_of(versions[-1]) if versions else None
    return Standing(
        versions=versions,
        draft=draft,
        changes=compare(before, draft) if before else Comparison(),
        gaps=tuple(gaps(draft)),
        untranslated=_untranslated(draft),
        number=number,
        setting=setting,
        one_off=channel,
    )


def form_versions(reader: Reader, one_off: str = "") -> tuple[FormVersion, ...]:
    """The versions of the form of the school, or of a one-off use, in order."""
    found = reader.all(FormVersion, channel=one_off)
    return tuple(sorted(found, key=lambda version: version.number))


def current_version(reader: Reader, one_off: str = "") -> FormVersion | None:
    """The newest version of a form, or None when none was frozen yet."""
    return reader.ask(NewestVersion(one_off))


def speaks_to_adults(reader: Reader, one_off: str = "") -> bool:
    """Whether adults can get the form of the school, or of a one-off use.

    The first form that is made freezes the texts of now, which have words for them.
    """
    version = current_version(reader, one_off)
    return version is None or content_of(version).speaks_to_adults


def reask(reader: Reader, day: date) -> tuple[Reask, ...]:
    """Which uses of the school's form were widened since the first version, and by which.

    Uses that were only reworded or became narrower are not among them. What was frozen after
    the day does not count.
    """
    known = (version for version in form_versions(reader) if version.frozen_on <= day)
    return widened_since(tuple(known))


def freeze_version(session: Session, one_off: str = "") -> FormVersion:
    """Freeze the draft as the version that forms are made with from now on.

    Raises:
        Refusals: something is missing that a form must say, see `gaps`.
        Refusal: `forms.no_uses` when nothing is asked, `forms.nothing_changed` when the newest
            version says the same.
    """
    with session.work(Compartment.CONSENT, "version_frozen") as work:
        find_one_off(work, one_off)
        draft = draft_content(work, one_off)
        before = current_version(work, one_off)
        if before is not None and before.digest == draft.digest:
            raise Refusal("forms.nothing_changed", number=before.number)
        version = fresh_version(work, session, draft)
        work.add(version)
        work.commit()
    return version


def fresh_version(reader: Reader, session: Session, draft: Content) -> FormVersion:
    """A draft as the next version, not stored yet.

    Raises:
        Refusals: something is missing that a form must say.
        Refusal: `forms.no_uses`.
    """
    if not draft.uses:
        raise Refusal("forms.no_uses")
    missing = tuple(gaps(draft))
    if missing:
        raise Refusals(tuple(_refusal(gap) for gap in missing))
    return FormVersion(
        id=new_id(),
        number=next_number(reader),
        frozen_on=session.clock.today(),
        uses=draft.uses,
        wording=draft.wording,
        digest=draft.digest,
        recorded_at=session.clock.now(),
        channel=draft.channel,
        valid_until=draft.valid_until,
    )


def next_number(reader: Reader) -> int:
    """The number of the version that is frozen next, whichever form it is of."""
    return max(reader.ask(VersionNumbers()).values(), default=0) + 1


def gaps(draft: Content) -> Iterator[Gap]:
    """What a form must say before it may be put to anybody, as far as it is missing.

    Who asks and how to reach them, what is asked, why, how long it holds, that it can be
    withdrawn, and what happens outside the EEA (GDPR art. 4(11), 7 and 13, checked 2026-11-23;
    `resources/forms/consent` names the sources).
    """
    if not draft.uses:
        yield Gap(Message("forms.gap_uses"), CHANNELS)
    if not draft.controller("name"):
        yield Gap(Message("forms.gap_controller"), SCHOOL)
    if not draft.controller("contact"):
        yield Gap(Message("forms.gap_contact"), SCHOOL)
    yield from _text_gaps(draft)
    for key, name in draft.missing(DEFAULT_LANGUAGE):
        channel = draft.channel_text(key, NAME, DEFAULT_LANGUAGE) or key
        yield Gap(Message(f"forms.gap_channel_{name}", {"channel": channel}), CHANNELS)


def _text_gaps(draft: Content) -> Iterator[Gap]:
    abroad = any(one.outside_eea for one in draft.asked())
    needed = (*_NEEDED, "social") if abroad else _NEEDED
    tables = draft.tables(DEFAULT_LANGUAGE)
    for name in needed:
        if not tables.get(name):
            yield Gap(Message(f"forms.gap_{name}"), WORDING)


def _refusal(gap: Gap) -> Refusal:
    channel = gap.message.values.get("channel")
    return Refusal(gap.message.id, channel=channel) if channel else Refusal(gap.message.id)


def _untranslated(draft: Content) -> dict[str, tuple[str, ...]]:
    found = {}
    for language in PAPER_LANGUAGES:
        keys = dict.fromkeys(key for key, _ in draft.missing(language))
        if keys:
            names = (draft.channel_text(key, NAME, DEFAULT_LANGUAGE) for key in keys)
            found[language] = tuple(names)
    return found


def find_one_off(reader: Reader, key: str) -> Channel | None:
    """The one-off use with a key, or None without one.

    Raises:
        Refusal: `forms.no_one_off`.
    """
    if not key:
        return None
    found = next(iter(reader.all(Channel, key=key)), None)
    if found is None or not found.one_off:
        raise Refusal("forms.no_one_off")
    return found


def save_form_setting(session: Session, setting: FormSetting) -> FormSetting:
    """Store what the school says in its own words, and until when a yes holds.

    Raises:
        Refusals: `forms.until_past` for a day that is past, `people.bsn`,
            `forms.extra_heading_missing`.
    """
    spoken = setting.texts.plain()
    tidied = {
        language: {name: tidy(text) for name, text in held.items() if name in OWN_TEXTS}
        for language, held in spoken.items()
    }
    kept = replace(setting, id=SETTING, texts=texts_of(tidied))
    with session.work(Compartment.CONSENT, "form_setting_saved", SETTING) as work:
        before = work.find(FormSetting, SETTING)
        collect(_setting_faults(kept, before, session.clock.today()))
        if before is None:
            work.add(kept)
        else:
            work.change(kept)
        work.commit()
    return kept


def _setting_faults(
    setting: FormSetting, before: FormSetting | None, today: date
) -> list[Refusal]:
    found = [
        Refusal("people.bsn", field=f"{name}_{language}")
        for language, held in setting.texts.plain().items()
        for name, text in held.items()
        if holds_bsn(text)
    ]
    until = setting.valid_until
    if until and until < today and (before is None or before.valid_until != until):
        found.append(Refusal("forms.until_past", field="valid_until", day=until))
    for language, held in setting.texts.plain().items():
        if held.get("extra") and not held.get("extra_heading"):
            field = f"extra_heading_{language}"
            found.append(Refusal("forms.extra_heading_missing", field=field))
    return found
