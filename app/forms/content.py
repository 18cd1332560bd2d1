"""What a form says: everything that is shown, in all languages, as a value with a hash.

The *draft* is put together from the settings and the texts that come with the program. A *form
version* is a draft that was frozen; forms are drawn from the version alone, so that what was
put to a parent can be shown again word for word.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import resources
from app.consent.records import (
    EXPLANATION,
    NAME,
    Channel,
    FormSetting,
    FormVersion,
    Medium,
)
from app.consent.uses import STRICT_AUDIENCES, asked_uses, use_key
from app.forms.papers import FormCondition, FormLine, FormSection, Signer
from app.register.records import School
from app.text import DEFAULT_LANGUAGE, PAPER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.ports import Reader

Tables = dict[str, Any]

SETTING = "form"
"""The id of the one `FormSetting`."""

SHOWN = (NAME, EXPLANATION)
"""The texts of a channel that a parent reads."""

PURPOSE, EXTRA_HEADING, EXTRA = "purpose", "extra_heading", "extra"
OWN_TEXTS = (PURPOSE, EXTRA_HEADING, EXTRA)
"""What the school can say in its own words, see `FormSetting`."""

READING_ORDER = (
    "fill_in",
    "purpose",
    "period",
    "rights",
    "authority",
    "social",
    "not_asked",
    "controller",
    "what_happens",
)
"""The headed parts of a form that tell the reader what to know, in the order of print."""

OWN_SIGNERS = Signer.ADULT.overlays
"""What differs for who signs about himself or herself: a pupil, and further an adult."""

PLACED = frozenset(
    {
        *("media", "questions", "conditions", "send_back", "signature", "footer"),
        *("pupil_signs", "adult_signs", "examples"),
    }
)
"""Parts of a form that have a place of their own."""

_NOT_SHOWN = frozenset(
    {"language", "version", "slots", "source", "also", "checked", "to_be_checked", "one_off"}
)


@dataclass(frozen=True, slots=True)
class AskedUse:
    """One question of a form, with what makes it wide or narrow.

    Attributes:
        scope: of the channel; public: everybody can see it; outside_eea: it can be kept there.
        start, end: of a one-off use.
    """

    medium: Medium
    channel: str
    scope: int
    public: bool
    outside_eea: bool
    start: date | None = None
    end: date | None = None

    @property
    def use(self) -> str:
        """`medium:channel`."""
        return use_key(self.medium, self.channel)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a form that is read: a heading, perhaps "", and lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a form shows.

    Attributes:
        uses: as in `FormVersion`; wording: the JSON that is frozen.
        channel: key of the one-off use that it asks for, or "".
        valid_until: last day on which a yes given on it holds, or None for open.
    """

    uses: tuple[str, ...]
    wording: str
    channel: str = ""
    valid_until: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 over all that is shown, hexadecimal; another text is another hash."""
        until = self.valid_until.isoformat() if self.valid_until else ""
        content = json.dumps([self.uses, self.wording, self.channel, until])
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def plain(self) -> Tables:
        """What was frozen, to be read and not to be changed."""
        return _plain(self.wording)

    def tables(self, language: str) -> Tables:
        """The texts of the form in a language, as in `resources/forms/consent`."""
        found: Tables = self.plain["languages"][language_of(language)]
        return found

    @property
    def speaks_to_adults(self) -> bool:
        """Whether it has words for an adult, who signs about himself or herself."""
        return "adult_signs" in self.tables(DEFAULT_LANGUAGE)

    def channels(self) -> dict[str, Tables]:
        """What is frozen of the channels that are asked for, by key."""
        return {item["key"]: item for item in self.plain["channels"]}

    def asked(self) -> tuple[AskedUse, ...]:
        """Every question, in the order of the form."""
        channels = self.channels()
        found = []
        for text in self.uses:
            medium, key, scope = text.split(":")
            held = channels[key]
            found.append(
                AskedUse(
                    medium=Medium(medium),
                    channel=key,
                    scope=int(scope),
                    public=held["audience"] in STRICT_AUDIENCES,
                    outside_eea=held["outside_eea"],
                    start=_day(held["start"]),
                    end=_day(held["end"]),
                )
            )
        return tuple(found)

    def channel_text(self, key: str, name: str, language: str) -> str:
        """A text of a channel as it was frozen, with the fallback of `Channel`."""
        texts: dict[str, dict[str, str]] = self.channels()[key]["texts"]
        for one in (language, *PAPER_LANGUAGES):
            if found := texts.get(one, {}).get(name, ""):
                return found
        return ""

    def sections(self, language: str) -> tuple[FormSection, ...]:
        """The questions in a language, by kind of recording."""
        asked = self.asked()
        media = {item["key"]: item for item in self.plain["media"]}
        return tuple(
            FormSection(
                medium=medium,
                title=_said(media[medium]["name"], language),
                explanation=_said(media[medium]["explain"], language),
                lines=tuple(self._line(one, language) for one in asked if one.medium is medium),
            )
            for medium in Medium
            if any(one.medium is medium for one in asked)
        )

    def _line(self, one: AskedUse, language: str) -> FormLine:
        return FormLine(
            use=one.use,
            name=self.channel_text(one.channel, NAME, language),
            explanation=self.channel_text(one.channel, EXPLANATION, language),
        )

    def conditions(self, language: str) -> tuple[FormCondition, ...]:
        """What can be ticked, in a language."""
        return tuple(
            FormCondition(key=item["key"], name=_said(item["name"], language))
            for item in self.plain["conditions"]
        )

    def reading(self, language: str, signer: Signer = Signer.GUARDIAN) -> tuple[Part, ...]:
        """What the reader is told apart from the questions, in the order of print."""
        tables = self.tables(language)
        for name in signer.overlays:
            tables = laid_over(tables, tables.get(name, {}))
        if signer.own:
            tables = {name: held for name, held in tables.items() if name != "authority"}
        extra = (name for name in tables if name not in {*READING_ORDER, *PLACED})
        found = [Part("", (tables["title"], *tables["intro"]))]
        for name in (*READING_ORDER, *extra, "conditions", "signature", "send_back"):
            held = tables.get(name)
            if isinstance(held, dict):
                found.append(_part(held))
        names = tuple(condition.name for condition in self.conditions(language))
        return tuple(
            Part(part.heading, (*part.lines, *names))
            if part.heading == tables["conditions"]["heading"]
            else part
            for part in found
        )

    def controller(self, name: str) -> str:
        """`name`, `address` or `contact` of who asks."""
        found: str = self.plain["controller"][name]
        return found

    def missing(self, language: str) -> tuple[tuple[str, str], ...]:
        """Channel and text that a language says in another one, in the order of the form."""
        return tuple(
            (key, name)
            for key, held in self.channels().items()
            for name in (NAME, EXPLANATION)
            if not held["texts"].get(language, {}).get(name)
        )


def content_of(version: FormVersion) -> Content:
    """What a version shows."""
    return Content(version.uses, version.wording, version.channel, version.valid_until)


def draft_content(reader: Reader, one_off: str = "") -> Content:
    """What a form would show by the settings of now.

    Args:
        reader: a reader of the consent compartment.
        one_off: key of a one-off use, for its own form.
    """
    asked = asked_uses(reader.all(Channel), one_off)
    channels = tuple(dict.fromkeys(channel for _, channel in asked))
    setting = form_setting(reader)
    until = max((c.end for c in channels if c.end), default=None)
    until = until if one_off else setting.valid_until
    plain = {
        "languages": {
            language: _tables(language, channels, setting, one_off=bool(one_off))
            for language in PAPER_LANGUAGES
        },
        "channels": [_channel(channel) for channel in channels],
        "media": [_kept(item, "key", "name", "explain") for item in resources.media()],
        "conditions": [_kept(item, "key", "name") for item in resources.conditions()],
        "controller": _controller(reader.find(School, "school")),
    }
    return Content(
        uses=tuple(f"{use_key(m, channel.key)}:{channel.scope}" for m, channel in asked),
        wording=json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        channel=one_off,
        valid_until=until,
    )


def form_setting(reader: Reader) -> FormSetting:
    """What the school says in its own words; nothing when it has said nothing."""
    return reader.find(FormSetting, SETTING) or FormSetting(id=SETTING)


def language_of(language: str) -> str:
    """The language in which a form is made for somebody of this language."""
    return language if language in PAPER_LANGUAGES else DEFAULT_LANGUAGE


def _tables(
    language: str, channels: Iterable[Channel], setting: FormSetting, *, one_off: bool
) -> Tables:
    """The texts in one language as they are printed, with the school's own words."""
    found = resources.form_text(language)
    adult = found["adult_signs"]
    once = adult.pop("one_off_intro")
    if one_off:
        found["pupil_signs"].pop("intro")
        adult["intro"] = once
        found = laid_over(found, found["one_off"])
    if not any(channel.outside_eea for channel in channels):
        found.pop("social")
    _examples(found, channels, language)
    period = found["period"]
    until = period.pop("text_until")
    if one_off or setting.valid_until:
        period["text"] = until
        for own in OWN_SIGNERS:
            found[own].pop("period")
    _own_words(found, setting, language)
    return {name: value for name, value in found.items() if name not in _NOT_SHOWN}


