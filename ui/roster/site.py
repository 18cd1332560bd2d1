"""Asks for which site a file is that names none."""

from ui.kit.button import Main
from ui.kit.editors import ChoiceEditor
from ui.kit.label import Text
from ui.kit.sided import SideSheet
from ui.words import t


class SiteSheet(SideSheet):
    """A choice of one site.

    Signals:
        done(site_id): the site was chosen.
    """

    kind = "site"

    def __init__(self, sites: tuple[tuple[str, str], ...]) -> None:
        super().__init__(t("roster.which_site"))
        self.site = ChoiceEditor(sites)
        self.site.setObjectName("site")
        self.site.setAccessibleName(t("roster.which_site"))
        self.add(Text(t("roster.which_site_words")), self.site)
        go = Main(t("roster.propose"))
        go.call_it("choose_site")
        go.clicked.connect(self._chosen)
        self.set_actions(go)
        self.end()

    def _chosen(self) -> None:
        self.done.emit(self.site.value())
