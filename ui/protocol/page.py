"""The school's protocol to read: its versions, articles, and the dates that matter."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.override import override
from app.protocol.edit import may_edit, note_day
from app.protocol.own import EVALUATE
from app.protocol.shelf import Shelf, shelf
from app.protocol.values import AUDIENCES, EVERYBODY, Article, Protocol
from app.record import Compartment
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import ChoiceEditor
from ui.kit.flow import Columns, Flow
from ui.kit.form import Day, Value
from ui.kit.label import Muted, Small, Strong
from ui.kit.lines import Lines
from ui.kit.sided import SideSheet
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.sheets import FormSheet
from ui.theme import look
from ui.words import day, say, t, words

_DOSSIERS = {
    Compartment.PUPIL_DOSSIER: "protocol.pupil_dossier",
    Compartment.STAFF_DOSSIER: "protocol.staff_dossier",
}


class ProtocolPage(DeskedPage):
    """For everybody: which rules there are, for whom, and since when; old versions stay."""

    help_topic = "protocol"
    page_id = "protocol"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("protocol.title"))
        self._shelf: Shelf | None = None
        self._key = ""
        self._writes = may_edit(desk.user)
        self.versions = ChoiceEditor([], empty=False)
        self.versions.setObjectName("protocol_version")
        self.versions.setAccessibleName(t("protocol.version"))
        self.versions.changed.connect(self._choose)
        self._audience = Segments([(EVERYBODY, t("protocol.everybody"))], t("protocol.who"))
        self._chooser = Flow(gap=12)
        self._articles, self._trail = Card(t("protocol.articles")), Card(t("protocol.trail"))
        self._sanctions = Card(t("protocol.sanctions"))
        self._dates, self._rules = Lines(shares=(5, 3)), Lines(shares=(1, 8))
        self._about = Muted("")
        self._trail.add(self._dates, self._about)
        self._sanctions.add(self._rules)
        self._inspector, self._places = (
            Card(t("protocol.inspector")),
            Card(t("protocol.places")),
        )
        self._grave, self._where = Lines(shares=(3, 5)), Lines(shares=(3, 5))
        self._channels = Muted("")
        self._inspector.add(Muted(t("protocol.inspector_words")), self._grave)
        self._places.add(self._where, self._channels)
        self._nothing = Muted(t("protocol.articles_not_known"))
        self._articles.add(self._nothing)
        self._shown: list[QWidget] = []
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().gap)
        for card in (self._trail, self._sanctions, self._inspector, self._places):
            column.addWidget(card)
        column.addStretch(1)
        self.add(self.versions, self._chooser)
        self.add(Columns(self._articles, side, weights=(3, 2), narrow=820))
        if self._writes:
            write = Main(t("protocol.write"), "edit")
            write.call_it("protocol_write")
            write.clicked.connect(self._write)
            self.set_actions(write)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one version: `key`."""
        self._key = what.get("key", self._key)

    @override
    def read(self) -> None:
        self.desk.ask(shelf, self._show, self)

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        protocol = self._shelf.named(self._key) if self._shelf else None
        if kind != DaySheet.kind or protocol is None or not self._writes:
            return None
        sheet = DaySheet(self.desk, protocol, str(values.get("name", "")))
        self.show_sheet(sheet, self._noted)
        return sheet

    def _show(self, found: Shelf) -> None:
        first, self._shelf = self._shelf is None, found
        current = found.current(self.desk.clock.today())
        if found.named(self._key) is None:
            self._key = current.key
        language = words().language
        options = []
        for each in reversed(found.protocols):
            name = each.name.said(language)
            since = t("protocol.since", day=each.starts) if each.starts else ""
            now = t("protocol.present") if each.key == current.key else ""
            options.append((each.key, " · ".join(part for part in (now, since, name) if part)))
        self.versions.set_options(options)
        self.versions.set_value(self._key)
        if found.trouble is not None:
            self.bar.refused(say(found.trouble))
        if first:
            self._offer_audiences(current)
            self.look_for_draft()
        self._show_version()

    def _offer_audiences(self, protocol: Protocol) -> None:
        kinds = [(EVERYBODY, t("protocol.everybody"))]
        kinds += [
            (actor.key, actor.name.said(words().language))
            for actor in protocol.actors
            if actor.key in AUDIENCES[:2]
        ]
        self._audience = Segments(kinds, t("protocol.who"))
        self._audience.chosen.connect(self._turn)
        self._chooser.addWidget(self._audience)

    def _choose(self) -> None:
        self._key = self.versions.value()
        self._show_version()

    def _show_version(self) -> None:
        protocol = self._shelf.named(self._key) if self._shelf else None
        if protocol is None:
            return
        language = words().language
        self.set_title(t("protocol.title"), protocol.name.said(language))
        self._dates.clear()
        for trail in protocol.trail:
            name = trail.name.said(language)
            self._date(trail.key, f"{name[:1].upper()}{name[1:]}", day(trail.on))
        self._date(EVALUATE, t("protocol.evaluate"), day(protocol.evaluate_on))
        self._rules.clear()
        for sanction in protocol.sanctions:
            self._rules.add(sanction.id, sanction.text.said(language))
        self._sanctions.setVisible(bool(protocol.sanctions))
        self._grave.clear()
        for category in protocol.categories:
            self._grave.add(category.name.said(language), category.explain.said(language))
        self._where.clear()
        for actor in protocol.actors:
            place = t(_DOSSIERS[actor.compartment])
            if actor.without_pupil is not actor.compartment:
                other = t(_DOSSIERS[actor.without_pupil])
                place = t("protocol.without_pupil", dossier=place, other=other)
            note = actor.note.said(language)
            words_ = ". ".join(part for part in (place, note) if part)
            self._where.add(actor.name.said(language), words_)
        named = ", ".join(channel.said(language) for channel in protocol.channels)
        self._channels.setText(t("protocol.channels", names=named) if named else "")
        self._about.setText(self._about_words(protocol))
        self._turn(self._audience.key)

    def _date(self, key: str, name: str, on: str) -> None:
        parts = []
        if self._writes:
            note = Plain("", "edit", fit="small", tip=t("protocol.note_day_of", name=name))
            note.call_it(f"note_{key}")
            note.clicked.connect(partial(self._note, key))
            parts.append(note)
        self._dates.add(name, on or t("protocol.day_not_known"), *parts)

    def _about_words(self, protocol: Protocol) -> str:
        held = self._shelf.held.versions if self._shelf else ()
        version = next((one for one in held if one.key == protocol.key), None)
        if version is None:
            return t("protocol.shipped")
        said = t(
            "protocol.own",
            who=version.issued_by,
            start=version.starts,
            digest=version.digest[:16],
        )
        return " ".join(part for part in (said, version.change) if part)

    def _turn(self, audience: str) -> None:
        protocol = self._shelf.named(self._key) if self._shelf else None
        if protocol is None:
            return
        for row in self._shown:
            row.hide()
            row.deleteLater()
        found = protocol.articles
        if audience != EVERYBODY:
            found = protocol.articles_for(audience)
        self._shown = [_article(article) for article in found]
        self._articles.add(*self._shown)
        self._nothing.setVisible(not found)

    def _note(self, name: str) -> None:
        self.make_sheet(DaySheet.kind, {"name": name})

    def _noted(self, _day: object) -> None:
        self.bar.done(t("protocol.day_noted"))
        self.read()

    def _write(self) -> None:
        self.desk.goto("protocol_edit")


