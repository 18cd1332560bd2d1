"""The lists of people: pupils, guardians and staff, with search, filters and counts."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.override import override
from app.people.card import Places, places
from app.people.questions import Presence
from app.people.records import Pupil, StaffMember
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Button, Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import ChoiceEditor, LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted
from ui.kit.sided import SideSheet
from ui.kit.table import Table, runner_ask
from ui.models.columns import Column, Face
from ui.models.rows import Source
from ui.people.menu import MoreButton
from ui.people.sheets import PupilSheet, StaffSheet
from ui.people.sources import GuardianSource, PupilFilter, PupilSource, StaffSource
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.export import GROUPS, PEOPLE, ExportSheet
from ui.theme import look
from ui.words import t, words

_ALL = "all"
_PUPILS, _GUARDIANS, _STAFF = "pupils", "guardians", "staff"


class PupilsPage(DeskedPage):
    """Everybody the school keeps: pupils first, guardians and staff one press away."""

    page_id = "people"
    help_topic = "pupils"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("people.pupils"), fill=True)
        self._places = Places((), ())
        self._then = ""
        self._kinds_words = (
            (_PUPILS, t("people.pupils")),
            (_GUARDIANS, t("people.guardians")),
            (_STAFF, t("people.staff")),
        )
        self._kinds = Segments(self._kinds_words, t("people.which_list"))
        self._kinds.chosen.connect(self._turn)
        first = self._adder("people.add_first", "add_first")
        self.pupils = PupilsPane(desk, first, self._bringer("bring_first"))
        self.guardians = GuardiansPane(desk)
        self.staff = StaffPane(desk, self._adder("people.add_staff", "add_first"))
        self._panes = QStackedWidget()
        for pane in (self.pupils, self.guardians, self.staff):
            self._panes.addWidget(pane)
        line = Flow()
        line.addWidget(self._kinds)
        self.add(line, self._panes)
        self.pupils.table.opened.connect(self._open_pupil)
        self.guardians.table.opened.connect(self._open_guardian)
        self.staff.table.opened.connect(self._open_staff)
        self._turn(_PUPILS)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find)

    @property
    def pane(self) -> "ListPane":
        """The list that is shown."""
        return {_PUPILS: self.pupils, _GUARDIANS: self.guardians, _STAFF: self.staff}[
            self._kinds.key
        ]

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show a list, perhaps filtered: `list`, `search`, `group_id`; or `add="pupil"`."""
        if what.get("list"):
            self._kinds.take(what["list"])
            self._turn(what["list"])
        if what.get("group_id"):
            self.pupils.choose_group(what["group_id"])
        if "search" in what:
            self.pane.search.setText(what["search"])
        self._then = "add" if what.get("add") == "pupil" else "draft"
        self.pane.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def read(self) -> None:
        self.desk.ask(_places, self._placed, self)
        self.pane.table.reload()

    @override
    def make_sheet(self, kind: str, values: Mapping[str, object]) -> SideSheet | None:
        if kind == "pupil":
            sheet: SideSheet = PupilSheet(self.desk, self._places)
            self.show_sheet(sheet, self._pupil_added)
        elif kind == "staff":
            member = self.staff.member(str(values.get("staff_id", "")))
            if values.get("staff_id") and member is None:
                return None
            sheet = StaffSheet(self.desk, self._places, member)
            self.show_sheet(sheet, self._staff_saved)
        else:
            return None
        return sheet

    def _turn(self, key: str) -> None:
        self._panes.setCurrentWidget(self.pane)
        self.set_title(dict(self._kinds_words)[key])
        self.set_actions(*self._actions(key))
        self.pane.table.reload()

    def _actions(self, key: str) -> tuple[Button, ...]:
        writes = self.desk.user.may("consent.write")
        if key == _STAFF:
            leave = Plain(t("people.social_media"), "calendar")
            leave.call_it("open_leave")
            leave.clicked.connect(self._open_leave)
            return (leave, self._adder("people.add_staff")) if writes else (leave,)
        export = ("do_export", t("people.do_export"), self._export)
        year = ("do_year", t("people.do_year"), self._begin_year)
        if not writes or key == _GUARDIANS:
            return (MoreButton(export),)
        more = MoreButton(export, year)
        return (more, self._bringer("bring_in"), self._adder("people.add_pupil"))

    def _bringer(self, name: str) -> Button:
        button = Plain(t("people.bring_in"), "form")
        button.call_it(name)
        button.clicked.connect(self._bring_in)
        return button

    def _adder(self, text: str, name: str = "add_person") -> Button:
        button = Main(t(text), "plus")
        button.call_it(name)
        button.clicked.connect(self._add)
        return button

    def _add(self) -> None:
        self.make_sheet("staff" if self._kinds.key == _STAFF else "pupil", {})

    def _bring_in(self) -> None:
        self.desk.goto("roster")

    def _begin_year(self) -> None:
        self.desk.goto("year")

    def _export(self) -> None:
        """Offer the lists that can leave, of the group or site that is chosen."""
        chosen = self.pupils.chosen if self.pane is self.pupils else PupilFilter()
        sheet = ExportSheet(self.desk, (PEOPLE, GROUPS), chosen.group_id, chosen.site_id)
        self.show_sheet(sheet, self._exported)

    def _exported(self, said: str) -> None:
        self.bar.notice(said)

    def _find(self) -> None:
        self.pane.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pane.search.selectAll()

    def _placed(self, found: Places) -> None:
        self._places = found
        self.pupils.offer(found)
        then, self._then = self._then, ""
        if then == "add":
            self.make_sheet("pupil", {})
        elif then == "draft":
            self.look_for_draft()

    def _open_pupil(self, pupil_id: str) -> None:
        self.desk.goto("pupil", pupil_id=pupil_id)

    def _open_guardian(self, guardian_id: str) -> None:
        self.desk.goto("guardian", guardian_id=guardian_id)

    def _open_staff(self, staff_id: str) -> None:
        self.desk.goto("staff", staff_id=staff_id)

    def _open_leave(self) -> None:
        self.desk.goto("leave")

    def _pupil_added(self, pupil: object) -> None:
        if isinstance(pupil, Pupil):
            self.desk.goto("pupil", pupil_id=pupil.id)
            self.desk.tell(t("people.pupil_added", name=pupil.first_name or pupil.surname))

    def _staff_saved(self, _member: object) -> None:
        self.bar.done(t("people.staff_saved"))


