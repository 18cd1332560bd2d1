"""Channels and uses: where recordings go, and for what consent is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import resources
from app.consent.channels import FIRST, save_channel, text_field
from app.consent.records import (
    CHANNEL_TEXTS,
    EXAMPLE,
    EXPLANATION,
    GROUND,
    NAME,
    SHORT,
    Channel,
)
from app.consent.uses import STRICT_AUDIENCES
from app.errors import Refusal, Refusals
from app.ids import new_id
from app.languages import NOTHING, texts_of
from app.names import fold
from app.override import override
from app.ports import Session
from app.record import Compartment
from app.text import PAPER_LANGUAGES
from ui.kit.badge import Badge
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.flow import Flow
from ui.kit.form import Check, Choice, Field, Line, Several, Value
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.words import t, words

_AUDIENCES = ("closed", "print", "public", "social", "press", "internal", "making")
_FLAGS = ("lenient", "active", "outside_eea")
_OWN = ("audience", "ground_source", *_FLAGS)
_NEEDED = (NAME, EXPLANATION, EXAMPLE)
"""What a parent and a teacher must be able to read in every language."""


class ChannelsSection(SectionView):
    """The channels in their order, and a sheet to add or change one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines()
        add = Plain(t("settings.add_channel"), "plus", fit="small")
        add.call_it("add_channel")
        add.clicked.connect(self._add)
        once = Plain(t("settings.one_offs"), "calendar", fit="small")
        once.call_it("one_offs")
        once.clicked.connect(self._go_to_one_offs)
        card = Card(t("settings.channels"), once, add)
        card.add(Muted(t("settings.channels_note")), self._lines)
        self.add(card)
        self._count = 0
        self._known: dict[str, Channel] = {}

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    def _show(self, channels: Sequence[Channel]) -> None:
        self._lines.clear()
        self._count = len(channels)
        self._known = {channel.key: channel for channel in channels}
        for channel in channels:
            name = channel.name(words().language)
            edit = Plain(t("settings.change"), fit="small")
            edit.setAccessibleName(t("settings.change_name", name=name))
            edit.clicked.connect(partial(self._edit, channel))
            self._lines.add(name, _detail(channel), *_badges(channel), edit)
        self.take_up()

    def _go_to_one_offs(self) -> None:
        self.desk.goto("one_offs")

    @override
    def edit_again(self, about: str) -> None:
        if about in self._known:
            self._edit(self._known[about])
        else:
            self._add()

    def _add(self) -> None:
        fresh = Channel(
            id=new_id(),
            key="",
            texts=NOTHING,
            audience="closed",
            media=("photo",),
            position=1000 + self._count,
        )
        self._edit(fresh)

    def _edit(self, channel: Channel, _on: object = None) -> None:
        sheet = ChannelSheet(self.desk, channel)
        sheet.done.connect(self._saved)
        self.open_sheet(sheet)

    def _saved(self, channel: Channel) -> None:
        self.shut_sheet()
        self.read()
        self.done(t("settings.saved", name=channel.name(words().language)))


