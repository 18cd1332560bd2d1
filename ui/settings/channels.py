"""Channels and uses: where recordings go, and for what consent is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from typing_extensions import override

import resources
from app.consent.channels import save_channel, text_field
from app.consent.records import EXPLANATION, GROUND, NAME, Channel
from app.consent.uses import STRICT_AUDIENCES
from app.ids import new_id
from app.languages import NOTHING, texts_of
from app.names import fold
from app.ports import Session
from app.record import Compartment
from app.text import LANGUAGES
from ui.kit.badge import Badge
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Check, Choice, Line, Several, Value
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.words import t, words

_AUDIENCES = ("closed", "print", "public", "social", "press", "internal")
_TEXTS = tuple(
    text_field(name, language) for name in (NAME, EXPLANATION, GROUND) for language in LANGUAGES
)
_FLAGS = ("lenient", "active", "outside_eea")


class ChannelsSection(SectionView):
    """The channels in their order, and a sheet to add or change one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines()
        add = Plain(t("settings.add_channel"), "plus", fit="small")
        add.call_it("add_channel")
        add.clicked.connect(self._add)
        card = Card(t("settings.channels"), add)
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
            parts = [] if channel.active else [Badge(t("settings.channel_off"))]
            self._lines.add(name, _detail(channel), *parts, edit)
        self.take_up()

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
    """Adds or changes one channel.

    Signals:
        done(channel): it was stored.
    """

    def __init__(self, desk: Desk, channel: Channel) -> None:
        name = channel.name(words().language)
        super().__init__(desk, name or t("settings.add_channel"), channel.key)
        self._channel = channel
        self.lay_out(_fields())
        self.form.set_values({key: getattr(channel, key) for key in ("audience", *_FLAGS)})
        for key in _TEXTS:
            name, _, language = key.rpartition("_")
            self.form.set_values({key: channel.texts.exactly(name, language)})
        self.form.set_values({"media": channel.media})
        self.form.show_field("widened", shown=bool(channel.key))
        self.form.changed.connect(self._changed)
        self.end()
        self._changed("audience")

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._changed("audience")

    def _changed(self, key: str) -> None:
        """Only places that are not public can do with one yes."""
        if key == "audience":
            strict = self.form.text("audience") in STRICT_AUDIENCES
            self.form.show_field("lenient", shown=not strict)
            if strict:
                self.form.set_values({"lenient": False})

    @override
    def send(self, values: dict[str, Value]) -> None:
        own = {key: values[key] for key in ("audience", *_FLAGS, "media")}
        spoken = self._channel.texts.plain()
        for field in _TEXTS:
            name, _, language = field.rpartition("_")
            spoken.setdefault(language, {})[name] = str(values[field])
        own["texts"] = texts_of(spoken)  # type: ignore[assignment]
        key = self._channel.key or fold(str(values["name_nl"])).replace(" ", "_")
        channel = replace(self._channel, key=key, **own)  # type: ignore[arg-type]  # by key
        self.ask(partial(save_channel, channel=channel, widened=bool(values["widened"])))


def _fields() -> list[Line | Choice | Several | Check]:
    audiences = tuple((key, t(f"settings.audience_{key}")) for key in _AUDIENCES)
    media = tuple((row["key"], row["name"][words().language]) for row in resources.media())
    return [
        Line(key="name_nl", label="settings.name_nl", required=True),
        Line(key="name_en", label="settings.name_en"),
        Line(key="explanation_nl", label="settings.explanation_nl"),
        Line(key="explanation_en", label="settings.explanation_en"),
        Choice(key="audience", label="settings.audience", required=True, options=audiences),
        Several(key="media", label="settings.media", required=True, options=media),
        Check(key="active", label="settings.active"),
        Check(key="lenient", label="settings.lenient", help="settings.lenient_help"),
        Check(key="outside_eea", label="settings.outside_eea"),
        Line(key="ground_nl", label="settings.ground_nl", help="settings.ground_help"),
        Line(key="ground_en", label="settings.ground_en"),
        Check(key="widened", label="settings.widened", help="settings.widened_help"),
    ]


def _detail(channel: Channel) -> str:
    language = words().language
    names = {row["key"]: row["name"][language] for row in resources.media()}
    media = ", ".join(names.get(key, key).lower() for key in channel.media)
    parts = [t(f"settings.audience_{channel.audience}"), media]
    if channel.ground(language):
        parts.append(t("settings.no_consent_needed"))
    elif channel.lenient:
        parts.append(t("settings.one_yes"))
    return " · ".join(parts)


def _read(session: Session) -> Sequence[Channel]:
    with session.look(Compartment.CONSENT) as reader:
        return sorted(reader.all(Channel), key=_place)


def _place(channel: Channel) -> tuple[bool, int, str]:
    return not channel.active, channel.position, channel.key