class ListPane(Card):
    """A list with a search field above it and the number of rows beside it."""

    count_id = ""

    def __init__(
        self,
        desk: Desk,
        columns: tuple[Column, ...],
        source: Source,
        name: str,
        empty: QWidget,
    ) -> None:
        super().__init__(fill=True)
        self.desk = desk
        self.search = LineEditor(t("people.search"))
        self.search.setObjectName("list_search")
        self.search.setAccessibleName(t("people.search_name", list=name))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(look().px(220))
        self.search.textChanged.connect(self._search)
        self.count = Muted()
        self.count.setObjectName("list_count")
        self.count.setWordWrap(False)
        self.filters = Flow(gap=8)
        self.filters.addWidget(self.search)
        self.table = Table(
            columns, source, runner_ask(desk.runner, self), name=name, empty=empty
        )
        self.table.setMinimumHeight(look().px(240))
        self.table.counted.connect(self._counted)
        self.search.returnPressed.connect(self._into_list)
        self.add(self.filters, self.table)

    def show_count(self, count: int) -> None:
        """Say how many rows there are."""
        shown = words().number(count)
        self.count.setText(t(self.count_id, count=count, number=shown))

    def _search(self, typed: str) -> None:
        self.table.search(typed)

    def _counted(self, count: int) -> None:
        self.show_count(count)

    def _into_list(self) -> None:
        """Enter in the search field opens the only hit, or goes into the list."""
        ids = self.table.model.ids
        if len(ids) == 1:
            self.table.opened.emit(ids[0])
        elif ids:
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.choose(ids[0])


