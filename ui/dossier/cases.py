"""All cases that somebody can open, the shortest term on top."""

from datetime import date
from functools import partial

from app.dossier.overview import CaseRow, cases
from app.dossier.readers import SEEN
from app.override import override
from app.ports import Committed
from app.procedures.terms import urgency
from app.record import DOSSIERS
from ui.dossier.said import NAMES, due_words, wording
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.desk import Desk
from ui.shell.shield import Shield
from ui.words import day, t

OPEN, ALL = "open", "all"
_MARKS = {"act": Mark.NO, "ask": Mark.ASK, "fine": Mark.NONE}


class CasesPage(Page):
    """For whoever holds a dossier key: what is being dealt with, and until when."""

    help_topic = "dossiers"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("dossier.cases"), fill=True)
        Shield(self, desk.choices)
        self._desk = desk
        self._seen = False
        self._rows: dict[str, CaseRow] = {}
        faces = ((OPEN, t("dossier.open_ones")), (ALL, t("dossier.all_cases")))
        self.faces = Segments(faces, t("dossier.which_cases"))
        self.faces.chosen.connect(self._fill)
        self._source = MemorySource()
        self.table = Table(
            (
                Column("number", "dossier.number", 7, Face.STRONG, order="number"),
                Column("subject", "dossier.name", 12, order="subject", least=18),
                Column("dossier", "dossier.dossier", 10, Face.MUTED, order="dossier", least=15),
                Column("state", "dossier.state", 10, order="state", least=16),
                Column("due", "dossier.term", 16, Face.MARKED, least=26),
                Column("opened", "dossier.opened_on", 7, Face.MUTED),
            ),
            self._source,
            name=t("dossier.cases"),
            empty=EmptyState("case", t("dossier.none_cases"), t("dossier.none_cases_why")),
        )
        self.table.opened.connect(self._open)
        card = Card("", fill=True)
        card.add(self.table)
        self.set_actions(self.faces)
        self.add(card)
        desk.changed.connect(self._changed)

    @override
    def refresh(self) -> None:
        self._desk.ask(partial(cases, again=self._seen), self._listed, self)
        self._seen = True

    @override
    def leave(self) -> None:
        self._seen = False

    def _listed(self, rows: tuple[CaseRow, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        self._desk.count("cases", sum(1 for row in rows if not row.closed))
        self._fill(self.faces.key)

    def _fill(self, key: str) -> None:
        today = self._desk.clock.today()
        wanted = [row for row in self._rows.values() if key == ALL or not row.closed]
        self._source.replace(
            Row(
                row.id,
                {
                    "number": row.number,
                    "subject": row.subject,
                    "dossier": t(NAMES[row.compartment]),
                    "state": wording(row.state),
                    "due": due_words(row.due_on, today, theirs=row.theirs),
                    "opened": day(row.opened_on),
                },
                {"due": _mark(row, today)},
            )
            for row in wanted
        )
        self.table.reload()

    def _open(self, case_id: str) -> None:
        row = self._rows[case_id]
        self._desk.goto("case", compartment=str(row.compartment), case_id=case_id)

    def _changed(self, committed: Committed) -> None:
        mine = committed.compartment in DOSSIERS and committed.act not in SEEN
        if mine and self.isVisible():
            self.refresh()


def _mark(row: CaseRow, today: date) -> Mark:
    if row.due_on is None:
        return Mark.NONE
    return _MARKS[urgency(row.due_on, today, theirs=row.theirs)]