class DaySheet(FormSheet):
    """Notes when a version was published, agreed or is to be evaluated."""

    kind = "day"

    def __init__(self, desk: Desk, protocol: Protocol, name: str) -> None:
        trail = protocol.trail_date(name)
        title = trail.name.said(words().language) if trail else t("protocol.evaluate")
        super().__init__(desk, title[:1].upper() + title[1:], t("protocol.note_day"))
        self._protocol, self._name = protocol.key, name
        help_ = "protocol.evaluate_help" if trail is None else "protocol.day_help"
        self.lay_out((Day(key="on", label="protocol.day", help=help_),))
        self.form.set_values({"on": trail.on if trail else protocol.evaluate_on})
        self.end()

    @override
    def typed(self) -> dict[str, object]:
        found = super().typed()
        return {**found, "name": self._name} if found else {}

    @override
    def send(self, values: dict[str, Value]) -> None:
        given = values["on"]
        on = given if isinstance(given, date) else None
        self.ask(partial(note_day, protocol=self._protocol, name=self._name, on=on))


def _article(article: Article) -> QWidget:
    language = words().language
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, look().px(6))
    column.setSpacing(0)
    column.addWidget(Strong(f"{article.id} · {article.heading.said(language)}"))
    column.addWidget(Muted(article.text.said(language)))
    note = article.note.said(language)
    if note:
        column.addWidget(Small(note))
    return row
