"""The dossiers per compartment, by name."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer

from app.dossier.dossiers import dossiers
from app.dossier.questions import DossierLine
from app.override import override
from app.ports import Committed
from app.record import DOSSIERS, Compartment
from ui.dossier.said import PLURALS
from ui.kit.button import Main
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.label import Muted
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.shield import Shield
from ui.theme import look
from ui.words import day, t

_TYPING_MS = 120


class DossiersPage(Page):
    """For whoever holds a dossier key: the dossiers he can open, and no others."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("dossier.dossiers"), fill=True)
        Shield(self, desk.choices)
        self._desk = desk
        self._seen: set[Compartment] = set()
        self._open = [part for part in DOSSIERS if desk.opens(part)]
        kinds = [(str(part), t(PLURALS[part])) for part in self._open]
        self.kinds = Segments(kinds, t("dossier.which"))
        self.kinds.chosen.connect(self._turned)
        self.search = LineEditor(t("dossier.search"))
        self.search.setObjectName("dossier_search")
        self.search.setAccessibleName(t("dossier.search"))
        self.search.setMaximumWidth(look().px(420))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        self.search.changed.connect(self._typing.start)
        self._source = MemorySource()
        self.table = Table(
            (
                Column("name", "dossier.name", 16, Face.STRONG, order="name"),
                Column("cases", "dossier.open_cases", 7, least=14),
                Column("entries", "dossier.entries", 6, Face.NUMBER),
                Column("latest", "dossier.latest", 8, Face.MUTED, least=12),
            ),
            self._source,
            name=t("dossier.dossiers"),
            empty=EmptyState("folder", t("dossier.none"), t("dossier.none_why")),
        )
        self.table.opened.connect(self._opened)
        card = Card("", fill=True)
        card.add(self.search, Muted(t("dossier.reading_is_kept")), self.table)
        post = Main(t("dossier.post"), "inbox")
        post.call_it("dossiers_post")
        post.clicked.connect(self._post)
        self.set_actions(self.kinds, post)
        self.add(card)
        desk.changed.connect(self._changed)

    @property
    def compartment(self) -> Compartment:
        """The compartment that is shown."""
        return Compartment(self.kinds.key)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one compartment, perhaps with a name in the search field."""
        if what.get("compartment") in {str(part) for part in self._open}:
            self.kinds.take(what["compartment"])
        if "search" in what:
            self.search.set_value(what["search"])

    @override
    def refresh(self) -> None:
        again = self.compartment in self._seen
        work = partial(
            dossiers, compartment=self.compartment, search=self.search.value(), again=again
        )
        self._seen.add(self.compartment)
        self._desk.ask(work, self._listed, self)

    @override
    def leave(self) -> None:
        self._seen.clear()

    def _post(self) -> None:
        self._desk.goto("post")

    def _turned(self, _key: str) -> None:
        self.refresh()

    def _listed(self, lines: tuple[DossierLine, ...]) -> None:
        self._source.replace(_row(line) for line in lines)
        self.table.reload()

    def _opened(self, dossier_id: str) -> None:
        self._desk.goto("dossier", compartment=str(self.compartment), dossier_id=dossier_id)

    def _changed(self, committed: Committed) -> None:
        if committed.compartment in self._open and committed.records and self.isVisible():
            self.refresh()


def _row(line: DossierLine) -> Row:
    cases = t("dossier.cases_open", count=line.open_cases) if line.open_cases else ""
    return Row(
        line.id,
        {
            "name": line.subject_name,
            "cases": cases,
            "entries": str(line.entries),
            "latest": day(line.latest),
        },
    )
