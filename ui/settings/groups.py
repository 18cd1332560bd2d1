"""Groups of the present school year, by site."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.override import override
from app.people.places import current_year, save_group
from app.people.questions import GroupSizes
from app.people.records import Group, SchoolYear, Site
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Choice, Line, Value
from ui.kit.label import Muted
from ui.kit.lines import Lines
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.words import t


@dataclass(frozen=True, slots=True)
class Groups:
    """What the section shows."""

    year: SchoolYear
    sites: Sequence[Site]
    groups: Sequence[Group]
    sizes: dict[str, int]


class GroupsSection(SectionView):
    """A card per site with its groups, and a sheet to add or change one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Groups | None = None
        self._year = Muted("")
        self._card = Card(t("settings.groups"))
        add = Plain(t("settings.add_group"), "plus", fit="small")
        add.call_it("add_group")
        add.clicked.connect(self._add)
        if desk.user.may("consent.write"):
            year = Plain(t("settings.new_year"), fit="small")
            year.call_it("new_year")
            year.clicked.connect(self._begin_year)
            self._card.add_action(year)
        self._card.add_action(add)
        self._lines = Lines()
        self._card.add(self._year, self._lines)
        self.add(self._card)

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    def _begin_year(self) -> None:
        self.desk.goto("year")

    def _show(self, found: Groups) -> None:
        self._found = found
        self._year.setText(
            t(
                "settings.school_year",
                name=found.year.name,
                start=found.year.start,
                end=found.year.end,
            )
        )
        self._lines.clear()
        names = {site.id: site.name for site in found.sites}
        for group in found.groups:
            edit = Plain(t("settings.change"), fit="small")
            edit.setAccessibleName(t("settings.change_name", name=group.name))
            edit.clicked.connect(partial(self._edit, group))
            count = found.sizes.get(group.id, 0)
            detail = t("settings.group_detail", site=names.get(group.site_id, ""), count=count)
            self._lines.add(group.name, detail, edit)
        self.take_up()

    @override
    def edit_again(self, about: str) -> None:
        groups = self._found.groups if self._found else ()
        group = next((group for group in groups if group.id == about), None)
        if group is not None:
            self._edit(group)
        else:
            self._add()

    def _add(self) -> None:
        found = self._found
        if found is not None and found.sites:
            first = found.sites[0]
            self._edit(Group(id="", site_id=first.id, school_year_id=found.year.id, name=""))

    def _edit(self, group: Group, _on: object = None) -> None:
        if self._found is not None:
            sheet = GroupSheet(self.desk, group, self._found.sites)
            sheet.done.connect(self._saved)
            self.open_sheet(sheet)

    def _saved(self, group: Group) -> None:
        self.shut_sheet()
        self.read()
        self.done(t("settings.saved", name=group.name))


class GroupSheet(SettingsSheet):
    """Adds or changes one group.

    Signals:
        done(group): it was stored.
    """

    def __init__(self, desk: Desk, group: Group, sites: Sequence[Site]) -> None:
        super().__init__(desk, group.name or t("settings.add_group"), group.id)
        self._group = group
        where = tuple((site.id, site.name) for site in sites)
        self.lay_out(
            (
                Line(key="name", label="settings.group_name", required=True),
                Choice(
                    key="site_id", label="settings.group_site", required=True, options=where
                ),
            )
        )
        self.form.set_values({"name": group.name, "site_id": group.site_id})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        name, site_id = str(values["name"]), str(values["site_id"])
        group = replace(self._group, name=name, site_id=site_id)
        self.ask(partial(save_group, group=group))


def _read(session: Session) -> Groups:
    year = current_year(session)
    with session.look(Compartment.CONSENT) as reader:
        sites = sorted(reader.all(Site), key=_name_of)
        groups = reader.all(Group, school_year_id=year.id)
        sizes = reader.ask(GroupSizes(session.clock.today()))
    place = {site.id: number for number, site in enumerate(sites)}
    ordered = sorted(groups, key=partial(_rank, place))
    return Groups(year, sites, ordered, {size.group_id: size.pupils for size in sizes})


def _rank(place: dict[str, int], group: Group) -> tuple[int, int, str]:
    return place.get(group.site_id, len(place)), group.position, group.name


def _name_of(site: Site) -> str:
    return site.name
