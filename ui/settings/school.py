"""The school as letters and forms name it."""

from datetime import date
from functools import partial

import resources
from app.consent.profiles import profile
from app.consent.records import Channel
from app.override import override
from app.ports import Session
from app.procedures.school_days import regions
from app.protocol.load import newest_keys
from app.record import Compartment
from app.register.records import School
from app.register.school import SCHOOL, save_school
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.flow import Flow
from ui.kit.form import Choice, Form, Line, Notes, Radio
from ui.kit.label import Muted
from ui.settings.rules import NoticesCard, NoticeSheet, RulesCard
from ui.settings.section import SectionView
from ui.shell.desk import Desk
from ui.words import t, words

_WINDOWS = ("nl_left", "nl_right", "din_b")
_LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
_LETTERHEAD = (
    ("name", True),
    ("board", False),
    ("street", False),
    ("postcode", False),
    ("town", False),
    ("phone", False),
    ("email", False),
    ("privacy_contact", False),
)


class SchoolSection(SectionView):
    """Name and letterhead, and what papers need besides."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._school = School(id=SCHOOL, name=desk.register.school)
        self.letterhead = Form(
            [
                Line(key=key, label=f"settings.school_{key}", required=required)
                for key, required in _LETTERHEAD
            ],
            columns=2,
        )
        windows = tuple((key, t(f"settings.window_{key}")) for key in _WINDOWS)
        protocols = tuple((key, _protocol(key)) for key in newest_keys())
        self.papers = Form(
            [
                Radio(key="window", label="settings.window", required=True, options=windows),
                Choice(
                    key="language", label="settings.language", required=True, options=_LANGUAGES
                ),
                Choice(
                    key="protocol", label="settings.protocol", required=True, options=protocols
                ),
                Choice(key="region", label="settings.region", options=_regions()),
                Notes(key="complaint_route", label="settings.complaint_route", lines=2),
            ],
            columns=2,
        )
        self.letterhead.submitted.connect(self._save)
        self.papers.submitted.connect(self._save)
        save = Main(t("settings.save"))
        save.call_it("save_school")
        save.clicked.connect(self._save)
        line = Flow(right=True)
        line.addWidget(save)
        one, two = Card(t("settings.letterhead")), Card(t("settings.papers"))
        one.add(Muted(t("settings.letterhead_note")), self.letterhead)
        two.add(self.papers, line)
        self.rules, self.notices = RulesCard(desk), NoticesCard(desk)
        self.rules.changed.connect(self._ruled)
        self.notices.asked.connect(self._ask_notice)
        self.notices.taken_back.connect(self._notice_gone)
        self.add(one, two, self.rules, self.notices)
        self.notices.hide()

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    def _show(self, school: School) -> None:
        self._school = school
        for form in (self.letterhead, self.papers):
            form.set_values({key: getattr(school, key) for key in School.__slots__})
        self.rules.show_school(school)
        self._show_notices(school.jurisdiction)

    def _show_notices(self, country: str) -> None:
        """Notices matter only where silence permits after one."""
        self.notices.setVisible(profile(country).notice_days is not None)
        if not self.notices.isHidden():
            self.notices.read()

    def _ruled(self, country: str, before: str) -> None:
        self._show_notices(country)
        words_ = t("settings.rules_saved", country=self.rules.name_of(country))
        self.done(words_, partial(self.rules.choose, before) if before != country else None)

    def _ask_notice(self, channels: tuple[Channel, ...]) -> None:
        sheet = NoticeSheet(self.desk, channels)
        sheet.done.connect(self._noticed)
        self.open_sheet(sheet)

    def _noticed(self, given: date) -> None:
        self.shut_sheet()
        self.notices.read()
        self.done(t("settings.notice_given", day=given))

    def _notice_gone(self, given: date) -> None:
        self.done(t("settings.notice_taken_back", day=given))

    def _save(self, _values: object = None) -> None:
        one, two = self.letterhead.check(), self.papers.check()
        if one is None or two is None:
            return
        values = {key: str(value) for key, value in {**one, **two}.items()}
        work = partial(_store, School(id=SCHOOL, **values))
        self.desk.ask(work, self._saved, self)

    def _saved(self, school: School) -> None:
        before = self._school
        self._show(school)
        self.done(t("settings.school_saved"), partial(self._put_back, before))

    def _put_back(self, school: School) -> None:
        self.desk.ask(partial(_store, school), self._show, self)


def _read(session: Session) -> School:
    with session.look(Compartment.CONSENT) as reader:
        found = reader.find(School, SCHOOL)
    return found or School(id=SCHOOL, name=session.register.school)


def _store(school: School, session: Session) -> School:
    return save_school(session, school)


def _regions() -> tuple[tuple[str, str], ...]:
    return tuple((region.key, region.name.said(words().language)) for region in regions())


def _protocol(key: str) -> str:
    names: dict[str, str] = resources.protocol(key)["name"]
    return names[words().language]