def _examples(found: Tables, channels: Iterable[Channel], language: str) -> None:
    """An example of each channel, printed where that takes no further sheet of paper."""
    told = [
        f"{channel.name(language)}: {example}"
        for channel in channels
        if (example := channel.example(language))
    ]
    if told:
        found["examples"]["items"] = told
    else:
        found.pop("examples")


def _own_words(found: Tables, setting: FormSetting, language: str) -> None:
    said = setting.texts.said
    if purpose := said(PURPOSE, language):
        found["purpose"]["text"] = purpose
        for own in OWN_SIGNERS:
            found[own].pop("purpose")
    if extra := said(EXTRA, language):
        found["extra"] = {"heading": said(EXTRA_HEADING, language), "text": extra}


def laid_over(tables: Mapping[str, Any], own: Mapping[str, Any]) -> Tables:
    """Texts of which some have their place taken by others with the same name."""
    found = dict(tables)
    for name, value in own.items():
        below = found.get(name)
        inner = isinstance(value, dict) and isinstance(below, dict)
        found[name] = laid_over(below or {}, value) if inner else value
    return found


def _channel(channel: Channel) -> Tables:
    texts = channel.texts.plain().items()
    return {
        "key": channel.key,
        "audience": channel.audience,
        "outside_eea": channel.outside_eea,
        "start": channel.start.isoformat() if channel.start else "",
        "end": channel.end.isoformat() if channel.end else "",
        "texts": {language: _kept(held, *SHOWN) for language, held in texts},
    }


def _controller(school: School | None) -> dict[str, str]:
    """Who asks: the board where there is one, with the address of the school."""
    if school is None:
        return {"name": "", "address": "", "contact": ""}
    town = f"{school.postcode} {school.town}".strip()
    return {
        "name": school.board or school.name,
        "address": ", ".join(part for part in (school.street, town) if part),
        "contact": school.privacy_contact or school.email or school.phone,
    }


def _kept(item: Mapping[str, Any], *names: str) -> Tables:
    return {name: item[name] for name in names if name in item}


def _said(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts[DEFAULT_LANGUAGE]


def _part(held: Tables) -> Part:
    order = ("text", "by", "items", "declaration")
    lines = (held[name] for name in order if name in held)
    told = [one for value in lines for one in (value if isinstance(value, list) else [value])]
    return Part(held.get("heading", ""), tuple(told))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=32)
def _plain(wording: str) -> Tables:
    found: Tables = json.loads(wording)
    return found