class ChannelSheet(SettingsSheet):
    """Adds or changes one channel; its texts one language at a time.

    Signals:
        done(channel): it was stored.
    """

    wide = 520

    def __init__(self, desk: Desk, channel: Channel) -> None:
        name = channel.name(words().language)
        super().__init__(desk, name or t("settings.add_channel"), channel.key)
        self._channel = channel
        spoken = tuple((one, t(f"people.language_{one}")) for one in PAPER_LANGUAGES)
        self.languages = Segments(spoken, t("settings.text_language"))
        self.languages.chosen.connect(self._turn)
        line = Flow(gap=8)
        line.addWidget(self.languages)
        self.missing = Muted("")
        self.add(line, self.missing)
        self.lay_out(_fields())
        self.form.set_values({key: getattr(channel, key) for key in _OWN})
        for text in CHANNEL_TEXTS:
            for one in PAPER_LANGUAGES:
                said = channel.texts.exactly(text, one)
                self.form.set_values({text_field(text, one): said})
        self.form.set_values({"media": channel.media})
        self.form.show_field("widened", shown=bool(channel.key))
        self.form.changed.connect(self._changed)
        self.end()
        self._turn(FIRST)
        self._changed("audience")

    @override
    def open(self) -> None:
        super().open()
        self.form.focus_on(text_field(NAME, FIRST))

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._turn(self.languages.key)
        self._changed("audience")

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        """Turn to the language in which something is not right, so that it is in sight."""
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        spoken = [one for each in found if (one := _language_of(each.field or ""))]
        if spoken:
            self._turn(spoken[0])
        super().hear_refusal(refusal)

    def _turn(self, language: str) -> None:
        """Show the texts of one language."""
        self.languages.take(language)
        for text in CHANNEL_TEXTS:
            for one in PAPER_LANGUAGES:
                self.form.show_field(text_field(text, one), shown=one == language)
        self._tell_missing()

    def _tell_missing(self) -> None:
        language = self.languages.key
        spoken = t(f"people.language_{language}")
        lacking = [
            t(f"settings.text_{text}").lower()
            for text in _NEEDED
            if not self.form.text(text_field(text, language)).strip()
        ]
        told = t("settings.texts_missing", language=spoken, texts=", ".join(lacking))
        whole = t("settings.texts_complete", language=spoken)
        self.missing.setText(told if lacking else whole)

    def _changed(self, key: str) -> None:
        """Only places that are not public can do with one yes."""
        if _language_of(key):
            self._tell_missing()
        if key != "audience":
            return
        strict = self.form.text("audience") in STRICT_AUDIENCES
        self.form.show_field("lenient", shown=not strict)
        if strict:
            self.form.set_values({"lenient": False})

    @override
    def send(self, values: dict[str, Value]) -> None:
        own = {key: values[key] for key in (*_OWN, "media")}
        spoken = {
            one: {text: str(values[text_field(text, one)]) for text in CHANNEL_TEXTS}
            for one in PAPER_LANGUAGES
        }
        key = self._channel.key or fold(spoken[FIRST][NAME]).replace(" ", "_")
        changed = replace(self._channel, key=key, texts=texts_of(spoken))
        channel = replace(changed, **own)  # type: ignore[arg-type]  # by key
        self.ask(partial(save_channel, channel=channel, widened=bool(values["widened"])))


def _language_of(field: str) -> str:
    """The language whose text is edited in a field, or ""."""
    name, _, language = field.rpartition("_")
    return language if name in CHANNEL_TEXTS and language in PAPER_LANGUAGES else ""


def _fields() -> list[Field]:
    audiences = tuple((key, t(f"settings.audience_{key}")) for key in _AUDIENCES)
    media = tuple((row["key"], row["name"][words().language]) for row in resources.media())
    return [
        *(
            Line(
                key=text_field(text, one),
                label=f"settings.text_{text}",
                required=text == NAME and one == FIRST,
                help=_HELP.get(text, ""),
                longest=300,
            )
            for text in (NAME, SHORT, EXPLANATION, EXAMPLE, GROUND)
            for one in PAPER_LANGUAGES
        ),
        Line(
            key="ground_source",
            label="settings.ground_source",
            help="settings.ground_source_help",
        ),
        Choice(
            key="audience",
            label="settings.audience",
            required=True,
            options=audiences,
            help="settings.always_strict",
        ),
        Several(key="media", label="settings.media", required=True, options=media),
        Check(key="active", label="settings.active"),
        Check(key="lenient", label="settings.lenient", help="settings.lenient_help"),
        Check(key="outside_eea", label="settings.outside_eea"),
        Check(key="widened", label="settings.widened", help="settings.widened_help"),
    ]


_HELP = {
    SHORT: "settings.text_short_help",
    EXPLANATION: "settings.text_explanation_help",
    EXAMPLE: "settings.text_example_help",
    GROUND: "settings.ground_help",
}


def _badges(channel: Channel) -> list[Badge]:
    badges = [] if channel.active else [Badge(t("settings.channel_off"))]
    lacking = [one for one in PAPER_LANGUAGES if channel.texts.missing(_NEEDED, one)]
    if lacking and channel.active:
        names = ", ".join(t(f"people.language_{one}") for one in lacking)
        badges.append(Badge(t("settings.languages_missing", languages=names)))
    return badges


def _detail(channel: Channel) -> str:
    language = words().language
    names = {row["key"]: row["name"][language] for row in resources.media()}
    media = ", ".join(names.get(key, key).lower() for key in channel.media)
    parts = [t(f"settings.audience_{channel.audience}"), media]
    if channel.ground(language):
        parts.append(t("settings.no_consent_needed"))
    elif channel.lenient:
        parts.append(t("settings.one_yes"))
    elif channel.audience in STRICT_AUDIENCES:
        parts.append(t("settings.strict_always"))
    return " · ".join(parts)


def _read(session: Session) -> Sequence[Channel]:
    with session.look(Compartment.CONSENT) as reader:
        stays = (channel for channel in reader.all(Channel) if not channel.one_off)
        return sorted(stays, key=_place)


def _place(channel: Channel) -> tuple[bool, int, str]:
    return not channel.active, channel.position, channel.key
