"""Whose rules of consent hold for the school, what they say, and the notices that some know."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from app.consent.jurisdiction import (
    Jurisdiction,
    Rule,
    change_jurisdiction,
    give_notice,
    jurisdictions,
    take_back_notice,
)
from app.consent.records import Channel
from app.consent.uses import in_order
from app.override import override
from app.ports import Session
from app.record import Compartment
from app.register.records import School
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.form import Choice, Day, Form, Several, Value
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.settings.section import SettingsSheet
from ui.shell.desk import Desk
from ui.words import say, t, words

_FIELD = "jurisdiction"


class RulesCard(Card):
    """The choice of a country, and each of its rules with its source.

    Signals:
        changed(key, before): another country was chosen.
    """

    changed = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("settings.rules"))
        self._desk, self._kept = desk, ""
        self._known = {one.key: one for one in jurisdictions()}
        options = tuple((one.key, country_name(one)) for one in self._known.values())
        choice = Choice(
            key=_FIELD, label="settings.jurisdiction", required=True, options=options
        )
        self.form = Form([choice])
        self.form.changed.connect(self._show_rules)
        self.form.submitted.connect(self._save)
        self._rules = Lines()
        save = Main(t("settings.rules_save"))
        save.call_it("save_rules")
        save.clicked.connect(self.form.submit)
        line = Flow(right=True)
        line.addWidget(save)
        self.add(Muted(t("settings.rules_note")), self.form, self._rules, line)

    def show_school(self, school: School) -> None:
        """Show under which rules the school asks."""
        self._kept = school.jurisdiction
        self.form.set_values({_FIELD: school.jurisdiction})
        self._show_rules()

    def choose(self, key: str) -> None:
        """Come under the rules of a country at once."""
        self._desk.ask(partial(_change, key), self._saved, self)

    def _show_rules(self, _key: str = "") -> None:
        self._rules.clear()
        found = self._known.get(self.form.text(_FIELD))
        for rule in found.rules if found else ():
            self._rules.add(say(rule.told), _source(rule))

    def _save(self, values: dict[str, Value]) -> None:
        self.choose(str(values[_FIELD]))

    def _saved(self, school: School) -> None:
        before = self._kept
        self.show_school(school)
        self.changed.emit(school.jurisdiction, before)

    def name_of(self, key: str) -> str:
        """How a country is called."""
        return country_name(self._known[key])


class NoticesCard(Card):
    """Notices that were given, for rules under which silence permits after one.

    Signals:
        asked(channels): a notice is to be noted; the active channels.
        taken_back(day): a notice was taken back.
    """

    asked = Signal(object)
    taken_back = Signal(object)

    def __init__(self, desk: Desk) -> None:
        add = Plain(t("settings.notice_add"), "plus", fit="small")
        add.call_it("add_notice")
        add.clicked.connect(self._ask)
        super().__init__(t("settings.notices"), add)
        self._desk = desk
        self._channels: tuple[Channel, ...] = ()
        self._lines = Lines()
        self.add(Muted(t("settings.notices_note")), self._lines)

    def read(self) -> None:
        """Read again which notices were given."""
        self._desk.ask(_channels, self._show, self)

    def _show(self, channels: Sequence[Channel]) -> None:
        self._channels = tuple(channels)
        self._lines.clear()
        days = sorted({one for channel in channels for one in channel.noticed_on}, reverse=True)
        for given in days:
            told = [one for one in channels if given in one.noticed_on]
            back = Plain(t("settings.notice_take_back"), fit="small")
            title = t("settings.notice_line", day=given)
            back.setAccessibleName(f"{t('settings.notice_take_back')}: {title}")
            keys = tuple(one.key for one in told)
            work = partial(_take_back, keys, given)
            back.clicked.connect(partial(self._take_back, work, given))
            names = ", ".join(one.short(words().language) for one in told)
            self._lines.add(title, names, back)
        if not days:
            self._lines.add(t("settings.notices_none"), "")

    def _ask(self) -> None:
        self.asked.emit(self._channels)

    def _take_back(self, work: partial[None], given: date, _on: object = None) -> None:
        self._desk.ask(work, partial(self._gone, given), self)

    def _gone(self, given: date, _answer: object) -> None:
        self.read()
        self.taken_back.emit(given)


class NoticeSheet(SettingsSheet):
    """Notes on which day notice was given, and of which channels.

    Signals:
        done(day): it was noted.
    """

    def __init__(self, desk: Desk, channels: Sequence[Channel]) -> None:
        super().__init__(desk, t("settings.notice_add"), "notice")
        options = tuple((one.key, one.short(words().language)) for one in channels)
        self.lay_out(
            (
                Day(key="day", label="settings.notice_day", required=True),
                Several(
                    key="channels",
                    label="settings.notice_channels",
                    required=True,
                    options=options,
                ),
            )
        )
        self.form.set_values({"day": desk.clock.today()})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        """Store what was filled in."""
        self.ask(partial(_give, values))


def country_name(jurisdiction: Jurisdiction) -> str:
    """How a country is called in the language of the screen."""
    return jurisdiction.names.get(words().language, jurisdiction.names["nl"])


def _source(rule: Rule) -> str:
    if not rule.source:
        return t("settings.rule_plain", day=rule.checked)
    source = f"{rule.article}, {rule.source}" if rule.article else rule.source
    told = t("settings.rule_source", source=source, day=rule.checked)
    return f"{told} {t('settings.rule_unsettled')}" if rule.to_be_checked else told


def _change(country: str, session: Session) -> School:
    return change_jurisdiction(session, country)


def _channels(session: Session) -> tuple[Channel, ...]:
    with session.look(Compartment.CONSENT) as reader:
        found = in_order(reader.all(Channel), session.clock.today())
    return tuple(one for one in found if one.needs_consent)


def _give(values: dict[str, Value], session: Session) -> date:
    day, keys = values["day"], values["channels"]
    given = day if isinstance(day, date) else session.clock.today()
    give_notice(session, keys if isinstance(keys, tuple) else (), given)
    return given


def _take_back(keys: tuple[str, ...], given: date, session: Session) -> None:
    take_back_notice(session, keys, given)
