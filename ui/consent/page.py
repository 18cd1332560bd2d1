"""The consent overview: whose authority is not known, who has nobody, and the ways onward."""

from collections.abc import Mapping, Sequence

from app.consent.open import MOST, OpenMatters, OpenPair, open_matters
from app.override import override
from ui.kit.button import Main, Plain
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.editors import LineEditor
from ui.kit.empty import EmptyState
from ui.kit.flow import Flow
from ui.kit.label import Muted
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.desked import DeskedPage
from ui.shell.export import CONSENT, ExportSheet
from ui.theme import look
from ui.words import t, words

_LISTS = ("authority", "no_guardian")


class ConsentPage(DeskedPage):
    """Two lists of what is to be settled; each line opens the pupil.

    Who has not answered stands in one place, the page of asking; one press leads there.
    """

    page_id = "consent"
    help_topic = "consent"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("consent.consent"), fill=True)
        self._found: OpenMatters | None = None
        choices = [(key, t(f"consent.list_{key}")) for key in _LISTS]
        self._lists = Segments(choices, t("consent.which_list"))
        self._lists.chosen.connect(self._turn)
        self._source = MemorySource()
        self._explain = Muted()
        self._search = LineEditor(t("consent.search"))
        self._search.setObjectName("list_search")
        self._search.setAccessibleName(t("consent.search"))
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(look().px(220))
        self._count = Muted()
        self._count.setObjectName("list_count")
        line = Flow(gap=12)
        for part in (self._search, self._count):
            line.addWidget(part)
        empty = EmptyState("consent", t("consent.none_open"), t("consent.none_open_words"))
        self.table = Table(_COLUMNS, self._source, name=t("consent.consent"), empty=empty)
        self.table.setMinimumHeight(look().px(240))
        self.table.opened.connect(self._open)
        self.table.counted.connect(self._counted)
        self._search.textChanged.connect(self._find)
        card = Card(fill=True)
        card.add(self._explain, line, self.table)
        self._make_actions()
        switch = Flow()
        then = self._other("group_then", t("consent.group_then"), "clock")
        self._silent = self._other("asking", t("consent.who_is_silent"), "clock")
        figures = self._other("figures", t("consent.figures"), "tiles")
        for each in (self._lists, self._silent, then, figures):
            switch.addWidget(each)
        self.add(switch, card)
        self._turn(_LISTS[0])

    def _make_actions(self) -> None:
        forms = Main(t("consent.make_forms"))
        forms.call_it("make_forms")
        forms.clicked.connect(self._go_to_forms)
        export = Plain(t("consent.export"))
        export.call_it("export_consent")
        export.clicked.connect(self._export)
        enter = Plain(t("consent.enter_forms"))
        enter.call_it("enter_forms")
        enter.clicked.connect(self._go_to_entering)
        writes = self.desk.user.may("consent.write")
        self.set_actions(export, *((enter,) if writes else ()), forms)

    def arrive(self, what: Mapping[str, str]) -> None:
        """Show one of the lists: `list` is authority or no_guardian."""
        if what.get("list") in _LISTS:
            self._lists.take(what["list"])
            self._turn(what["list"])

    @override
    def read(self) -> None:
        self.desk.ask(open_matters, self._show, self)

    def _show(self, found: OpenMatters) -> None:
        self._found = found
        self.desk.count("consent", found.counts.authority_open)
        silent = found.counts.deciders - found.counts.answered
        number = words().number(silent)
        self._silent.setText(t("consent.who_is_silent_count", number=number))
        self._turn(self._lists.key)

    def _turn(self, key: str) -> None:
        self._explain.setText(t(f"consent.list_{key}_words"))
        self._source.replace(_rows(self._pairs(key)))
        self.table.reload()

    def _pairs(self, key: str) -> Sequence[OpenPair]:
        found = self._found
        if found is None:
            return ()
        return found.authority if key == "authority" else found.alone

    def _find(self, typed: str) -> None:
        self.table.search(typed)

    def _counted(self, count: int) -> None:
        pairs = len(self._pairs(self._lists.key))
        if pairs >= MOST:
            self._count.setText(t("consent.count_more", number=words().number(count)))
        else:
            self._count.setText(t("consent.count_open", count=count))

    def _open(self, row_id: str) -> None:
        pupil_id, _, _ = row_id.partition(":")
        self.desk.goto("pupil", pupil_id=pupil_id)

    def _export(self) -> None:
        self.show_sheet(ExportSheet(self.desk, (CONSENT,)), self._exported)

    def _exported(self, said: str) -> None:
        self.bar.notice(said)

    def _go_to_entering(self) -> None:
        self.desk.goto("enter_forms")

    def _other(self, page: str, words: str, icon: str) -> Plain:
        """The way to another page about all consent."""
        button = Plain(words, icon, fit="small")
        button.call_it(page)
        button.clicked.connect(lambda: self.desk.goto(page))
        return button

    def _go_to_forms(self) -> None:
        self.desk.goto("forms")


def _rows(pairs: Sequence[OpenPair]) -> list[Row]:
    return [
        Row(
            f"{pair.pupil.id}:{pair.guardian_id}",
            {
                "pupil": pair.pupil.name,
                "group": pair.pupil.group,
                "guardian": pair.guardian,
                "relation": t(f"people.relation_{pair.relation}") if pair.relation else "",
                "phone": pair.phone,
            },
        )
        for pair in pairs
    ]


_COLUMNS = (
    Column("pupil", "consent.column_pupil", 14, Face.STRONG, order="pupil", least=18),
    Column("group", "consent.column_group", 8, order="group", least=10),
    Column("guardian", "consent.column_guardian", 14, order="guardian", least=18),
    Column("relation", "consent.column_relation", 7, Face.MUTED, least=9),
    Column("phone", "consent.column_phone", 9, Face.MUTED, least=12),
)
