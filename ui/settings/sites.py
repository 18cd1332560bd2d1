"""Sites: where pupils are taught."""

from collections.abc import Sequence
from functools import partial

from app.override import override
from app.people.places import save_site
from app.people.records import Site
from app.ports import Session
from app.record import Compartment
from ui.kit.button import Plain
from ui.kit.card import Card
from ui.kit.form import Line, Value
from ui.kit.lines import Lines
from ui.settings.section import SectionView, SettingsSheet
from ui.shell.desk import Desk
from ui.words import t


class SitesSection(SectionView):
    """The list of sites, and a sheet to add or change one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines = Lines()
        self._found: dict[str, Site] = {}
        add = Plain(t("settings.add_site"), "plus", fit="small")
        add.call_it("add_site")
        add.clicked.connect(self._add)
        card = Card(t("settings.sites"), add)
        card.add(self._lines)
        self.add(card)

    @override
    def read(self) -> None:
        self.desk.ask(_read, self._show, self)

    def _show(self, sites: Sequence[Site]) -> None:
        self._found = {site.id: site for site in sites}
        self._lines.clear()
        for site in sites:
            edit = Plain(t("settings.change"), fit="small")
            edit.setAccessibleName(t("settings.change_name", name=site.name))
            edit.clicked.connect(partial(self._edit, site))
            self._lines.add(site.name, site.town, edit)
        self.take_up()

    @override
    def edit_again(self, about: str) -> None:
        self._edit(self._found.get(about) or Site(id="", name=""))

    def _add(self) -> None:
        self._edit(Site(id="", name=""))

    def _edit(self, site: Site, _on: object = None) -> None:
        sheet = SiteSheet(self.desk, site)
        sheet.done.connect(self._saved)
        self.open_sheet(sheet)

    def _saved(self, site: Site) -> None:
        self.shut_sheet()
        self.read()
        self.done(t("settings.saved", name=site.name))


class SiteSheet(SettingsSheet):
    """Adds or changes one site.

    Signals:
        done(site): it was stored.
    """

    def __init__(self, desk: Desk, site: Site) -> None:
        super().__init__(desk, site.name or t("settings.add_site"), site.id)
        self.lay_out(
            (
                Line(key="name", label="settings.site_name", required=True),
                Line(key="town", label="shell.town"),
            )
        )
        self.form.set_values({"name": site.name, "town": site.town})
        self.end()

    @override
    def send(self, values: dict[str, Value]) -> None:
        name, town = str(values["name"]), str(values["town"])
        self.ask(partial(save_site, name=name, town=town, site_id=self.about))


def _read(session: Session) -> Sequence[Site]:
    with session.look(Compartment.CONSENT) as reader:
        return sorted(reader.all(Site), key=_by_name)


def _by_name(site: Site) -> str:
    return site.name