class PupilsPane(ListPane):
    """The pupils, with filters for who is here, site and group."""

    count_id = "people.count_pupils"

    def __init__(self, desk: Desk, adder: QWidget, bringer: QWidget) -> None:
        self._source = PupilSource(desk.session, desk.clock.today())
        first = EmptyState(
            "person", t("people.none_title"), t("people.none_words"), adder, bringer
        )
        self._empty = QStackedWidget()
        self._empty.addWidget(first)
        self._empty.addWidget(EmptyState("filter", t("people.none_filtered")))
        super().__init__(desk, _PUPIL_COLUMNS, self._source, t("people.pupils"), self._empty)
        options = (
            (Presence.PRESENT.value, t("people.present")),
            (Presence.VISITING.value, t("people.visiting")),
            (Presence.LEFT.value, t("people.left")),
            (Presence.ALL.value, t("people.all")),
        )
        self.presence = Segments(options, t("people.presence"))
        self.presence.chosen.connect(self._choose_presence)
        self.site = _choice("people.site", "filter_site")
        self.group = _choice("people.group", "filter_group")
        self.site.changed.connect(self._choose_site)
        self.group.changed.connect(self._choose_group)
        for part in (self.presence, self.site, self.group, self.count):
            self.filters.addWidget(part)
        self._places = Places((), ())
        self.offer(self._places)

    def offer(self, found: Places) -> None:
        """Offer these sites and groups; a school with one site needs no choice of it."""
        self._places = found
        every = ((_ALL, t("people.all_sites")),)
        self.site.set_options((*every, *((site.id, site.name) for site in found.sites)))
        self.site.setVisible(len(found.sites) > 1)
        self._offer_groups()

    @property
    def chosen(self) -> PupilFilter:
        """Which pupils are listed."""
        return self._source.filter

    def choose_group(self, group_id: str) -> None:
        """Show one group only."""
        self._apply(replace(self._source.filter, group_id=group_id))
        self._offer_groups()

    def _offer_groups(self) -> None:
        chosen = self._source.filter
        every = ((_ALL, t("people.all_groups")),)
        groups = self._places.groups_of(chosen.site_id)
        self.group.set_options((*every, *((group.id, group.name) for group in groups)))
        self.group.set_value(chosen.group_id or _ALL)
        self.site.set_value(chosen.site_id or _ALL)

    def _choose_presence(self, key: str) -> None:
        self._apply(replace(self._source.filter, presence=Presence(key)))

    def _choose_site(self) -> None:
        site = self.site.value()
        chosen = replace(self._source.filter, site_id="" if site == _ALL else site, group_id="")
        self._apply(chosen)
        self._offer_groups()

    def _choose_group(self) -> None:
        group = self.group.value()
        self._apply(replace(self._source.filter, group_id="" if group == _ALL else group))

    def _apply(self, chosen: PupilFilter) -> None:
        self._source.filter = chosen
        self._empty.setCurrentIndex(0 if chosen == PupilFilter() else 1)
        self.table.reload()


class GuardiansPane(ListPane):
    """All parents, guardians and institutions."""

    count_id = "people.count_guardians"

    def __init__(self, desk: Desk) -> None:
        source = GuardianSource(desk.session)
        empty = EmptyState("group", t("people.no_guardians"), t("people.no_guardians_words"))
        super().__init__(desk, _GUARDIAN_COLUMNS, source, t("people.guardians"), empty)
        self.filters.addWidget(self.count)


class StaffPane(ListPane):
    """Everybody who works for the school."""

    count_id = "people.count_staff"

    def __init__(self, desk: Desk, adder: QWidget) -> None:
        empty = EmptyState("group", t("people.no_staff"), t("people.no_staff_words"), adder)
        self._source = StaffSource(desk.session)
        super().__init__(desk, _STAFF_COLUMNS, self._source, t("people.staff"), empty)
        self.filters.addWidget(self.count)

    def member(self, staff_id: str) -> StaffMember | None:
        """Somebody in the list, or None."""
        return self._source.members.get(staff_id)


def _choice(label: str, name: str) -> ChoiceEditor:
    choice = ChoiceEditor()
    choice.setAccessibleName(t(label))
    choice.setObjectName(name)
    choice.setMinimumWidth(look().px(170))
    return choice


def _places(session: Session) -> Places:
    with session.look(Compartment.CONSENT) as reader:
        return places(reader, session.clock.today())


_PUPIL_COLUMNS = (
    Column("name", "people.name", 16, Face.STRONG, order="name", least=18),
    Column("group", "people.group", 8, order="group", least=10),
    Column("site", "people.site", 8, least=10),
    Column("birth", "people.born", 8, order="birth", least=12),
    Column("number", "people.number_short", 5, Face.MUTED, order="number", least=6),
)
_GUARDIAN_COLUMNS = (
    Column("name", "people.name", 14, Face.STRONG, order="name", least=18),
    Column("children", "people.children", 16, least=18),
    Column("ship", "people.ship_name", 8, least=10),
    Column("town", "people.town", 8, Face.MUTED, least=10),
)
_STAFF_COLUMNS = (
    Column("name", "people.name", 12, Face.STRONG, order="name", least=18),
    Column("function", "people.function", 10, least=12),
    Column("email", "people.email", 12, Face.MUTED, least=16),
    Column("state", "people.state", 6, Face.MUTED, least=8),
)
