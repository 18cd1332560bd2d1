"""One-off uses: a trip, a press visit; made in seconds, asked apart, over by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import resources
from app.consent.one_off import (
    OneOffDraft,
    drop_one_off,
    one_offs,
    put_back_one_off,
    reaches_out,
    save_one_off,
)
from app.consent.records import Channel, Medium
from app.errors import Refusal, Refusals
from app.forms.listing import FormGroup, form_groups
from app.override import override
from app.ports import Session
from app.record import Compartment
from app.text import DEFAULT_LANGUAGE, PAPER_LANGUAGES
from ui.forms.wording import language_choices, left
from ui.kit.badge import Badge
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.form import Choice, Day, Field, Line, Several, Value
from ui.kit.lines import Lines
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.sheets import FormSheet
from ui.words import day, t, words

OTHERS = tuple(one for one in PAPER_LANGUAGES if one != DEFAULT_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page has read.

    Attributes:
        within: the channels on which a one-off use can be shown.
    """

    one_offs: tuple[Channel, ...]
    within: tuple[Channel, ...]
    groups: tuple[FormGroup, ...]
    today: date


class OneOffsPage(DeskedPage):
    """The one-off uses that have not ended, and a sheet to make one."""

    page_id = "one_offs"
    help_topic = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("forms.one_offs"))
        self._seen: Seen | None = None
        self._group_id = ""
        self._begin = False
        add = Main(t("forms.add_one_off"), "plus")
        add.call_it("add_one_off")
        add.clicked.connect(self._add)
        add.setVisible(desk.user.may("consent.write"))
        self.set_actions(add)
        self.explain(t("forms.one_offs_explain"))
        self.lines = Lines(shares=(3, 4))
        self._empty = EmptyState("calendar", t("forms.no_one_offs"), t("forms.no_one_offs_why"))
        self._card = Card()
        self._card.add(self.lines, self._empty)
        self.add(self._card)

    @override
    def what(self) -> dict[str, str]:
        return {}

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show the list; with `group_id` begin a new one for that group."""
        self._group_id = what.get("group_id", "")
        self._begin = bool(self._group_id)

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    def _show(self, seen: Seen) -> None:
        first, self._seen = self._seen is None, seen
        self.lines.clear()
        for one in seen.one_offs:
            self.lines.add(one.name(words().language), *self._row(one, seen))
        self.lines.setVisible(bool(seen.one_offs))
        self._empty.setVisible(not seen.one_offs)
        if self._begin:
            self._begin = False
            self._add()
        elif first:
            self.look_for_draft()

    def _row(self, one: Channel, seen: Seen) -> tuple[str, *tuple[Badge | Plain, ...]]:
        parts: list[Badge | Plain] = []
        if one.start is not None and one.start > seen.today:
            parts.append(Badge(t("forms.one_off_later")))
        if self.desk.user.may("consent.write"):
            forms = self._button("forms.one_off_forms", f"forms_{one.key}")
            forms.clicked.connect(partial(self._make_forms, one))
            change = self._button("settings.change", f"change_{one.key}")
            change.clicked.connect(partial(self._change, one))
            parts += [forms, change]
        return _detail(one, seen), *parts

    def _button(self, text: str, name: str) -> Plain:
        button = Plain(t(text), fit="small")
        button.call_it(name)
        return button

    # -- the sheet ------------------------------------------------------------------------

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        seen = self._seen
        if kind != OneOffSheet.kind or seen is None:
            return None
        about = str(values.get("about", ""))
        one = next((one for one in seen.one_offs if one.id == about), None)
        sheet = OneOffSheet(self.desk, seen, one)
        self.show_sheet(sheet, partial(self._stored, one))
        return sheet

    def _add(self) -> None:
        sheet = self.make_sheet(OneOffSheet.kind, {})
        if isinstance(sheet, OneOffSheet) and self._group_id:
            sheet.form.set_values({"groups": (self._group_id,)})

    def _change(self, one: Channel, _on: object = None) -> None:
        self.make_sheet(OneOffSheet.kind, {"about": one.id})

    def _stored(self, before: Channel | None, kept: Channel) -> None:
        said = t("forms.one_off_saved", name=kept.name(words().language))
        undo = (
            partial(put_back_one_off, before=before)
            if before
            else partial(drop_one_off, one_off=kept)
        )
        self.offer_undo(said, undo)

    # -- ways on --------------------------------------------------------------------------

    def _make_forms(self, one: Channel, _on: object = None) -> None:
        group = {"group_id": one.group_ids[0]} if len(one.group_ids) == 1 else {}
        self.desk.goto("forms", one_off=one.key, **group)


class OneOffSheet(FormSheet):
    """Makes or changes one one-off use.

    Signals:
        done(channel): it was stored.
    """

    kind = "one_off"
    wide = 480

    def __init__(self, desk: Desk, seen: Seen, one: Channel | None) -> None:
        name = one.name("nl") if one else t("forms.add_one_off")
        super().__init__(desk, name, t("forms.save"))
        self._id = one.id if one else ""
        self.languages = Segments(language_choices(), t("forms.text_language"))
        self.languages.chosen.connect(self._turn)
        self.add(left(self.languages))
        self.lay_out(_fields(seen))
        self.form.set_values(_values(one, seen))
        self._turn(DEFAULT_LANGUAGE)
        self.end()

    @override
    def open(self) -> None:
        super().open()
        self.form.focus_on("name")

    def _turn(self, language: str) -> None:
        """Show the name in one language."""
        self.languages.take(language)
        self.form.show_field("name", shown=language == DEFAULT_LANGUAGE)
        for one in OTHERS:
            self.form.show_field(f"name_{one}", shown=one == language)

    @override
    def put(self, values: Mapping[str, object]) -> None:
        super().put(values)
        self._turn(self.languages.key)

    @override
    def hear_refusal(self, refusal: Refusal) -> None:
        """Turn to the language whose name is not right, so that it is in sight."""
        found = refusal.found if isinstance(refusal, Refusals) else (refusal,)
        fields = {each.field for each in found}
        wrong = [one for one in OTHERS if f"name_{one}" in fields]
        self._turn(DEFAULT_LANGUAGE if "name" in fields or not wrong else wrong[0])
        super().hear_refusal(refusal)

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "about": self._id} if found else found

    @override
    def send(self, values: dict[str, Value]) -> None:
        draft = OneOffDraft(
            name=str(values["name"]),
            media=_several(values["media"]),
            within=str(values["within"]),
            start=_day(values["start"]),
            end=_day(values["end"]),
            group_ids=_several(values["groups"]),
            id=self._id,
            names={one: str(values[f"name_{one}"]) for one in OTHERS},
        )
        self.ask(partial(save_one_off, draft=draft))


def _fields(seen: Seen) -> Sequence[Field]:
    language = words().language
    media = tuple((row["key"], row["name"][language]) for row in resources.media())
    within = tuple((one.key, one.name(language)) for one in seen.within)
    groups = tuple((group.id, f"{group.name} · {group.site}") for group in seen.groups)
    return (
        Line(key="name", label="forms.one_off_name", required=True, hint="forms.one_off_hint"),
        *(
            Line(key=f"name_{one}", label="forms.one_off_name", help="forms.one_off_name_other")
            for one in OTHERS
        ),
        Several(key="media", label="forms.one_off_media", required=True, options=media),
        Choice(key="within", label="forms.one_off_within", required=True, options=within),
        Day(key="start", label="forms.one_off_start"),
        Day(key="end", label="forms.one_off_end", required=True, help="forms.one_off_end_help"),
        Several(
            key="groups",
            label="forms.one_off_groups",
            help="forms.one_off_groups_help",
            options=groups,
        ),
    )


def _values(one: Channel | None, seen: Seen) -> dict[str, object]:
    if one is None:
        first = seen.within[0].key if seen.within else ""
        media = (Medium.PHOTO, Medium.FILM)
        return {"media": media, "within": first, "start": seen.today}
    name = one.name(DEFAULT_LANGUAGE)
    others = {f"name_{other}": one.name(other) for other in OTHERS if one.name(other) != name}
    return {
        **others,
        "name": name,
        "media": one.media,
        "within": one.within,
        "start": one.start,
        "end": one.end,
        "groups": one.group_ids,
    }


def _detail(one: Channel, seen: Seen) -> str:
    language = words().language
    names = {row["key"]: row["name"][language] for row in resources.media()}
    places = {channel.key: channel.short(language) for channel in seen.within}
    groups = {group.id: group.name for group in seen.groups}
    asked = ", ".join(groups[id] for id in one.group_ids if id in groups)
    end = day(one.end) if one.end else ""
    until = t("forms.one_off_until", day=end)
    if one.start is not None and one.start > seen.today:
        until = t("forms.one_off_from_until", start=day(one.start), day=end)
    parts = (
        ", ".join(names[medium].lower() for medium in one.media),
        places.get(one.within, one.within),
        until,
        asked or t("forms.one_off_everybody"),
    )
    return " · ".join(parts)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _read(session: Session) -> Seen:
    today = session.clock.today()
    groups = form_groups(session)
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
        within = sorted(reaches_out(channels), key=_place)
        return Seen(one_offs(reader, today), tuple(within), groups, today)


def _place(channel: Channel) -> tuple[bool, int, str]:
    return not channel.active, channel.position, channel.key
