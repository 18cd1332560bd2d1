"""The terms that the program counts with: how long, where it stands, when it was looked up."""

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget

from app.letters.terms import agreement_ending, agreements
from app.override import override
from app.procedures.listing import TermLine, term_lines
from ui.dossier.said import wording
from ui.kit.card import Card
from ui.kit.choice import Segments
from ui.kit.empty import EmptyState
from ui.kit.flow import Columns, Stack
from ui.kit.label import Muted, Strong
from ui.kit.lines import Facts, Lines
from ui.kit.mark import Mark
from ui.kit.page import Page
from ui.kit.table import MemorySource, Table
from ui.models.columns import Column, Face, Row
from ui.shell.asks import capital
from ui.shell.desk import Desk
from ui.theme import look
from ui.words import day, say, t

ALL, TO_CHECK = "all", "to_check"


class TermsPage(Page):
    """For whoever deals with cases; nothing here can be changed."""

    help_topic = "duties"

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("dossier.terms_title"))
        self._desk = desk
        self._lines: dict[str, TermLine] = {}
        faces = ((ALL, t("dossier.terms_all")), (TO_CHECK, t("dossier.terms_to_check")))
        self.faces = Segments(faces, t("dossier.terms_which"))
        self.faces.chosen.connect(self._fill)
        self.set_actions(self.faces)
        self._source = MemorySource()
        self.table = Table(
            (
                Column("name", "dossier.term", 20, order="name", least=17),
                Column("value", "dossier.term_value", 6, least=10),
                Column("checked", "dossier.term_checked", 6, order="checked", least=12),
                Column("state", "dossier.term_state", 8, Face.MARKED, least=13),
            ),
            self._source,
            name=t("dossier.terms_title"),
            empty=EmptyState("yes", t("dossier.terms_none"), t("dossier.terms_none_words")),
        )
        self.table.setMinimumHeight(look().px(520))
        self.table.chosen.connect(self._show)
        listed = Card(t("dossier.terms_listed"), fill=True)
        listed.add(Muted(t("dossier.terms_words")), self.table)
        self._name, self.facts = Strong(""), Facts()
        self._faces = QStackedWidget()
        self._faces.addWidget(EmptyState("book", t("dossier.terms_choose")))
        self._faces.addWidget(Stack(self._name, self.facts))
        shown = Card(t("dossier.term_chosen"), fill=True)
        shown.add(self._faces)
        self.agreements = Lines(shares=(3, 4))
        named = Card(t("dossier.agreements"))
        named.add(Muted(t("dossier.agreements_words")), self.agreements)
        columns = Columns(listed, shown, weights=(5, 2), narrow=860)
        ends = agreement_ending(desk.clock.today()) is not None
        self.add(*((named, columns) if ends else (columns, named)))

    def arrive(self, what: Mapping[str, str]) -> None:
        """With `show` "to_check" only those that should be looked up; perhaps a `term`."""
        if what.get("show") in (ALL, TO_CHECK):
            self.faces.take(what["show"])

    @override
    def refresh(self) -> None:
        self._lines = {line.term.key: line for line in term_lines(self._desk.clock.today())}
        self._fill(self.faces.key)
        self.agreements.clear()
        for one in agreements():
            period = t("dossier.agreement_period", starts=one.starts, ends=one.ends)
            checked = t("dossier.agreement_checked", day=one.checked, source=one.source)
            mark = Mark.YES if one.holds(self._desk.clock.today()) else Mark.ASK
            self.agreements.add(f"{wording(one.name)}, {period}", checked, mark=mark)

    def _fill(self, key: str) -> None:
        wanted = [line for line in self._lines.values() if key == ALL or line.to_check]
        self._source.replace(_row(line) for line in wanted)
        self.table.reload()
        self._show(self.table.chosen_id)

    def _show(self, key: str) -> None:
        line = self._lines.get(key)
        self._faces.setCurrentIndex(1 if line else 0)
        if line is not None:
            self._name.setText(capital(wording(line.term.name)))
            self.facts.show_facts(_facts(line))


def _row(line: TermLine) -> Row:
    term = line.term
    return Row(
        term.key,
        {
            "name": capital(wording(term.name)),
            "value": say(line.value),
            "checked": day(term.checked),
            "state": _short(line),
        },
        {"state": Mark.ASK if line.to_check else Mark.YES},
    )


def _facts(line: TermLine) -> tuple[tuple[str, str], ...]:
    term = line.term
    kind = t("dossier.term_is_hard" if term.hard else "dossier.term_is_soft")
    return (
        (t("dossier.term_value"), say(line.value)),
        (t("dossier.term_counts"), wording(line.counts_from)),
        (t("dossier.term_moves"), t(f"dossier.term_moves_{term.moves}")),
        (t("dossier.term_kind"), kind),
        (t("dossier.term_article"), term.article),
        (t("dossier.term_source"), term.source),
        (t("dossier.term_checked"), day(term.checked)),
        (t("dossier.term_state"), _state(line)),
    )


def _short(line: TermLine) -> str:
    if line.stale:
        return t("dossier.term_stale_short")
    return t("dossier.term_sure_short" if line.term.sure else "dossier.terms_to_check")


def _state(line: TermLine) -> str:
    if line.stale:
        return t("dossier.term_stale")
    return t("dossier.term_sure" if line.term.sure else "dossier.term_to_check")
